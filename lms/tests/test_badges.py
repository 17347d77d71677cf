"""Badges are checked here by two libraries that had no part in making them: joserfc and openbadgeslib."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from joserfc import jwt as jose
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet, RSAKey
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.verifier import OB3VerificationError

from core.aws import parameters, user_pool
from core.errors import NotFound
from core.testing import ANA, CARL, RITA, VERA, sign_in
from lms.rules import badges as rules
from lms.services import badge_keys, badges
from lms.tests.badge_factories import put_retired, put_signing_key
from lms.tests.certificate_factories import earn, revoked

pytestmark = pytest.mark.usefixtures("signing_key")

NOW = datetime.now(UTC)


@pytest.fixture
def signing_key(cloud, monkeypatch: pytest.MonkeyPatch):
    """And nobody known to Cognito, unless a test says so."""

    def unknown(_user_id: str):
        raise NotFound()

    monkeypatch.setattr(user_pool, "user_by_id", unknown)
    put_signing_key()
    yield
    parameters.forget()


def token_of(certificate) -> str:
    url = reverse("certificates:badge", args=[certificate.certificate_id])
    response = sign_in(Client(), VERA).get(url)
    assert response.status_code == 200
    return response.content.decode()


def fetch(url: str) -> bytes:
    """As a verifier elsewhere would: signed out, by the published address."""
    assert url.startswith(settings.PORTAL_ORIGIN)
    response = Client().get(url.removeprefix(settings.PORTAL_ORIGIN))
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.content


def published_keys() -> KeySet:
    return KeySet.import_key_set(json.loads(fetch(settings.PORTAL_ORIGIN + reverse("certificates:jwks"))))


def verifier_for(token: str) -> OB3Verifier:
    """With the key that the token names."""
    header = json.loads(urlsafe_b64decode(token.split(".")[0] + "=="))
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    return OB3Verifier(RSAKey.import_key(json.loads(fetch(header["kid"]))).as_pem(private=False))


def check(token: str):
    return verifier_for(token).verify(token, check_status=True, download=fetch)


def test_a_badge_holds_what_the_certificate_says_and_its_signature_is_right() -> None:
    certificate = earn(at=NOW, validity_months=12)
    token = jose.decode(token_of(certificate), published_keys())
    said = token.claims
    achievement = said["credentialSubject"]["achievement"]
    assert (said["name"], achievement["name"]) == ("Renewals in practice", "Renewals in practice")
    assert said["validUntil"] == rules.stamp(certificate.valid_until)
    assert said["id"] == said["jti"]
    assert fetch_status(said["id"]) == 200
    assert said["exp"] == rules.seconds(said["validUntil"])
    assert achievement["criteria"]["narrative"].startswith("Completed every required lesson")


def fetch_status(url: str) -> int:
    return Client().get(url.removeprefix(settings.PORTAL_ORIGIN)).status_code


def test_another_implementation_accepts_it_and_its_status() -> None:
    credential = check(token_of(earn(at=NOW, validity_months=12)))
    assert credential.achievement.name == "Renewals in practice"
    assert credential.issuer.id == settings.PORTAL_ORIGIN + reverse("certificates:issuer")


def test_after_a_revocation_it_is_refused() -> None:
    certificate, other = earn(at=NOW), earn(at=NOW, title="Another course")
    token, kept = token_of(certificate), token_of(other)
    revoked(certificate, ANA)
    with pytest.raises(OB3VerificationError, match="revocation"):
        check(token)
    assert check(kept)


def test_one_that_has_expired_is_refused() -> None:
    token = token_of(earn(at=NOW - timedelta(days=200), validity_months=1))
    with pytest.raises(OB3VerificationError):
        check(token)


def test_a_changed_or_forged_badge_is_refused() -> None:
    head, body, signature = token_of(earn(at=NOW)).split(".")
    forged = f"{head}.{body[:-4]}AAAA.{signature}"
    with pytest.raises((BadSignatureError, ValueError)):
        jose.decode(forged, published_keys())


def test_what_an_earlier_key_signed_can_be_checked_for_ever() -> None:
    token = token_of(earn(at=NOW))
    old = badge_keys.published()[0]
    put_signing_key(2)
    with pytest.raises(AssertionError):
        check(token)
    put_retired([old])
    verifier_for(token).verify(token)
    assert len(published_keys().keys) == 2


def test_its_form_is_that_of_the_standard() -> None:
    made = jose.decode(token_of(earn(at=NOW)), published_keys()).claims
    assert made["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert made["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert made["issuer"]["type"] == ["Profile"]
    assert made["credentialSubject"]["type"] == ["AchievementSubject"]
    assert {"id", "type", "criteria", "description", "name"} <= made["credentialSubject"]["achievement"].keys()
    assert made["credentialStatus"]["type"] == "BitstringStatusListEntry"
    for private in (VERA.user_id, "Vera Viewer", "@gravyty.com"):
        assert private not in json.dumps(made)


def test_her_address_is_hashed_with_a_salt_and_kept_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_pool.PoolUser("vera", {"sub": VERA.user_id, "email": "Vera@gravyty.com"}, True, "CONFIRMED")
    monkeypatch.setattr(user_pool, "user_by_id", lambda _user_id: user)
    made = jose.decode(token_of(earn(at=NOW)), published_keys()).claims
    (identity,) = made["credentialSubject"]["identifier"]
    assert identity["identityHash"] == rules.Identity.of("vera@gravyty.com", identity["salt"]).identity_hash
    assert identity["hashed"] is True
    assert "vera@" not in json.dumps(made).lower()


@pytest.mark.parametrize(("person", "status"), [(VERA, 200), (RITA, 403), (ANA, 403), (CARL, 404)])
def test_only_its_holder_takes_it_away(person, status: int) -> None:
    url = reverse("certificates:badge", args=[earn(at=NOW).certificate_id])
    assert sign_in(Client(), person).get(url).status_code == status


def test_a_revoked_one_is_not_handed_out() -> None:
    certificate = revoked(earn(at=NOW), ANA)
    url = reverse("certificates:badge", args=[certificate.certificate_id])
    assert sign_in(Client(), VERA).get(url).status_code == 403


@pytest.mark.parametrize("name", ["2999-01", "2026-13", "nonsense", "2026-1"])
def test_only_lists_of_months_until_now_are_there(name: str) -> None:
    assert Client().get(reverse("certificates:status-list", args=[name])).status_code == 404


def test_where_no_key_was_made_there_are_no_badges() -> None:
    from core.aws.clients import client

    certificate = earn(at=NOW)
    client("ssm").delete_parameter(Name=settings.BADGE_SIGNING_KEY_PARAMETER)
    parameters.forget()
    assert not badges.are_available()
    page = sign_in(Client(), VERA).get(reverse("certificates:certificate", args=[certificate.certificate_id]))
    assert b"Download badge" not in page.content
    assert Client().get(reverse("certificates:jwks")).status_code == 404
