"""What the routes of the library take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from accounts.http import Request
from content import item_page, permissions, store
from content.enums import Kind, Status
from content.models import ContentItem, ContentVersion, StoredFile
from content.permissions import status_of
from content.rules import fields as limits
from content.services import drafts, lifecycle
from content.services.drafts import Fields
from core import clock
from core.api import etags
from core.api.schemas import Flag, Id, Input, Output

ID = "01jd2v7m3s8q4k6w9x0y1z2a3b"
PERSON_ID = "4b1f7a3e-0f2b-4a55-9a6c-0d5a0f0e7c11"

Title = Annotated[str, Field(max_length=limits.MAX_TITLE, examples=["Answers to “the price is too high”"])]
Summary = Annotated[str, Field(max_length=limits.MAX_SUMMARY, examples=["Five answers, and when to give each."])]
Body = Annotated[str, Field(max_length=limits.MAX_BODY_BYTES, description="Markdown; for articles.")]
LinkUrl = Annotated[str, Field(max_length=limits.MAX_URL, description="For links.", examples=["https://example.com"])]
Tags = Annotated[list[Id], Field(max_length=limits.MAX_TAGS, description="Ids of options.")]
ChangeNote = Annotated[str, Field(max_length=limits.MAX_NOTE, description="What is new in this version.")]
OptionId = Annotated[Id | None, Field(description="The id of an option; null for none.")]


class DraftEdit(Input):
    """What is left out stays as it is."""

    title: Title = ""
    summary: Summary = ""
    body: Body = ""
    link_url: LinkUrl = ""
    product_suite: OptionId = None
    product: OptionId = None
    product_concept: OptionId = None
    tags: Tags = []
    change_note: ChangeNote = ""
    minor_change: Annotated[Flag, Field(description="Followers are not told about it.")] = False

    def given(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True)


class NewItem(Input):
    kind: Kind
    title: Title
    summary: Summary = ""
    body: Body = ""
    link_url: LinkUrl = ""
    product_suite: OptionId = None
    product: OptionId = None
    product_concept: OptionId = None
    tags: Tags = []

    def fields(self) -> Fields:
        return Fields(**self.model_dump(exclude={"kind", "tags"}), tags=tuple(self.tags))


class FileOut(Output):
    file_id: str = Field(examples=[ID])
    name: str = Field(examples=["pricing.pdf"])
    mime: str = Field(examples=["application/pdf"])
    size: int = Field(description="Bytes.")

    @classmethod
    def of(cls, file: StoredFile) -> FileOut:
        return cls(file_id=file.file_id, name=file.name, mime=file.mime, size=int(file.size))


class ItemText(Output):
    """What a version says."""

    version: int
    title: str
    summary: str
    body: str
    link_url: str
    product_suite: str | None = Field(description="The id of an option, as are the three below.")
    product: str | None
    product_concept: str | None
    tags: list[str]
    files: list[FileOut]
    updated_at: datetime


class Item(ItemText):
    """The item as its page shows it to you: its live version, or the one in work where there is none yet."""

    content_id: str = Field(examples=[ID])
    kind: Kind
    status: Status
    owner_user_id: str = Field(examples=[PERSON_ID])
    work_version: int | None = Field(description="The version that is being prepared, where you may see it.")
    work_status: Status | None
    go_live_at: datetime | None
    expire_at: datetime | None
    review_every_days: int
    next_review_at: datetime | None
    verified_at: datetime | None
    status_reason: str | None = Field(description="Why it was deprecated or retired.")
    replacement_id: str | None = Field(description="The item to use instead.")

    @classmethod
    def now(cls, request: Request, content_id: str) -> Item:
        """As it stands after a write. Raises NotFound where she may not see what it has become."""
        item = drafts.readable(content_id, request.user)
        number = int(item.live_version or item.work_version or item.last_version)
        return cls.of(request, item, store.version_of(content_id, number, fresh=True))

    @classmethod
    def of(cls, request: Request, item: ContentItem, version: ContentVersion) -> Item:
        """And says, for the ETag, which revision of it this is."""
        person = request.user
        etags.revision(request, int(item.rev))
        replacement = item_page.replacement(person, item)
        in_work = item.work_version if permissions.can_read_work(person, item) else None
        return cls(
            content_id=item.content_id,
            kind=Kind(item.kind),
            status=status_of(item, clock.now()),
            owner_user_id=item.owner_user_id,
            work_version=in_work,
            work_status=permissions.work_status_of(item) if in_work else None,
            replacement_id=replacement.content_id if replacement else None,
            **{name: getattr(item, name) for name in _ITEMS_OWN},
            **written_in(version),
        )


class ItemDraft(ItemText):
    """The version in work, for its editors."""

    content_id: str = Field(examples=[ID])
    kind: Kind
    status: Status
    change_note: str
    minor_change: bool
    review_comment: str = Field(description="What the reviewer asked for.")
    missing: list[str] = Field(description="What has to be there before it can be submitted.")

    @classmethod
    def now(cls, request: Request, content_id: str) -> ItemDraft:
        return cls.of(request, *drafts.draft_in_work(content_id, request.user))

    @classmethod
    def of(cls, request: Request, item: ContentItem, version: ContentVersion) -> ItemDraft:
        etags.revision(request, int(item.rev))
        return cls(
            content_id=item.content_id,
            kind=Kind(version.kind),
            status=Status(version.status),
            change_note=version.change_note,
            minor_change=bool(version.minor_change),
            review_comment=version.review_comment or "",
            missing=list(lifecycle.missing(version).values()),
            **written_in(version),
        )


_ITEMS_OWN = (
    *("go_live_at", "expire_at", "review_every_days", "next_review_at", "verified_at"),
    "status_reason",
)


def written_in(version: ContentVersion) -> dict[str, Any]:
    return {
        "version": int(version.version),
        "title": version.title,
        "summary": version.summary or "",
        "body": version.body or "",
        "link_url": version.link_url or "",
        "product_suite": version.product_suite,
        "product": version.product,
        "product_concept": version.product_concept,
        "tags": list(version.tags),
        "files": [FileOut.of(file) for file in version.files],
        "updated_at": version.updated_at,
    }
