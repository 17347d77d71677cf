"""How far a run is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from tqdm import tqdm

Tell = Callable[[int], object]
"""Is told how many more are done."""
Begin = Callable[[str, str, int | None], AbstractContextManager[Tell]]
"""Begins a step: what it is called, what it counts, and how many there are where that is known."""


@contextmanager
def bars(step: str, unit: str, total: int | None) -> Iterator[Tell]:
    with tqdm(desc=step, unit=f" {unit}", total=total, disable=None) as bar:
        yield bar.update


@contextmanager
def quietly(_step: str, _unit: str, _total: int | None) -> Iterator[Tell]:
    yield lambda _count: None
