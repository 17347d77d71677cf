"""Chromium on the real portal and its local cloud; one sign-in per account, through the hosted page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from core.live import LivePortal
from tests.browser.chromium import FLAGS, chromium
from tests.browser.steps import sign_in
from tests.browser.watch import Watch

PageAs = Callable[..., Page]

PATIENCE = 20_000
PICTURES = Path(__file__).resolve().parents[2] / "test-results"
_failed = pytest.StashKey[bool]()

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if not path:
        pytest.skip("no Chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def portal(browser: Browser, live_portal: LivePortal) -> LivePortal:
    """The live portal, with a few options to choose from. It starts after Chromium is known to be there."""
    return live_portal


@pytest.fixture(scope="session")
def _signed_in(browser: Browser, portal: LivePortal) -> Callable[[str], StorageState]:
    known: dict[str, StorageState] = {}

    def cookies_of(account: str) -> StorageState:
        if account not in known:
            context = browser.new_context(base_url=portal.url)
            sign_in(context.new_page(), account)
            known[account] = context.storage_state()
            context.close()
        return known[account]

    return cookies_of


@pytest.fixture
def page_as(
    request: pytest.FixtureRequest,
    browser: Browser,
    portal: LivePortal,
    _signed_in: Callable[[str], StorageState],
) -> Iterator[PageAs]:
    """`page_as("contributor")`, with any option of a browser context; `page_as("")` is signed out.

    Each call is a browser of its own. Errors in the console, and what the page could not load, fail the test.
    """
    contexts: list[BrowserContext] = []
    watch = Watch()

    def open_page(account: str, **options: Any) -> Page:
        state = _signed_in(account) if account else None
        given = {"base_url": portal.url, "viewport": {"width": 1280, "height": 900}} | options
        context = browser.new_context(storage_state=state, **given)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    if request.node.stash.get(_failed, False):
        _keep_pictures(request.node.name, contexts)
    for context in contexts:
        context.close()
    assert watch.problems == []


def _keep_pictures(test: str, contexts: list[BrowserContext]) -> None:
    PICTURES.mkdir(exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, 1):
        name = re.sub(r"[^\w-]+", "-", test)
        page.screenshot(path=PICTURES / f"{name}-{number}.png")
