"""What is measured, as whom, and how many requests it may make."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote_plus

from accounts.person import Person
from bench.campus import Template, course_id, numbered
from bench.library import Options, item_id
from core.testing import CARL, RITA, VERA
from lms.models import Lesson

LISTS, ITEM, HOME = 2, 4, 6
ELSEWHERE = f"/content/{item_id(2)}/"
"""An item that is none of the pages."""


@dataclass(frozen=True)
class Page:
    """`fragment` when HTMX fetches a part of it."""

    name: str
    address: str
    person: Person
    budget: int
    fragment: bool = False


def pages(options: Options, template: Template) -> list[Page]:
    article, deck = (f"/content/{item_id(number)}/" for number in (0, 1))
    text = quote_plus("renewal price")
    return [
        Page("library", "/content/", VERA, LISTS, fragment=True),
        Page("library, rare filter", f"/content/?tag={options.rare_tag}", VERA, LISTS, fragment=True),
        Page("library, text", f"/content/?q={text}", VERA, LISTS, fragment=True),
        Page("search", f"/search/?q={text}", VERA, LISTS, fragment=True),
        Page("suggestions", f"/search/suggest/?q={quote_plus('renew')}", VERA, LISTS, fragment=True),
        Page("review queue", "/content/review/", RITA, LISTS),
        Page("my items", "/content/mine/", CARL, LISTS),
        Page("favourites", "/content/favourites/", VERA, ITEM),
        Page("item, article", article, VERA, ITEM),
        Page("item, deck", deck, RITA, ITEM),
        Page("versions", f"{deck}versions/", RITA, ITEM),
        Page("history", f"{deck}history/", RITA, ITEM, fragment=True),
        *_learning(options, template),
        Page("home, Viewer", "/", VERA, HOME),
        Page("home, Approver", "/", RITA, HOME),
    ]


def _learning(options: Options, template: Template) -> list[Page]:
    """Vera has begun every course there is, and half of each is done."""
    course = f"/learn/courses/{course_id(template, 3)}/"
    lesson = min(str(row.lesson_id) for row in template.rows if isinstance(row, Lesson))
    first = f"{course}lessons/{numbered(lesson, 3)}/"
    suite = next(iter(options.suites.values()))
    return [
        Page("catalogue", "/learn/", VERA, LISTS, fragment=True),
        Page("catalogue, suite and state", f"/learn/?suite={suite}&state=in_progress", VERA, LISTS, fragment=True),
        Page("catalogue, nothing begun", "/learn/", CARL, LISTS, fragment=True),
        Page("course", course, VERA, ITEM),
        Page("lesson", first, VERA, ITEM),
        Page("my learning", "/learn/mine/", VERA, HOME),
        Page("author's list", "/learn/manage/", RITA, LISTS),
        Page("assignments", "/learn/manage/assignments/", RITA, LISTS + 1),
    ]
