"""Made-up notifications, each in the words of its kind, for whoever looks at mails: `manage.py preview_mail`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core import clock
from notifications.enums import Kind
from notifications.kinds import KINDS, Said

_TITLES = (
    "Pricing objections: price is too high",
    "Renewal in 60 days: talk track and e-mail sequence",
    "Security questionnaire, answered",
    "Grüße aus Köln: Kampagnen für Ehemalige – «Élan» 2027",
    "How to run a first call with an advancement office that has bought nothing new in eleven years and wants to see proof",
    "Demo of the giving form, five minutes",
    "<b>Not bold</b> & not markup",
)
_TITLES_OF = {
    Kind.ACCESS_CHANGED: "Your role is Contributor",
    Kind.TEAM_JOINED: "Customer Success",
    Kind.API_ACCESS_ENDING: "Nightly export to the warehouse",
    Kind.WORK_FINISHED: "tags-of-spring.csv",
}
_PAST = frozenset({Kind.OVERDUE, Kind.TEAM_OVERDUE})


def words_of(kind: str, number: int, now: datetime) -> tuple[str, str]:
    """A title and a sentence; `number` says which, and there is another for each."""
    title = _TITLES[number % len(_TITLES)]
    if kind not in set(Kind):
        return title, ""
    known = Kind(kind)
    said = Said("content", "Jordan Reyes", "Sam Carter", 1 + number % 4, _facts(known, now))
    return _TITLES_OF.get(known, title), KINDS[known].sentence(said)


def _facts(kind: Kind, now: datetime) -> Mapping[str, Any]:
    soon = clock.iso(now + timedelta(days=-7 if kind in _PAST else 4))
    return {
        "due_at": soon,
        "until": soon,
        "stage": "soon",
        "how": "deprecated",
        "role": "manager",
        "changed": 41,
        "others": 2,
    }
