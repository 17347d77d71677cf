"""Choosing by name: with the keyboard alone, and in a browser without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser import commands, steps
from tests.browser.conftest import PageAs


def _chosen(page: Page) -> list[str]:
    return page.locator("[data-name=tags] .chip .clip").all_text_contents()


def test_everything_is_chosen_with_the_keyboard_and_arrives(page_as: PageAs) -> None:
    author = page_as("contributor")
    author.goto("/content/new/?kind=link")
    author.get_by_label("Title").fill("Chosen by keys")

    suite = author.get_by_role("combobox", name="Suite")
    suite.press("ArrowDown")
    expect(suite).to_have_attribute("aria-expanded", "true")
    suite.press("ArrowDown")
    suite.press("ArrowDown")
    expect(author.get_by_role("option", name="Alumni")).to_have_class("is-active")
    assert suite.get_attribute("aria-activedescendant") == author.get_by_role("option", name="Alumni").get_attribute(
        "id"
    )
    suite.press("Enter")
    expect(suite).to_have_value("Alumni")
    expect(suite).to_have_attribute("aria-expanded", "false")

    tags = author.get_by_role("combobox", name="Tags")
    for typed in ("PRI", "sécu"):
        tags.fill(typed)
        expect(author.get_by_role("option")).to_have_count(1)
        tags.press("Enter")
    expect(author.locator("[data-name=tags] .chip")).to_have_count(2)
    tags.press("Backspace")
    expect(author.locator("[data-name=tags] .chip")).to_have_count(1)
    tags.fill("nothing like it")
    expect(author.get_by_text("Nothing matches.")).to_be_visible()
    expect(author.get_by_text("Create “")).to_have_count(0)
    tags.press("Escape")
    expect(tags).to_have_value("")

    steps.press(author, "Create draft")
    author.wait_for_url("**/edit/")
    expect(author.get_by_role("combobox", name="Suite")).to_have_value("Alumni")
    assert _chosen(author) == ["Pricing"]
    author.get_by_role("button", name="Remove Pricing").click()
    author.get_by_role("button", name="Choose nothing").first.click()
    steps.press(author, "Save draft")
    steps.expect_said(author, "Saved")


def test_an_admin_makes_an_option_on_the_way(page_as: PageAs) -> None:
    admin = page_as("admin")
    admin.goto("/content/new/?kind=link")
    admin.get_by_label("Title").fill("With a new word")
    tags = admin.get_by_role("combobox", name="Tags")
    tags.fill("On the way")
    expect(admin.get_by_role("option")).to_have_text("Create “On the way”")
    tags.press("Enter")
    expect(admin.locator("[data-name=tags] .chip")).to_have_text(re.compile("On the way"))
    steps.press(admin, "Create draft")
    admin.wait_for_url("**/edit/")
    assert _chosen(admin) == ["On the way"]


def test_without_scripts_an_item_is_looked_for_and_nothing_written_is_lost(page_as: PageAs) -> None:
    author, approver = page_as("contributor"), page_as("approver", java_script_enabled=False)
    old = steps.approved(author, page_as("approver"), "Price list of last year")
    steps.approved(author, page_as("approver"), "Price list of this year")
    approver.goto(f"{old}deprecate/")
    approver.get_by_label("Reason").fill("There is a newer one.")
    approver.get_by_label("Title or address of an approved item").fill("price list")
    steps.press(approver, "Find")
    expect(approver.get_by_label("Reason")).to_have_value("There is a newer one.")
    expect(approver.get_by_role("radio", name="Price list of last year")).to_have_count(0)
    approver.get_by_role("radio", name="Price list of this year").check()
    steps.press(approver, "Deprecate")
    expect(approver.get_by_role("main").get_by_role("link", name="Price list of this year")).to_be_visible()


def _regions(author: Page) -> list[str]:
    answer = author.request.get("/metadata/pick/?group=topic_tag&q=region").json()
    ids = [choice["value"] for choice in answer["choices"]]
    assert len(ids) == len(commands.REGIONS)
    return ids


def test_a_long_filter_is_searched_by_typing_and_by_a_button(page_as: PageAs) -> None:
    author, approver = page_as("contributor"), page_as("approver")
    steps.approved(author, approver, "Of every region", tags=_regions(author))
    reader, plain = page_as("ae"), page_as("ae", java_script_enabled=False)

    reader.goto("/content/")
    tags = reader.locator("details.facet", has_text="Tag").last
    if tags.get_attribute("open") is None:
        tags.locator("summary").click()
    reader.get_by_role("combobox", name="Tag").fill("region 13")
    expect(reader.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    reader.get_by_role("combobox", name="Tag").press("Enter")
    reader.wait_for_url("**/content/?*tag=*")
    expect(reader.locator(".chips")).to_contain_text("Région 13")
    assert "text_tag" not in reader.url

    plain.goto("/content/")
    tags = plain.locator("details.facet", has_text="Tag").last
    if tags.get_attribute("open") is None:
        tags.locator("summary").click()
    plain.get_by_label("Find in Tag").fill("region 13")
    tags.get_by_role("button", name="Find").click()
    plain.get_by_role("checkbox", name="Région 13").check()
    steps.press(plain, "Apply filters")
    expect(plain.locator(".chips")).to_contain_text("Région 13")
