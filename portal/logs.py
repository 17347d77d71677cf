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


def configuration(*, level: str) -> dict[str, Any]:
    """One JSON object a line, nothing personal."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}, "plain": {"format": "%(levelname)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.request": {"level": "ERROR"},  # the request line of portal.middleware says the same, once
            "django.security": {"level": "ERROR"},
            "botocore": {"level": "WARNING"},
            "fontTools": {"level": "ERROR"},  # it names the letters of what is printed
            "fpdf": {"level": "ERROR"},
            "httpcore": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},  # it names addresses whole, and some of them are as good as keys
            "pynamodb": {"level": "WARNING"},
            "urllib3": {"level": "WARNING"},
        },
    }
