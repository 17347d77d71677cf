"""Finishes transcripts when Amazon Transcribe tells that it has ended, and looks for those whose event got lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core import work
from core.aws.transcribe import EVENT_SOURCE, EVENT_TYPE
from lms.services import transcribing


@work.hears(EVENT_SOURCE, EVENT_TYPE)
def finish(detail: Mapping[str, Any]) -> None:
    transcribing.finished(str(detail.get("TranscriptionJobName", "")))
