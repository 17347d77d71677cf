"""Many programs at once: they write and read through the API for a while, and everything that was acknowledged is there.

Each begins a draft, changes it, and reads it and the library, over and over. A request that was not answered is sent again
under its `Idempotency-Key`, as a program does. Afterwards the tables are asked for every item that was acknowledged.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

import httpx

_TIMEOUT = 60.0
_TRIES = 3


@dataclass
class Told:
    """What the portal has acknowledged: titles by item, and those that it may have taken without saying so."""

    titles: dict[str, str] = field(default_factory=dict)
    in_doubt: dict[str, set[str]] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    sent_again: int = 0


@dataclass(frozen=True)
class Outcome:
    clients: int
    seconds: float
    requests: int
    writes: int
    items: int
    unanswered: int
    sent_again: int
    answers: Mapping[str, int]
    milliseconds: Mapping[str, tuple[float, float]]
    """Of each kind of request the median and the 95th of a hundred."""
    missing: int
    wrong: int
    double: int

    @property
    def failed(self) -> bool:
        """Something was lost, or was made twice, or the portal itself broke."""
        return bool(self.missing or self.wrong or self.double or any(key.startswith("5") for key in self.answers))


async def run(origin: str, tokens: list[str], clients: int, seconds: float) -> tuple[Told, float]:
    told, began = Told(), time.monotonic()
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=f"{origin}/v1/", timeout=_TIMEOUT, limits=limits, trust_env=False) as http:
        programs = [
            Program(number, http, tokens[number % len(tokens)], told).work(began + seconds) for number in range(clients)
        ]
        await asyncio.gather(*programs)
    return told, time.monotonic() - began


class Program:
    def __init__(self, number: int, http: httpx.AsyncClient, token: str, told: Told) -> None:
        self.number, self.http, self.told = number, http, told
        self.headers = {"Authorization": f"Bearer {token}"}

    async def work(self, until: float) -> None:
        turn = 0
        while time.monotonic() < until:
            turn += 1
            await self._journey(f"Load {self.number} {turn}")

    async def _journey(self, title: str) -> None:
        body = {"kind": "link", "title": title, "link_url": "https://example.com/"}
        made = await self._ask("begin", "POST", "content", body, {"Idempotency-Key": title.replace(" ", "-")})
        if made is None or made.status_code != 201:
            return
        content_id = made.json()["content_id"]
        self.told.titles[content_id] = title
        draft = await self._ask("read draft", "GET", f"content/{content_id}/draft")
        if draft is not None and draft.status_code == 200:
            await self._change(content_id, f"{title}, changed", draft.headers["ETag"])
        await self._ask("read item", "GET", f"content/{content_id}")
        await self._ask("library", "GET", "content")

    async def _change(self, content_id: str, title: str, etag: str) -> None:
        answer = await self._ask(
            "change", "PATCH", f"content/{content_id}/draft", {"title": title}, {"If-Match": etag}, again=False
        )
        if answer is None:
            self.told.in_doubt.setdefault(content_id, set()).add(title)
        elif answer.status_code == 200:
            self.told.titles[content_id] = title

    async def _ask(
        self,
        name: str,
        method: str,
        address: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        *,
        again: bool = True,
    ) -> httpx.Response | None:
        """None when nobody answered, however often it was sent."""
        for attempt in range(_TRIES if again else 1):
            self.told.sent_again += attempt > 0
            began = time.monotonic()
            try:
                answer = await self.http.request(
                    method, address, json=body, headers={**self.headers, **(headers or {})}
                )
            except httpx.HTTPError:
                self.told.unanswered += 1
                continue
            self.told.seconds.setdefault(name, []).append(time.monotonic() - began)
            self.told.answers[str(answer.status_code)] += 1
            if answer.status_code < 500:
                return answer
        return None


def outcome(told: Told, owners: list[str], clients: int, seconds: float) -> Outcome:
    """Asks the tables, past the portal, for every item that was acknowledged, and for what else there is."""
    there = _titles(owners)
    allowed = {one: {title, *told.in_doubt.get(one, ())} for one, title in told.titles.items()}
    made = Counter(title.partition(",")[0] for title in there.values())
    return Outcome(
        clients=clients,
        seconds=round(seconds, 1),
        requests=sum(told.answers.values()),
        writes=len(told.seconds.get("begin", ())) + len(told.seconds.get("change", ())),
        items=len(told.titles),
        unanswered=told.unanswered,
        sent_again=told.sent_again,
        answers=dict(sorted(told.answers.items())),
        milliseconds={name: _spread(taken) for name, taken in sorted(told.seconds.items())},
        missing=sum(one not in there for one in allowed),
        wrong=sum(there[one] not in titles for one, titles in allowed.items() if one in there),
        double=sum(count - 1 for count in made.values()),
    )


def _titles(owners: list[str]) -> dict[str, str]:
    """Of all that these people own, by item."""
    from content.store import items_owned_by, versions_as_they_are

    found: dict[str, str] = {}
    for owner in owners:
        cursor = None
        while True:
            page = items_owned_by(owner, cursor=cursor, limit=100)
            versions = versions_as_they_are([(item.content_id, 1) for item in page.items])
            found |= {content_id: version.title for content_id, version in versions.items()}
            cursor = page.next_cursor
            if cursor is None:
                break
    return found


def _spread(taken: list[float]) -> tuple[float, float]:
    worst = quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    return round(median(taken) * 1000), round(worst * 1000)
