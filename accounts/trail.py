"""How the audit log is read: what each kind of thing is called, and what was done to it, in words.

Each app registers its own; an entry that nobody has words for is shown by its action and id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.validators import slug_re
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.person import Person
from accounts.store import teams, tokens

Words = str | Promise


@dataclass(frozen=True)
class Thing:
    title: str
    url: str


def _nothing(_viewer: Person, _ids: Sequence[str]) -> Mapping[str, Thing]:
    return {}


@dataclass(frozen=True)
class Noun:
    """`words` maps an action to what its actor did. `describe` gives titles and addresses, in one request for a page."""

    label: Words
    words: Mapping[str, Words] = field(default_factory=dict)
    describe: Callable[[Person, Sequence[str]], Mapping[str, Thing]] = _nothing


_nouns: dict[str, Noun] = {}


def register(object_type: str, noun: Noun) -> None:
    _nouns[object_type] = noun


def noun(object_type: str) -> Noun:
    return _nouns.get(object_type) or Noun(object_type.replace("_", " ").capitalize())


def words_for(object_type: str, action: str) -> str:
    known = noun(object_type).words.get(action)
    return str(known) if known else action.partition(".")[2].replace("_", " ") or action


def known_actions() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: by kind of thing, each action and its words."""
    return [
        (str(noun.label), [(action, str(words)) for action, words in noun.words.items()])
        for noun in _nouns.values()
        if noun.words
    ]


register(
    "person",
    Noun(
        _("Person"),
        {
            "person.created": _("made the account"),
            "person.role_changed": _("changed the role"),
            "person.disabled": _("disabled the account"),
            "person.enabled": _("enabled the account"),
            "person.sessions_ended": _("ended all sessions"),
            "person.session_ended": _("ended a session"),
            "person.password_reset": _("had the password reset"),
            "person.invited_again": _("sent the invitation again"),
            "manage.attempted": _("tried what is not open to them"),
            "person.viewing_as": _("began to look as another role"),
            "person.viewing_ended": _("stopped looking as another role"),
        },
        lambda _viewer, ids: {
            one: Thing("", reverse("accounts:person", args=[one])) for one in ids if slug_re.match(one)
        },
    ),
)


def _teams(_viewer: Person, team_ids: Sequence[str]) -> Mapping[str, Thing]:
    return {
        team.team_id: Thing(team.name, reverse("accounts:team", args=[team.team_id]))
        for team in teams.teams_by_ids(team_ids)
    }


register(
    "team",
    Noun(
        _("Team"),
        {
            "team.created": _("made the team"),
            "team.renamed": _("gave it another name"),
            "team.deleted": _("deleted the team"),
            "team.member_added": _("added somebody"),
            "team.member_changed": _("gave somebody another part in it"),
            "team.member_removed": _("took somebody out"),
            "team.progress_exported": _("exported the progress of its members"),
        },
        _teams,
    ),
)


def _tokens(_viewer: Person, token_ids: Sequence[str]) -> Mapping[str, Thing]:
    return {
        token.token_id: Thing(token.name, reverse("accounts:person-tokens", args=[token.user_id]))
        for token in tokens.tokens_by_ids(token_ids)
    }


register(
    "token",
    Noun(
        _("Access token"),
        {"token.created": _("made an access token"), "token.revoked": _("revoked the access token")},
        _tokens,
    ),
)
register("invitation", Noun(_("Invitation"), {"person.invited": _("sent an invitation")}))
register("area", Noun(_("Part of the portal"), {"manage.attempted": _("asked for what is not open to them")}))
register("audit", Noun(_("Audit log"), {"audit.exported": _("exported the audit log")}))
