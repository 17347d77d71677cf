from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from content.tests import samples
from core.live import LivePortal
from tests.browser.conftest import PageAs

MB = 1024 * 1024
PATIENCE = 30_000

DROP = """([files]) => {
  const zone = document.querySelector("[data-drop]");
  const data = new DataTransfer();
  for (const name of files) data.items.add(new File([`text of ${name}`], name, { type: "text/plain" }));
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def a_draft(page: Page, title: str = "Pricing") -> None:
    page.goto("/content/new/?kind=file")
    page.fill("input[name=title]", title)
    page.locator("main form button.primary").first.click()
    page.wait_for_url("**/edit/")


def given(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "", "buffer": content}


def choose(page: Page, *files: Any) -> None:
    page.set_input_files("#add-files", list(files))


def expect_files(page: Page, *names: str, within: int = PATIENCE) -> None:
    expect(page.locator("[data-rows] a.upload-name")).to_have_count(len(names), timeout=within)
    assert set(page.locator("[data-rows] a.upload-name").all_inner_texts()) == set(names)


def large_film(path: Path, size: int) -> Path:
    """A sparse file that is whole: its table of contents, then one box of nothing."""
    start = samples.boxes(b"moov")
    with path.open("wb") as film:
        film.write(start + (size - len(start)).to_bytes(4, "big") + b"mdat")
        film.truncate(size)
    return path


def test_several_files_go_at_once_and_a_refused_one_does_not_hold_the_others_up(page_as: PageAs) -> None:
    page = page_as("contributor")
    a_draft(page)
    choose(
        page,
        given("deck.pdf", samples.pdf()),
        given("fake.pdf", b"MZ" + bytes(50)),
        given("run.exe", b"MZ"),
        given("empty.pdf", b""),
        given("dot.png", samples.png()),
    )
    expect_files(page, "deck.pdf", "dot.png")
    failed = page.locator("[data-uploads] [data-state=failed]")
    expect(failed).to_have_count(3)
    expect(failed.filter(has_text="fake.pdf")).to_contain_text("it is a Windows program")
    expect(failed.filter(has_text="run.exe")).to_contain_text("cannot be added")
    expect(failed.filter(has_text="empty.pdf")).to_contain_text("is empty")
    page.reload()
    expect_files(page, "deck.pdf", "dot.png")


def test_files_can_be_dropped(page_as: PageAs) -> None:
    page = page_as("contributor")
    a_draft(page)
    page.evaluate(DROP, [["one.txt", "two.txt", "three.txt"]])
    expect_files(page, "one.txt", "two.txt", "three.txt")


def test_a_large_file_arrives_in_parts_over_a_line_that_was_cut(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("contributor")
    a_draft(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    choose(page, large_film(tmp_path / "talk.mp4", 100 * MB))
    upload = page.locator("[data-uploads] li")
    expect(upload).to_contain_text("of 100 MB", timeout=PATIENCE)
    page.context.set_offline(True)
    expect(upload).to_contain_text("Connection lost")
    page.context.set_offline(False)
    expect_files(page, "talk.mp4", within=90_000)
    expect(page.locator("[data-rows]")).to_contain_text("100 MB")
    assert 7 <= len(sent) < 14  # what had arrived was not sent again


def test_names_come_out_readable_whatever_they_were(page_as: PageAs) -> None:
    page = page_as("contributor")
    a_draft(page)
    choose(
        page,
        given("🚀 launch \u202efdp.exe.pdf", samples.pdf()),
        given("מחירון.pdf", samples.pdf()),
        given(f"{'long ' * 59}.pdf", samples.pdf()),
        given("..\\..\\up.pdf", samples.pdf()),
    )
    expect_files(page, "🚀 launch fdp.exe.pdf", "מחירון.pdf", f"{('long ' * 59)[:176].strip()}.pdf", "up.pdf")
    with page.expect_download() as download:
        page.locator("[data-rows]").get_by_role("link", name="מחירון.pdf").click()
    assert download.value.suggested_filename == "מחירון.pdf"


def test_a_cut_or_expired_single_upload_is_tried_again(page_as: PageAs, live_portal: LivePortal) -> None:
    page = page_as("contributor")
    a_draft(page)
    answers = iter(("cut", "expired", "busy"))

    def stumble(route: Route) -> None:
        kind = next(answers, "") if route.request.method == "PUT" else ""
        if kind == "cut":
            route.abort("connectionreset")
        elif kind:
            allowed = {"Access-Control-Allow-Origin": "*"}
            route.fulfill(status=403 if kind == "expired" else 503, headers=allowed, body="")
        else:
            route.continue_()

    page.route(f"{live_portal.cloud_url}/**", stumble)
    choose(page, given("deck.pdf", samples.pdf()))
    expect_files(page, "deck.pdf")
    assert next(answers, None) is None


def test_a_cancelled_upload_leaves_nothing(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("contributor")
    a_draft(page)
    choose(page, large_film(tmp_path / "talk.mp4", 60 * MB))
    expect(page.locator("[data-uploads] li")).to_contain_text("of 60 MB", timeout=PATIENCE)
    with page.expect_response("**/files/abort/") as aborted:
        page.click("[data-uploads] [data-cancel]")
    assert aborted.value.ok
    expect(page.locator("[data-uploads] li")).to_have_count(0)
    expect_files(page)


def test_text_written_beside_an_upload_is_saved(page_as: PageAs) -> None:
    page = page_as("contributor")
    a_draft(page)
    page.fill("textarea[name=summary]", "For renewals")
    choose(page, given("deck.pdf", samples.pdf()))
    expect_files(page, "deck.pdf")
    page.locator(".form-bar button:not(.primary)").first.click()
    expect(page.locator("#toasts")).to_contain_text("Saved")


def test_order_is_changed_in_place(page_as: PageAs) -> None:
    page = page_as("contributor")
    a_draft(page)
    choose(page, given("a.pdf", samples.pdf()))
    expect_files(page, "a.pdf")
    choose(page, given("b.pdf", samples.pdf()))
    expect_files(page, "a.pdf", "b.pdf")
    page.get_by_role("button", name="Move b.pdf up").click()
    expect(page.locator("[data-rows] a.upload-name").first).to_have_text("b.pdf")


def test_a_file_is_added_without_javascript(page_as: PageAs) -> None:
    page = page_as("contributor", java_script_enabled=False)
    a_draft(page)
    for name, content, said in (
        ("Plän & Co.pdf", samples.pdf(), "Added “Plän & Co.pdf”"),
        ("fake.pdf", b"MZ" + bytes(50), "it is a Windows program"),
        ("run.exe", b"MZ", "cannot be added"),
    ):
        page.set_input_files("#plain-file", given(name, content))
        page.click("noscript button")
        expect(page.locator("#toasts")).to_contain_text(said)
    expect_files(page, "Plän & Co.pdf")


def test_what_was_sent_is_seen_in_the_page_and_comes_back_unchanged(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("contributor")
    a_draft(page)
    choose(page, given("dot.png", samples.png()))
    expect_files(page, "dot.png")
    page.goto(page.url.removesuffix("edit/"))
    picture = page.locator(".preview img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="Download dot.png").click()
    assert download.value.suggested_filename == "dot.png"
    assert Path(download.value.path()).read_bytes() == samples.png()
