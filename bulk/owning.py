"""Who owns a thing, as a step of bulk work: the same for every kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from accounts.person import Person
from bulk import owners
from bulk.kinds import Change, Wanted


class Owners:
    """`record_of` gives what has the `owner_user_id`; `check` raises Refused; `give` is the service."""

    names = frozenset({"owner"})

    def __init__(
        self,
        *,
        check: Callable[[Person, Any], None],
        give: Callable[[str, Person, Person], None],
        record_of: Callable[[Any], Any] = lambda thing: thing,
    ) -> None:
        self._check, self._give, self._record_of = check, give, record_of

    def plan(self, thing: Any, wanted: Wanted, by: Person) -> Sequence[Change]:
        record = self._record_of(thing)
        before = record.owner_user_id
        if before == wanted["owner"]:
            return ()
        self._check(by, record)
        record.owner_user_id = owners.by_id(wanted["owner"]).user_id
        return [Change("owner", before, record.owner_user_id)]

    def do(self, ref: str, wanted: Wanted, by: Person) -> None:
        self._give(ref, owners.by_id(wanted["owner"]), by)
