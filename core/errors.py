"""What can go wrong, in the project's own words.

Services and stores raise these; one middleware turns them into answers. A message is a sentence for the person
who will read it: what happened, why, and what she can do now.
"""

from __future__ import annotations

from collections.abc import Mapping


class PortalError(Exception):
    """Base of every expected failure; `message` may be shown to the person."""

    status = 500
    message = "Something went wrong on our side. Try again in a moment."

    def __init__(self, message: str | None = None) -> None:
        self.message = message or self.message
        super().__init__(self.message)


class NotFound(PortalError):
    """Missing, or hidden from this person: the two must look the same."""

    status = 404
    message = "This page does not exist, or you do not have access to it."


class Refused(PortalError):
    """The person, or the state of the thing, does not allow it."""

    status = 403
    message = "You do not have permission to do this."


class OnlyFromItsPage(PortalError):
    """An address that changes something was opened like a page."""

    status = 405
    message = "This address does something only when a button of the portal sends you there. Nothing was changed."


class Stale(PortalError):
    """Somebody else changed the thing meanwhile; the loser's write was not made."""

    status = 409
    message = "This was changed by someone else meanwhile. Your change was not saved."


class Invalid(PortalError):
    """Input that cannot be accepted. `fields` maps a form field to its sentence."""

    status = 400
    message = "Some of what you entered needs another look."

    def __init__(self, message: str | None = None, fields: Mapping[str, str] | None = None) -> None:
        self.fields = dict(fields or {})
        super().__init__(message or next(iter(self.fields.values()), None))


class TooMany(PortalError):
    status = 429
    message = "That was a lot of requests in a short time. Wait a minute, then try again."

    def __init__(self, message: str | None = None, retry_after: int = 60) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class Unavailable(PortalError):
    """A store or service that we need did not answer in time."""

    status = 503
    message = "A service we rely on is not answering. Nothing was lost; try again in a moment."
