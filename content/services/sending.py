"""Files on their way from a browser to S3: planned here, sent there, looked at here.

The same for whatever takes files. It says where they go, and which it takes, with a `Destination`, which it makes only
for people who may add files there; what becomes of a file that has arrived is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from accounts.person import Person
from content import sniffing
from content.rules import files as rules
from content.rules.files import FileType
from content.services import tickets
from content.services.tickets import Ticket
from core.aws import s3
from core.errors import Invalid, NotFound, Refused

FORM_LIVES_SECONDS = 60 * 60  # the plain form is signed before she has chosen the file
MOST_PARTS_AT_ONCE = 50


@dataclass(frozen=True)
class Destination:
    """`place` names what the file is for: a ticket is good for this place, at this `revision`, alone.

    `in_use` says of an object's key and version whether something shows it: such an object is never removed.
    """

    place: str
    bucket: str
    folder: str
    in_use: Callable[[str, str | None], bool]
    revision: int = 0
    types: Sequence[FileType] = rules.FILE_TYPES
    taker: str = "The library"
    stored_as: Callable[[str], str] = str
    """What of the name becomes part of the key."""

    def type_of(self, name: str) -> FileType:
        return rules.file_type_of(name, among=self.types, taker=self.taker)


@dataclass(frozen=True)
class UploadPlan:
    """One PUT to `url` with `headers`; or, when there are `parts`, each sent to an address asked for when it is due."""

    token: str
    name: str
    size: int
    mime: str
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    parts: int = 0
    part_size: int = 0


@dataclass(frozen=True)
class PlainForm:
    action: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Arrived:
    """A file that lies in S3 and is what its name says."""

    name: str
    kind: FileType
    key: str
    facts: s3.Facts


def start(to: Destination, *, name: str, size: int, by: Person) -> UploadPlan:
    """Raises Invalid, with a sentence for the person, for what is not taken there."""
    name = rules.clean_filename(name)
    kind = to.type_of(name)
    rules.check_size(name, size, kind)
    ticket = Ticket(to.place, to.revision, by.user_id, to.folder + to.stored_as(name), name, size, kind.mime)
    if size < rules.MULTIPART_FROM:
        url = s3.put_url(to.bucket, ticket.key, mime=kind.mime, size=size)
        return UploadPlan(tickets.seal(ticket), name, size, kind.mime, url, {"Content-Type": kind.mime})
    ticket = replace(ticket, upload_id=s3.start_parts(to.bucket, ticket.key, mime=kind.mime))
    return UploadPlan(tickets.seal(ticket), name, size, kind.mime, parts=ticket.parts, part_size=rules.PART_SIZE)


def sign_parts(to: Destination, ticket: Ticket, numbers: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(numbers))[:MOST_PARTS_AT_ONCE]
    if not wanted or wanted[0] < 1 or wanted[-1] > ticket.parts:
        raise Invalid("This upload has no such part. Add the file again.")
    return {
        number: s3.part_url(to.bucket, ticket.key, ticket.upload_id, number=number, size=ticket.part_size(number))
        for number in wanted
    }


def arrived(to: Destination, ticket: Ticket, s3_version: str = "") -> Arrived:
    """Looks at what has come; asking twice comes to the same. Raises Invalid, and removes what is not as announced.

    `s3_version` is what S3 answered to the PUT, so that of two uploads under one name each gets its own.
    """
    if not ticket.name:
        raise Invalid("This upload cannot be completed. Add the file again.")
    if ticket.upload_id:
        s3_version = _joined(to, ticket) or ""
    return _checked(to, ticket, _head(to, ticket.name, ticket.key, s3_version))


def abort(to: Destination, ticket: Ticket) -> None:
    if ticket.upload_id:
        s3.abort_parts(to.bucket, ticket.key, ticket.upload_id)


def plain_form(to: Destination, *, return_to: str, by: Person) -> PlainForm:
    """For a browser without JavaScript. `return_to` is an absolute address; S3 adds the key to it."""
    token = tickets.seal(Ticket(to.place, to.revision, by.user_id, to.folder))
    made = s3.post_form(
        to.bucket,
        to.folder,
        redirect=f"{return_to}?token={token}",
        most_bytes=max(kind.limit for kind in to.types),
        lives_seconds=FORM_LIVES_SECONDS,
    )
    return PlainForm(made.url, made.fields)


def name_sent(ticket: Ticket, key: str) -> str:
    """The name that a plain form sent its file under. Raises Refused for a key that is not of this form."""
    name = key.removeprefix(ticket.key)
    if ticket.name or not key.startswith(ticket.key) or not name:
        raise Refused("This file was not sent for this item. Add it again.")
    return name


def arrived_plain(to: Destination, ticket: Ticket, key: str) -> Arrived:
    """What the plain form has sent, under a name that is fit to keep."""
    sent_as = name_sent(ticket, key)
    facts = _head(to, sent_as, key, "")
    try:
        name = rules.clean_filename(sent_as)
        ticket = replace(
            ticket, key=ticket.key + to.stored_as(name), name=name, size=facts.size, mime=to.type_of(name).mime
        )
    except Invalid:
        s3.delete(to.bucket, key, facts.version)
        raise
    if ticket.key != key:
        renamed = s3.copy(to.bucket, key, facts.version, ticket.key)
        s3.delete(to.bucket, key, facts.version)
        facts = replace(facts, version=renamed)
    return _checked(to, ticket, replace(facts, mime=ticket.mime))


def _joined(to: Destination, ticket: Ticket) -> str | None:
    try:
        parts = s3.parts_of(to.bucket, ticket.key, ticket.upload_id)
        if sum(part.size for part in parts) != ticket.size:
            raise Invalid(f"“{ticket.name}” has not arrived completely. Try again to send the rest.")
        return s3.complete_parts(to.bucket, ticket.key, ticket.upload_id, parts)
    except NotFound:
        return None  # joined already, by a request whose answer got lost: the object itself will tell


def _head(to: Destination, name: str, key: str, s3_version: str) -> s3.Facts:
    try:
        return s3.head(to.bucket, key, s3_version or None)
    except NotFound:
        raise Invalid(f"“{name}” has not arrived. Check your connection, then add it again.") from None


def _checked(to: Destination, ticket: Ticket, facts: s3.Facts) -> Arrived:
    kind = to.type_of(ticket.name)
    try:
        _check(to, ticket, kind, facts)
    except Invalid:
        if not to.in_use(ticket.key, facts.version):
            s3.delete(to.bucket, ticket.key, facts.version)
        raise
    return Arrived(ticket.name, kind, ticket.key, facts)


def _check(to: Destination, ticket: Ticket, kind: FileType, facts: s3.Facts) -> None:
    if facts.size != ticket.size or facts.mime != ticket.mime:
        raise Invalid(f"“{ticket.name}” arrived as something else than what was announced. Add it again.")
    rules.check_size(ticket.name, facts.size, kind)

    def read(start: int, length: int) -> bytes:
        return s3.read_range(to.bucket, ticket.key, facts.version, start, length)

    sniffing.check(ticket.name, kind, facts.size, read)
