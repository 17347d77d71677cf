from __future__ import annotations

import logging
from typing import Any

from pythonjsonlogger.json import JsonFormatter as Base

from core import clock, context


class JsonFormatter(Base):
    """One JSON object a line, each with the id of the request that it belongs to."""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        super().add_fields(log_data, record, message_dict)
        # Django attaches the whole request, and WSGI its address with the query: neither belongs into a log.
        log_data.pop("request", None)
        log_data |= {"at": clock.iso(clock.now()), "level": record.levelname, "logger": record.name}
        if request_id := context.request_id.get():
            log_data["request_id"] = request_id
