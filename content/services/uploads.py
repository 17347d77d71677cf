"""Files sent to a draft of the library: how they come is `sending`'s, what becomes of them is decided here."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from accounts.person import Person
from content import store
from content.models import ContentVersion, StoredFile
from content.rules import files as rules
from content.services import drafts, files, sending, tickets
from content.services.sending import Arrived, Destination, PlainForm, UploadPlan
from content.services.tickets import Ticket
from core.errors import Refused
from core.ids import new_id


def start_upload(*, content_id: str, name: str, size: int, by: Person) -> UploadPlan:
    """Raises Invalid, with a sentence for the person, for what the library does not take."""
    version = _draft(content_id, by)
    files.check_room(version, rules.clean_filename(name))
    return sending.start(_destination(version), name=name, size=size, by=by)


def sign_parts(*, content_id: str, token: str, numbers: Iterable[int], by: Person) -> dict[int, str]:
    ticket = tickets.unseal(token, content_id, by)
    return sending.sign_parts(_destination(_draft(content_id, by, ticket)), ticket, numbers)


def finish(*, content_id: str, token: str, by: Person, s3_version: str = "") -> ContentVersion:
    """Checks what has arrived and attaches it; doing it twice comes to the same."""
    ticket = tickets.unseal(token, content_id, by)
    version = _draft(content_id, by, ticket)
    return _attach(version, sending.arrived(_destination(version), ticket, s3_version), by)


def abort(*, content_id: str, token: str, by: Person) -> None:
    ticket = tickets.unseal(token, content_id, by)
    sending.abort(_place(content_id, ticket.revision), ticket)


def plain_form(*, version: ContentVersion, return_to: str, by: Person) -> PlainForm:
    """For a browser without JavaScript. `return_to` is an absolute address; S3 adds the key to it."""
    return sending.plain_form(_destination(version), return_to=return_to, by=by)


def finish_plain(*, content_id: str, token: str, key: str, by: Person) -> ContentVersion:
    """Attaches what the plain form has sent, under a name that is fit to keep."""
    ticket = tickets.unseal(token, content_id, by)
    sent_as = sending.name_sent(ticket, key)
    version = _draft(content_id, by, ticket)
    files.check_room(version, sent_as)
    return _attach(version, sending.arrived_plain(_destination(version), ticket, key), by)


def _draft(content_id: str, by: Person, ticket: Ticket | None = None) -> ContentVersion:
    _, version = drafts.draft_in_work(content_id, by)
    if ticket and version.version != ticket.revision:
        raise Refused("The version you were adding this file to is no longer worked on. Add it to the present one.")
    return version


def _destination(version: ContentVersion) -> Destination:
    return _place(version.content_id, int(version.version))


def _place(content_id: str, version: int) -> Destination:
    def is_attached(key: str, s3_version: str | None) -> bool:
        """Whatever went wrong now, an object that some version shows is not ours to remove."""
        versions = store.versions_of(content_id, limit=100).items
        return any(files.is_same(file, key, s3_version) for one in versions for file in one.files)

    return Destination(
        place=content_id,
        revision=version,
        bucket=str(settings.ENABLEMENT_CONTENT_BUCKET),
        folder=f"content/{content_id}/source/",
        in_use=is_attached,
    )


def _attach(version: ContentVersion, arrived: Arrived, by: Person) -> ContentVersion:
    stored = StoredFile(
        file_id=new_id(),
        name=arrived.name,
        mime=arrived.kind.mime,
        group=arrived.kind.group,
        size=arrived.facts.size,
        key=arrived.key,
        s3_version=arrived.facts.version,
        etag=arrived.facts.etag,
    )
    return files.attach(content_id=version.content_id, version=int(version.version), file=stored, by=by)
