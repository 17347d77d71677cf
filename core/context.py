"""What belongs to the request in hand and is needed far below it."""

from __future__ import annotations

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
read_only: ContextVar[bool] = ContextVar("read_only", default=False)
"""Whoever looks at the portal as another role leaves no trace: what pages note on the way is not written."""
