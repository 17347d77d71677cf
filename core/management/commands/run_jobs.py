from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.errors import NotFound
from core.jobs import store
from core.jobs.running import Standing, run, run_due, standings


class Command(BaseCommand):
    help = (
        "Does the jobs that are due, or those that are named whether they are due or not. What another process is at is "
        "left to it. On AWS a schedule calls it every minute; at home the worker of `make run` does."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="JOB")
        parser.add_argument("--list", action="store_true", help="show what there is, when it ran and what came of it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["list"]:
                for one in standings(options["names"]):
                    self.stdout.write(_line(one))
                return
            if not options["names"] and store.is_paused():
                self.stdout.write("Nothing is done: a restore is under way, or was cut off and has to be given again.")
                return
            done = run(options["names"], clock.now()) if options["names"] else run_due(clock.now())
        except NotFound as error:
            raise CommandError(str(error)) from error
        for state in done:
            self.stdout.write(f"{state.name}: {state.error or state.result or 'done'} ({state.seconds} s)")
        failed = [str(state.name) for state in done if state.error]
        if failed:
            raise CommandError(f"{', '.join(failed)} failed. The log says why.")
        self.stdout.write(f"{len(done)} done.")


def _line(one: Standing) -> str:
    state = one.state
    last = (
        f"{clock.iso(state.started_at)}, {state.error or state.result or 'done'}" if state.started_at else "never ran"
    )
    return f"{one.job.name} ({one.job.pace}): {last}"
