from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.directory import person_by_email
from accounts.permissions import Permission, can
from accounts.person import Person
from content.importing.sources import printable
from core.errors import NotFound, PortalError
from lms.exchange import packages, reading
from lms.exchange.bringing import Outcome, Told, bring, course_id_of
from lms.exchange.itineraries import bring_path, path_id_of
from lms.exchange.labels import How
from lms.exchange.parcel import Note, Parcel, Reading

_SOME_REFUSED, _NOTHING_DONE = 1, 2


class Command(BaseCommand):
    help = (
        "Imports courses: Open edX (OLX), IMS Common Cartridge, QTI 1.2, Learn modules in YAML, Carpentries lessons, GIFT "
        "and Aiken quizzes, or a folder with a course.yaml; as folders, zip or tar archives, or single files. Says of each "
        "lesson what became of it, and what could not be taken over. Can be run again at any time: what is unchanged is "
        "left alone, what was cut off is completed, what was edited here is kept. "
        "Exit code 0: all fine; 1: something was refused, with its reason; 2: nothing could be imported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--owner", metavar="EMAIL", default="", help="who will own the courses; needed but to try")
        parser.add_argument("--publish", action="store_true", help="publish what is complete; takes an owner who may")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        how = None if options["dry_run"] else _how(options)
        counts: Counter[str] = Counter()
        for path in options["paths"]:
            with tempfile.TemporaryDirectory(prefix="course-") as scratch:
                counts += self._import(path, Path(scratch), how)
        done = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()) if count)
        self.stdout.write(f"{done or 'nothing'}.")
        refused = counts[Outcome.REFUSED]
        if refused and refused == counts.total() - counts["notes"]:
            raise CommandError("Nothing was imported.", returncode=_NOTHING_DONE)
        if refused:
            raise CommandError(f"{refused} things were refused; see above.", returncode=_SOME_REFUSED)

    def _import(self, path: Path, scratch: Path, how: How | None) -> Counter[str]:
        shown = printable(PurePosixPath(path))
        try:
            read = reading.read(packages.open_package(path, scratch), scratch)
        except PortalError as error:
            self.stderr.write(f"refused  {shown}: {error.message}")
            return Counter({Outcome.REFUSED.value: 1})
        self.stdout.write(f"{shown}: {read.kind}")
        counts: Counter[str] = Counter()
        for parcel in read.parcels:
            counts += self._dry_run(parcel) if how is None else self._bring(parcel, how)
        for note in read.refusals:
            self.stderr.write(f"refused  {note.where}: {note.text}")
        counts += Counter({Outcome.REFUSED.value: len(read.refusals)})
        return counts + self._tell_notes(read.notes) + self._paths(read, how)

    def _dry_run(self, parcel: Parcel) -> Counter[str]:
        self.stdout.write(f"“{parcel.title}”")
        for section in parcel.sections:
            self.stdout.write(f"  {section.title}")
            for lesson in section.lessons:
                self.stdout.write(f"    {lesson.lesson_type.value:<9} {_facts(lesson.title, lesson)}")
        would = Counter({"courses would be imported": 1, "lessons would be imported": len(parcel.lessons)})
        return would + self._tell_notes(parcel.notes)

    def _bring(self, parcel: Parcel, how: How) -> Counter[str]:
        counts: Counter[str] = Counter()
        for told in bring(parcel, how):
            counts[told.outcome.value] += 1
            self._tell(told)
        self.stdout.write(f"           /learn/courses/{course_id_of(parcel, how.owner)}/")
        return counts + self._tell_notes(parcel.notes)

    def _tell(self, told: Told) -> None:
        line = f"{told.outcome.value:<10} {told.what:<10} {told.title}" + (f": {told.reason}" if told.reason else "")
        (self.stderr if told.outcome is Outcome.REFUSED else self.stdout).write(line)

    def _tell_notes(self, notes: Any) -> Counter[str]:
        for note in dict.fromkeys(notes):
            assert isinstance(note, Note)
            self.stdout.write(f"note       {note.where}: {note.text}")
        return Counter({"notes": len(dict.fromkeys(notes))})

    def _paths(self, read: Reading, how: How | None) -> Counter[str]:
        counts: Counter[str] = Counter()
        for path in read.paths:
            if how is None:
                self.stdout.write(f"path “{path.title}” of {len(path.course_keys)} courses")
                continue
            for told in bring_path(path, how):
                counts[told.outcome.value] += 1
                self._tell(told)
            self.stdout.write(f"           /learn/paths/{path_id_of(path, how)}/")
        return counts


def _facts(title: str, lesson: Any) -> str:
    questions = len(lesson.content.get("questions", ()))
    facts = [f"{questions} questions"] if questions else []
    facts += [f"{len(lesson.files)} files"] if lesson.files else []
    return f"{title} ({', '.join(facts)})" if facts else title


def _how(options: dict[str, Any]) -> How:
    """Raises CommandError for somebody who is missing or may not do it."""
    if not options["owner"]:
        raise CommandError("Say who will own the courses: --owner EMAIL (or --dry-run).", returncode=_NOTHING_DONE)
    wanted = [Permission.COURSES_AUTHOR, *([Permission.COURSES_PUBLISH] if options["publish"] else [])]
    return How(_person(options["owner"], wanted), publish=options["publish"])


def _person(email: str, permissions: list[Permission]) -> Person:
    try:
        person = person_by_email(email)
    except NotFound as error:
        raise CommandError(error.message, returncode=_NOTHING_DONE) from None
    if not all(can(person, permission) for permission in permissions):
        raise CommandError(
            f"{email} has the role {person.role.value}, which may not do this.", returncode=_NOTHING_DONE
        )
    return person
