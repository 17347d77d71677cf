from __future__ import annotations

from typing import Literal

from ninja import Query, Router
from pydantic import BaseModel, Field

from accounts.http import Request
from accounts.tokens.bearer import Bearer
from accounts.tokens.scopes import Area
from core.api.schemas import Listing, Output
from lms.documents.lessons import LESSON, Key
from metadata.api.faceted import NONE, Facet, FacetedQuery, Values
from metadata.faceted import MAX_QUERY
from search.access import SEARCH, Asked, Found, Result, results_for, suggestions_for
from search.events import announce

router = Router(tags=["Search"], auth=Bearer(Area.SEARCH))


class SearchQuery(FacetedQuery):
    """The filters of the search's page, under the same names."""

    kind: Values = Field([], max_length=10, description="`content`, `course`, `lesson`, `path`.")
    suite: Values = Field([], max_length=50, description="Ids or slugs of suites.")
    product: Values = NONE
    concept: Values = NONE
    tag: Values = NONE
    type: Values = Field([], max_length=50, description="For example `pdf`.")
    status: Values = NONE
    freshness: Values = NONE
    owner: Values = Field([], max_length=50, description="Ids of people; `me` is you.")
    retired: bool = Field(False, description="Deprecated, expired and withdrawn things, too.")
    sort: Literal["", "newest", "title", "relevance"] = ""

    def asked(self, me: str) -> Asked:
        return Asked(self.filters(SEARCH, me), self.retired)


class TextPiece(Output):
    text: str
    matched: bool = Field(description="It is what was looked for.")


class SearchResult(Output):
    """`kind` and the ids say where it stands in this API, `url` where its page is."""

    kind: str = Field(examples=["course"])
    thing_id: str = Field(description="Of a lesson: its own id, beside that of its course.")
    course_id: str | None = Field(description="Of lessons.")
    url: str
    title: list[TextPiece]
    snippet: list[TextPiece]
    format: str = Field(examples=["Course"])
    status: str
    suite: str

    @classmethod
    def of(cls, result: Result) -> SearchResult:
        row = result.row
        key = Key.read(result.doc_id) if result.kind == LESSON else None
        return cls(
            kind=result.kind,
            thing_id=key.lesson_id if key else result.doc_id,
            course_id=key.course_id if key else None,
            url=row.url,
            title=[TextPiece.model_validate(piece) for piece in result.title],
            snippet=[TextPiece.model_validate(piece) for piece in result.snippet],
            format=row.format,
            status=row.status,
            suite=row.suite,
        )


class SearchResults(Listing[SearchResult]):
    total: int
    every_word: bool = Field(description="False when nothing has all the words: then some of them suffice.")
    instead: str = Field(description="A better spelling, or empty.")
    facets: list[Facet]

    @classmethod
    def of(cls, found: Found) -> SearchResults:
        return cls(
            items=[SearchResult.of(one) for one in found.results],
            next_cursor=found.next_cursor,
            total=found.total,
            every_word=found.every_word,
            instead=found.instead,
            facets=[Facet.model_validate(facet) for facet in found.facets],
        )


class Typed(BaseModel):
    q: str = Field("", max_length=MAX_QUERY, description="What is typed so far: two characters at least.")


class Suggestions(Output):
    items: list[SearchResult]


@router.get("", response=SearchResults, operation_id="search", summary="Everything that you may see")
def search(request: Request, wanted: Query[SearchQuery]) -> SearchResults:
    asked = wanted.asked(request.user.user_id)
    found = results_for(request.user, asked, wanted.cursor or None)
    if asked.text and not wanted.cursor:
        announce(request.user, asked, found, while_typing=False)
    return SearchResults.of(found)


@router.get(
    "/suggestions", response=Suggestions, operation_id="suggest", summary="The few things that are most likely meant"
)
def suggestions(request: Request, wanted: Query[Typed]) -> Suggestions:
    return Suggestions(items=[SearchResult.of(one) for one in suggestions_for(request.user, wanted.q)])
