"""What readers see while the next version is made, and after an item's time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import PageAs

# The portal's default for people who have not chosen a time zone.
TODAY = datetime.now(ZoneInfo("America/New_York")).date()


def article(page: Page, item: str) -> str:
    page.goto(item)
    return page.locator("article").inner_text()


def test_the_live_version_stays_up_until_the_next_is_approved(page_as: PageAs) -> None:
    author, approver, reader = page_as("contributor"), page_as("approver"), page_as("ae")
    item = steps.approved(author, approver, "Pricing in short", body="It costs 10.")

    author.goto(item)
    steps.press(author, "Edit")
    steps.press(author, "Start version 2")
    author.get_by_label("Article").fill("It costs 12.")
    author.get_by_label("What is new in this version").fill("The price of 2026")
    steps.press(author, "Save draft")
    steps.expect_said(author, "Saved")
    assert article(reader, item) == "It costs 10."
    expect(reader.get_by_role("main")).not_to_contain_text("being prepared")

    steps.send(author, f"{item}submit/")
    approver.goto(f"{item}review/")
    expect(approver.locator("del")).to_contain_text("10")
    expect(approver.locator("ins")).to_contain_text("12")
    steps.press(approver, "Approve")
    steps.expect_said(approver, "Approved")
    assert article(reader, item) == "It costs 12."


def test_versions_are_compared_and_an_old_one_copied_into_a_draft(page_as: PageAs) -> None:
    author, approver = page_as("contributor"), page_as("approver")
    item = steps.approved(author, approver, "Twice told", body="First words.")
    steps.send(author, item, at=f"{item}new-version/")
    author.goto(f"{item}edit/")
    author.get_by_label("Article").fill("Second words.")
    steps.submit(author)
    steps.send(approver, f"{item}review/")

    author.goto(f"{item}versions/")
    steps.press(author, "Compare the two chosen")
    expect(author.locator("del")).to_have_text("First")
    expect(author.locator("ins")).to_have_text("Second")
    author.goto(f"{item}versions/1/")
    steps.press(author, "Copy into the draft")
    steps.expect_said(author, "Version 1 was copied into the draft")
    expect(author.get_by_label("Article")).to_have_value("First words.")
    assert article(author, item) == "Second words."
    steps.press(author, "Edit draft")
    steps.press(author, "Discard this draft")
    steps.expect_said(author, "Draft discarded")


def test_a_deprecated_item_names_what_replaces_it_and_leaves_the_lists(page_as: PageAs) -> None:
    author, approver, reader = page_as("contributor"), page_as("approver"), page_as("ae")
    old = steps.approved(author, approver, "Security answers 2025")
    new = steps.approved(author, approver, "Security answers 2026")

    approver.goto(old)
    steps.press(approver, "Deprecate")
    approver.get_by_label("Reason").fill("The certificate was renewed.")
    steps.choose(approver, "Replaced by", "Security answers 2026")
    steps.press(approver, "Deprecate")
    steps.expect_said(approver, "Deprecated")

    reader.goto(old)
    banner = reader.get_by_role("main").locator(".alert")
    expect(banner).to_contain_text("The certificate was renewed.")
    banner.get_by_role("link", name="Security answers 2026").click()
    expect(reader).to_have_url(re.compile(re.escape(new) + "$"))
    reader.goto("/search/?q=Security answers")
    expect(reader.get_by_role("main").get_by_role("link", name="Security answers 2026").first).to_be_visible()
    expect(reader.get_by_role("main").get_by_role("link", name="Security answers 2025")).to_have_count(0)


def test_an_expired_item_is_gone_for_readers_and_says_so_among_favourites(page_as: PageAs) -> None:
    author, approver, reader = page_as("contributor"), page_as("approver"), page_as("csm")
    item = steps.approved(author, approver, "Spring campaign")
    reader.goto(item)
    steps.press(reader, "Add to favourites")
    expect(steps.button(reader, "Favourite")).to_have_attribute("aria-pressed", "true")

    approver.goto(item)
    steps.press(approver, "Expire")
    approver.get_by_label("Reason").fill("Spring is over.")
    steps.press(approver, "Expire")
    steps.expect_said(approver, "Expired")

    assert reader.goto(item).status == 404
    expect(reader.get_by_role("main")).not_to_contain_text("Spring")
    reader.goto("/content/favourites/")
    expect(reader.get_by_role("main")).to_contain_text("This item was retired")
    expect(reader.get_by_role("main")).not_to_contain_text("Spring campaign")
    steps.press(reader, "Remove")
    expect(reader.get_by_role("main")).not_to_contain_text("This item was retired")


def test_an_item_is_seen_from_its_first_day_on(page_as: PageAs) -> None:
    author, approver, reader = page_as("contributor"), page_as("approver"), page_as("ae")
    item = steps.written(author, "Launch day")
    author.goto(f"{item}dates/")
    author.get_by_label("Goes live on").fill((TODAY + timedelta(days=2)).isoformat())
    steps.press(author, "Save dates")
    steps.expect_said(author, "Dates saved")
    steps.approve_next(author, approver, item)
    approver.goto(item)
    expect(approver.get_by_role("main")).to_contain_text("Approved, but not live yet")
    assert reader.goto(item).status == 404
    reader.goto("/search/?q=Launch day")
    expect(reader.get_by_role("main")).not_to_contain_text("For the next call.")

    approver.goto(f"{item}dates/")
    approver.get_by_label("Goes live on").fill(TODAY.isoformat())
    steps.press(approver, "Save dates")
    steps.expect_said(approver, "Dates saved")
    assert article(reader, item) == "Talk about value."
