from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.errors import NotFound, Stale
from core.outbox import relay, store
from core.outbox.models import RETRY, OutboxEvent


class Command(BaseCommand):
    help = "Shows the events that could not be told to everybody, tells them anew, or tells what waits right now."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("waiting", help="how many events wait to be told")
        what.add_parser("drain", help="tell what waits until nothing is left")
        what.add_parser("dead", help="list what was given up")
        for name, about in (
            ("show", "print one that was given up"),
            ("replay", "tell it again to those who have not heard it"),
            ("forget", "remove it"),
        ):
            what.add_parser(name, help=about).add_argument("event_id", nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")(options)
        except (NotFound, Stale) as error:
            raise CommandError(f"There is no such event among those that were given up. {error}".strip()) from error

    def _waiting(self, _options: dict[str, Any]) -> None:
        for shard in (*store.SHARDS, RETRY):
            count = len(store.waiting(shard, limit=relay.AT_ONCE))
            self.stdout.write(f"{shard}: {count}{' or more' if count == relay.AT_ONCE else ''}")

    def _drain(self, _options: dict[str, Any]) -> None:
        told = 0
        while seen := relay.drain(clock.now()):
            told += seen
        self.stdout.write(f"{told} told")

    def _dead(self, _options: dict[str, Any]) -> None:
        for row in _every_dead():
            self.stdout.write(f"{row.event_id} {row.event.get('name')} {clock.iso(row.at)} {row.error}")

    def _show(self, options: dict[str, Any]) -> None:
        for row in map(store.dead_one, options["event_id"]):
            told = {"event": row.event, "waiting": list(row.waiting), "tries": row.tries, "error": row.error}
            self.stdout.write(json.dumps(told, indent=2, sort_keys=True, default=str))

    def _replay(self, options: dict[str, Any]) -> None:
        for row in map(store.dead_one, options["event_id"]):
            store.revive(row)
        self.stdout.write(f"{len(options['event_id'])} are told again")

    def _forget(self, options: dict[str, Any]) -> None:
        store.remove([store.dead_one(event_id) for event_id in options["event_id"]])
        self.stdout.write(f"{len(options['event_id'])} forgotten")


def _every_dead() -> list[OutboxEvent]:
    found, page = list[OutboxEvent](), store.dead()
    found.extend(page.items)
    while page.next_cursor:
        page = store.dead(cursor=page.next_cursor)
        found.extend(page.items)
    return found
