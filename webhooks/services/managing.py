"""What Admins do with webhooks. A secret is shown by whoever gets it from here, once, and never again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from accounts.models import AuditEntry
from accounts.permissions import Permission, require
from accounts.person import Person
from accounts.store import audit_entry
from core import clock, outbound
from core.errors import Invalid, Refused, Stale
from core.events import Event, telling
from core.ids import new_id
from core.names import tidied
from core.targets import target_of
from webhooks import sealing, signing, store
from webhooks.enums import State
from webhooks.models import Webhook
from webhooks.rules import catalogue

MAX_NAME = 60
BOTH_SECRETS_FOR = timedelta(hours=24)
"""After a new secret was made: as long as that the one before it signs, too."""


@dataclass(frozen=True)
class _Wanted:
    name: str
    url: str
    patterns: list[str]


@dataclass(frozen=True)
class Made:
    webhook: Webhook
    secret: str


def create(*, name: str, url: str, patterns: Iterable[str], by: Person, webhook_id: str = "") -> Made:
    """Raises Invalid; Refused when there are too many; Stale when one with this id was made already."""
    require(by, Permission.WEBHOOKS_MANAGE)
    wanted = _checked(name, url, patterns)
    if len(store.all_webhooks()) >= store.MOST_WEBHOOKS:
        raise Refused(f"There can be {store.MOST_WEBHOOKS} webhooks. Delete one that is no longer used.")
    secret = sealing.new_secret()
    webhook = store.new_webhook(
        webhook_id or new_id(), **asdict(wanted), secret=sealing.seal(secret), created_by=by.user_id
    )
    try:
        _save(webhook, "webhook.created", by, _changes(None, wanted))
    except Stale as error:
        raise Stale(
            "This webhook was made already, and its secret was shown then. Make a new one if need be."
        ) from error
    return Made(webhook, secret)


def change(
    *, webhook_id: str, name: str, url: str, patterns: Iterable[str], by: Person, seen_rev: int | None = None
) -> Webhook:
    """Raises Invalid, NotFound, Stale."""
    webhook = _one(webhook_id, by, seen_rev)
    before = _Wanted(webhook.name, webhook.url, list(webhook.patterns))
    after = _checked(name, url, patterns)
    if before == after:
        return webhook
    webhook.name, webhook.url, webhook.patterns = after.name, after.url, after.patterns
    _save(webhook, "webhook.changed", by, _changes(before, after))
    return webhook


def pause(*, webhook_id: str, by: Person, seen_rev: int | None = None) -> Webhook:
    return _set_state(_one(webhook_id, by, seen_rev), State.PAUSED, "webhook.paused", by)


def resume(*, webhook_id: str, by: Person, seen_rev: int | None = None) -> Webhook:
    """Goes on with what waits; one that was switched off gets another chance."""
    return _set_state(_one(webhook_id, by, seen_rev), State.ACTIVE, "webhook.resumed", by)


def rotate(*, webhook_id: str, by: Person, seen_rev: int | None = None) -> Made:
    """A new secret. The one before it signs as well for a day, so that nothing is refused meanwhile."""
    webhook, secret = _one(webhook_id, by, seen_rev), sealing.new_secret()
    webhook.previous_secret, webhook.previous_until = webhook.secret, clock.now() + BOTH_SECRETS_FOR
    webhook.secret = sealing.seal(secret)
    _save(webhook, "webhook.secret_rotated", by)
    return Made(webhook, secret)


def delete(*, webhook_id: str, by: Person, seen_rev: int | None = None) -> None:
    webhook = _one(webhook_id, by, seen_rev)
    with telling(_event("webhook.deleted", webhook, by)):
        store.delete_webhook(webhook, audit=[entry("webhook.deleted", webhook, by)])


def test(*, webhook_id: str, by: Person) -> str:
    """Sends it an event that means nothing; returns the id of the delivery. Raises Refused while it is not active."""
    webhook = _one(webhook_id, by, None)
    if webhook.state != State.ACTIVE:
        raise Refused("Let the webhook go on first; nothing is sent to it now.")
    event = _event(catalogue.TEST, webhook, by)
    store.put_deliveries([webhook], event.event_id, event.name, signing.body_of(event))
    return event.event_id


def entry(action: str, webhook: Webhook, by: Person, changes: Mapping[str, object] | None = None) -> AuditEntry:
    return audit_entry(by=by, action=action, object_type="webhook", object_id=webhook.webhook_id, changes=changes)


def _one(webhook_id: str, by: Person, seen_rev: int | None) -> Webhook:
    require(by, Permission.WEBHOOKS_MANAGE)
    webhook = store.webhook_by_id(webhook_id)
    if seen_rev is not None and webhook.rev != seen_rev:
        raise Stale
    return webhook


def _set_state(webhook: Webhook, state: State, action: str, by: Person) -> Webhook:
    if webhook.state == state:
        return webhook
    changes = {"state": {"before": webhook.state, "after": state.value}}
    webhook.state, webhook.failing_since, webhook.disabled_because = state.value, None, None
    _save(webhook, action, by, changes)
    return webhook


def _save(webhook: Webhook, action: str, by: Person, changes: Mapping[str, object] | None = None) -> None:
    with telling(_event(action, webhook, by)):
        store.save_webhook(webhook, audit=[entry(action, webhook, by, changes)])


def _event(name: str, webhook: Webhook, by: Person) -> Event:
    return Event(name, webhook.webhook_id, by.user_id)


def _checked(name: str, url: str, patterns: Iterable[str]) -> _Wanted:
    problems: dict[str, str] = {}
    name, wanted = tidied(name), list(patterns)
    if not name or len(name) > MAX_NAME:
        problems["name"] = f"Give it a name of up to {MAX_NAME} characters."
    try:
        url = outbound.check(url.strip())
    except Invalid as invalid:
        problems["url"] = invalid.message
    if not wanted:
        problems["patterns"] = "Choose at least one event."
    elif unknown := catalogue.unknown(wanted):
        problems["patterns"] = f"The portal does not tell “{unknown[0][:60]}”."
    if problems:
        raise Invalid(fields=problems)
    return _Wanted(name, url, catalogue.tidied(wanted))


def _changes(before: _Wanted | None, after: _Wanted) -> dict[str, object]:
    """For the audit log: of an address only where it leads, for the rest of it may be as good as a key."""
    sides = {"before": before, "after": after} if before else {"after": after}
    changes: dict[str, object] = {}
    if before is None or before.url != after.url:
        changes["host"] = {side: target_of(one.url).host for side, one in sides.items()}
    if before is None or before.patterns != after.patterns:
        changes["events"] = {side: one.patterns for side, one in sides.items()}
    return changes
