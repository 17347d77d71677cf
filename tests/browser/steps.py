"""What people do in the portal, as steps of a journey. An item is known by its address."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from fpdf import FPDF
from playwright.sync_api import APIResponse, Locator, Page, expect

from core.aws.local import demo

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def sign_in(page: Page, account: str) -> None:
    """By the button, then on the hosted page."""
    page.goto("/accounts/login/")
    portal = _origin(page)
    page.locator("main form button").first.click()
    page.fill("input[name=username]", f"{account}@gravyty.com")
    page.fill("input[name=password]", demo.PASSWORD)
    page.locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_url(f"{portal}/**")


def a_pdf(path: Path, text: str) -> Path:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=24)
    document.multi_cell(0, 12, text)
    document.output(str(path))
    return path


def press(page: Page, name: str, **options: Any) -> None:
    """The button or link of the page itself that is called exactly this."""
    button(page, name).click(**options)


def button(page: Page, name: str) -> Locator:
    main = page.get_by_role("main")
    return main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True)).first


def begin(page: Page, kind: str, title: str) -> str:
    """A new draft by the form; leaves the page in its editor."""
    page.goto(f"/content/new/?kind={kind}")
    page.get_by_label("Title").fill(title)
    press(page, "Create and add files" if kind == "file" else "Create draft")
    page.wait_for_url("**/edit/")
    return urlsplit(page.url).path.removesuffix("edit/")


def describe(page: Page, *, summary: str = "For the next call.", suite: str = "Advancement") -> None:
    """Fills what a reviewer needs, in the editor."""
    page.get_by_label("Summary").fill(summary)
    choose(page, "Suite", suite)


def choose(page: Page, field: str, name: str) -> None:
    """In a picker: typed and chosen with scripts, from the list of the form without."""
    box = page.get_by_role("combobox", name=field)
    if box.evaluate("box => box.localName") == "select":
        box.select_option(label=name)
        return
    box.fill(name)
    page.get_by_role("option", name=name).first.click()


def submit(page: Page) -> None:
    """From the editor."""
    press(page, "Save and submit")
    press(page, "Submit for review")
    expect_said(page, "Submitted for review")


def expect_said(page: Page, text: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(text)


def download(page: Page, link: Locator) -> bytes:
    with page.expect_download() as started:
        link.click()
    return Path(started.value.path()).read_bytes()


def written(author: Page, title: str, **values: Any) -> str:
    """A draft that has all it needs, made by the same forms but without the pages: for what comes after it."""
    page = author.request.get("/content/new/?kind=article").text()
    suite = re.search(r'<option value="(\w+)"[^>]*>Advancement', page)[1]
    given = {"title": title, "summary": "For the next call.", "body": "Talk about value.", "product_suite": suite}
    made = _sent(author, "/content/new/?kind=article", page, given | values)
    return made.headers["location"].removesuffix("edit/")


def approved(author: Page, approver: Page, title: str, **values: Any) -> str:
    item = written(author, title, **values)
    approve_next(author, approver, item)
    return item


def approve_next(author: Page, approver: Page, item: str) -> None:
    """Takes the draft in work through its review."""
    send(author, f"{item}submit/")
    send(approver, f"{item}review/")


def begin_course(author: Page, title: str) -> str:
    """A draft by the form; leaves the page in its builder."""
    author.goto("/learn/manage/new/")
    author.get_by_label("Title").fill(title)
    author.get_by_label("What it is about").fill("How to renew on time.")
    choose(author, "Suite", "Advancement")
    press(author, "Create draft")
    author.wait_for_url(re.compile(r"/learn/manage/\w{20,}/$"))
    return urlsplit(author.url).path


def begin_lesson(author: Page, kind: str, title: str, **fields: str) -> None:
    """From the builder; leads back to it, or to the editor that its kind has."""
    main = author.get_by_role("main")
    main.locator("summary", has_text="Add lesson").click()
    main.get_by_role("link", name=kind, exact=True).click()
    author.get_by_label("Title").fill(title)
    for label, value in fields.items():
        author.get_by_label(label).first.fill(value)
    press(author, "Add lesson")
    expect_said(author, "Lesson added")


def ask_single(author: Page, question: str, right: str, wrong: str) -> None:
    """One question of a quiz, in its editor."""
    press(author, "Single choice")
    author.get_by_label("Question").fill(question)
    author.get_by_label("Text of row 1").fill(wrong)
    author.get_by_label("Text of row 2").fill(right)
    author.get_by_label("Correct").nth(1).check()
    press(author, "Save question")


def answer(learner: Page, option: str) -> None:
    """The only question of an open attempt, and hands it in."""
    learner.get_by_label(option).check()
    press(learner, "Check and hand in")
    expect(learner.get_by_role("main")).to_contain_text("Every question is answered.")
    press(learner, "Hand in")


def expect_done(learner: Page) -> None:
    """The lesson that the page shows."""
    expect(learner.locator("#lesson-foot")).to_have_attribute("data-state", "completed")


def send(page: Page, address: str, at: str = "", **values: str) -> APIResponse:
    """Sends the form of the page at `address` with its hidden fields, to `at` if that is elsewhere."""
    return _sent(page, at or address, page.request.get(address).text(), values)


def _sent(page: Page, address: str, form: str, values: dict[str, Any]) -> APIResponse:
    hidden = {name: html.unescape(value or "") for name, value in _HIDDEN.findall(form)}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode(hidden | values, doseq=True)
    answer = page.request.post(address, data=body, headers=headers, max_redirects=0)
    assert answer.status == 303, f"{address} answered {answer.status}"
    return answer


def _origin(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"
