"""One item in each state, made once and put back after whatever changed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from content import store
from content.documents import shown_document
from content.enums import Kind, Status
from content.models import StoredFile
from content.rules.comments import READERS, review_of
from content.services import comments, drafts, files, lifecycle, schedule, tickets
from content.services.tickets import Ticket
from content.tests.factories import approve, fields, walk
from core import clock
from core.index import index
from core.testing import CARL, VERA

STATES = ("Draft", "InReview", "Approved", "Deprecated", "Expired", "Scheduled", "NextDraft", "NextInReview")
"""The last two are approved, and have a second version in work."""
SEEN_BY_READERS = ("Approved", "Deprecated", "NextDraft", "NextInReview")
NOBODYS_COMMENT = f"readers-{'0' * 26}"


@dataclass(frozen=True)
class Kept:
    content_id: str
    file_id: str
    next_file_id: str
    ticket: str
    folder_ticket: str
    comment_id: str
    """Carl's, about the first version."""
    live_comment_id: str
    """Vera's among readers; nobody's where they never saw the item."""


class Shelf:
    def __init__(self, client: Callable[[str], Any]) -> None:
        self._dynamodb = client("dynamodb")
        self.items = {state: _make(state) for state in STATES}
        self._records = {kept.content_id: self._read(kept.content_id) for kept in self.items.values()}

    def expect_untouched(self, kept: Kept) -> None:
        assert self._read(kept.content_id) == self._records[kept.content_id]

    def put_back(self, kept: Kept) -> None:
        then, now = self._records[kept.content_id], self._read(kept.content_id)
        if then == now:
            return
        for table, records in then.items():
            for record in now[table]:
                self._dynamodb.delete_item(TableName=table, Key=_key(record))
            for record in records:
                self._dynamodb.put_item(TableName=table, Item=record)
        index().put([shown_document(store.item_by_id(kept.content_id))])

    def _read(self, content_id: str) -> dict[str, list[dict[str, Any]]]:
        wanted = {":id": {"S": content_id}}
        return {
            table: self._dynamodb.query(
                TableName=table, KeyConditionExpression="content_id = :id", ExpressionAttributeValues=wanted
            )["Items"]
            for table in (
                settings.TABLES["content"],
                settings.TABLES["content_versions"],
                settings.TABLES["content_comments"],
            )
        }


def _key(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("content_id", "version", "comment_id") if name in record}


def _make(state: str) -> Kept:
    content_id = str(drafts.create(kind=Kind.FILE, fields=fields(f"Item {state}", body=""), by=CARL).content_id)
    file_id = next_file_id = _attach(content_id, 1)
    if state == "Scheduled":
        later = clock.now() + timedelta(days=30)
        schedule.set_dates(content_id=content_id, go_live_at=later, expire_at=None, review_every_days=90, by=CARL)
    said = comments.post(content_id=content_id, talk=review_of(1), text="Look at page 2.", by=CARL).comment_id
    plain = state in set(Status)
    walk(content_id, Status(state) if plain and state != "Scheduled" else Status.IN_REVIEW)
    if not plain or state == "Scheduled":
        approve(content_id)
    if not plain:
        drafts.open_work(content_id=content_id, by=CARL)
        next_file_id = _attach(content_id, 2)
    if state == "NextInReview":
        lifecycle.submit(content_id=content_id, by=CARL)
    asked = NOBODYS_COMMENT
    if state in SEEN_BY_READERS:
        asked = comments.post(content_id=content_id, talk=READERS, text="Is it current?", by=VERA).comment_id
    version = int(store.item_by_id(content_id).work_version or 1)
    folder = f"content/{content_id}/source/"
    ticket = Ticket(content_id, version, CARL.user_id, f"{folder}a.pdf", "a.pdf", 9, "application/pdf")
    opened = tickets.seal(Ticket(content_id, version, CARL.user_id, folder))
    return Kept(content_id, file_id, next_file_id, tickets.seal(ticket), opened, said, asked)


def _attach(content_id: str, version: int) -> str:
    file_id = f"file{version}"
    file = StoredFile(
        file_id=file_id,
        name=f"deck {version}.pdf",
        mime="application/pdf",
        group="pdf",
        size=9,
        key=f"content/{content_id}/source/deck.pdf",
        s3_version=f"v{version}",
        etag="etag",
    )
    files.attach(content_id=content_id, version=version, file=file, by=CARL)
    return file_id
