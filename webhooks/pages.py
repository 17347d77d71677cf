"""The pages about webhooks, for Admins: all of them, one with what it was sent, and one delivery."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import audit_list
from accounts import store as people
from accounts.person import Person
from core import clock
from core.pages import Action
from core.targets import target_of
from webhooks import store
from webhooks.enums import DELIVERIES, STATES, Delivery, State
from webhooks.models import Webhook, WebhookDelivery
from webhooks.rules.catalogue import CATALOGUE

KINDS: dict[str, str | Promise] = {
    "content": _("Items of the library"),
    "course": _("Courses"),
    "lesson": _("Lessons"),
    "quiz": _("Quizzes"),
    "path": _("Paths"),
    "assignment": _("Assignments"),
    "certificate": _("Certificates"),
    "metadata": _("Metadata"),
    "team": _("Teams"),
    "person": _("People"),
    "token": _("Access tokens"),
    "webhook": _("Webhooks"),
}
REASONS: dict[str, str | Promise] = {
    "failing": _(
        "Nothing had arrived for three days, so it was switched off. When its address works again, switch it on."
    ),
    "gone": _("Its address answered that it wants to hear nothing more (410)."),
}
_HISTORY = 10
_ON_A_PAGE = 20


@dataclass(frozen=True)
class Row:
    webhook_id: str
    name: str
    host: str
    patterns: Sequence[str]
    label: str | Promise
    tone: str
    icon: str
    failing_since: datetime | None


@dataclass(frozen=True)
class Kind:
    """`every` is the pattern for all of them; `is_open` says whether anything in it is chosen."""

    title: str | Promise
    every: str
    names: Sequence[str]
    is_open: bool


@dataclass(frozen=True)
class DeliveryRow:
    delivery_id: str
    event_name: str
    made_at: datetime
    label: str | Promise
    tone: str
    icon: str
    tries: int
    due_at: datetime | None
    answer: str


@dataclass(frozen=True)
class Deliveries:
    rows: Sequence[DeliveryRow]
    next_cursor: str | None
    is_any_under_way: bool


@dataclass(frozen=True)
class WebhookPage:
    webhook: Webhook
    row: Row
    disabled_because: str | Promise
    both_secrets_until: datetime | None
    links: Sequence[Action]
    buttons: Sequence[Action]
    deliveries: Deliveries
    history: Sequence[audit_list.Row]


@dataclass(frozen=True)
class Attempt:
    at: datetime
    answer: str
    tone: str
    said: str
    means: str
    seconds: str


@dataclass(frozen=True)
class DeliveryPage:
    webhook: Webhook
    row: DeliveryRow
    body: str
    attempts: Sequence[Attempt]
    can_replay: bool


def listing() -> list[Row]:
    """One request."""
    return [_row(webhook) for webhook in store.all_webhooks()]


def kinds(chosen: Collection[str]) -> list[Kind]:
    """What can be chosen, for a form: open where something is, or at the first."""
    first = next(iter(CATALOGUE))
    return [
        Kind(
            KINDS[kind], f"{kind}.*", names, bool({f"{kind}.*", *names} & set(chosen)) or (not chosen and kind == first)
        )
        for kind, names in CATALOGUE.items()
    ]


def webhook_page(viewer: Person, webhook_id: str, *, state: str, cursor: str | None) -> WebhookPage:
    """Five requests. Raises NotFound."""
    webhook = store.webhook_by_id(webhook_id)
    history = people.audit_of_target(f"webhook:{webhook_id}", limit=_HISTORY).items
    until = webhook.previous_until
    return WebhookPage(
        webhook=webhook,
        row=_row(webhook),
        disabled_because=REASONS.get(webhook.disabled_because or "", ""),
        both_secrets_until=until if until and until > clock.now() else None,
        links=_links(webhook),
        buttons=_buttons(webhook),
        deliveries=deliveries(webhook_id, state=state, cursor=cursor),
        history=audit_list.rows_of(viewer, history),
    )


def deliveries(webhook_id: str, *, state: str, cursor: str | None) -> Deliveries:
    """One request."""
    page = store.deliveries(webhook_id, state=state, cursor=cursor, limit=_ON_A_PAGE)
    soon = any(one.state == Delivery.WAITING and not one.tries for one in page.items)
    return Deliveries([_delivery(one) for one in page.items], page.next_cursor, soon)


def delivery_page(webhook_id: str, delivery_id: str) -> DeliveryPage:
    """Two requests. Raises NotFound."""
    webhook = store.webhook_by_id(webhook_id)
    found = store.delivery(webhook_id, delivery_id)
    return DeliveryPage(
        webhook=webhook,
        row=_delivery(found),
        body=json.dumps(json.loads(found.body), indent=2, ensure_ascii=False),
        attempts=[_attempt(dict(one)) for one in reversed(found.attempts)],
        can_replay=found.state != Delivery.WAITING and webhook.state == State.ACTIVE,
    )


def _row(webhook: Webhook) -> Row:
    label, tone, icon = STATES[webhook.state]
    if webhook.state == State.ACTIVE and webhook.failing_since:
        label, tone, icon = gettext("Failing"), "warning", "triangle-alert"
    return Row(
        webhook_id=webhook.webhook_id,
        name=webhook.name,
        host=target_of(webhook.url).host,
        patterns=list(webhook.patterns),
        label=label,
        tone=tone,
        icon=icon,
        failing_since=webhook.failing_since,
    )


def _delivery(one: WebhookDelivery) -> DeliveryRow:
    label, tone, icon = DELIVERIES[one.state]
    last = dict(one.attempts[-1]) if one.attempts else None
    if one.state == Delivery.WAITING and last:
        label, tone, icon = gettext("Retrying"), "warning", "rotate-ccw"
    return DeliveryRow(
        delivery_id=one.delivery_id,
        event_name=one.event_name,
        made_at=one.made_at,
        label=label,
        tone=tone,
        icon=icon,
        tries=len(one.attempts),
        due_at=one.due_at if last else None,
        answer=_answer(last) if last else "",
    )


def _attempt(told: dict[str, Any]) -> Attempt:
    status = told.get("status")
    is_success = status is not None and 200 <= int(status) < 300
    leads_on = status is not None and 300 <= int(status) < 400
    return Attempt(
        at=clock.parse(told["at"]),
        answer=_answer(told),
        tone="success" if is_success else "error",
        said=str(told.get("said") or ""),
        means=gettext("It leads elsewhere, and that is not followed. Give the address where it ends.")
        if leads_on
        else "",
        seconds=f"{int(told.get('ms') or 0) / 1000:.1f}",
    )


def _answer(told: dict[str, Any]) -> str:
    status = told.get("status")
    return gettext("No answer") if status is None else str(int(status))


def _links(webhook: Webhook) -> list[Action]:
    return [
        Action(gettext("Change"), _url("change", webhook), "pencil"),
        Action(gettext("New secret"), _url("rotate", webhook), "key-round"),
        Action(gettext("Delete the webhook"), _url("delete", webhook), "trash-2", "danger quiet"),
    ]


def _buttons(webhook: Webhook) -> list[Action]:
    if webhook.state == State.ACTIVE:
        return [
            Action(gettext("Send a test"), _url("test", webhook), "send", "primary"),
            Action(gettext("Pause"), _url("pause", webhook), "circle-pause"),
        ]
    label = gettext("Switch on") if webhook.state == State.DISABLED else gettext("Go on")
    return [Action(label, _url("resume", webhook), "circle-play", "primary")]


def _url(name: str, webhook: Webhook) -> str:
    return reverse(f"webhooks:{name}", args=[webhook.webhook_id])
