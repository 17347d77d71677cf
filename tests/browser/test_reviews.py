"""Between authors and approvers: changes asked for, races, forms sent twice."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import PageAs


def test_requested_changes_come_back_to_the_author_who_sends_it_again(page_as: PageAs) -> None:
    author, approver = page_as("contributor"), page_as("approver")
    item = steps.written(author, "Discount ladder")
    steps.send(author, f"{item}submit/")

    approver.goto(f"{item}review/")
    approver.get_by_label("What has to change?").fill("Name the floor price.")
    steps.press(approver, "Request changes")
    steps.expect_said(approver, "Changes requested")
    expect(approver).to_have_url("/content/review/")
    expect(approver.get_by_role("main")).not_to_contain_text("Discount ladder")

    author.goto("/")
    author.get_by_role("main").get_by_role("link", name="Discount ladder").first.click()
    expect(author.get_by_role("main")).to_contain_text("Name the floor price.")
    steps.press(author, "Edit draft")
    expect(author.get_by_role("main")).to_contain_text("Name the floor price.")
    author.get_by_label("Article").fill("The floor is 12 %.")
    steps.submit(author)

    approver.goto(f"{item}review/")
    expect(approver.locator("article")).to_have_text("The floor is 12 %.")
    steps.press(approver, "Approve")
    steps.expect_said(approver, "Approved “Discount ladder”")


def test_of_two_editors_the_slower_one_keeps_her_text_and_sees_the_other(page_as: PageAs) -> None:
    slow, quick = page_as("contributor"), page_as("admin")
    item = steps.written(slow, "Who writes here")
    for page in (slow, quick):
        page.goto(f"{item}edit/")
    quick.get_by_label("Summary").fill("Quick was here.")
    steps.press(quick, "Save draft")
    steps.expect_said(quick, "Saved")

    slow.get_by_label("Summary").fill("Slow was here, too.")
    with slow.expect_response(f"**{item}edit/") as answer:
        steps.press(slow, "Save draft")
    assert answer.value.status == 409
    expect(slow.locator("#theirs")).to_contain_text("Quick was here.")
    expect(slow.get_by_label("Summary")).to_have_value("Slow was here, too.")
    steps.press(slow, "Save draft")
    steps.expect_said(slow, "Saved")
    expect(slow.locator(".lead")).to_have_text("Slow was here, too.")


def test_of_two_approvers_the_second_learns_what_the_first_decided(page_as: PageAs) -> None:
    author, first, second = page_as("contributor"), page_as("approver"), page_as("admin")
    item = steps.written(author, "Decided once")
    steps.send(author, f"{item}submit/")
    for page in (first, second):
        page.goto(f"{item}review/")
    steps.press(first, "Approve")
    steps.expect_said(first, "Approved “Decided once”")
    with second.expect_response(f"**{item}review/") as answer:
        steps.press(second, "Approve")
    assert answer.value.status == 409
    expect(second.get_by_role("main")).to_contain_text("Jordan Reyes has already approved this")


def test_an_approval_names_the_version_that_was_read(page_as: PageAs) -> None:
    author, approver = page_as("contributor"), page_as("approver")
    item = steps.written(author, "Read, then changed")
    steps.send(author, f"{item}submit/")
    approver.goto(f"{item}review/")
    steps.send(author, f"{item}withdraw/")
    author.goto(f"{item}edit/")
    author.get_by_label("Article").fill("Another text.")
    steps.submit(author)

    steps.press(approver, "Approve")
    expect(approver.get_by_role("main")).to_contain_text("The author has submitted another version")
    expect(approver.locator("article")).to_have_text("Another text.")
    steps.press(approver, "Approve")
    steps.expect_said(approver, "Approved “Read, then changed”")


def test_a_double_click_makes_one_item_and_one_submission(page_as: PageAs) -> None:
    page = page_as("contributor")
    page.goto("/content/new/?kind=article")
    page.get_by_label("Title").fill("Clicked twice")
    steps.press(page, "Create draft", click_count=2, no_wait_after=True)
    page.wait_for_url("**/edit/")
    item = page.url.removesuffix("edit/")
    page.get_by_label("Article").fill("Once is enough.")
    steps.describe(page)
    steps.press(page, "Save and submit", click_count=2, no_wait_after=True)
    page.wait_for_url("**/submit/")
    steps.press(page, "Submit for review", click_count=2, no_wait_after=True)
    steps.expect_said(page, "Submitted for review")
    page.goto(f"{item}history/")
    expect(page.get_by_text("submitted it for review")).to_have_count(1)
    page.goto("/content/mine/")
    expect(page.get_by_role("link", name="Clicked twice", exact=True)).to_have_count(1)


def test_a_form_with_mistakes_says_which_and_keeps_the_rest(page_as: PageAs) -> None:
    page = page_as("contributor")
    page.goto("/content/new/?kind=link")
    page.get_by_label("Summary").fill("Worth keeping.")
    page.get_by_label("Web address").fill("javascript:alert(1)")
    steps.press(page, "Create draft")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("Title")
    page.get_by_label("Title").fill("A link")
    steps.press(page, "Create draft")
    expect(alert).to_contain_text("Enter a full web address")
    expect(page.get_by_label("Summary")).to_have_value("Worth keeping.")


def test_what_is_missing_is_said_before_it_is_submitted(page_as: PageAs) -> None:
    page = page_as("contributor")
    item = steps.begin(page, "article", "Half done")
    page.goto(f"{item}submit/")
    expect(page.get_by_role("main")).to_contain_text("A reviewer needs a little more first")
    expect(steps.button(page, "Submit for review")).to_have_count(0)
    _complete(page)
    expect(steps.button(page, "Submit for review")).to_be_visible()


def _complete(page: Page) -> None:
    steps.press(page, "Complete the draft")
    page.get_by_label("Article").fill("Now it says something.")
    steps.describe(page)
    steps.press(page, "Save and submit")
