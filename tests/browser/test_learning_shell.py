"""Courses by keyboard and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from core.live import LivePortal
from tests.browser import commands, steps
from tests.browser.conftest import PageAs
from tests.browser.courses import RIGHT

PHONE = {"width": 390, "height": 844}
LONG = "A_course_without_any_place_to_break_" * 3


@pytest.fixture(scope="module")
def course(portal: LivePortal) -> str:
    return commands.make_course(portal, LONG)


def test_keys_lead_through_a_course(page_as: PageAs, course: str) -> None:
    page = page_as("ae")
    page.goto(f"{course}continue/")
    heading, hint = page.get_by_role("heading", level=1), page.locator("[data-keys]")
    expect(hint).to_be_visible()
    for key, title in (("n", "The first call"), ("n", "Check yourself"), ("p", "The first call"), ("p", "Start early")):
        page.keyboard.press(key)
        expect(heading).to_have_text(title)
        expect(hint).to_be_visible()  # the scripts of that page have run
    page.keyboard.press("m")
    steps.expect_done(page)
    steps.press(page, "Turn shortcuts off")
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Turn shortcuts on")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Turn shortcuts on")).to_be_visible()
    expect(heading).to_have_text("Start early")


def test_a_lesson_is_moved_by_keyboard_and_keeps_the_focus(page_as: PageAs) -> None:
    author = page_as("contributor")
    steps.begin_course(author, "In another order")
    for title in ("One", "Two", "Three"):
        steps.begin_lesson(author, "Text", title, Text="Something to read.")
    names = author.locator(".build-name > a")
    up = author.get_by_role("button", name="Move Three up")
    up.focus()
    author.keyboard.press("Enter")
    expect(names).to_have_text(["One", "Three", "Two"])
    expect(up).to_be_focused()
    author.keyboard.press("Alt+ArrowUp")
    expect(names).to_have_text(["Three", "One", "Two"])
    expect(up).to_be_focused()
    author.keyboard.press("Alt+ArrowDown")
    expect(names).to_have_text(["One", "Three", "Two"])
    expect(author.get_by_role("button", name="Move Three down")).to_be_focused()
    author.reload()
    expect(names).to_have_text(["One", "Three", "Two"])


def test_pages_of_learning_fit_a_phone(page_as: PageAs, course: str) -> None:
    author, learner, approver = (page_as(one, viewport=PHONE) for one in ("contributor", "csm", "approver"))
    _fits(learner, "/learn/", course)
    _take_and_look(learner, course)
    _fits(learner, "/learn/mine/", "/")

    manage = course.replace("/courses/", "/manage/")
    _fits(author, "/learn/manage/", manage, f"{manage}edit/", f"{manage}publish/", f"{manage}versions/")
    _fits(approver, "/learn/manage/assignments/", "/learn/manage/assignments/new/")


def _take_and_look(learner: Page, course: str) -> None:
    """Every page from the first lesson to the certificate."""
    learner.goto(f"{course}continue/")
    _fits(learner)
    for marking, following in (("Mark as done", "The first call"), ("I watched this", "Check yourself")):
        steps.press(learner, marking)
        steps.expect_done(learner)
        learner.get_by_role("link", name=f"Next: {following}").click()
        expect(learner.get_by_role("heading", level=1)).to_have_text(following)
        _fits(learner)
    steps.press(learner, "Start the quiz")
    expect(learner.get_by_label(RIGHT)).to_be_visible()
    _fits(learner)
    steps.answer(learner, RIGHT)
    expect(learner.get_by_role("heading", name="Passed")).to_be_visible()
    _fits(learner)
    learner.goto(f"{course}finish/")
    _fits(learner)
    steps.press(learner, "Your certificate")
    expect(learner.locator(".certificate")).to_be_visible()
    _fits(learner)


def _fits(page: Page, *addresses: str) -> None:
    """The pages at these addresses, or the one that is shown, cannot be scrolled sideways."""
    for address in addresses or ("",):
        if address:
            assert page.goto(address).ok
        wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page.url} is {wide} pixels too wide"
