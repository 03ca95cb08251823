"""A real Chromium on the pages of a sandbox; without a browser these tests are skipped, and say so."""

import os
import re
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: while Playwright is open its event loop runs, and no other test could start one."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have a browser: apt-get install chromium")
        pytest.skip("NO BROWSER: the pages were not tested; install Debian's package chromium and run again")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, place):
    """Open a page of the sandbox in a window of its own; a script error or a request to elsewhere fails the test."""
    contexts, trouble = [], []

    def open_(path: str = "/", *, size: dict[str, int] = DESK, language: str = "en", zone: str = "UTC") -> Page:
        context = browser.new_context(
            base_url=place.base_url, viewport=size, locale=language, timezone_id=zone, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
        page.on("console", lambda line: trouble.extend(_complaint(line.type, line.text)))
        page.on("request", lambda request: trouble.extend(_elsewhere(request.url)))
        page.goto(path)
        return page

    def _complaint(kind: str, text: str) -> list[str]:
        """A refusal (400, 403, 409) that a script asked for is an answer, although Chromium logs it as an error."""
        refused = re.match(r"Failed to load resource: the server responded with a status of (400|403|409)\b", text)
        return [f"console: {text}"] if kind == "error" and not refused else []

    def _elsewhere(url: str) -> list[str]:
        host = urlsplit(url).hostname
        return [] if host in {"127.0.0.1", None} else [f"asked {host}"]

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def no_wider_than_the_screen():
    """The whole page fits a narrow screen; what is wide scrolls inside its own frame."""

    def check(page: Page) -> None:
        page.wait_for_load_state()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px wider than the screen"

    return check
