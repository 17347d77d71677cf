"""A whole environment into a directory.

Records are read before the files that they name, so that every file which a record names is there. Then versions have
their names, and the lines are put in order. What was done is in the journal: the same command goes on after a kill.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core import clock
from core.aws import operator
from core.errors import Refused
from portal.backup import files, journal, keys, manifest, people, places, tables
from portal.backup.journal import Journal
from portal.backup.lines import Written
from portal.backup.manifest import Manifest
from portal.backup.places import Layout
from portal.backup.tables import Moment
from portal.backup.telling import Begin


@dataclass(frozen=True)
class Forecast:
    """What an export would hold. DynamoDB counts its records every six hours only."""

    tables: int
    records: int
    objects: int
    bytes: int
    people: int


def forecast(directory: Path) -> Forecast:
    """Asks, and writes nothing. Raises Refused where it could not be written."""
    check_directory(Layout(directory))
    counts = [
        operator.ask("dynamodb", "describe_table", TableName=table.stored_as)["Table"]["ItemCount"]
        for table in places.tables()
    ]
    standing = files.standing()
    return Forecast(len(counts), sum(counts), standing.versions, standing.bytes, people.standing())


def export(directory: Path, begin: Begin) -> tuple[Manifest, str]:
    """The manifest, and its digest. Raises Refused, Unavailable."""
    layout = Layout(directory)
    check_directory(layout)
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)  # it will hold names and addresses
    layout.work.mkdir(exist_ok=True)
    with journal.opened(layout.work / "journal.db") as notes:
        moment = _moment(notes)
        _read(layout, notes, moment, begin)
        made = _write(layout, notes, moment, begin)
        told = manifest.save(made, layout)
    shutil.rmtree(layout.work)
    return made, told


def check_directory(layout: Layout) -> None:
    """Raises Refused unless it is empty, or has an export that was begun."""
    if layout.manifest.exists():
        raise Refused(f"{layout.directory} has a finished export already. Choose another directory.")
    if layout.directory.is_file():
        raise Refused(f"{layout.directory} is a file. Choose a directory.")
    begun = (layout.work / "journal.db").exists()
    if layout.directory.exists() and any(layout.directory.iterdir()) and not begun:
        raise Refused(f"{layout.directory} is not empty. Choose another directory.")


def _moment(notes: Journal) -> Moment:
    """That of the first run. Raises Refused where that was of another environment."""
    begun = notes.note("begun") or {"environment": places.environment(), "seconds": int(clock.now().timestamp())}
    if begun["environment"] != places.environment():
        raise Refused("In this directory an export of another environment was begun. Choose another directory.")
    notes.put_note("begun", begun)
    return Moment(int(begun["seconds"]))


def _read(layout: Layout, notes: Journal, moment: Moment, begin: Begin) -> None:
    with begin("Reading records", "records", None) as tell:
        for table in places.tables():
            tables.read(table, layout, notes, moment, tell)
    with begin("Listing files", "versions", None) as tell:
        files.find(notes, tell)
    with begin("Fetching files", "versions", None) as tell:
        files.read(layout, notes, tell)
    with begin("Reading people", "people", None) as tell:
        people.read(notes, tell)


def _write(layout: Layout, notes: Journal, moment: Moment, begin: Begin) -> Manifest:
    files.number(notes)
    written: dict[str, Written] = {layout.of(layout.objects): files.write(layout, notes)}
    written[layout.of(layout.people)] = people.write(layout, notes)
    written[layout.of(layout.keys)] = keys.write(layout)
    found = places.tables()
    with begin("Putting in order", "tables", len(found)) as tell:
        for table in found:
            written[layout.of(layout.table(table.name))] = tables.write(table, layout, notes)
            tell(1)
    count, size = files.weight(layout)
    return Manifest(
        made_at=clock.iso(datetime.fromtimestamp(moment.seconds, UTC)),
        seconds=moment.seconds,
        tables={table.name: table.expiry for table in found},
        files=written,
        objects=count,
        bytes=size,
    )
