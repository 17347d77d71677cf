"""The dashboards in a browser: days are changed without leaving, and a chart is walked through with the keys."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PageAs


def test_an_admin_changes_the_days_and_walks_through_a_chart(page_as: PageAs) -> None:
    admin = page_as("admin")
    admin.goto("/manage/analytics/")
    admin.get_by_role("link", name="7 days", exact=True).click()
    expect(admin).to_have_url(re.compile(r"/manage/analytics/\?days=7$"))
    expect(admin.locator(".graph-day")).to_have_count(7)

    plot = admin.get_by_role("group", name=re.compile("The arrow keys go through the days"))
    plot.focus()
    plot.press("End")
    said = admin.locator("[data-readout]")
    expect(said).to_contain_text("This period")
    last = said.text_content()
    plot.press("ArrowLeft")
    expect(said).not_to_have_text(last or "")
    plot.press("Tab")
    expect(said).to_be_empty()

    admin.get_by_text("As a table").press("Enter")
    expect(admin.get_by_role("rowheader")).not_to_have_count(0)
