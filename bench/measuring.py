"""Requests, bytes and CPU of one page at one size of the library."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.browser import Answer, Browser
from bench.floor import floor
from bench.pages import ELSEWHERE, Page
from bench.recording import Call, recorded
from core.index import index
from core.index.documents import Query, Results
from core.index.sqlite import SqliteIndex
from metadata import store as options


@dataclass(frozen=True)
class Cost:
    """`cold` are the requests of a process that does not remember the options; bytes are compressed but for `html`."""

    page: str
    items: int
    requests: int
    cold: int
    budget: int
    capacity: float
    html: int
    sent: int
    swap: int | None
    ours_ms: float
    index_ms: float
    floor_ms: float

    @property
    def over_budget(self) -> bool:
        return self.requests > self.budget

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.floor_ms

    @property
    def ratio_without_index(self) -> float:
        return (self.ours_ms - self.index_ms) / self.floor_ms


def measure(page: Page, browser: Browser, items: int, repeat: int) -> Cost:
    answer, calls = _first_visit(page, browser)
    _, cold = _first_visit(page, browser, cold=True)
    swap = browser.get(page.address, htmx=True) if page.fragment else None
    ours, queries, bare = _cpu(page, browser, repeat)
    return Cost(
        page=page.name,
        items=items,
        requests=len(calls),
        cold=len(cold),
        budget=page.budget,
        capacity=sum(call.capacity for call in calls),
        html=len(answer.body),
        sent=len(answer.sent),
        swap=len(swap.sent) if swap else None,
        ours_ms=ours,
        index_ms=queries,
        floor_ms=bare,
    )


def _first_visit(page: Page, browser: Browser, *, cold: bool = False) -> tuple[Answer, list[Call]]:
    """She comes from another item, so opening this one is remembered in her profile."""
    browser.get(ELSEWHERE)
    if cold:
        options.forget()
    return _visit(page, browser)


def _visit(page: Page, browser: Browser) -> tuple[Answer, list[Call]]:
    with recorded() as calls:
        answer = browser.get(page.address)
    return answer, calls


def _cpu(page: Page, browser: Browser, repeat: int) -> tuple[float, float, float]:
    """Of the page, of the index within it, and of the floor: milliseconds of this process, taken by turns."""
    _, calls = _visit(page, browser)  # opened just before, so there is nothing left to write
    ask, bare = browser.prepared(page.address), floor(calls)
    queries = _searches_of(ask)
    for warm in (ask, bare, *queries):
        warm()
    taken = [(_spent([ask]), _spent(queries), _spent([bare])) for _ in range(repeat)]
    ours, index_ms, floor_ms = zip(*taken, strict=True)
    return median(ours), median(index_ms), median(floor_ms)


def _searches_of(ask: Callable[[], Answer]) -> list[Callable[[], Results]]:
    """The page's own queries of the index, to be made again alone."""
    asked: list[Query] = []
    search = SqliteIndex.search

    def remembering(self: SqliteIndex, query: Query) -> Results:
        asked.append(query)
        return search(self, query)

    SqliteIndex.search = remembering  # type: ignore[method-assign]
    try:
        ask()
    finally:
        SqliteIndex.search = search  # type: ignore[method-assign]
    return [lambda query=query: index().search(query) for query in asked]  # type: ignore[misc]


def _spent(work: Sequence[Callable[[], object]]) -> float:
    began = time.process_time()
    for each in work:
        each()
    return (time.process_time() - began) * 1000
