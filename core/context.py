"""What belongs to the request in hand and is needed far below it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

request_id: ContextVar[str] = ContextVar("request_id", default="")
read_only: ContextVar[bool] = ContextVar("read_only", default=False)
"""Whoever looks at the portal as another role leaves no trace: what pages note on the way is not written."""


@dataclass
class Visit:
    """How somebody came: what events say of her, who is otherwise an opaque id."""

    source: str
    """`web`, `api` or `mcp`."""
    role: str = ""
    session: str = ""
    """A hash that tells one session from another, and leads back to none."""


visit: ContextVar[Visit | None] = ContextVar("visit", default=None)
