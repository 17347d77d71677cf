"""Sends what is due, each webhook by itself: one that is slow or down holds none of the others up.

Whoever serves a webhook holds a lease for it. One that dies leaves what it had not sent waiting; what it had sent and not
noted is sent twice, under the same `webhook-id`.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from accounts.person import SYSTEM
from core import clock, outbound
from core.errors import Invalid, PortalError, Stale
from core.events import Event, telling
from core.ids import new_id
from core.jobs import store as leases
from core.jobs.models import JobState
from core.outbound import NotSent
from webhooks import sealing, signing, store
from webhooks.enums import Delivery, State
from webhooks.models import Webhook, WebhookDelivery
from webhooks.rules import retries
from webhooks.services.managing import entry

logger = logging.getLogger(__name__)

SERVED_SECONDS = 30.0
"""Without a pause; then the webhook has its next turn, and whoever holds its lease takes it anew."""
_LEASE = timedelta(minutes=2)
_AT_ONCE = 25
_EXCERPT = 500
_WAITED_SECONDS = 20


class Sender:
    """Of a process. It never waits for those whom it serves."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(store.MOST_WEBHOOKS, thread_name_prefix="webhook")
        self._lock = threading.Lock()
        self._busy: dict[str, Future[int]] = {}

    def turn(self) -> list[Future[int]]:
        """Begins to serve every webhook that something is due to and nobody here is at; those whom it serves by now."""
        active = [webhook.webhook_id for webhook in store.all_webhooks() if webhook.state == State.ACTIVE]
        for webhook_id in active:
            if not self._is_busy(webhook_id) and store.due(webhook_id, clock.now(), limit=1):
                with self._lock:
                    self._busy[webhook_id] = self._pool.submit(serve, webhook_id)
        return [self._busy[webhook_id] for webhook_id in active if self._is_busy(webhook_id)]

    def _is_busy(self, webhook_id: str) -> bool:
        with self._lock:
            under_way = self._busy.get(webhook_id)
            return under_way is not None and not under_way.done()


def serve(webhook_id: str) -> int:
    """Sends what is due to this webhook until nothing is, or its time is up; how many tries that were."""
    try:
        return _serve(webhook_id)
    except PortalError as error:  # a store that does not answer: the next turn finds again what was not done
        logger.warning("webhook not served", extra={"webhook_id": webhook_id, "because": error.message})
        return 0
    except Exception:
        logger.exception("webhook not served", extra={"webhook_id": webhook_id})
        return 0


def _serve(webhook_id: str) -> int:
    name, now = f"webhook:{webhook_id}", clock.now()
    lease = leases.states([name]).get(name) or JobState(name)
    if not leases.take(lease, new_id(), now + _LEASE, now):
        return 0
    try:
        return _rounds(webhook_id, time.monotonic() + SERVED_SECONDS)
    finally:
        leases.give_back(lease)


def _rounds(webhook_id: str, until: float) -> int:
    tries = 0
    while due := store.due(webhook_id, clock.now(), limit=_AT_ONCE):
        before = tries
        for delivery_id in due:
            webhook = store.find_webhook(webhook_id)
            if webhook is None or webhook.state != State.ACTIVE or time.monotonic() > until:
                return tries
            tries += _try(webhook, delivery_id)
        if tries == before:  # the index does not know yet that they are done
            break
    return tries


def _try(webhook: Webhook, delivery_id: str) -> bool:
    """False for what does not wait any more."""
    one = store.find_delivery(webhook.webhook_id, delivery_id)
    if one is None or one.state != Delivery.WAITING:
        return False
    began = time.monotonic()
    status, said, wished = _send(webhook, one)
    now = clock.now()
    attempt = {"at": clock.iso(now), "status": status, "said": said, "ms": int((time.monotonic() - began) * 1000)}
    delivered = status is not None and 200 <= status < 300
    due_at = None if delivered else retries.next_try(one.tries + 1, now, wished=wished)
    state = Delivery.DELIVERED if delivered else Delivery.WAITING if due_at else Delivery.FAILED
    with suppress(Stale):  # somebody had it sent again in this very moment
        store.save_attempt(one, attempt, state=state, due_at=due_at)
    _note(webhook, delivered=delivered, status=status)
    return True


def _send(webhook: Webhook, one: WebhookDelivery) -> tuple[int | None, str, timedelta | None]:
    """The answer's code, what was said, and how long the other side wants to be left alone."""
    now = clock.now()
    secrets = _secrets(webhook, now)
    if not secrets:
        return None, "Its secret cannot be read any more. Make a new one.", None
    try:
        answer = outbound.post(
            webhook.url, one.body.encode(), signing.headers_for(one.delivery_id, one.body, secrets, now)
        )
    except (NotSent, Invalid) as error:
        return None, error.message, None
    except Exception:  # one that can never be sent must not stay before all the others
        logger.exception("delivery not sent", extra={"delivery_id": one.delivery_id})
        return None, "It could not be sent.", None
    said = answer.body.decode("utf-8", "replace").replace("\x00", "")[:_EXCERPT]
    return answer.status, said, retries.wish_of(answer.headers.get("retry-after", ""))


def _secrets(webhook: Webhook, now: datetime) -> list[str]:
    """Those that are good now, the newest first."""
    previous = webhook.previous_secret if webhook.previous_until and webhook.previous_until > now else None
    found = [sealing.unseal(sealed) for sealed in (webhook.secret, previous) if sealed]
    return [secret for secret in found if secret]


def _note(webhook: Webhook, *, delivered: bool, status: int | None) -> None:
    """Only what changes: a webhook that works, or does not, is not written at each delivery."""
    now = clock.now()
    if delivered and webhook.failing_since is None:
        return
    with suppress(Stale):  # an Admin changed it meanwhile; the next try notes it again
        if delivered:
            webhook.failing_since = None
            store.save_webhook(webhook, audit=())
        elif status == retries.GONE:
            _switch_off(webhook, "gone")
        elif retries.is_to_be_switched_off(webhook.failing_since, now):
            _switch_off(webhook, "failing")
        elif webhook.failing_since is None:
            webhook.failing_since = now
            store.save_webhook(webhook, audit=())


def _switch_off(webhook: Webhook, because: str) -> None:
    """Admins hear of it by the event. Raises Stale."""
    changes: dict[str, Any] = {"state": {"before": webhook.state, "after": State.DISABLED.value}}
    webhook.state, webhook.disabled_because = State.DISABLED.value, because
    with telling(Event("webhook.disabled", webhook.webhook_id, SYSTEM.user_id, {"because": because})):
        store.save_webhook(webhook, audit=[entry("webhook.disabled", webhook, SYSTEM, changes)])


sender = Sender()


def turn() -> bool:
    """Of a worker: never busy by itself, for others do the work."""
    sender.turn()
    return False


def send_due() -> int:
    """The same for a process that is called by the clock: it waits a while for what it has begun."""
    done, _others = wait(sender.turn(), timeout=_WAITED_SECONDS)
    return sum(one.result() for one in done)
