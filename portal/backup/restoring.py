"""An export into an empty environment.

Files first: then it is known which version of each has which id here, and records can name them. What was done is in a
journal beside the export, by which the same restore, and no other, may go on in an environment that is empty no longer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from core.aws import operator
from core.errors import Refused
from portal.backup import checking, files, journal, keys, manifest, people, places, stillness, tables
from portal.backup.journal import Journal
from portal.backup.manifest import Manifest
from portal.backup.people import Left
from portal.backup.places import Layout, Table
from portal.backup.tables import Moment
from portal.backup.telling import Begin


@dataclass
class Restored:
    """`left` are people whose accounts could not be made; `differing` the places that are not as they were exported."""

    manifest: Manifest
    left: list[Left] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def rehearse(directory: Path, begin: Begin) -> Manifest:
    """Looks whether it could be done, and writes nothing. Raises Invalid, Refused."""
    layout = Layout(directory)
    made = checking.check(directory, begin)
    _tables_of(made)
    people.check_pool(layout)
    if not layout.restoring().exists():
        _check_empty()
    return made


def restore(directory: Path, begin: Begin) -> Restored:
    """Raises Invalid for an export that is not as it was made, Refused for an environment that is not empty."""
    layout = Layout(directory)
    made = rehearse(directory, begin)
    with journal.opened(layout.restoring()) as notes:
        resumed = _begin(notes, layout)
        _stand_still(notes, begin)
        _clear(notes)
        with begin("Putting files", "versions", made.objects) as tell:
            files.put_back(layout, notes, tell, resumed=resumed)
        with begin("Putting records", "records", made.records) as tell:
            for table in _tables_of(made):
                tables.put_back(table, layout, notes, tell)
        keys.put_back(layout)
        with begin("Making accounts", "people", made.people) as tell:
            left = people.put_back(layout, notes, tell)
        differing = _differing(layout, made, notes, begin)
        notes.put_note("finished", not left and not differing)
    stillness.end_it()
    return Restored(made, left, differing)


def _begin(notes: Journal, layout: Layout) -> bool:
    """Whether this goes on with what was begun before."""
    digest = manifest.digest(layout)
    begun = notes.note("begun")
    if begun is None:
        _check_empty()
        notes.put_note("begun", digest)
        return False
    if begun != digest:
        raise Refused("What was begun here was the restore of another export. Empty the environment first.")
    if notes.note("finished"):
        raise Refused("This export was restored here already. To do it again, empty the environment and start anew.")
    return True


def _stand_still(notes: Journal, begin: Begin) -> None:
    try:
        stillness.begin_it(begin)
    except Refused:
        if not notes.note("cleared"):  # nothing was put yet, so nobody need stand still for it
            stillness.end_it()
        raise


def _clear(notes: Journal) -> None:
    """Of what a worker has made of nothing; once, and before anything is put there."""
    if not notes.note("cleared"):
        for table in places.tables():
            if table.derived:
                tables.clear(table)
        notes.put_note("cleared", True)


def _check_empty() -> None:
    """Where a worker has run there is what it makes of nothing: that is cleared away before anything is put there."""
    for table in places.tables():
        if not table.derived and not operator.is_empty(table.stored_as):
            raise Refused(
                f"This environment is not empty: the table {table.stored_as} has records. An export is restored into "
                "empty tables and buckets only, so that nothing is mixed or lost."
            )
    if not files.are_empty():
        raise Refused(
            "This environment is not empty: its buckets have files. An export is restored into empty tables and "
            "buckets only, so that nothing is mixed or lost."
        )


def _tables_of(made: Manifest) -> list[Table]:
    known = {table.name: table for table in places.tables()}
    if strange := sorted(set(made.tables) - set(known)):
        raise Refused(f"This portal has no table {', '.join(strange)}. Restore with the version that made the export.")
    return [known[name] for name in sorted(made.tables)]


def _differing(layout: Layout, made: Manifest, notes: Journal, begin: Begin) -> list[str]:
    """Reads everything back: records by the sum of their hashes, files by their number and size."""
    differing: list[str] = []
    moment = Moment(made.seconds)
    found = _tables_of(made)
    with begin("Reading back", "tables", len(found)) as tell:
        for table in found:
            place = layout.of(layout.table(table.name))
            total = tables.stands(table, notes, moment)
            if (total.lines, total.hex) != (made.files[place].lines, made.files[place].total):
                differing.append(f"table {table.name}: {total.lines} records, exported {made.files[place].lines}")
            tell(1)
    standing = files.standing()
    if (standing.versions, standing.bytes) != (made.objects, made.bytes):
        differing.append(f"files: {standing.versions} versions of {standing.bytes} bytes, exported {made.objects}")
    return differing
