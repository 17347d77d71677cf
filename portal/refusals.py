"""Django's own refusals in the project's words."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext_noop

from core.errors import Invalid, NotFound, PortalError, Refused


class FormTooLargeError(PortalError):
    status = 413
    message = gettext_noop("This is more than one form can take. Shorten the text, or attach it as a file.")


class FormExpiredError(Refused):
    message = gettext_noop("This page was open for too long. Go back, load it again, and repeat what you did.")


def as_ours(error: Exception) -> PortalError:
    if isinstance(error, PortalError):
        return error
    if isinstance(error, Http404):
        return NotFound()
    if isinstance(error, PermissionDenied):
        return Refused()
    if isinstance(error, RequestDataTooBig):
        return FormTooLargeError()
    return Invalid(gettext_noop("The request could not be understood."))
