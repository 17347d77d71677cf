"""Events as statements of xAPI 1.0.3 (https://github.com/adlnet/xAPI-Spec).

The actor is an account with the opaque id; the id of a statement follows from that of its event, so that a store which
is given the same export twice takes each in once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from analytics.rules.told import NOBODY, Told

VERSION = "1.0.3"
_STATEMENTS = UUID("9a4bb2c6-9a0e-5d0c-9a58-6f6f1d7f2b11")
_ADL_VERB, _ADL_TYPE = "http://adlnet.gov/expapi/verbs/", "http://adlnet.gov/expapi/activities/"
_TIN_CAN = "http://id.tincanapi.com/"
_STREAM = "http://activitystrea.ms/schema/1.0/"

VIEWED, DOWNLOADED = f"{_TIN_CAN}verb/viewed", f"{_TIN_CAN}verb/downloaded"
OPENED, SEARCHED, SELECTED = f"{_STREAM}open", f"{_STREAM}search", f"{_TIN_CAN}verb/selected"
SUBMITTED, APPROVED, EARNED = f"{_STREAM}submit", f"{_STREAM}approve", f"{_TIN_CAN}verb/earned"
LOGGED_IN = "https://w3id.org/xapi/adl/verbs/logged-in"
WAIVED = "https://w3id.org/xapi/adl/verbs/waived"
ADL = {
    name: _ADL_VERB + name
    for name in ("initialized", "completed", "passed", "failed", "attempted", "progressed", "registered", "commented")
}

_TYPES = {
    "content": f"{_ADL_TYPE}file",
    "course": f"{_ADL_TYPE}course",
    "path": f"{_ADL_TYPE}course",
    "lesson": f"{_ADL_TYPE}lesson",
    "quiz": f"{_ADL_TYPE}assessment",
    "video": f"{_ADL_TYPE}media",
    "search": f"{_TIN_CAN}activitytype/search-engine",
    "certificate": "https://www.opigno.org/en/tincan_registry/activity_type/certificate",
    "portal": f"{_STREAM}application",
}


@dataclass(frozen=True)
class Said:
    """What an event is in xAPI: the verb, its name, and of what type of thing it is said."""

    verb: str
    display: str
    type: str


_SAID: Mapping[str, Said] = {
    "user.signed_in": Said(LOGGED_IN, "logged in", "portal"),
    "content.viewed": Said(VIEWED, "viewed", "content"),
    "content.opened": Said(OPENED, "opened", "content"),
    "content.commented": Said(ADL["commented"], "commented", "content"),
    "content.downloaded": Said(DOWNLOADED, "downloaded", "content"),
    "content.searched_from": Said(SELECTED, "selected", "content"),
    "content.submitted": Said(SUBMITTED, "submitted", "content"),
    "content.approved": Said(APPROVED, "approved", "content"),
    "search.performed": Said(SEARCHED, "searched", "search"),
    "course.opened": Said(ADL["initialized"], "initialized", "course"),
    "course.completed": Said(ADL["completed"], "completed", "course"),
    "path.opened": Said(ADL["initialized"], "initialized", "path"),
    "path.completed": Said(ADL["completed"], "completed", "path"),
    "lesson.started": Said(ADL["initialized"], "initialized", "lesson"),
    "lesson.completed": Said(ADL["completed"], "completed", "lesson"),
    "video.progressed": Said(ADL["progressed"], "progressed", "video"),
    "quiz.started": Said(ADL["attempted"], "attempted", "quiz"),
    "quiz.passed": Said(ADL["passed"], "passed", "quiz"),
    "quiz.failed": Said(ADL["failed"], "failed", "quiz"),
    "assignment.created": Said(ADL["registered"], "registered", "course"),
    "assignment.waived": Said(WAIVED, "waived", "course"),
    "certificate.issued": Said(EARNED, "earned", "certificate"),
}
_OF_SOMEBODY_ELSE = ("assignment.", "certificate.")
"""Said of whom they are about (`user_id`), not of whoever did them."""


def statement(event: Told, site: str) -> dict[str, Any] | None:
    """None for what says nothing of a person's learning or use. `site` is the portal's address, without a slash."""
    said = _SAID.get(event.name)
    user = event.text("user_id") if event.name.startswith(_OF_SOMEBODY_ELSE) else event.user_id
    if said is None or user in NOBODY:
        return None
    made: dict[str, Any] = {
        "id": str(uuid5(_STATEMENTS, event.event_id)),
        "actor": {"objectType": "Agent", "account": {"homePage": f"{site}/", "name": user}},
        "verb": {"id": said.verb, "display": {"en": said.display}},
        "object": _activity(event, said, site),
        "timestamp": _moment(event.at),
        "version": VERSION,
        "context": _context(event, site),
    }
    result = _result(event)
    return made | ({"result": result} if result else {})


def _activity(event: Told, said: Said, site: str) -> dict[str, Any]:
    kind, thing = said.type, event.object_id
    if event.object_type == "assignment":
        kind, _, thing = event.text("target").partition(":")
    return {
        "objectType": "Activity",
        "id": _address(site, kind, thing),
        "definition": {"type": _TYPES.get(kind, _TYPES["course"])},
    }


def _address(site: str, kind: str, thing: str) -> str:
    """Names a thing; whether a page answers there does not matter to xAPI."""
    return f"{site}/xapi/{kind}/{thing}" if kind not in ("portal", "search") else f"{site}/xapi/{kind}"


def _context(event: Told, site: str) -> dict[str, Any]:
    context: dict[str, Any] = {"platform": "Enablement Portal"}
    course = event.text("course_id")
    if course:
        parent = {
            "objectType": "Activity",
            "id": _address(site, "course", course),
            "definition": {"type": _TYPES["course"]},
        }
        context["contextActivities"] = {"parent": [parent]}
    if version := event.props.get("version"):
        context["revision"] = str(version)
    return context


def _result(event: Told) -> dict[str, Any]:
    """The score of an attempt, and how far a video was watched."""
    found: dict[str, Any] = {}
    earned, total, percent = (event.props.get(name) for name in ("earned", "total", "percent"))
    if event.name in ("quiz.passed", "quiz.failed"):
        found["success"] = event.name == "quiz.passed"
        if isinstance(earned, int) and isinstance(total, int) and 0 <= earned <= total and total:
            found["score"] = {"scaled": round(earned / total, 4), "raw": earned, "min": 0, "max": total}
    if event.name.endswith(".completed"):
        found["completion"] = True
    if event.name == "video.progressed" and isinstance(percent, int):
        found["extensions"] = {"https://w3id.org/xapi/cmi5/result/extensions/progress": percent}
    return found


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
