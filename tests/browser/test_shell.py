"""What surrounds every page: navigation by role, keyboard, phone, themes, sign-out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from core.live import LivePortal
from tests.browser import commands, steps
from tests.browser.conftest import PICTURES, PageAs

READER = ["Home", "Library", "Favourites", "Courses", "My learning"]
TEACHING = ["Author courses", "Author paths"]
AUTHOR = [*READER, "New item", "My items", *TEACHING]
APPROVER = [*READER, "New item", "My items", "To review", *TEACHING, "Assignments"]
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    ("account", "entries"),
    [("ae", READER), ("contributor", AUTHOR), ("approver", APPROVER), ("admin", APPROVER)],
)
def test_the_navigation_offers_what_the_role_may_do(page_as: PageAs, account: str, entries: list[str]) -> None:
    page = page_as(account)
    page.goto("/")
    offered = page.locator("#side a .label").all_inner_texts()
    assert offered[: len(entries)] == entries
    assert account == "admin" or len(offered) == len(entries)
    for entry in page.locator("#side a").all():
        assert page.request.get(str(entry.get_attribute("href"))).status == 200


def test_lists_and_counts_differ_by_role(page_as: PageAs) -> None:
    author, approver = page_as("contributor"), page_as("approver")
    steps.written(author, "Countable draft")
    steps.send(author, f"{steps.written(author, 'Countable in review')}submit/")
    steps.approved(author, approver, "Countable and approved")
    for account, seen in (("ae", 1), ("approver", 2), ("contributor", 3), ("admin", 3)):
        page = page_as(account)
        page.goto("/search/?q=countable")
        expect(page.locator(".list-bar").get_by_text("result")).to_have_text(f"{seen} result{'s' * (seen > 1)}")
        expect(page.locator("#hits > li")).to_have_count(seen)


def test_a_role_taken_away_bites_at_the_next_write(page_as: PageAs, portal: LivePortal) -> None:
    commands.make_account(portal, email="leaving@gravyty.com", name="Lea Leaving", group="Contributor")
    page = page_as("")
    steps.sign_in(page, "leaving")
    page.goto("/content/new/?kind=article")
    page.get_by_label("Title").fill("Too late")
    commands.take_role_away(portal, email="leaving@gravyty.com", group="Contributor")
    steps.press(page, "Create draft")
    expect(page).to_have_url(f"{portal.url}/accounts/login/?next=/content/new/%3Fkind%3Darticle")
    steps.sign_in(page, "leaving")
    page.goto("/")
    assert page.locator("#side a .label").all_inner_texts() == READER
    assert page.goto("/content/new/").status == 403


def test_the_keyboard_reaches_search_content_and_menus(page_as: PageAs) -> None:
    page = page_as("ae")
    page.goto("/content/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search the portal")).to_be_focused()
    menu = page.locator(".user-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_suggestions_come_while_typing(page_as: PageAs) -> None:
    author, approver, reader = page_as("contributor"), page_as("approver"), page_as("ae")
    item = steps.approved(author, approver, "Zebra migration guide")
    reader.goto("/")
    reader.get_by_label("Search the portal").first.press_sequentially("zebra mig")
    reader.locator(".suggestions").get_by_role("link", name="Zebra migration guide").click()
    reader.wait_for_url(f"**{item}")


def test_pages_fit_a_phone(page_as: PageAs) -> None:
    author = page_as("contributor", viewport=PHONE)
    approver = page_as("approver", viewport=PHONE)
    item = steps.approved(author, approver, "A_name_without_any_place_to_break_" * 4, body="| a | b |\n|-|-|\n" * 3)
    pages = ("/", "/content/", "/content/?view=cards", item, f"{item}history/", f"{item}versions/", "/search/?q=name")
    for address in (*pages, "/content/new/", "/content/new/?kind=article", "/content/mine/", "/content/favourites/"):
        author.goto(address)
        _expect_no_sideways_scroll(author, address)
    author.get_by_role("button", name="Menu").click()
    expect(author.locator("#side")).to_be_visible()
    approver.goto("/content/review/")
    _expect_no_sideways_scroll(approver, "/content/review/")


def test_the_dark_theme_is_kept(page_as: PageAs) -> None:
    page = page_as("csm")
    page.goto("/content/")
    page.get_by_label("Your account").click()
    with page.expect_response("**/accounts/theme/"):
        page.get_by_role("button", name="Dark").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "library-dark.png")
    steps.send(page, "/content/", at="/accounts/theme/", theme="system")


@pytest.mark.parametrize("scripts", [True, False], ids=["with_scripts", "without_scripts"])
def test_after_signing_out_back_shows_nothing(page_as: PageAs, portal: LivePortal, scripts: bool) -> None:
    page = page_as("", java_script_enabled=scripts)
    steps.sign_in(page, "csm")
    page.goto("/content/")
    expect(page.get_by_role("heading", name="Library", exact=True)).to_be_visible()
    page.locator(".user-menu summary").click()
    with page.expect_request(f"{portal.cloud_url}/logout?*"):
        page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{portal.url}/accounts/login/")
    page.go_back()
    expect(page.get_by_role("heading", name="Library", exact=True)).to_have_count(0)
    expect(page.get_by_role("heading", name="Walk in prepared")).to_be_visible()


def _expect_no_sideways_scroll(page: Page, address: str) -> None:
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{address} is {too_wide} px too wide"
