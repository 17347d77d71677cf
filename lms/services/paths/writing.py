"""Making paths and changing what stands on a path's own page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry
from core import clock
from core.aws.records import Put
from core.errors import Invalid, NotFound, Refused, Stale
from core.events import Event, telling
from core.ids import new_id
from lms import permissions
from lms.enums import CourseStatus
from lms.models import Path
from lms.rules.lessons import MOST_DESCRIPTION, MOST_TITLE
from lms.store import paths as store
from lms.store.courses import registered
from metadata.store import resolve

_SINGLE = ("product_suite", "product", "product_concept")


@dataclass(frozen=True)
class Fields:
    """What people write. Metadata fields are option ids."""

    title: str
    description: str = ""
    product_suite: str | None = None
    product: str | None = None
    product_concept: str | None = None
    tags: tuple[str, ...] = ()
    sequential: bool = True


def create(*, fields: Fields, by: Person, path_id: str | None = None) -> Path:
    """A draft of `by`'s own. Raises Stale when the given id is taken."""
    require(by, Permission.COURSES_AUTHOR)
    now = clock.now()
    path = Path(
        path_id=path_id or new_id(),
        status=CourseStatus.DRAFT.value,
        owner_user_id=by.user_id,
        steps=[],
        created_at=now,
        updated_at=now,
    )
    _apply(path, fields)
    with telling(Event("path.created", path.path_id, by.user_id)):
        store.save_path(path, Put(registered("path", path.path_id)), audit=[entry_for("path.created", path, by)])
    return path


def edit(*, path_id: str, fields: Fields, seen_rev: int, by: Person) -> Path:
    """Raises Stale when somebody else saved its text after `seen_rev` was read."""
    path = authored(path_id, by)
    if path.text_rev != seen_rev:
        raise Stale("Somebody else changed this path while you were writing. Compare the two before you save again.")
    before = asdict(fields_of(path))
    _apply(path, fields)
    changed = [name for name, value in asdict(fields_of(path)).items() if before[name] != value]
    if changed:
        save(path, "path.edited", by, changes={"fields": changed})
    return path


def fields_of(path: Path) -> Fields:
    values = {name: getattr(path, name) for name in Fields.__dataclass_fields__}
    return Fields(**values | {"tags": tuple(path.tags)})


def readable(path_id: str, by: Person) -> Path:
    """Read afresh. Raises NotFound, too, when it is hidden from her."""
    path = store.path_by_id(path_id, fresh=True)
    if not permissions.can_read(by, path):
        raise NotFound()
    return path


def authored(path_id: str, by: Person) -> Path:
    """Read afresh, for changing. Raises NotFound, Refused."""
    path = readable(path_id, by)
    permissions.check_author(by, path)
    return path


def check_sees_draft(path: Path, by: Person) -> None:
    """Raises Refused: authors alone see how it is made, archived or not."""
    if not permissions.can_author(by, path):
        raise Refused("Only its owner, Approvers and Admins can edit this.")


def save(path: Path, action: str, by: Person, **details: Any) -> None:
    path.updated_at = clock.now()
    with telling(Event(action, path.path_id, by.user_id)):
        store.save_path(path, audit=[entry_for(action, path, by, **details)])


def entry_for(action: str, path: Path, by: Person, **details: Any) -> AuditEntry:
    return audit_entry(by=by, action=action, object_type="path", object_id=path.path_id, **details)


def _apply(path: Path, fields: Fields) -> None:
    title = " ".join(fields.title.split())
    if not title or len(title) > MOST_TITLE:
        raise Invalid(fields={"title": f"Give it a title of up to {MOST_TITLE} characters."})
    if len(fields.description) > MOST_DESCRIPTION:
        raise Invalid(fields={"description": f"Keep it under {MOST_DESCRIPTION} characters."})
    path.title, path.description, path.sequential = title, fields.description, fields.sequential
    path.tags = list(dict.fromkeys(map(resolve, fields.tags)))
    for name in _SINGLE:
        value = getattr(fields, name)
        setattr(path, name, resolve(value) if value else None)
