from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import PortalError
from lms.exchange import exporting, packing


class Command(BaseCommand):
    help = (
        "Writes a course as its author has it now into a folder: a course.yaml, a text, a quiz or a video for each lesson, "
        "with pictures and captions. import_course makes the same course of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course_id")
        parser.add_argument("folder", type=Path, metavar="DIR", help="a new or an empty folder")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} is not empty. Name a new folder.", returncode=2)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            fetched, made = Path(beside, "fetched"), Path(beside, "made")
            fetched.mkdir()
            made.mkdir()
            try:
                parcel = packing.parcel_of(options["course_id"], fetched)
            except PortalError as error:
                raise CommandError(f"{options['course_id']}: {error.message}", returncode=2) from None
            exporting.write(parcel, made)
            if folder.exists():
                folder.rmdir()
            made.rename(folder)  # all of it, or nothing
        for note in parcel.notes:
            self.stdout.write(f"note       {note.where}: {note.text}")
        self.stdout.write(f"“{parcel.title}”: {len(parcel.lessons)} lessons in {folder}.")
