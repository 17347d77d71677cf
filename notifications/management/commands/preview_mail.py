from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from notifications.delivery.samples import every_mail
from notifications.examples import words_of


class Command(BaseCommand):
    help = "Writes every mail, as HTML and as text, into a directory to be looked at. Nothing is sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        for sample in every_mail(clock.now(), words_of):
            (directory / f"{sample.name}.html").write_text(sample.mail.html, encoding="utf-8")
            head = "".join(f"{name}: {value}\n" for name, value in sample.mail.headers.items())
            text = f"Subject: {sample.mail.subject}\n{head}\n{sample.mail.text}"
            (directory / f"{sample.name}.txt").write_text(text, encoding="utf-8")
            self.stdout.write(f"{sample.name}: {sample.mail.subject}")
