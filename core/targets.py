"""Addresses that people gave, as they may be sent to: https, a name of the internet, one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import httpx
import idna
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import Invalid

PORTS = (443, 8443)
MAX_URL = 1000
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PLAIN = re.compile(r"[^\s\\\x00-\x20\x7f]+")


@dataclass(frozen=True)
class Target:
    """An address in its one spelling. `is_local` for one that the settings of a developer's machine allow."""

    scheme: str
    host: str
    port: int
    path: str
    is_local: bool = False

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}" + ("" if self.port == PORTS[0] else f":{self.port}")

    @property
    def url(self) -> str:
        return self.origin + self.path


def target_of(url: str) -> Target:
    """Without asking anybody. Raises Invalid, which says what is wrong with it."""
    if len(url) > MAX_URL or not _PLAIN.fullmatch(url):
        raise Invalid(_("Give an address of up to %(most)d characters, without spaces.") % {"most": MAX_URL})
    try:
        parts = urlsplit(url)
        return _local(parts) or _on_the_internet(parts)
    except ValueError as error:
        raise _no_address() from error


def _local(parts: SplitResult) -> Target | None:
    """One of `OUTBOUND_LOCAL_TARGETS`, to the letter: what tests and demonstrations listen at."""
    if f"{parts.scheme}://{parts.netloc}" not in settings.OUTBOUND_LOCAL_TARGETS:
        return None
    return Target(parts.scheme, parts.hostname or "", parts.port or 80, _path(parts), is_local=True)


def _on_the_internet(parts: SplitResult) -> Target:
    """Raises Invalid, and ValueError for what cannot be read as an address."""
    if parts.scheme != "https":
        raise Invalid(_("Give an address that begins with “https://”."))
    if "@" in parts.netloc:
        raise Invalid(_("Leave name and password out of the address."))
    if parts.fragment:
        raise Invalid(_("Leave out what follows “#”; it is never sent."))
    port = parts.port if parts.port is not None else PORTS[0]
    if port not in PORTS:
        raise Invalid(_("Only the ports 443 and 8443 are sent to."))
    return Target("https", _host(parts.hostname or ""), port, _path(parts))


def _host(given: str) -> str:
    """In ASCII. A number in any spelling, a name that the root does not know, and a final dot are refused."""
    if given.endswith("."):
        raise Invalid(_("Leave out the dot at the end of the name."))
    host = given if given.isascii() else idna.encode(given, uts46=True).decode()
    labels = host.split(".")
    if ":" in host or _NUMBER.fullmatch(labels[-1]):
        raise Invalid(_("Give the name of a host, not its number."))
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _no_address()
    if len(labels) < 2 or labels[-1] in {"local", "localhost", "internal"}:
        raise private_network(host)
    return host


def _path(parts: SplitResult) -> str:
    """As it is sent: what is not ASCII in it is written with `%`."""
    query = f"?{parts.query}" if parts.query else ""
    return httpx.URL(f"https://any.host{parts.path or '/'}{query}").raw_path.decode()


def _no_address() -> Invalid:
    return Invalid(_("This is not an address that can be sent to. Give one such as https://example.com/hook."))


def private_network(host: str) -> Invalid:
    return Invalid(_("“%(host)s” leads into a private network. Give an address on the internet.") % {"host": host})
