"""Links in mails: into the portal, and those that unsubscribe without signing in."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from core.errors import NotFound
from notifications.delivery.enums import Rhythm

_SALT = "notifications.unsubscribe"


@dataclass(frozen=True)
class Subscribed:
    """What a link ends: a kind, or without one all that came in a mail of this rhythm."""

    user_id: str
    came: Rhythm
    kind: str = ""


def absolute(path: str) -> str:
    return f"{settings.PORTAL_ORIGIN}{path}"


def unsubscribe(what: Subscribed) -> str:
    return absolute(reverse("notifications:unsubscribe", args=[seal(what)]))


def preferences() -> str:
    return absolute(reverse("notifications:preferences"))


def seal(what: Subscribed) -> str:
    """It says who she is by her id alone, and holds for as long as the portal's key: mails are kept for years."""
    return signing.Signer(salt=_SALT).sign_object([what.user_id, what.came.value, what.kind], compress=False)


def unseal(token: str) -> Subscribed:
    """Raises NotFound for one that was not sealed here."""
    try:
        user_id, came, kind = signing.Signer(salt=_SALT).unsign_object(token)
        return Subscribed(user_id, Rhythm(came), kind)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
