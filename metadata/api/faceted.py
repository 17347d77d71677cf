"""Lists with filters, as programs ask for them: by the same parameters as the pages, and with what there is to choose."""

from __future__ import annotations

from django.http import QueryDict
from pydantic import BaseModel, ConfigDict, Field

from core.api.schemas import Cursor, Output
from metadata.faceted import MAX_QUERY, MOST_VALUES, Faceting, Filters

Values = list[str]
NONE: list[str] = Field([], max_length=MOST_VALUES)


class FacetedQuery(BaseModel):
    """A list's own query is a subclass with its filters as further fields, named as in its address."""

    model_config = ConfigDict(frozen=True)

    q: str = Field("", max_length=MAX_QUERY, description="Words to look for.")
    cursor: Cursor = ""

    def filters(self, faceting: Faceting, me: str) -> Filters:
        return faceting.asked(self.query(faceting), me)

    def query(self, faceting: Faceting) -> QueryDict:
        made = QueryDict(mutable=True)
        for name, value in self.model_dump(exclude={"cursor"}).items():
            made.setlist(name, value if isinstance(value, list) else [value])
        return faceting.canonical(made)


class Choice(Output):
    value: str = Field(description="What the filter takes.")
    label: str = Field(examples=["Advancement"])
    count: int = Field(description="How many of the list have it.")
    checked: bool


class Facet(Output):
    """A filter of the list, and its most frequent values."""

    name: str = Field(description="The parameter.", examples=["suite"])
    title: str = Field(examples=["Suite"])
    choices: list[Choice]
