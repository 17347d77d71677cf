"""Records: whole tables into lines and back.

A table is read by a parallel scan, the one way that is sure to meet every record. How far each segment has come is noted
with every page, so that a run which was killed cuts off what it did not note, and goes on there.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from core.aws import operator
from core.aws.operator import Item
from portal.backup import lines, versions
from portal.backup.journal import Journal
from portal.backup.lines import Total, Written
from portal.backup.places import Layout, Table
from portal.backup.telling import Tell

SEGMENTS = 4
_Page = tuple[list[Item], Item | None]


@dataclass(frozen=True)
class Moment:
    """Seconds since 1970: records whose time to live has passed then are gone, whether or not they were swept away."""

    seconds: int

    def is_over(self, table: Table, item: Item) -> bool:
        lives_until = item.get(table.expiry, {}).get("N") if table.expiry else None
        return lives_until is not None and float(lives_until) <= self.seconds

    def is_kept(self, table: Table, item: Item) -> bool:
        return not table.leaves_behind(item) and not self.is_over(table, item)


def read(table: Table, layout: Layout, journal: Journal, moment: Moment, tell: Tell) -> None:
    """Into parts, as the records come and with the version ids of here."""
    segments = [_Segment(table, number, layout, journal) for number in range(SEGMENTS)]
    with ThreadPoolExecutor(SEGMENTS) as pool:
        under_way: dict[Future[_Page], _Segment] = {
            pool.submit(segment.page): segment for segment in segments if not segment.done
        }
        while under_way:
            for page in wait(under_way, return_when=FIRST_COMPLETED).done:
                segment = under_way.pop(page)
                tell(segment.keep(*page.result(), moment))
                if not segment.done:
                    under_way[pool.submit(segment.page)] = segment


def write(table: Table, layout: Layout, journal: Journal) -> Written:
    """The parts as one file, in order and with names that mean the same everywhere."""
    scratch = layout.work / f"sorting-{table.name}"
    scratch.mkdir(exist_ok=True)
    parts = [part for number in range(SEGMENTS) if (part := _part(layout, table, number)).exists()]
    told = (versions.named(line, journal.name_for) for part in parts for line in lines.read(part))
    return lines.write(layout.table(table.name), lines.in_order(told, scratch))


def put_back(table: Table, layout: Layout, journal: Journal, tell: Tell) -> None:
    """Batch by batch from where it stopped; the last batch may be put twice, which changes nothing."""
    note = f"put:{table.name}"
    done = int(journal.note(note) or 0)
    waiting = islice(lines.read(layout.table(table.name)), done, None)
    while batch := list(islice(waiting, operator.AT_ONCE)):
        operator.put(table.stored_as, [lines.item_of(versions.identified(line, journal.name_for)) for line in batch])
        done += len(batch)
        journal.put_note(note, done)
        tell(len(batch))


def clear(table: Table) -> None:
    """Of what jobs have made there."""
    gone = operator.whole(table.stored_as)
    while batch := list(islice(gone, operator.AT_ONCE)):
        operator.remove(table.stored_as, [{name: item[name] for name in table.keys} for item in batch])


def stands(table: Table, journal: Journal, moment: Moment) -> Total:
    """What the table has now, to be compared with what was exported."""
    total = Total()
    for item in operator.whole(table.stored_as):
        if moment.is_kept(table, item):
            total.add(versions.named(lines.item_line(item, table.keys), journal.name_for).encode())
    return total


class _Segment:
    def __init__(self, table: Table, number: int, layout: Layout, journal: Journal) -> None:
        self._table, self._number, self._journal = table, number, journal
        self._path = _part(layout, table, number)
        self._note = f"scan:{table.name}:{number}"
        noted: dict[str, Any] = journal.note(self._note) or {"after": None, "bytes": 0, "done": False}
        self._after, self._bytes, self.done = noted["after"], int(noted["bytes"]), bool(noted["done"])
        if not self.done:
            self._cut_off_what_was_not_noted()

    def page(self) -> _Page:
        return operator.scan(self._table.stored_as, segment=self._number, of=SEGMENTS, after=self._after)

    def keep(self, items: Iterable[Item], after: Item | None, moment: Moment) -> int:
        kept = [lines.item_line(item, self._table.keys) for item in items if moment.is_kept(self._table, item)]
        told = "".join(kept).encode()
        with self._path.open("ab") as file:
            file.write(told)
        self._after, self._bytes, self.done = after, self._bytes + len(told), after is None
        self._journal.put_note(self._note, {"after": after, "bytes": self._bytes, "done": self.done})
        return len(kept)

    def _cut_off_what_was_not_noted(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.truncate(self._bytes)


def _part(layout: Layout, table: Table, number: int) -> Path:
    return layout.work / "parts" / f"{table.name}-{number}.jsonl"
