"""What is offered to webhooks is what the portal tells."""

from __future__ import annotations

from pathlib import Path

from webhooks.rules.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "bulk", "content", "lms", "metadata", "webhooks")


def test_every_event_that_is_offered_is_told_somewhere() -> None:
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    ours = [path for path in files if "tests" not in path.parts and path.name != "catalogue.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in ours)
    assert [name for names in CATALOGUE.values() for name in names if f'"{name}"' not in text] == []
