"""The cast, and how a test signs one of them in without Cognito."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.test import Client

from accounts.enums import Role
from accounts.person import Person

VERA = Person("sub-vera", "Vera Viewer", Role.VIEWER)
CARL = Person("sub-carl", "Carl Contributor", Role.CONTRIBUTOR)
CORA = Person("sub-cora", "Cora Contributor", Role.CONTRIBUTOR)
RITA = Person("sub-rita", "Rita Reviewer", Role.APPROVER)
ANA = Person("sub-ana", "Ana Admin", Role.ADMIN)
_NEVER_DUE = 32_503_680_000  # the year 3000: no Cognito is asked, whatever the clock of a test says
CAST = (VERA, CARL, CORA, RITA, ANA)


def sign_in(client: Client, person: Person) -> Client:
    """Gives the client a session of hers; the same client comes back."""
    from accounts.signed_in import put_person

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    put_person(session, person)
    session["role_checked_at"] = _NEVER_DUE
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def as_htmx(**headers: str) -> dict[str, str]:
    """Headers for a request as HTMX makes it: `client.get(url, headers=as_htmx())`."""
    return {"HX-Request": "true", **headers}
