"""The mail itself: both parts, its headers, whose words and whose clock, and what its subject keeps to itself."""

from __future__ import annotations

import re
from email.headerregistry import HeaderRegistry
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from core.aws import clients
from core.aws import mail as ses
from core.errors import Unavailable
from core.testing import VERA
from notifications.delivery import compose
from notifications.delivery.addresses import Recipient
from notifications.delivery.enums import Rhythm
from notifications.delivery.kinds import Line
from notifications.delivery.services import sending
from notifications.tests.mailing import DAILY, KINDS, MUST, TUESDAY, with_profile

TO = Recipient(VERA, "vera.viewer@gravyty.com")


class Page(HTMLParser):
    """Its text, its links, and the elements that have no business in a mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data


def line(title: str, number: int = 0, kind=MUST, detail: str = "") -> Line:
    return Line(f"{number}", kind.key, title, detail, f"/content/{number}/", TUESDAY)


def made(*lines: Line, rhythm: Rhythm = Rhythm.NOW) -> ses.Mail:
    with compose.in_her_words("Asia/Tokyo"):
        return compose.mail(TO, lines, rhythm=rhythm)


def test_subjects_tell_what_it_is_about_and_neither_whom_nor_which(inbox):
    secret = line("Project Nightingale")
    found = [
        made(secret),
        made(secret, line("Other", 1, DAILY)),
        made(secret, rhythm=Rhythm.DAILY),
        made(secret, rhythm=Rhythm.WEEKLY),
    ]
    assert [mail.subject for mail in found] == [
        "Assignments – Enablement Portal",
        "2 notifications from the Enablement Portal",
        "Your day in the Enablement Portal",
        "Your week in the Enablement Portal",
    ]
    assert all("Nightingale" in mail.text and "Vera" not in mail.subject for mail in found)


def test_what_people_wrote_is_text_in_both_parts(inbox):
    title = "<script>alert(1)</script> & “Ünïcode” 日本"
    mail = made(line(title, detail="<img src=x>"))
    page = Page(mail.html)
    assert title in mail.text and title in page.text
    assert not {"script", "img", "link", "form", "input"} & set(page.tags)


def test_every_link_leads_into_the_portal_and_nothing_is_loaded(inbox, settings):
    mail = made(line("One"), line("Two", 1, DAILY), rhythm=Rhythm.DAILY)
    assert all(link.startswith(settings.PORTAL_ORIGIN + "/") for link in Page(mail.html).links)
    assert "url(" not in mail.html and "@import" not in mail.html


def test_style_stands_in_the_elements_and_dark_where_it_is_asked_for(inbox):
    html = made(line("One")).html
    head, body = html.split("</head>")
    assert "var(--" not in html
    assert "prefers-color-scheme: dark" in head and ".card" in head
    assert body.count('style="') > 10


def test_headers_let_mail_programs_unsubscribe_by_themselves(cloud, inbox):
    with_profile(VERA)
    mail = made(line("One"))
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail.headers["List-Unsubscribe"]
    assert url.startswith("<http") and url.endswith(">") and len(url) < 870
    assert not HeaderRegistry()("List-Unsubscribe", url).defects
    path = url[1:-1].partition("/notifications/")[2]
    assert Client().post(f"/notifications/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_words_and_times_are_hers(inbox, monkeypatch):
    zones = []
    monkeypatch.setattr(sending, "lines_for", lambda *_: zones.append(timezone.get_current_timezone_name()) or [])
    mailing = sending.Mailing(VERA.user_id, "now#2026-11-24T10:00Z", keys=["1"])
    sending._made(mailing, TO, Profile(VERA.user_id, time_zone="Pacific/Apia"))
    sending._made(mailing, TO, Profile(VERA.user_id, time_zone="Mars/Olympus"))
    sending._made(mailing, TO, None)
    assert zones == ["Pacific/Apia", "America/New_York", "America/New_York"]


def test_designers_get_every_mail_as_files(inbox, tmp_path, capsys):
    call_command("preview_mail", str(tmp_path))
    names = {path.name for path in tmp_path.iterdir()}
    assert {f"now-{kind.key}.html" for kind in KINDS} | {"daily-full.txt", "weekly.html"} <= names
    full = (tmp_path / "daily-full.txt").read_text()
    assert full.count("and 4 more") == len(KINDS) and full.startswith("Subject: ")
    assert full.count("No more:") == 1 and full.count("Less often:") == 1


def test_designers_see_each_kind_in_its_own_words(tmp_path):
    call_command("preview_mail", str(tmp_path))
    text = (tmp_path / "now-assigned.txt").read_text()
    assert re.search(r"Jordan Reyes assigned this to you, due \d+ \w+ \d{4}, \d\d:\d\d E[SD]T", text)


def test_a_mail_of_one_kind_offers_once_to_get_fewer_of_it(inbox):
    for kind, words in ((MUST, "Get these less often"), (DAILY, "No more of these")):
        text = compose.mail(TO, [line("One", 0, kind)], rhythm=Rhythm.NOW).text
        assert text.count("/unsubscribe/") == 1 and words in text


@pytest.fixture
def sent(cloud, monkeypatch):
    """What the client is asked for, on its way to a SES that knows the sender."""
    cloud("sesv2").create_email_identity(EmailIdentity="portal@gravyty.com")
    asked = []
    clients.client("sesv2").meta.events.register_first(
        "provide-client-params.sesv2.SendEmail", lambda params, **_: asked.append(params), unique_id="test"
    )
    yield asked
    clients.client("sesv2").meta.events.unregister("provide-client-params.sesv2.SendEmail", unique_id="test")


def test_ses_is_asked_for_one_mail_to_one_address_from_the_portals_own(inbox, sent, settings):
    settings.MAIL_CONFIGURATION_SET = "portal"
    ses.send(made(line("One")))
    (asked,) = sent
    assert asked["FromEmailAddress"] == settings.MAIL_FROM
    assert asked["Destination"] == {"ToAddresses": [TO.address]}
    assert asked["ConfigurationSetName"] == "portal"
    named = {header["Name"] for header in asked["Content"]["Simple"]["Headers"]}
    assert {"List-Unsubscribe", "List-Unsubscribe-Post"} <= named
    assert {tag["Name"]: tag["Value"] for tag in asked["EmailTags"]} == {"person": VERA.user_id, "rhythm": "now"}


def failing_with(monkeypatch, error: Exception) -> None:
    def send_email(**_):
        raise error

    monkeypatch.setattr(clients.client("sesv2"), "send_email", send_email)


def client_error(code: str, status: int = 400) -> Exception:
    from botocore.exceptions import ClientError

    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "SendEmail")


@pytest.mark.parametrize(
    ("code", "status", "raised"),
    [
        ("TooManyRequestsException", 429, Unavailable),
        ("LimitExceededException", 400, Unavailable),
        ("MessageRejected", 400, ses.NotAccepted),
        ("AccessDeniedException", 403, ses.NotAccepted),
        ("InternalFailure", 500, ses.Unanswered),
    ],
)
def test_what_ses_refuses_is_told_apart_by_what_is_known_of_the_mail(cloud, inbox, monkeypatch, code, status, raised):
    failing_with(monkeypatch, client_error(code, status))
    with pytest.raises(raised):
        ses.send(made(line("One")))


def test_no_connection_is_no_mail_and_no_answer_may_be_one(cloud, inbox, monkeypatch):
    from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

    for error, raised in (
        (EndpointConnectionError(endpoint_url="x"), Unavailable),
        (ReadTimeoutError(endpoint_url="x"), ses.Unanswered),
    ):
        failing_with(monkeypatch, error)
        with pytest.raises(raised):
            ses.send(made(line("One")))


def test_an_address_is_known_again_but_cannot_be_read(settings):
    kept = ses.digest(" Vera.Viewer@Gravyty.com ")
    assert kept == ses.digest("vera.viewer@gravyty.com") and "vera" not in kept
    settings.SECRET_KEY = "another"
    assert kept != ses.digest("vera.viewer@gravyty.com")
