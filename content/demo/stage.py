"""What the people of the demo do to one item: the library's own services, with the item's words and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from accounts.person import Person
from content import store
from content.demo import makers
from content.demo.library import Asset, content_id
from content.demo.makers.brand import Brief
from content.services import drafts, lifecycle, local_files, schedule
from metadata.enums import Group

_PARTS = ("slides", "sections")
OptionIds = Mapping[tuple[Group, str], str]


@dataclass(frozen=True)
class Stage:
    """`now` is the real present; the clock is set to the step's moment by who calls."""

    asset: Asset
    cast: Mapping[str, Person]
    options: OptionIds
    folder: Path
    now: datetime

    @property
    def owner(self) -> Person:
        return self.cast[self.asset.owner]

    @property
    def judge(self) -> Person:
        return self.cast["admin" if self.asset.owner == "approver" else "approver"]

    def create(self, edition: int) -> None:
        asset = self.asset
        drafts.create(
            content_id=asset.content_id,
            kind=asset.kind,
            fields=self._fields(edition),
            review_every_days=asset.review_every,
            by=self.owner,
        )

    def attach(self, edition: int, number: int) -> None:
        path = self._made(edition)[number]
        local_files.attach_local(content_id=self.asset.content_id, path=path, name=path.name, by=self.owner)

    def open_work(self) -> None:
        drafts.open_work(content_id=self.asset.content_id, by=self.owner)

    def edit(self, note: str) -> None:
        _, draft = drafts.draft_in_work(self.asset.content_id, self.owner)
        fields = replace(self._fields(edition=2), change_note=note)
        drafts.edit(content_id=self.asset.content_id, fields=fields, seen_rev=int(draft.text_rev), by=self.owner)

    def set_dates(self, *, go_live_in: int | None = None, expire_in: int | None = None) -> None:
        """In days from the real present."""
        schedule.set_dates(
            content_id=self.asset.content_id,
            go_live_at=self._in_days(go_live_in),
            expire_at=self._in_days(expire_in),
            review_every_days=self.asset.review_every,
            by=self.owner if go_live_in else self.judge,
        )

    def submit(self) -> None:
        lifecycle.submit(content_id=self.asset.content_id, by=self.owner)

    def withdraw(self) -> None:
        lifecycle.withdraw(content_id=self.asset.content_id, by=self.owner)

    def approve(self) -> None:
        item = store.item_by_id(self.asset.content_id, fresh=True)
        version = store.version_of(item.content_id, int(item.work_version or 0), fresh=True)
        lifecycle.approve(content_id=item.content_id, seen_hash=version.content_hash or "", by=self.judge)

    def request_changes(self) -> None:
        lifecycle.request_changes(content_id=self.asset.content_id, reason=self.asset.reason, by=self.judge)

    def verify(self) -> None:
        lifecycle.verify(content_id=self.asset.content_id, by=self.owner)

    def deprecate(self) -> None:
        replacement = content_id(self.asset.replaced_by) if self.asset.replaced_by else None
        lifecycle.deprecate(
            content_id=self.asset.content_id, reason=self.asset.reason, replacement_id=replacement, by=self.judge
        )

    def expire(self) -> None:
        lifecycle.expire(content_id=self.asset.content_id, reason=self.asset.reason, by=self.judge)

    def restore(self) -> None:
        lifecycle.restore(content_id=self.asset.content_id, by=self.judge)

    def _fields(self, edition: int) -> drafts.Fields:
        asset = self.asset
        return drafts.Fields(
            title=asset.title,
            summary=asset.summary,
            body=asset.body if edition > 1 else asset.body.rpartition("\n## ")[0] or asset.body,
            link_url=asset.link,
            product_suite=self.options[Group.PRODUCT_SUITE, asset.suite.name],
            product=self.options[Group.PRODUCT, asset.product] if asset.product else None,
            product_concept=self.options[Group.PRODUCT_CONCEPT, asset.concept],
            tags=tuple(self.options[Group.TOPIC_TAG, tag] for tag in asset.tags),
        )

    def _made(self, edition: int) -> list[Path]:
        """The item's file, and its captions if it has any; the first edition is a part shorter."""
        folder = self.folder / f"{self.asset.slug}-{edition}"
        if folder.exists():
            return sorted(folder.iterdir(), key=lambda path: path.suffix == ".vtt")
        folder.mkdir()
        return makers.make(self._brief(edition), self.asset.file, folder)

    def _brief(self, edition: int) -> Brief:
        asset = self.asset
        content = {
            name: value[:-1] if edition == 1 and name in _PARTS else value for name, value in asset.content.items()
        }
        return Brief(asset.title, asset.summary, asset.suite.name, asset.product or "", asset.suite.hue, content)

    def _in_days(self, days: int | None) -> datetime | None:
        return None if days is None else self.now + timedelta(days=days)
