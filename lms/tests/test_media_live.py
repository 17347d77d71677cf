"""A video on its whole way within the portal's rights: to S3, to Transcribe, back by EventBridge, and into the player."""

from __future__ import annotations

import re
import time

import pytest
import requests

from accounts.tests.test_sign_in_live import hidden_fields, sign_in_at_cognito
from core.aws.local import demo
from lms.tests.media_factories import film
from tests.browser import commands

CASEY = next(account for account in demo.ACCOUNTS if account.group == "Contributor")
_LESSON = f"""
from accounts.directory import person_by_email
from lms.enums import LessonType
from lms.services import courses, lessons
casey = person_by_email({CASEY.email!r})
course = courses.create(fields=courses.Fields(title="Filmed"), by=casey)
lesson = lessons.add(course_id=course.course_id, lesson_type=LessonType.VIDEO, fields=lessons.Fields(title="Call"), by=casey)
print("LESSON", course.course_id, lesson.lesson_id)
"""


@pytest.fixture(scope="module")
def address(live_portal) -> str:
    printed = commands.run(live_portal, _LESSON)
    course_id, lesson_id = re.search(r"^LESSON (\S+) (\S+)$", printed, re.MULTILINE).groups()
    return f"{live_portal.url}/learn/manage/{course_id}/lessons/{lesson_id}/video/"


@pytest.fixture(scope="module")
def casey(live_portal) -> requests.Session:
    browser = requests.Session()
    sign_in_at_cognito(browser, live_portal.url, CASEY.email, demo.PASSWORD)
    return browser


def test_an_uploaded_video_plays_and_its_transcript_comes_by_itself(address, casey):
    page = casey.get(address)
    token = re.search(r'data-token="([^"]+)"', page.text).group(1)
    casey.headers.update({"X-CSRFToken": token, "Referer": address})
    plan = casey.post(f"{address}start/", data={"name": "Call.webm", "size": len(film())}).json()
    sent = requests.put(plan["url"], data=film(), headers=plan["headers"])
    assert sent.status_code == 200
    finished = casey.post(
        f"{address}finish/",
        data={
            "token": plan["token"],
            "s3_version": sent.headers["x-amz-version-id"],
            "transcribe": "1",
            "language": "en",
        },
    )
    assert "0:02" in finished.text

    part = casey.get(f"{address}play/", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"\x1a\x45\xdf\xa3")

    assert comes(casey, address, "made by a machine"), "no event has brought the transcript"
    assert casey.get(f"{address}captions/en.vtt").text.startswith("WEBVTT\n")


def test_the_plain_form_sends_a_video_without_a_script(address, casey):
    page = casey.get(address)
    noscript = page.text.split("<noscript>")[1].split("</noscript>")[0]
    action = re.search(r'action="([^"]+)"', noscript).group(1)
    answer = requests.post(
        action, data=hidden_fields(noscript), files={"file": ("Zoë’s film.webm", film())}, allow_redirects=False
    )
    assert answer.status_code == 303
    back = casey.get(answer.headers["Location"])
    assert back.url == address
    assert "Zoë’s film.webm" in back.text


def comes(browser: requests.Session, address: str, text: str, seconds: float = 40) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if text in browser.get(address).text:
            return True
        time.sleep(0.5)
    return False
