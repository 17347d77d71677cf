"""One event that many follow: what it costs to tell them, and that each is told once though the worker dies half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.models import Profile
from bench import library
from bench.recording import Call, recorded, written_units
from core import clock
from core.aws.local.config import ROOT
from core.aws.local.provision.clients import admin_client
from core.events import Event
from core.testing import RITA
from notifications import handlers, rules
from notifications.enums import Followed, Kind, Origin
from notifications.models import Notification, Subscription
from notifications.services import errands, people
from notifications.store import errands as rows

_FIRST, _SECOND = 1, 2
"""Numbers of the two items: one is told of in one go, the other by a worker that is killed half-way and one after it."""
_GO_ON = "from notifications.services import errands; print('READY', flush=True); errands.finish_all()"


@dataclass(frozen=True)
class Fanned:
    """Of one event to `followers`; `requests` to DynamoDB, units read and written as AWS bills them, `seconds` in all.

    `roster` are the seconds in which everybody's standing was read from Cognito before. `wrong` are those who have not
    exactly one notification of it, or another unread count than that.
    """

    how: str
    followers: int
    seconds: float
    roster: float
    requests: int
    read_units: float
    write_units: float
    wrong: int

    def per_thousand(self, number: float) -> float:
        return number * 1000 / max(1, self.followers)


def measure(count: int) -> list[Fanned]:
    options = library.make_options()
    library.make_people()
    library.fill(options, 0, _SECOND + 1)
    print(f"  Making {count:,} accounts…", flush=True)
    followers = _make_followers(count)
    roster = _time_roster()
    return [_in_one_go(followers, roster), _killed_half_way(followers)]


def _make_followers(count: int) -> list[str]:
    """With an account each, and both items followed; most of them have never chosen anything."""
    cognito = admin_client("cognito-idp", settings.AWS_ENDPOINT_URL)

    def make(number: int) -> str:
        email = f"follower-{number}@gravyty.com"
        told = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
        made = cognito.admin_create_user(
            UserPoolId=settings.COGNITO_USER_POOL_ID, Username=email, MessageAction="SUPPRESS", UserAttributes=told
        )
        return next(one["Value"] for one in made["User"]["Attributes"] if one["Name"] == "sub")

    followers = [make(number) for number in range(count)]  # one by one: several at once the local cloud confuses
    now = clock.now()
    with Subscription.batch_write() as batch:
        for one in followers:
            for number in (_FIRST, _SECOND):
                target = rules.target_of(Followed.CONTENT, library.item_id(number))
                batch.save(Subscription(one, target, origin=Origin.CHOSEN.value, since=now))
    with Profile.batch_write() as batch:
        for one in followers[::4]:
            batch.save(Profile(one, display_name="Follower", rev=1, created_at=now, updated_at=now))
    return followers


def _time_roster() -> float:
    people.forget()
    began = time.perf_counter()
    people._roster.roles()
    return time.perf_counter() - began


def _in_one_go(followers: list[str], roster: float) -> Fanned:
    _happen(_FIRST)
    began = time.perf_counter()
    with recorded() as calls:
        errands.finish_all()
    return _fanned("in one go", followers, time.perf_counter() - began, roster, calls, _FIRST, unread=1)


def _killed_half_way(followers: list[str]) -> Fanned:
    _happen(_SECOND)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", _GO_ON], cwd=ROOT, stdout=subprocess.PIPE
    )
    half = sorted(followers)[len(followers) // 2]
    while process.poll() is None and (errand := _errand()) and (errand.after or "") < half:
        time.sleep(0.05)
    killed = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    with recorded() as calls:
        errands.finish_all()
    how = "killed half-way" if killed else "not killed: it was done before"
    return _fanned(how, followers, time.perf_counter() - began, 0.0, calls, _SECOND, unread=2)


def _errand() -> Any:
    return next(iter(rows.waiting()), None)


def _happen(number: int) -> None:
    """As the worker hears that version 2 was approved."""
    props: dict[str, str | int | bool | None] = {"version": 2, "minor": False}
    handlers.tell(Event("content.approved", library.item_id(number), RITA.user_id, props))


def _fanned(
    how: str, followers: list[str], seconds: float, roster: float, calls: list[Call], number: int, *, unread: int
) -> Fanned:
    reads = sum(call.capacity for call in calls if call.is_read)
    writes = sum(written_units(call) for call in calls)
    wrong = _wrong(followers, f"content:{library.item_id(number)}", unread)
    return Fanned(how, len(followers), round(seconds, 1), round(roster, 1), len(calls), reads, writes, wrong)


def _wrong(followers: list[str], about: str, unread: int) -> int:
    """Asked of the whole table, past the portal."""
    told: Counter[str] = Counter()
    heads: dict[str, int] = {}
    for item in _whole(str(Notification.Meta.table_name)):
        user_id = item["user_id"]["S"]
        if "unread" in item:
            heads[user_id] = int(item["unread"]["N"])
        elif item.get("about", {}).get("S") == about and item["kind"]["S"] == Kind.UPDATED:
            told[user_id] += 1
    return sum(told[one] != 1 or heads.get(one) != unread for one in followers)


def _whole(table: str) -> Iterator[dict[str, Any]]:
    dynamodb = admin_client("dynamodb", os.environ["AWS_ENDPOINT_URL"])
    for page in dynamodb.get_paginator("scan").paginate(TableName=table):
        yield from page["Items"]
