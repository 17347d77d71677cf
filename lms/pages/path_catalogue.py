"""The catalogue's other half: published paths, filtered like courses, with how far she is on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.person import Person
from core import clock
from core.aws.together import read_together
from core.index import index
from core.index.documents import Query
from core.paging import seal, unseal
from core.templatetags.interface import hue
from lms.documents.paths import PATH
from lms.enums import CourseStatus
from lms.models import Path, PathProgress
from lms.pages.catalogue import SORTS
from lms.pages.covers import Drawing
from lms.pages.path_covers import path_drawing_of
from lms.permissions import clauses_for
from lms.store.learning import path_key
from lms.words import minutes_label, steps_label
from metadata.faceted import Faceting, Filters, Listing
from metadata.models import Option
from metadata.store import by_id

FACETS = ("product_suite", "product_concept", "product", "tag")
PATHS = Faceting(
    parameters={"product_suite": "suite", "product": "product", "product_concept": "concept", "tag": "tag"},
    titles={"product_suite": "Suite", "product": "Product", "product_concept": "Moment", "tag": "Tag"},
    option_fields={
        "product_suite": "product_suite",
        "product": "product",
        "product_concept": "product_concept",
        "topic_tag": "tag",
    },
    sorts=SORTS,
)


@dataclass(frozen=True)
class PathCard:
    path_id: str
    url: str
    title: str
    summary: str
    suite: str
    hue: str
    facts: str
    percent: int
    begun: bool
    completed: bool
    steps: int

    @property
    def drawing(self) -> Drawing:
        return path_drawing_of(self.path_id, self.steps)


def path_listing(person: Person, filters: Filters, cursor: str | None) -> Listing[PathCard]:
    """One request: the paths of the page together with her rows of them."""
    scope = f"paths:{person.user_id}:{filters.order}"
    found = index().search(
        Query(
            allowed=clauses_for(person),
            now=clock.now(),
            text=filters.text,
            kinds=frozenset({PATH}),
            filters=PATHS.in_full(filters.chosen) | {"status": frozenset({CourseStatus.PUBLISHED.value})},
            facets=FACETS,
            order=filters.order,
            after=unseal(scope, cursor),
        )
    )
    ids = [hit.doc_id for hit in found.hits]
    keys = {path_id: (person.user_id, path_key(path_id)) for path_id in ids}
    read = read_together({Path: ids, PathProgress: keys.values()})
    options = by_id()
    return Listing(
        rows=[
            _card(path, read.get(PathProgress, keys[path.path_id]), options)
            for path in read.many(Path, ids)
            if path.status == CourseStatus.PUBLISHED
        ],
        total=found.total,
        facets=PATHS.facets_of({name: found.facets[name] for name in FACETS}, filters),
        next_cursor=seal(scope, found.position),
    )


def _card(path: Path, mine: PathProgress | None, options: Mapping[str, Option]) -> PathCard:
    suite = options.get(path.product_suite or "")
    facts = (steps_label(len(path.steps or ())), minutes_label(int(path.estimated_duration_minutes)))
    completed = bool(mine and mine.completed_at)
    return PathCard(
        path_id=path.path_id,
        url=reverse("lms:path", args=[path.path_id]),
        title=path.title,
        summary=path.description,
        suite=suite.label if suite else "",
        hue=(suite.color if suite else None) or hue(path.path_id),
        facts=" · ".join(filter(None, facts)),
        percent=100 if completed else int(mine.progress_percentage) if mine else 0,
        begun=mine is not None,
        completed=completed,
        steps=len(path.steps or ()),
    )
