"""What the routes of authors say of courses: the list, the checklist, the versions."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from core.api.schemas import Flag, Id, Input, Listing, Output
from lms.enums import CourseStatus
from lms.models import Snapshot
from lms.services.sections import MOST_TITLE
from metadata.api.faceted import NONE, Facet, FacetedQuery, Values


class AuthoredQuery(FacetedQuery):
    """The filters of the authors' list, under the same names."""

    state: Values = Field([], max_length=2, description="`ready` to publish, `changed` since published.")
    status: Values = Field([], max_length=4, description="For example `Draft`; archived ones come when asked for.")
    suite: Values = NONE
    owner: Values = Field([], max_length=50, description="Ids of people; `me` is you.")
    sort: Literal["", "newest", "title"] = ""


class AuthoredRow(Output):
    course_id: str
    title: str
    facts: str = Field(examples=["4 lessons · version 2"])
    suite: str
    status: CourseStatus
    ready: bool
    changed: bool
    owner_name: str
    updated_at: datetime


class AuthoredList(Listing[AuthoredRow]):
    total: int
    facets: list[Facet]


class Publishing(Input):
    redo: list[Id] = Field([], max_length=90, description="Lessons that whoever has not finished is to do again.")


class Readiness(Input):
    ready: Flag = Field(description="Approvers find it in their list; or no more.")


class Missing(Output):
    about: str = Field(description="The id of a lesson, or a field of the course.")
    problem: str


class Checklist(Output):
    """What stands in the way of publishing, and what learners would find changed."""

    ready: bool
    refused: str = Field(description="Why you may not publish it; empty when you may.")
    problems: list[Missing]
    changed_fields: list[str]
    added: list[str] = Field(description="Ids of lessons, as are those below.")
    changed: list[str]
    removed: list[str] = Field(description="Titles of lessons.")
    reordered: bool


class CourseVersion(Output):
    version: int
    published_at: datetime
    published_by: str
    published_by_name: str
    lessons: int
    redo: int = Field(description="Lessons that had to be done again.")

    @classmethod
    def of(cls, part: Snapshot, name: str) -> CourseVersion:
        number, lessons = int(part.part.partition("#")[0]), part.data["lessons"]
        return cls(
            version=number,
            published_at=part.published_at,
            published_by=part.published_by,
            published_by_name=name,
            lessons=len(lessons),
            redo=sum(1 for lesson in lessons if lesson.get("redo_from") == number),
        )


class CourseVersionList(Output):
    """Newest first, the last fifty."""

    items: list[CourseVersion]


class SectionTitle(Input):
    title: str = Field(max_length=MOST_TITLE, examples=["Before the call"])


class SectionStep(Input):
    step: Literal[-1, 1] = Field(description="-1 is up.")
