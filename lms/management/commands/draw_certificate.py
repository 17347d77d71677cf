from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lms.certificate_pdf import colours, ornament


class Command(BaseCommand):
    help = "Writes static/img/certificate.svg, the ornament under certificates, in the colours of static/tokens.json."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.BASE_DIR, "static", "img", "certificate.svg")
        target.write_text(ornament.svg(colours.of_ornament()), encoding="utf-8")
        self.stdout.write(f"{target.name} written")
