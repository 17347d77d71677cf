"""An event as it is kept and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Value = str | int | bool | None

PEOPLE_COME_BY = frozenset({"web", "api", "mcp"})
"""Sources behind which there is a person; what jobs do makes nobody active."""
NOBODY = frozenset({"", "system"})


@dataclass(frozen=True)
class Told:
    """`user_id` is whoever did it. `search` are the words of a search, for as long as they are kept."""

    event_id: str
    name: str
    at: datetime
    user_id: str
    object_id: str
    role: str = ""
    source: str = ""
    session: str = ""
    request_id: str = ""
    props: Mapping[str, Value] = field(default_factory=dict)
    search: str = ""

    @property
    def object_type(self) -> str:
        return self.name.partition(".")[0]

    @property
    def is_by_a_person(self) -> bool:
        return self.user_id not in NOBODY and self.source in PEOPLE_COME_BY

    def text(self, name: str) -> str:
        value = self.props.get(name)
        return value if isinstance(value, str) else ""
