"""From a course's first word to a certificate that a stranger believes, in the browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from lms.tests.media_factories import film
from tests.browser import steps
from tests.browser.conftest import PageAs

TITLE = "Renewals in the browser"
RIGHT, WRONG = "120 days before", "On the last day"


def test_a_course_goes_from_its_author_to_a_certificate_that_a_stranger_believes(page_as: PageAs) -> None:
    author, approver, learner = page_as("contributor"), page_as("approver"), page_as("csm")
    _write(author)
    _publish(approver)
    _assign(approver)

    _open_from_home(learner)
    _read(learner)
    _watch(learner)
    _pass_the_quiz(learner)
    printed = _certificate(learner)

    _verify(page_as(""), printed)
    approver.goto(f"/learn/manage/assignments/?q={TITLE}")
    row = approver.get_by_role("row").filter(has_text=TITLE)
    expect(row).to_contain_text("Sam Carter")
    expect(row).to_contain_text("Completed")


def _write(author: Page) -> None:
    builder = steps.begin_course(author, TITLE)
    steps.begin_lesson(author, "Text", "Start early", Text="Begin **120 days** before.")
    steps.begin_lesson(author, "Video", "The first call")
    author.get_by_label("Make a transcript of it").uncheck()
    author.set_input_files("#add-files", {"name": "Call.webm", "mimeType": "", "buffer": film(seconds=4)})
    expect(author.locator("[data-rows] video")).to_be_visible()
    author.goto(builder)
    steps.begin_lesson(author, "Quiz", "Check yourself")
    steps.ask_single(author, "When does a renewal begin?", RIGHT, WRONG)
    author.goto(builder)
    steps.press(author, "Check and hand in")
    expect(author.get_by_role("main")).to_contain_text("Everything is there")
    steps.press(author, "It is ready to publish")
    expect(author.get_by_role("main")).to_contain_text("Ready to publish")


def _publish(approver: Page) -> None:
    approver.goto("/learn/manage/?state=ready")
    steps.press(approver, TITLE)
    steps.press(approver, "Publish")
    expect(approver.locator(".checklist [data-state=missing]")).to_have_count(0)
    steps.press(approver, "Publish")
    expect(approver.get_by_role("main")).to_contain_text("Version 1 is live")


def _assign(approver: Page) -> None:
    approver.goto(f"/learn/manage/assignments/new/?q={TITLE}")
    steps.press(approver, TITLE)
    approver.get_by_label("Find people").press_sequentially("Sam C")
    approver.get_by_label("Sam Carter").check()
    approver.get_by_label("Due on").fill((datetime.now(UTC).date() + timedelta(days=7)).isoformat())
    steps.press(approver, "Show what would be assigned")
    expect(approver.get_by_role("row").filter(has_text="Sam Carter")).to_be_visible()
    steps.press(approver, "Assign to 1 person")
    expect(approver.get_by_role("heading", level=1)).to_have_text("Assigned")


def _open_from_home(learner: Page) -> None:
    learner.goto("/learn/mine/")
    assigned = learner.get_by_role("listitem").filter(has_text=TITLE)
    expect(assigned).to_contain_text("Not started")
    learner.goto("/")
    learner.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    expect(learner.locator(".course-note")).to_contain_text("Jordan Reyes")
    steps.press(learner, "Start")


def _read(learner: Page) -> None:
    """Having it open is enough."""
    expect(learner.get_by_role("heading", level=1)).to_have_text("Start early")
    expect(learner.locator(".lesson-rule")).to_contain_text("open for a few seconds")
    steps.expect_done(learner)
    expect(learner.locator("#outline progress")).to_have_attribute("value", "33")


def _watch(learner: Page) -> None:
    learner.get_by_role("link", name="Next: The first call").click()
    expect(learner.locator("[data-watched-percent]")).to_have_text("0")
    learner.locator("video").evaluate("video => { video.muted = true; return video.play(); }")
    expect(learner.locator("[data-watched-percent]")).to_have_text(re.compile("^(9[0-9]|100)$"))
    steps.expect_done(learner)


def _pass_the_quiz(learner: Page) -> None:
    """What she answered is there again after the page was lost."""
    learner.get_by_role("link", name="Next: Check yourself").click()
    steps.press(learner, "Start the quiz")
    saved = learner.locator("[data-saved]")
    learner.get_by_label(WRONG).check()
    expect(saved).to_have_text(re.compile(r"^Saved \d\d:\d\d:\d\d$"))
    learner.reload()
    expect(learner.get_by_label(WRONG)).to_be_checked()
    steps.answer(learner, WRONG)
    expect(learner.get_by_role("main")).to_contain_text("Not passed this time")
    steps.press(learner, "Try again")
    steps.answer(learner, RIGHT)
    expect(learner.get_by_role("heading", name="Passed")).to_be_visible()


def _certificate(learner: Page) -> dict[str, str]:
    """Everything that is printed on it, with the code."""
    steps.press(learner, "Back to the course")
    expect(learner.get_by_role("main")).to_contain_text("3 of 3 required lessons done")
    learner.goto(f"{urlsplit(learner.url).path}finish/")
    expect(learner.get_by_role("heading", level=1)).to_have_text("Course completed")
    steps.press(learner, "Your certificate")
    expect(learner.locator(".certificate-holder")).to_have_text("Sam Carter")
    file = learner.request.get(str(steps.button(learner, "Download PDF").get_attribute("href")))
    assert (file.headers["content-type"], file.body()[:5]) == ("application/pdf", b"%PDF-")
    dates = learner.locator(".certificate-dates")
    labels, texts = dates.locator("dt").all_text_contents(), dates.locator("dd").all_text_contents()
    code = learner.locator(".certificate-proof p").inner_text()
    return dict(zip(labels, texts, strict=True)) | {"Code": code}


def _verify(stranger: Page, printed: dict[str, str]) -> None:
    stranger.goto("/certificates/verify/")
    stranger.get_by_label("Code").fill(printed["Code"].lower())
    stranger.get_by_role("button", name="Verify").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Valid")
    expect(stranger.locator(".certificate-name")).to_have_text("Sam Carter")
    expect(stranger.locator(".certificate-title")).to_have_text(TITLE)
    assert {"Issued on", "Valid until", "Course version", "Code"} <= printed.keys()
    for label, text in printed.items():
        expect(stranger.locator(".facts > div").filter(has_text=label)).to_contain_text(text)
