"""A learner without JavaScript: plain forms, from what was assigned to the certificate."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from core.live import LivePortal
from tests.browser import commands, steps
from tests.browser.conftest import PageAs
from tests.browser.courses import RIGHT, WRONG

TITLE = "Renewals on plain paper"


def test_without_scripts_forms_lead_from_the_assignment_to_the_certificate(page_as: PageAs, portal: LivePortal) -> None:
    learner = page_as("ae", java_script_enabled=False)
    commands.make_course(portal, TITLE, learner="ae@gravyty.com")
    learner.goto("/")
    learner.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    steps.press(learner, "Was this assigned to you?")
    expect(learner.get_by_role("main")).to_contain_text("Assigned by")
    learner.go_back()
    steps.press(learner, "Start")

    steps.press(learner, "Mark as done")
    steps.expect_done(learner)
    learner.get_by_role("link", name="Next: The first call").click()
    expect(learner.locator("video")).to_be_visible()
    steps.press(learner, "I watched this")
    steps.expect_done(learner)
    learner.get_by_role("link", name="Next: Check yourself").click()
    _pass_the_quiz(learner)

    learner.goto("/learn/mine/")
    learner.get_by_role("listitem").filter(has_text=TITLE).get_by_role("link", name="Certificate").click()
    expect(learner.locator(".certificate-course")).to_have_text(TITLE)
    learner.get_by_role("link", name="/certificates/verify/").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("Valid")


def _pass_the_quiz(learner: Page) -> None:
    """Answers that were saved stand there again after the page was lost."""
    steps.press(learner, "Start the quiz")
    learner.get_by_label(WRONG).check()
    steps.press(learner, "Save answers")
    learner.goto(learner.url)
    expect(learner.get_by_label(WRONG)).to_be_checked()
    steps.answer(learner, WRONG)
    expect(learner.get_by_role("main")).to_contain_text("Not passed this time")
    steps.press(learner, "Try again")
    steps.answer(learner, RIGHT)
    expect(learner.get_by_role("heading", name="Passed")).to_be_visible()
