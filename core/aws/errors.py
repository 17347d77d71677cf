"""Translates what AWS and PynamoDB raise to the project's own errors, once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import DoesNotExist, PynamoDBException, TransactWriteError

from core.errors import Invalid, NotFound, PortalError, Stale, Unavailable

logger = logging.getLogger(__name__)

_MISSING = {"NoSuchKey", "NoSuchVersion", "NoSuchUpload", "404", "NotFound", "UserNotFoundException"}
_LOST_RACE = {"ConditionalCheckFailedException", "TransactionConflictException"}
_LOST_RACE_REASONS = {"ConditionalCheckFailed", "TransactionConflict"}
_TOO_LARGE = "Item size has exceeded the maximum allowed size"


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except (PynamoDBException, BotoCoreError, ClientError) as error:
        raise _ours(error) from error


def _ours(error: Exception) -> PortalError:
    if isinstance(error, DoesNotExist):
        return NotFound()
    if isinstance(error, TransactWriteError):
        reasons = {reason.code for reason in error.cancellation_reasons if reason}
        if reasons & _LOST_RACE_REASONS:
            return Stale()
    code = code_of(error)
    if code in _LOST_RACE:
        return Stale()
    if code in _MISSING:
        return NotFound()
    if _TOO_LARGE in str(error):
        return Invalid("This is longer than the portal can keep. Shorten the text, or attach it as a file.")
    logger.error("aws call failed", extra={"code": code, "error_type": type(error).__name__}, exc_info=error)
    return Unavailable()


def code_of(error: Exception) -> str:
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", ""))
    return str(getattr(error, "cause_response_code", "") or "")
