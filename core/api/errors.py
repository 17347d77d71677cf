"""Refusals that only programs meet. Each has a `code` that they can tell it by; the sentence is for who reads the log."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import PortalError


class Unauthenticated(PortalError):
    """`error` is what RFC 6750 calls it in `WWW-Authenticate`: empty where no token was sent at all."""

    status = 401
    code = "unauthenticated"
    message = "Send a Cognito ID token: “Authorization: Bearer …”."

    def __init__(self, message: str | None = None, error: str = "") -> None:
        self.error = error
        super().__init__(message)

    @property
    def headers(self) -> dict[str, str]:
        challenge = 'Bearer realm="enablement-portal"'
        return {"WWW-Authenticate": f'{challenge}, error="{self.error}"' if self.error else challenge}


class MethodNotAllowed(PortalError):
    status = 405
    code = "method_not_allowed"

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = ", ".join(allowed)
        super().__init__(f"This address takes {self.allowed}.")

    @property
    def headers(self) -> dict[str, str]:
        return {"Allow": self.allowed}


class TooLarge(PortalError):
    status = 413
    code = "too_large"


class NotJson(PortalError):
    status = 415
    code = "not_json"
    message = "Send the body as “Content-Type: application/json”, in UTF-8."


class Unacceptable(PortalError):
    """Well-formed, but not what this address takes. `fields` maps where it stands (`body.title`) to its sentence."""

    status = 422
    code = "unacceptable"
    message = "Some of what was sent is not what this address takes."

    def __init__(self, message: str | None = None, fields: dict[str, str] | None = None) -> None:
        self.fields = fields or {}
        super().__init__(message)


class ScopeMissing(PortalError):
    """The person may do it, the access token that she made for this program may not."""

    status = 403
    code = "scope_missing"

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(f"This access token was not made for this: it needs the scope “{scope}”.")

    @property
    def headers(self) -> dict[str, str]:
        challenge = 'Bearer realm="enablement-portal", error="insufficient_scope"'
        return {"WWW-Authenticate": f'{challenge}, scope="{self.scope}"'}
