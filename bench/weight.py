"""What a browser loads: the page, and everything that its head and its stylesheets name, compressed as it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from bench.browser import Browser

FIRST_BYTES, FIRST_REQUESTS, RELOAD_BYTES, SWAP_BYTES = 60_000, 6, 10_000, 10_000

_LINKED = re.compile(r'(?:href|src)="(?:https?://[^/"]+)?(/static/[^"]+)"')
_IN_STYLES = re.compile(r"""(?:url\(|@import\s+)["']?([^"')\s]+)""")
_TEXT = {".css", ".js", ".svg", ".json", ".html"}


@dataclass(frozen=True)
class Weight:
    page: str
    first_bytes: int
    first_requests: int
    reload_bytes: int
    reload_requests: int

    @property
    def over_budget(self) -> bool:
        return (
            self.first_bytes > FIRST_BYTES
            or self.first_requests > FIRST_REQUESTS
            or self.reload_bytes > RELOAD_BYTES
            or self.reload_requests > 2
        )


def weigh(name: str, address: str, browser: Browser) -> Weight:
    """Hashed files are immutable, so a reload fetches the page again and what has no hash in its name."""
    answer = browser.get(address)
    files = _files(answer.body.decode())
    again = [path for path in files if not _is_hashed(path)]
    return Weight(
        page=name,
        first_bytes=len(answer.sent) + sum(_sent(path) for path in files),
        first_requests=1 + len(files),
        reload_bytes=len(answer.sent) + sum(_sent(path) for path in again),
        reload_requests=1 + len(again),
    )


def _files(html: str) -> list[Path]:
    root = Path(settings.STATIC_ROOT)
    found = [root / address.removeprefix(settings.STATIC_URL) for address in dict.fromkeys(_LINKED.findall(html))]
    for sheet in [path for path in found if path.suffix == ".css"]:
        named = _IN_STYLES.findall(sheet.read_text(encoding="utf-8"))
        found += [(sheet.parent / name).resolve() for name in named if not name.startswith(("data:", "#"))]
    return list(dict.fromkeys(found))


def _is_hashed(path: Path) -> bool:
    return re.search(r"\.[0-9a-f]{12}\.", path.name) is not None


def _sent(path: Path) -> int:
    """WhiteNoise keeps a compressed copy beside each file that gains by it; browsers take the smallest."""
    copies = [path.with_name(path.name + ending) for ending in (".br", ".gz")] if path.suffix in _TEXT else []
    return min(copy.stat().st_size for copy in (path, *copies) if copy.exists())
