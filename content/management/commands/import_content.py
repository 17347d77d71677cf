from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.directory import person_by_email
from accounts.permissions import Permission, can
from accounts.person import Person
from content.enums import Status
from content.importing import sources
from content.importing.bringing import How, bring
from content.importing.planning import Choices, Folders, Planned, plan
from content.importing.sources import Refusal, printable
from core.errors import NotFound, PortalError

_STATUSES = {"draft": Status.DRAFT, "in-review": Status.IN_REVIEW, "approved": Status.APPROVED}
_SOME_REFUSED, _NOTHING_DONE = 1, 2


class Command(BaseCommand):
    help = (
        "Imports a folder: Markdown pages with front matter become articles, office files, PDFs, images, recordings and "
        "videos become files, captions beside a video of the same name go with it. Can be run again at any time: what "
        "is unchanged is skipped, what has changed becomes a new draft, what was cut off is completed. "
        "Exit code 0: all fine; 1: some files were refused, each with its reason; 2: nothing could be imported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--owner", metavar="EMAIL", default="", help="who will own the items; needed but to try")
        parser.add_argument("--status", choices=_STATUSES, default="draft", help="how far to bring them (draft)")
        parser.add_argument("--approver", metavar="EMAIL", default="", help="who approves, with --status approved")
        parser.add_argument("--suite", default="", help="for all that do not name theirs; needed for a review")
        parser.add_argument("--product", default="", help="for all that do not name theirs")
        parser.add_argument("--tag", action="append", default=[], help="for all of them; may be repeated")
        parser.add_argument(
            "--folders", type=Folders, choices=list(Folders), default=Folders.NONE, help="what folders become (none)"
        )
        parser.add_argument(
            "--source", default="", help="names the folder from one import to the next (its own name); keep it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.", returncode=_NOTHING_DONE)
        how = None if options["dry_run"] else _how(options)
        found = sources.find(folder)
        choices = Choices(
            source=options["source"] or folder.resolve().name,
            suite=options["suite"],
            product=options["product"],
            tags=tuple(options["tag"]),
            folders=options["folders"],
        )
        refusals = list(found.refusals)
        planned: list[Planned] = []
        for outcome in plan(found, choices):
            if isinstance(outcome, Planned):
                planned.append(outcome)
            else:
                refusals.append(outcome)
        for refusal in refusals:
            self._tell_refusal(refusal)
        counts = self._dry_run(planned) if how is None else self._bring(planned, how)
        self._finish(counts, len(refusals), planned, found.skipped, options["verbosity"])

    def _dry_run(self, planned: list[Planned]) -> Counter[str]:
        for item in planned:
            facts = [item.kind.value, *filter(None, (item.suite, item.product)), *item.tags]
            self.stdout.write(f"{printable(item.source.relative)}: “{item.title}” ({', '.join(facts)})")
        return Counter({"would be imported": len(planned)})

    def _bring(self, planned: list[Planned], how: How) -> Counter[str]:
        counts: Counter[str] = Counter()
        for item in tqdm(planned, desc="Importing", unit=" files", disable=None):
            try:
                counts[bring(item, how).value] += 1
            except PortalError as error:
                counts["refused"] += 1
                self._tell_refusal(Refusal(printable(item.source.relative), error.message))
        return counts

    def _tell_refusal(self, refusal: Refusal) -> None:
        with tqdm.external_write_mode():
            self.stderr.write(f"refused  {refusal.name}: {refusal.reason}")

    def _finish(self, counts: Counter[str], refused: int, planned: list[Planned], skipped: int, verbosity: int) -> None:
        notes = [(item, note) for item in planned for note in item.notes]
        if verbosity > 1:
            for item, note in notes:
                self.stdout.write(f"note  {printable(item.source.relative)}: {note}")
        counts["refused"] += refused
        if skipped:
            counts["hidden and skipped"] = skipped
        done = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()) if count) or "nothing found"
        self.stdout.write(f"{done}." + (f" {len(notes)} notes (-v 2 shows them)." if notes and verbosity < 2 else ""))
        if counts["refused"] == len(planned) + refused:
            raise CommandError("Nothing was imported.", returncode=_NOTHING_DONE)
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} files were refused; see above.", returncode=_SOME_REFUSED)


def _how(options: dict[str, Any]) -> How:
    """Raises CommandError for people who are missing or may not do it."""
    if not options["owner"]:
        raise CommandError("Say who will own the items: --owner EMAIL (or --dry-run).", returncode=_NOTHING_DONE)
    status = _STATUSES[options["status"]]
    owner = _person(options["owner"], Permission.CONTENT_CREATE)
    if status is not Status.APPROVED:
        return How(owner, status)
    if not options["approver"]:
        raise CommandError("Say who approves them: --approver EMAIL.", returncode=_NOTHING_DONE)
    approver = _person(options["approver"], Permission.CONTENT_APPROVE)
    if approver == owner and not can(owner, Permission.CONTENT_APPROVE_OWN):
        raise CommandError("Nobody but an Admin approves her own items: name another --approver.", returncode=2)
    return How(owner, status, approver)


def _person(email: str, permission: Permission) -> Person:
    try:
        person = person_by_email(email)
    except NotFound as error:
        raise CommandError(error.message, returncode=_NOTHING_DONE) from None
    if not can(person, permission):
        raise CommandError(
            f"{email} has the role {person.role.value}, which may not do this.", returncode=_NOTHING_DONE
        )
    return person
