from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Response


class Watch:
    """What no page may do, noted while a test drives it: script errors, refusals of its own policy, broken parts."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("weberror", lambda raised: self.problems.append(f"script error: {raised.error}"))
        context.on("console", self._console)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports every answer of 400 and more; which of them are wrong is decided below and in the tests.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        asked_for = response.request.resource_type
        if response.status >= 400 and asked_for not in ("document", "fetch", "xhr"):
            self.problems.append(f"{asked_for} answered {response.status}: {response.url.split('?')[0]}")
