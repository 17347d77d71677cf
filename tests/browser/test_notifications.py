"""News reaches people through the worker, and the bell stays true in every tab."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser import steps
from tests.browser.conftest import PageAs

_SOON = 30_000


def test_a_submission_rings_the_bell_and_reading_it_in_one_tab_hushes_the_other(page_as: PageAs) -> None:
    author, approver = page_as("contributor"), page_as("approver")
    steps.send(author, f"{steps.written(author, 'Worth a bell')}submit/")
    news = approver.locator(".note", has_text="Worth a bell")
    expect(_reloaded_until(approver, "Worth a bell")).to_have_attribute("data-unread", "")
    other = approver.context.new_page()
    other.goto("/")
    before = int(other.locator(".bell-count").inner_text())
    mark = news.get_by_role("button", name="Mark as read")
    mark.focus()
    approver.keyboard.press("Enter")
    expect(news.get_by_role("button", name="Mark as unread")).to_be_focused()
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    left = other.locator(".bell-count")
    expect(left).to_have_text(str(before - 1)) if before > 1 else expect(left).to_have_count(0)


def _reloaded_until(page: Page, title: str) -> Locator:
    news = page.locator(".note", has_text=title)
    page.goto("/notifications/")
    for _try in range(_SOON // 1000):
        if news.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    return news
