"""How often a person gets mail of which kind: chosen on her page, or by a link in a mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.person import Person
from accounts.services.notices import set_notices
from accounts.store import profile_of
from core.errors import Invalid, NotFound
from notifications.delivery import kinds, rules
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import MailKind
from notifications.delivery.links import Subscribed
from notifications.delivery.services import waiting


def choose(*, by: Person, rhythms: Mapping[str, Rhythm], now: datetime) -> None:
    """Kinds that are not named stay as they are. Raises Invalid for one that may not be switched off."""
    for key, rhythm in rhythms.items():
        kind = kinds.kind_of(key)
        if kind is None or (kind.mandatory and rhythm is Rhythm.OFF):
            raise Invalid(fields={key: _("This kind can be moved to the digest, not switched off.")})
    _set(by.user_id, {key: rhythm.value for key, rhythm in rhythms.items()}, now)


def unsubscribe(*, what: Subscribed, now: datetime) -> list[MailKind]:
    """Whoever has the mail may, signed in or not, and as often as she likes. The kinds that this was about.

    Raises NotFound for a kind that is not known any more, and for somebody whom the portal has forgotten.
    """
    kinds_of_it: list[MailKind] = []

    def less_often(chosen: Mapping[str, str]) -> Mapping[str, str]:
        kinds_of_it[:] = _about(what, chosen)
        return {**chosen, **{kind.key: _slower(kind, chosen, what.came).value for kind in kinds_of_it}}

    profile = set_notices(user_id=what.user_id, choose=less_often)
    if profile is None:
        raise NotFound
    waiting.settle(what.user_id, profile, now)
    return kinds_of_it


def about(*, what: Subscribed, now: datetime) -> list[MailKind]:
    """The kinds that a link would still change something of. Raises NotFound as `unsubscribe` does."""
    profile = profile_of(what.user_id)
    if profile is None:
        raise NotFound
    chosen = profile.notices or {}
    return [kind for kind in _about(what, chosen) if _slower(kind, chosen, what.came) is not _now(kind, chosen)]


def _about(what: Subscribed, chosen: Mapping[str, str]) -> list[MailKind]:
    if not what.kind:
        return [kind for kind in kinds.kinds() if _now(kind, chosen) is what.came]
    kind = kinds.kind_of(what.kind)
    if kind is None:
        raise NotFound
    return [kind]


def _slower(kind: MailKind, chosen: Mapping[str, str], came: Rhythm) -> Rhythm:
    return rules.less_often(_now(kind, chosen), came=came, mandatory=kind.mandatory)


def _now(kind: MailKind, chosen: Mapping[str, str]) -> Rhythm:
    return kind.rhythm(chosen.get(kind.key))


def _set(user_id: str, changes: Mapping[str, str], now: datetime) -> None:
    profile = set_notices(user_id=user_id, choose=lambda chosen: {**chosen, **changes})
    waiting.settle(user_id, profile, now)
