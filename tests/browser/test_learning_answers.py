"""No answer is lost and no attempt gained: connections that break, and two tabs at one quiz."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, expect

from core.live import LivePortal
from tests.browser import commands, steps
from tests.browser.conftest import PageAs
from tests.browser.courses import RIGHT, WRONG

SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")


def test_two_tabs_share_one_attempt_and_an_answer_outlives_a_broken_connection(
    page_as: PageAs, portal: LivePortal
) -> None:
    quiz = commands.make_course(portal, "Two tabs at a quiz")
    first = page_as("admin")
    first.goto(quiz)
    first.get_by_role("main").get_by_role("link", name="Check yourself").click()
    second = first.context.new_page()
    second.goto(first.url)
    for tab in (first, second):
        steps.press(tab, "Start the quiz")

    _cut_off(first.context)
    first.get_by_label(RIGHT).check()
    expect(first.locator("[data-saved]")).to_have_text("Not saved yet. It is tried again.")
    first.context.unroute("**/answer/")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)

    second.reload()
    expect(second.get_by_label(RIGHT)).to_be_checked()
    second.get_by_label(WRONG).check()
    expect(second.locator("[data-saved]")).to_have_text(SAVED)
    steps.answer(second, WRONG)
    expect(second.get_by_role("main")).to_contain_text("Not passed this time")

    steps.press(first, "Check and hand in")
    steps.expect_said(first, "This attempt has been handed in.")
    expect(first.get_by_role("main")).to_contain_text("Not passed this time")
    steps.press(first, "All attempts")
    expect(first.get_by_role("link", name=re.compile("^Attempt "))).to_have_count(1)


def _cut_off(context: BrowserContext) -> None:
    """Answers do not reach the portal."""
    context.route("**/answer/", lambda route: route.abort("connectionfailed"))
