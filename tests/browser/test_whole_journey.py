from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import PageAs


@pytest.mark.parametrize("scripts", [True, False], ids=["with_scripts", "without_scripts"])
def test_a_pdf_goes_from_draft_to_download(page_as: PageAs, tmp_path: Path, scripts: bool) -> None:
    author, approver, reader = (
        page_as(account, java_script_enabled=scripts) for account in ("contributor", "approver", "ae")
    )
    title = f"Renewal deck {'moving' if scripts else 'plain'}"
    deck = steps.a_pdf(tmp_path / f"{title}.pdf", "Renew in sixty days")

    item = steps.begin(author, "file", title)
    _add(author, deck, scripts)
    steps.describe(author, summary="Open with the outcomes of the past year.")
    steps.submit(author)

    approver.goto("/content/review/")
    approver.get_by_role("link", name=title).click()
    expect(approver.get_by_role("main")).to_contain_text("Open with the outcomes of the past year.")
    expect(approver.locator(".preview iframe")).to_be_attached()
    steps.press(approver, "Approve")
    steps.expect_said(approver, f"Approved “{title}”")
    expect(approver.get_by_role("main").get_by_role("link", name=title)).to_have_count(0)

    _find_by_filter(reader, title, scripts)
    _find_by_search(reader, title)
    assert reader.url.endswith(item)
    expect(reader.locator(".facts")).to_contain_text("by Jordan Reyes")
    assert _sha256(steps.download(reader, reader.locator(".page-actions a.primary"))) == _sha256(deck.read_bytes())


def _add(author: Page, deck: Path, scripts: bool) -> None:
    if scripts:
        with author.expect_file_chooser() as chooser:
            author.get_by_text("choose them").click()
        chooser.value.set_files(deck)
    else:
        author.get_by_label("Add a file").set_input_files(deck)
        steps.press(author, "Add this file")
    expect(author.locator("[data-rows]").get_by_role("link", name=deck.name)).to_be_visible()


def _find_by_filter(reader: Page, title: str, scripts: bool) -> None:
    reader.goto("/content/")
    reader.get_by_role("checkbox", name="Advancement").check()
    if scripts:
        reader.wait_for_url("**/content/?*suite=*")
    else:
        steps.press(reader, "Apply filters")
    chips = reader.locator(".chips")
    expect(chips).to_contain_text("Advancement")
    expect(reader.get_by_role("main").get_by_role("link", name=title, exact=True)).to_be_visible()


def _find_by_search(reader: Page, title: str) -> None:
    reader.get_by_label("Search the portal").fill(title)
    reader.get_by_label("Search the portal").press("Enter")
    reader.wait_for_url("**/search/?*")
    reader.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    reader.wait_for_url("**/content/*/")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
