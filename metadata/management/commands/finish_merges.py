from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.person import SYSTEM
from metadata import store
from metadata.models import Job
from metadata.services import merging

STEP = 100


class Command(BaseCommand):
    help = "Finishes merges and renames of options that were interrupted: rewrites or re-indexes what still lacks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list what is unfinished")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = list(store.jobs(store.OPEN, limit=1000).items)
        for job in jobs:
            self.stdout.write(f"{job.kind} {job.source_id} → {job.target_id}, {job.followed} done")
        if options["dry_run"]:
            return
        stuck = [job for job in jobs if not self._finish(job)]
        self.stdout.write(f"{len(jobs) - len(stuck)} finished")
        if stuck:
            raise CommandError(f"{len(stuck)} could not be finished now. Run this again in a while.")

    def _finish(self, job: Job) -> bool:
        with tqdm(desc=str(job.kind), unit=" items", disable=None) as bar:
            while not job.finished_at:
                before = int(job.followed), dict(job.cursors or {})
                job = merging.advance(job_id=job.option_id, limit=STEP, by=SYSTEM)
                bar.update(int(job.followed) - before[0])
                if not job.finished_at and (int(job.followed), dict(job.cursors or {})) == before:
                    return False
        return True
