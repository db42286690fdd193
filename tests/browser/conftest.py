"""One browser for a file of tests and a fresh page for each of them; a file that wants it wider has its own `width`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from support.panel_page import a_browser

HEIGHT = 780
LIMIT_MS = 10_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


@pytest.fixture
def width() -> int:
    """How wide the page is, in pixels: as the frame of a record page."""
    return 400


@pytest.fixture
def page(browser: Browser, width: int) -> Iterator[Page]:
    viewport = {"width": width, "height": HEIGHT}
    context = browser.new_context(viewport=viewport, locale="en-US", reduced_motion="reduce")
    context.set_default_timeout(LIMIT_MS)
    yield context.new_page()
    context.close()
