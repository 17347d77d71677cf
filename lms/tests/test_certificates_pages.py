from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.aws import metering
from core.testing import ANA, CARL, RITA, VERA, sign_in
from lms import store
from lms.services import cycles
from lms.store import certificates as rows
from lms.tests.certificate_factories import DAY, complete, earn, revoked

pytestmark = pytest.mark.usefixtures("cloud")


def look_up(code: str, client: Client | None = None):
    return (client or Client()).get(reverse("certificates:verify-code", args=[code]))


def test_a_stranger_with_the_code_reads_every_printed_fact_and_nothing_else() -> None:
    certificate = earn(validity_months=12)
    with clock.at(DAY):
        response = look_up(certificate.verification_code)
    page = response.content.decode()
    assert response.status_code == 200
    for fact in ("Vera Viewer", "Renewals in practice", "March 31, 2026", "March 31, 2027", "genuine and valid"):
        assert fact in page
    assert certificate.verification_code in page
    for secret in (VERA.user_id, certificate.course_id, certificate.certificate_id, "@"):
        assert secret not in page


def test_it_is_neither_listed_by_search_engines_nor_remembered() -> None:
    response = look_up(earn().verification_code)
    assert response.headers["X-Robots-Tag"].startswith("noindex")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert b'name="robots" content="noindex' in response.content


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")])
def test_case_and_dashes_of_a_code_do_not_matter(change) -> None:
    assert look_up(change(earn().verification_code)).status_code == 200


@pytest.mark.parametrize(
    "code", ["0000-0000-0000-0000-0000-0000-0000", "nonsense", "x" * 900, "~status", "%00", "U" * 28]
)
def test_an_unknown_code_is_a_clear_404_with_the_form(code: str) -> None:
    response = look_up(code)
    assert response.status_code == 404
    assert b"No such certificate" in response.content
    assert b'name="code"' in response.content


def test_expired_renewed_and_revoked_are_said_plainly() -> None:
    first = earn(validity_months=1)
    with clock.at(first.valid_until - timedelta(days=3)):
        assert b"ends soon" in look_up(first.verification_code).content
    with clock.at(first.valid_until):
        assert b"Expired" in look_up(first.verification_code).content
        cycles.renew(course_id=first.course_id, by=VERA)
    second = complete(store.course_by_id(first.course_id), at=first.valid_until)
    page = look_up(first.verification_code).content.decode()
    assert "Renewed by a newer one" in page
    assert second.verification_code in page
    with clock.at(first.valid_until):
        revoked(second, ANA, reason="She had help.")
    page = look_up(second.verification_code).content.decode()
    assert "It was revoked on April 30, 2026" in page
    assert "She had help" not in page


def test_verifying_costs_one_request() -> None:
    code = earn().verification_code
    meter = metering.start()
    look_up(code)
    assert meter.calls <= 1


def test_the_form_leads_to_the_certificate_and_says_what_is_missing() -> None:
    code = earn().verification_code
    client = Client()
    assert client.get(reverse("certificates:verify")).status_code == 200
    found = client.get(reverse("certificates:verify"), {"code": code.lower().replace("-", " ")})
    assert found.headers["Location"].endswith(f"/certificates/verify/{code}/")
    short = client.get(reverse("certificates:verify"), {"code": "ABC"})
    assert short.status_code == 400
    assert b"28 letters and digits" in short.content


@pytest.mark.parametrize(("person", "status"), [(VERA, 200), (RITA, 200), (ANA, 200), (CARL, 404)])
def test_the_page_of_a_certificate_is_for_its_holder_and_managers(client: Client, person, status: int) -> None:
    certificate = earn()
    url = reverse("certificates:certificate", args=[certificate.certificate_id])
    assert sign_in(client, person).get(url).status_code == status
    assert Client().get(url).status_code == 302


def test_an_admin_revokes_on_a_page_that_asks_why(client: Client) -> None:
    certificate = earn()
    url = reverse("certificates:revoke", args=[certificate.certificate_id])
    assert sign_in(Client(), VERA).get(url).status_code == 403
    assert sign_in(Client(), RITA).post(url, {"reason": "x"}).status_code == 403
    assert sign_in(Client(), CARL).post(url, {"reason": "x"}).status_code == 404
    sign_in(client, ANA)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 400
    assert client.post(url, {"reason": "Issued by mistake."}).status_code == 303
    assert rows.certificate_by_id(certificate.certificate_id, fresh=True).revoked_by == ANA.user_id
    assert b"revoked on" in client.get(url).content


