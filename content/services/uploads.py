"""Files on their way from a browser to S3: planned here, sent there, looked at here, then attached to the draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings

from accounts.person import Person
from content import sniffing, store
from content.models import ContentVersion, StoredFile
from content.rules import files as rules
from content.services import drafts, files, tickets
from content.services.tickets import Ticket
from core.aws import s3
from core.errors import Invalid, NotFound, Refused
from core.ids import new_id

FORM_LIVES_SECONDS = 60 * 60  # the plain form is signed before she has chosen the file
MOST_PARTS_AT_ONCE = 50


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


def start_upload(*, content_id: str, name: str, size: int, by: Person) -> UploadPlan:
    """Raises Invalid, with a sentence for the person, for what the library does not take."""
    name = rules.clean_filename(name)
    mime = rules.file_type_of(name).mime
    rules.check_size(name, size)
    version = _draft(content_id, by)
    files.check_room(version, name)
    ticket = Ticket(content_id, int(version.version), by.user_id, _folder(content_id) + name, name, size, mime)
    if size < rules.MULTIPART_FROM:
        url = s3.put_url(_bucket(), ticket.key, mime=mime, size=size)
        return UploadPlan(tickets.seal(ticket), name, size, mime, url, {"Content-Type": mime})
    ticket = replace(ticket, upload_id=s3.start_parts(_bucket(), ticket.key, mime=mime))
    return UploadPlan(tickets.seal(ticket), name, size, mime, parts=ticket.parts, part_size=rules.PART_SIZE)


def sign_parts(*, content_id: str, token: str, numbers: Iterable[int], by: Person) -> dict[int, str]:
    ticket = tickets.unseal(token, content_id, by)
    wanted = sorted(set(numbers))[:MOST_PARTS_AT_ONCE]
    if not wanted or wanted[0] < 1 or wanted[-1] > ticket.parts:
        raise Invalid("This upload has no such part. Add the file again.")
    _draft(content_id, by, ticket)
    return {
        number: s3.part_url(_bucket(), ticket.key, ticket.upload_id, number=number, size=ticket.part_size(number))
        for number in wanted
    }


def finish(*, content_id: str, token: str, by: Person, s3_version: str = "") -> ContentVersion:
    """Checks what has arrived and attaches it; doing it twice comes to the same.

    `s3_version` is what S3 answered to the PUT, so that of two uploads under one name each gets its own.
    """
    ticket = tickets.unseal(token, content_id, by)
    if not ticket.name:
        raise Invalid("This upload cannot be completed. Add the file again.")
    _draft(content_id, by, ticket)
    facts = _arrived(ticket, s3_version)
    return _attach(ticket, facts, by)


def abort(*, content_id: str, token: str, by: Person) -> None:
    ticket = tickets.unseal(token, content_id, by)
    if ticket.upload_id:
        s3.abort_parts(_bucket(), ticket.key, ticket.upload_id)


def plain_form(*, content_id: str, version: ContentVersion, return_to: str, by: Person) -> PlainForm:
    """For a browser without JavaScript. `return_to` is an absolute address; S3 adds the key to it."""
    folder = _folder(content_id)
    token = tickets.seal(Ticket(content_id, int(version.version), by.user_id, folder))
    limit = max(kind.limit for kind in rules.FILE_TYPES)
    made = s3.post_form(
        _bucket(), folder, redirect=f"{return_to}?token={token}", most_bytes=limit, lives_seconds=FORM_LIVES_SECONDS
    )
    return PlainForm(made.url, made.fields)


def finish_plain(*, content_id: str, token: str, key: str, by: Person) -> ContentVersion:
    """Attaches what the plain form has sent, under a name that is fit to keep."""
    ticket = tickets.unseal(token, content_id, by)
    sent_as = key.removeprefix(ticket.key)
    if ticket.name or not key.startswith(ticket.key) or not sent_as:
        raise Refused("This file was not sent for this item. Add it again.")
    files.check_room(_draft(content_id, by, ticket), sent_as)
    facts = _head(sent_as, key, "")
    try:
        name = rules.clean_filename(sent_as)
        ticket = replace(ticket, key=ticket.key + name, name=name, size=facts.size, mime=rules.file_type_of(name).mime)
    except Invalid:
        s3.delete(_bucket(), key, facts.version)
        raise
    if ticket.key != key:
        renamed = s3.copy(_bucket(), key, facts.version, ticket.key)
        s3.delete(_bucket(), key, facts.version)
        facts = replace(facts, version=renamed)
    return _attach(ticket, replace(facts, mime=ticket.mime), by)


def _draft(content_id: str, by: Person, ticket: Ticket | None = None) -> ContentVersion:
    _, version = drafts.draft_in_work(content_id, by)
    if ticket and version.version != ticket.version:
        raise Refused("The version you were adding this file to is no longer worked on. Add it to the present one.")
    return version


def _folder(content_id: str) -> str:
    return f"content/{content_id}/source/"


def _bucket() -> str:
    return str(settings.ENABLEMENT_CONTENT_BUCKET)


def _arrived(ticket: Ticket, s3_version: str) -> s3.Facts:
    if ticket.upload_id:
        s3_version = _joined(ticket) or ""
    return _head(ticket.name, ticket.key, s3_version)


def _joined(ticket: Ticket) -> str | None:
    try:
        parts = s3.parts_of(_bucket(), ticket.key, ticket.upload_id)
        if sum(part.size for part in parts) != ticket.size:
            raise Invalid(f"“{ticket.name}” has not arrived completely. Try again to send the rest.")
        return s3.complete_parts(_bucket(), ticket.key, ticket.upload_id, parts)
    except NotFound:
        return None  # joined already, by a request whose answer got lost: the object itself will tell


def _head(name: str, key: str, s3_version: str) -> s3.Facts:
    try:
        return s3.head(_bucket(), key, s3_version or None)
    except NotFound:
        raise Invalid(f"“{name}” has not arrived. Check your connection, then add it again.") from None


def _attach(ticket: Ticket, facts: s3.Facts, by: Person) -> ContentVersion:
    try:
        _check(ticket, facts)
    except Invalid:
        if not _is_attached(ticket, facts):
            s3.delete(_bucket(), ticket.key, facts.version)
        raise
    kind = rules.file_type_of(ticket.name)
    stored = StoredFile(
        file_id=new_id(),
        name=ticket.name,
        mime=kind.mime,
        group=kind.group,
        size=facts.size,
        key=ticket.key,
        s3_version=facts.version,
        etag=facts.etag,
    )
    return files.attach(content_id=ticket.content_id, version=ticket.version, file=stored, by=by)


def _check(ticket: Ticket, facts: s3.Facts) -> None:
    if facts.size != ticket.size or facts.mime != ticket.mime:
        raise Invalid(f"“{ticket.name}” arrived as something else than what was announced. Add it again.")
    rules.check_size(ticket.name, facts.size)

    def read(start: int, length: int) -> bytes:
        return s3.read_range(_bucket(), ticket.key, facts.version, start, length)

    sniffing.check(ticket.name, rules.file_type_of(ticket.name), facts.size, read)


def _is_attached(ticket: Ticket, facts: s3.Facts) -> bool:
    """Whatever went wrong now, an object that some version shows is not ours to remove."""
    versions = store.versions_of(ticket.content_id, limit=100).items
    return any(files.is_same(file, ticket.key, facts.version) for version in versions for file in version.files)
