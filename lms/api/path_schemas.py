"""Paths as the routes of their authors take and give them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from ninja import Status
from pydantic import Field

from accounts.http import Request
from accounts.person import Person
from content.picking import ItemSource
from core.api import etags
from core.api.answering import created
from core.api.schemas import Flag, Id, Input, Number, Output
from lms.api.draft_schemas import Description, OptionId, Tags, Title, check_named
from lms.enums import CourseStatus, StepKind
from lms.models import Path
from lms.pages.picking import CourseSource
from lms.rules.lessons import MOST_TITLE
from lms.rules.paths import MOST_OPTIONS, Step
from lms.services import paths
from metadata.api.choosing import check_options


class PathEdit(Input):
    """What is left out stays as it is."""

    title: Title = ""
    description: Description = ""
    product_suite: OptionId = None
    product: OptionId = None
    product_concept: OptionId = None
    tags: Tags = []
    sequential: Annotated[Flag, Field(description="Each step opens when the required ones before it are done.")] = True

    def fields(self, before: Path | None = None) -> paths.Fields:
        given = self.model_dump(exclude_unset=True)
        kept = asdict(paths.fields_of(before)) if before else {}
        check_options(given, kept)
        return paths.Fields(**kept | given | ({"tags": tuple(given["tags"])} if "tags" in given else {}))


class NewPath(PathEdit):
    title: Title


class TargetIn(Input):
    kind: StepKind = Field(description="`course` or `item`.")
    target_id: Id


class NewStep(Input):
    """One course or item is a step of its own; several are a choice, with a title and how many are to be done."""

    targets: list[TargetIn] = Field(min_length=1, max_length=MOST_OPTIONS)
    title: str = Field("", max_length=MOST_TITLE, description="Of a choice.")
    need: Number = Field(1, ge=1, le=MOST_OPTIONS, description="Of a choice: how many are to be done.")
    required: Flag = True

    def check(self, by: Person) -> None:
        """They are hers to see. Raises Invalid."""
        for kind, source in ((StepKind.COURSE, CourseSource(by)), (StepKind.ITEM, ItemSource(by))):
            check_named("targets", source, [one.target_id for one in self.targets if one.kind is kind], ())


class StepChange(Input):
    """What is left out stays as it is."""

    required: Flag | None = None
    waived: Flag | None = Field(None, description="Everybody is let off it, because it cannot be done any more.")


class StepPlace(Input):
    before: Id | None = Field(None, description="The id of a step; null for the end.")


class DraftTarget(Output):
    kind: StepKind
    target_id: str


class DraftStep(Output):
    step_id: str
    kind: StepKind
    title: str
    need: int
    required: bool
    waived: bool
    targets: list[DraftTarget]


class PathDraft(Output):
    """A path as its authors see it. One that is published changes for everybody at once."""

    path_id: str
    status: CourseStatus
    title: str
    description: str
    product_suite: str | None
    product: str | None
    product_concept: str | None
    tags: list[str]
    sequential: bool
    owner_user_id: str
    estimated_duration_minutes: int
    published_at: datetime | None
    updated_at: datetime
    steps: list[DraftStep]

    @classmethod
    def now(cls, request: Request, path_id: str) -> PathDraft:
        """Raises NotFound, Refused for those who may not edit it, archived or not."""
        path = paths.readable(path_id, request.user)
        paths.check_sees_draft(path, request.user)
        return cls.of(request, path)

    @classmethod
    def of(cls, request: Request, path: Path) -> PathDraft:
        etags.revision(request, path.text_rev)
        plain = {name: getattr(path, name) for name in cls.model_fields if name not in ("steps", "tags")}
        steps = [_step(one, path) for one in paths.steps_of(path)]
        return cls(**plain, tags=list(path.tags), steps=steps)


def path_created(request: Request, path_id: str) -> Status[PathDraft]:
    return created(request, f"paths/{path_id}/draft", PathDraft.now(request, path_id))


def _step(one: Step, path: Path) -> DraftStep:
    plain = {name: getattr(one, name) for name in ("step_id", "kind", "title", "need", "required")}
    targets = [DraftTarget.model_validate(target) for target in one.targets]
    return DraftStep(**plain, waived=one.step_id in path.waived_steps, targets=targets)