def test_the_page_costs_few_requests_and_shows_the_paper_and_the_link() -> None:
    certificate = earn(validity_months=12)
    client = sign_in(Client(), VERA)
    url = reverse("certificates:certificate", args=[certificate.certificate_id])
    client.get(url)
    meter = metering.start()
    with clock.at(DAY):
        page = client.get(url).content.decode()
    assert meter.calls - 1 <= 4  # one is the session's
    assert certificate.verification_code in page
    assert "img/certificate.svg" in page
    assert reverse("lms:renew", args=[certificate.course_id]) not in page


def test_in_the_window_the_holder_renews_and_sees_every_time_she_took_it() -> None:
    first = earn(validity_months=12)
    client = sign_in(Client(), VERA)
    with clock.at(first.valid_until - timedelta(days=5)):
        page = client.get(reverse("certificates:certificate", args=[first.certificate_id]))
        assert reverse("lms:renew", args=[first.course_id]) in page.content.decode()
        for _twice in (1, 2):
            assert client.post(reverse("lms:renew", args=[first.course_id])).status_code == 303
        history = client.get(reverse("lms:history", args=[first.course_id])).content.decode()
    assert "Time 1" in history
    assert "Time 2" in history
    assert first.certificate_id in history
    assert history.count("Lesson 1") == 1
    complete(store.course_by_id(first.course_id), at=first.valid_until)
    again = client.get(reverse("lms:history", args=[first.course_id])).content.decode()
    assert again.count("Lesson 1") == 2


def test_history_is_hers_alone_and_renewing_waits_for_the_window() -> None:
    first = earn(validity_months=12)
    urls = [reverse(f"lms:{name}", args=[first.course_id]) for name in ("history", "renew")]
    assert sign_in(Client(), CARL).get(urls[0]).status_code == 404
    assert sign_in(Client(), CARL).post(urls[1]).status_code == 404
    vera = sign_in(Client(), VERA)
    with clock.at(DAY + timedelta(days=1)):
        assert vera.post(urls[1]).status_code == 403


def test_one_address_looks_up_so_many_and_no_more(settings) -> None:
    settings.RATE_LIMIT_VERIFY = "3/minute"
    client = Client()
    assert [look_up("nonsense", client).status_code for _ in range(4)] == [404, 404, 404, 429]


def test_the_course_offers_renewal_in_its_window_and_says_when_it_is_taken_again() -> None:
    first = earn(validity_months=12)
    client, url = sign_in(Client(), VERA), reverse("lms:course", args=[first.course_id])
    renew = reverse("lms:renew", args=[first.course_id])
    with clock.at(DAY + timedelta(days=1)):
        assert renew not in client.get(url).content.decode()
    with clock.at(first.valid_until + timedelta(days=1)):
        assert renew in client.get(url).content.decode()
        client.post(renew)
        assert b"taking this course again" in client.get(url).content


def test_the_audit_log_names_the_certificate_and_never_its_holder() -> None:
    from accounts import trail

    certificate = revoked(earn(), ANA)
    noun = trail.noun("certificate")
    (thing,) = noun.describe(ANA, [certificate.certificate_id]).values()
    assert thing.title == "Renewals in practice"
    assert trail.words_for("certificate", "certificate.revoked") == "revoked it"
    assert noun.describe(CARL, [certificate.certificate_id]) == {}


def test_managers_see_whom_a_course_has_certified_newest_first() -> None:
    first = earn()
    complete(store.course_by_id(first.course_id), CARL, at=DAY + timedelta(days=1))
    url = reverse("certificates:of-course", args=[first.course_id])
    client = sign_in(Client(), RITA)
    client.get(url)
    meter = metering.start()
    page = client.get(url).content.decode()
    assert meter.calls - 1 <= 3
    assert page.index("Carl Contributor") < page.index("Vera Viewer")
    for person, status in ((VERA, 403), (CARL, 403), (ANA, 200)):
        assert sign_in(Client(), person).get(url).status_code == status
    assert client.get(reverse("certificates:of-course", args=["made-up"])).status_code == 404
