from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from core.testing import ANA, CARL, RITA, VERA, sign_in
from lms.certificate_pdf import colours, draw, ornament
from lms.certificate_pdf.fonts import printable
from lms.printed import printed_of
from lms.services import certificates
from lms.store import certificates as rows
from lms.tests.certificate_factories import earn, revoked

pytestmark = pytest.mark.usefixtures("cloud")


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    return " ".join(document[0].get_textpage().get_text_bounded().split())


def bytes_of(certificate) -> bytes:
    stored = rows.certificate_by_id(certificate.certificate_id, fresh=True)
    with storages["media"].open(stored.certificate_s3_key) as file:
        return file.read()


def ask_for(certificate, person=VERA, **query):
    url = reverse("certificates:pdf", args=[certificate.certificate_id])
    return sign_in(Client(), person).get(url, query)


def test_every_fact_stands_on_the_paper() -> None:
    certificate = earn(validity_months=12)
    text = text_of(draw(printed_of(certificate)))
    facts = (
        "Vera Viewer",
        "Renewals in practice",
        "March 31, 2026",
        "March 31, 2027",
        "Gravyty",
        "/certificates/verify/",
    )
    for fact in (*facts, *certificate.verification_code.split("-")):
        assert fact in text


def test_drawing_it_again_gives_the_same_bytes_and_the_fonts_are_in_them() -> None:
    printed = printed_of(earn())
    assert draw(printed) == draw(printed)
    assert draw(printed).count(b"/FontFile") >= 2
    assert draw(replace(printed, name="Somebody Else")) != draw(printed)


@pytest.mark.parametrize(
    "name",
    ["Łucja Müller-Ångström", "Алексей Иванов", "Αλέξανδρος", "山田 太郎", "김민준", "यश", "สมชาย", "Nguyễn Văn An"],
)
def test_names_of_many_scripts_are_printed_whole(name: str) -> None:
    assert printable(name) == name
    assert name.split()[0][0] in text_of(draw(replace(printed_of(earn()), name=name)))


@pytest.mark.parametrize("name", ["محمد عبد الله", "יוסי כהן"])
def test_scripts_from_right_to_left_are_joined_and_turned(name: str) -> None:
    shaped = draw(replace(printed_of(earn()), name=name))
    assert printable(name) == name
    assert shaped.count(b"/FontFile") >= 3


@pytest.mark.parametrize(
    ("given", "printed"),
    [("Zoë 🎉👩🏽‍💻 Ångström ❤️", "Zoë Ångström"), ("🎉", ""), ("a\x00b\nc", "a b c"), ("x" * 300, "x" * 300)],
)
def test_what_no_font_has_is_left_out(given: str, printed: str) -> None:
    assert printable(given) == printed


@pytest.mark.parametrize("length", [1, 40, 120, 400, 2000])
def test_names_and_titles_of_any_length_stay_on_the_page(length: int) -> None:
    printed = replace(printed_of(earn()), name="Wilhelmina " * (length // 11 + 1), title="W" * length)
    text = text_of(draw(printed))
    assert "ISSUED ON" in text


def test_it_is_drawn_when_first_asked_for_and_kept_where_the_record_says() -> None:
    certificate = earn()
    assert certificate.certificate_s3_key is None
    response = ask_for(certificate)
    stored = rows.certificate_by_id(certificate.certificate_id, fresh=True)
    key = f"courses/{certificate.course_id}/certificates/{certificate.certificate_id}.pdf"
    assert (stored.certificate_s3_bucket, stored.certificate_s3_key) == (settings.LMS_MEDIA_BUCKET, key)
    assert response.status_code == 302
    assert key in response.headers["Location"]
    assert "attachment" in response.headers["Location"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert bytes_of(certificate) == draw(printed_of(stored))


def test_with_another_drawing_it_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = earn()
    ask_for(certificate)
    storages["media"].delete(rows.certificate_by_id(certificate.certificate_id).certificate_s3_key)
    ask_for(certificate)
    with pytest.raises(FileNotFoundError):
        bytes_of(certificate)
    monkeypatch.setattr(certificates, "TEMPLATE_ID", "portal-2")
    ask_for(certificate)
    assert bytes_of(certificate)
    assert rows.certificate_by_id(certificate.certificate_id, fresh=True).template_id == "portal-2"


def test_holders_and_managers_get_a_link_that_opens_inline_for_the_holder_alone() -> None:
    certificate = earn()
    assert "inline" in ask_for(certificate, inline="1").headers["Location"]
    for person in (RITA, ANA):
        assert "attachment" in ask_for(certificate, person, inline="1").headers["Location"]
    assert ask_for(certificate, CARL).status_code == 404


def test_what_was_revoked_is_no_longer_handed_out() -> None:
    certificate = earn()
    ask_for(certificate)
    revoked(certificate, ANA)
    assert ask_for(certificate).status_code == 403


def test_the_ornament_is_drawn_in_the_colours_of_the_design_tokens() -> None:
    drawn = Path(settings.BASE_DIR, "static", "img", "certificate.svg").read_text()
    assert drawn == ornament.svg(colours.of_ornament()), "run `manage.py draw_certificate`"
