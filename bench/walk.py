"""Goes through all pages at each size of the library, which grows from one to the next."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

from tqdm import tqdm

from accounts.person import Person
from bench import campus, library
from bench.browser import Application, Browser
from bench.measuring import Cost, measure
from bench.pages import pages
from bench.weight import Weight, weigh

ITEMS_A_COURSE = 10


def through(application: Application, sizes: Sequence[int], repeat: int) -> tuple[list[Cost], list[Weight]]:
    options = library.make_options()
    library.make_people()
    template = campus.make_template(options)
    wanted = pages(options, template)

    @functools.cache
    def browser_of(person: Person) -> Browser:
        return Browser(application, person)

    costs: list[Cost] = []
    with tqdm(total=len(sizes) * len(wanted), desc="Pages", unit=" pages", disable=None) as shown:
        for before, size in itertools.pairwise([0, *sizes]):
            library.fill(options, before, size)
            campus.fill(template, options, before // ITEMS_A_COURSE, size // ITEMS_A_COURSE)
            for page in wanted:
                costs.append(measure(page, browser_of(page.person), size, repeat))
                shown.update()
    whole = [page for page in wanted if page.name in ("library", "item, article", "home, Approver")]
    return costs, [weigh(page.name, page.address, browser_of(page.person)) for page in whole]
