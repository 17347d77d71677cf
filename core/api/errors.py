"""Refusals that only programs meet. Each has a `code` that they can tell it by; the sentence is for who reads the log."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import PortalError


class Unauthenticated(PortalError):
    """`error` is what RFC 6750 calls it in `WWW-Authenticate`: empty where no token was sent at all."""

    status = 401
    code = "unauthenticated"
    message = "Send a Cognito ID token or an access token: “Authorization: Bearer …”."

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


class PreconditionFailed(PortalError):
    status = 412
    code = "changed_meanwhile"
    message = "This was changed since the version that “If-Match” names. Read it again; nothing was written."


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


class KeyReused(Unacceptable):
    code = "idempotency_key_reused"
    message = "This “Idempotency-Key” was used for another request. Choose a new one for each."


class UnderWay(PortalError):
    status = 409
    code = "under_way"
    message = "The same request is being worked on. Ask again in a moment; it will be answered once."
    headers = {"Retry-After": "2"}


class AnswerLost(PortalError):
    status = 409
    code = "answer_lost"
    message = "This was done, but its answer got lost. Look at what is there; do not send it with another key."


class PreconditionRequired(PortalError):
    status = 428
    code = "precondition_required"
    message = "Say in “If-Match” which version you have seen: the “ETag” of the answer that you read."
