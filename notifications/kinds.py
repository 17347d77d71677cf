"""How each kind of notification is told: one table, for the inbox, mails, preferences and the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from notifications import rules
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import MailKind
from notifications.enums import Kind


@dataclass(frozen=True)
class Said:
    """What a sentence is made of. `actor` is empty for the portal, `learner` names whom it is about."""

    object_type: str
    actor: str
    learner: str
    count: int
    facts: Mapping[str, Any]

    def fact(self, name: str) -> str:
        return str(self.facts.get(name) or "")

    def day(self, name: str) -> str:
        """In her own zone, which it names; empty where nothing is said."""
        moment = self.fact(name)
        return date_format(timezone.localtime(clock.parse(moment)), "j F Y, H:i T") if moment else ""


@dataclass(frozen=True)
class Told:
    label: str | Promise
    about: str | Promise
    icon: str
    rhythm: Rhythm
    sentence: Callable[[Said], str]


def _by(said: Said, by_somebody: str, by_portal: str) -> str:
    return by_somebody % {"name": said.actor} if said.actor else by_portal


def _assigned(said: Said) -> str:
    words = _by(said, _("%(name)s assigned this to you"), _("Assigned to you"))
    due = said.day("due_at")
    return _("%(words)s, due %(day)s") % {"words": words, "day": due} if due else words


def _due(said: Said) -> str:
    return _("Due %(day)s") % {"day": said.day("due_at")}


def _overdue(said: Said) -> str:
    return _("It was due %(day)s") % {"day": said.day("due_at")}


def _team_overdue(said: Said) -> str:
    facts = {"name": said.learner or _("Somebody"), "day": said.day("due_at")}
    return _("%(name)s has not completed this; it was due %(day)s") % facts


def _expiring(said: Said) -> str:
    return _("It ends %(day)s; you can renew it now") % {"day": said.day("until")}


def _submitted(said: Said) -> str:
    if said.object_type == "course":
        return _by(said, _("%(name)s asks for it to be published"), _("It is ready to be published"))
    return _by(said, _("%(name)s submitted it for review"), _("Submitted for review"))


def _approved(said: Said) -> str:
    if said.object_type in ("course", "path"):
        return _by(said, _("%(name)s published it"), _("Published"))
    return _by(said, _("%(name)s approved it"), _("Approved"))


def _review(said: Said) -> str:
    stages = {
        "soon": _("Its review is due in two weeks: is it still correct?"),
        "due": _("Its review is due: is it still correct?"),
        "late": _("Its review is a week late, so readers see it as unverified"),
    }
    return stages.get(said.fact("stage"), _("Its review is due"))


def _published(said: Said) -> str:
    words = {"course": _("New course"), "path": _("New learning path")}
    return words.get(said.object_type, _("New in the library"))


def _updated(said: Said) -> str:
    if said.count > 1:
        return ngettext("Updated %d time", "Updated %d times", said.count) % said.count
    return _("There is a new version")


def _retired(said: Said) -> str:
    how = {
        "deprecated": _by(said, _("%(name)s marked it as outdated"), _("Marked as outdated")),
        "expired": _("It has expired and is no longer shown to readers"),
    }
    return how.get(said.fact("how"), _("It was withdrawn"))


def _commented(said: Said) -> str:
    if said.count > 1:
        return ngettext("%d new comment", "%d new comments", said.count) % said.count
    if said.facts.get("reply"):
        return _by(said, _("%(name)s answered"), _("There is an answer"))
    return _by(said, _("%(name)s commented"), _("There is a comment"))


def _team(said: Said) -> str:
    if said.fact("role") == "manager":
        return _by(said, _("%(name)s made you a manager of this team"), _("You manage this team"))
    return _by(said, _("%(name)s added you to this team"), _("You are in this team"))


def _finished(said: Said) -> str:
    changed, others = int(said.facts.get("changed") or 0), int(said.facts.get("others") or 0)
    done = ngettext("%d changed", "%d changed", changed) % changed
    return (
        _("Finished: %(done)s, %(others)d not") % {"done": done, "others": others}
        if others
        else (_("Finished: %(done)s") % {"done": done})
    )


_l = gettext_lazy
KINDS: Mapping[Kind, Told] = {
    Kind.ASSIGNED: Told(
        _l("Assignments"), _l("A course or a path was assigned to you."), "calendar-plus", Rhythm.NOW, _assigned
    ),
    Kind.DUE_SOON: Told(
        _l("Due soon"), _l("What is assigned to you is due in a week, tomorrow or today."), "calendar-clock",
        Rhythm.DAILY, _due,
    ),
    Kind.OVERDUE: Told(
        _l("Overdue"), _l("What was assigned to you is late."), "calendar-x", Rhythm.NOW, _overdue
    ),
    Kind.TEAM_OVERDUE: Told(
        _l("Overdue in your team"), _l("Somebody whom you manage is a week late."), "users", Rhythm.DAILY, _team_overdue
    ),
    Kind.CERTIFICATE_ISSUED: Told(
        _l("Certificates earned"), _l("You earned a certificate."), "award", Rhythm.DAILY,
        lambda _said: _("You earned this certificate"),
    ),
    Kind.CERTIFICATE_EXPIRING: Told(
        _l("Certificates ending"), _l("A certificate of yours ends soon and can be renewed."), "clock-alert",
        Rhythm.NOW, _expiring,
    ),
    Kind.CERTIFICATE_EXPIRED: Told(
        _l("Certificates that ended"), _l("A certificate of yours has ended."), "circle-alert", Rhythm.NOW,
        lambda _said: _("It has ended. Take the course again to renew it"),
    ),
    Kind.CERTIFICATE_REVOKED: Told(
        _l("Certificates revoked"), _l("A certificate of yours was revoked."), "circle-off", Rhythm.NOW,
        lambda said: _by(said, _("%(name)s revoked it"), _("It was revoked")),
    ),
    Kind.SUBMITTED: Told(
        _l("To review"), _l("Something waits for an Approver."), "clipboard-check", Rhythm.DAILY, _submitted
    ),
    Kind.APPROVED: Told(
        _l("Approved"), _l("What you submitted or own was approved or published."), "circle-check", Rhythm.NOW, _approved
    ),
    Kind.CHANGES_REQUESTED: Told(
        _l("Changes requested"), _l("A reviewer asks for changes to what you submitted or own."), "message-square",
        Rhythm.NOW, lambda said: _by(said, _("%(name)s asks for changes"), _("Changes are asked for")),
    ),
    Kind.REVIEW_DUE: Told(
        _l("Reviews due"), _l("Something you own is to be looked at again."), "shield-check", Rhythm.DAILY, _review
    ),
    Kind.PUBLISHED: Told(
        _l("New in what you follow"), _l("Something new about a product or a topic that you follow."), "sparkles",
        Rhythm.DAILY, _published,
    ),
    Kind.UPDATED: Told(
        _l("Updates of what you follow"), _l("Something that you follow has a new version."), "refresh-cw",
        Rhythm.DAILY, _updated,
    ),
    Kind.RETIRED: Told(
        _l("Retired"), _l("Something that you follow was deprecated, has expired or was withdrawn."), "archive",
        Rhythm.DAILY, _retired,
    ),
    Kind.EMBEDDED_EXPIRED: Told(
        _l("Lessons to mend"), _l("A lesson of yours shows an item that has expired."), "unlink", Rhythm.NOW,
        lambda _said: _("A lesson in it shows an item that has expired"),
    ),
    Kind.OWNERSHIP: Told(
        _l("Given to you"), _l("Somebody made you the owner of something."), "arrow-right-left", Rhythm.NOW,
        lambda said: _by(said, _("%(name)s gave it to you: you own it now"), _("You own it now")),
    ),
    Kind.COMMENT: Told(
        _l("Comments"), _l("Somebody commented on what you own or review, or answered where you wrote."),
        "message-circle", Rhythm.NOW, _commented,
    ),
    Kind.COMMENT_FOLLOWED: Told(
        _l("Comments on what you follow"), _l("Readers talk about an item that you follow."), "messages-square",
        Rhythm.DAILY, _commented,
    ),
    Kind.ACCESS_CHANGED: Told(
        _l("Your access"), _l("Your role was changed."), "user-cog", Rhythm.NOW,
        lambda said: _by(said, _("%(name)s changed what you may do here"), _("What you may do here has changed")),
    ),
    Kind.TEAM_JOINED: Told(_l("Teams"), _l("You were added to a team."), "users-round", Rhythm.DAILY, _team),
    Kind.API_ACCESS_ENDING: Told(
        _l("Access tokens"), _l("An access token of yours ends soon."), "key-round", Rhythm.NOW,
        lambda said: _("This access token ends %(day)s") % {"day": said.day("until")},
    ),
    Kind.WORK_FINISHED: Told(
        _l("Finished work"), _l("Changes in bulk that you began are done."), "list-checks", Rhythm.OFF, _finished
    ),
}  # fmt: skip

GONE = _l("No longer available to you")
"""In place of the title and the sentence of what somebody may not see any more."""


def mail_kinds() -> list[MailKind]:
    return [
        MailKind(kind.value, told.label, told.about, kind in rules.MANDATORY, told.rhythm)
        for kind, told in KINDS.items()
    ]
