"""Chromium on the real portal and its local cloud; one sign-in per account, through the hosted page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from core.live import LivePortal

PASSWORD = "Enablement-1"
PageAs = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("no Chromium: set CHROMIUM=/path or install `chromium` to run the browser tests")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def _signed_in(browser: Browser, live_portal: LivePortal) -> Callable[[str], StorageState]:
    known: dict[str, StorageState] = {}

    def cookies_of(account: str) -> StorageState:
        if account not in known:
            context = browser.new_context(base_url=live_portal.url)
            _sign_in(context.new_page(), f"{account}@gravyty.com", live_portal.url)
            known[account] = context.storage_state()
            context.close()
        return known[account]

    return cookies_of


@pytest.fixture
def page_as(browser: Browser, live_portal: LivePortal, _signed_in: Callable[[str], StorageState]) -> Iterator[PageAs]:
    """`page_as("contributor")`, with any option of a browser context, such as `java_script_enabled=False`."""
    contexts: list[BrowserContext] = []

    def open_page(account: str, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_portal.url,
            storage_state=_signed_in(account),
            viewport={"width": 1280, "height": 900},
            **options,
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def _sign_in(page: Page, email: str, portal: str) -> None:
    page.goto("/accounts/login/")
    page.locator("main form button").first.click()
    page.fill("input[name=username]", email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_url(f"{portal}/**")
