"""One browser for a file of tests and a fresh page for each of them; a file that wants it wider has its own `width`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.panel_page import a_browser
from support.panel_stub import ORIGIN

HEIGHT = 780
LIMIT_MS = 10_000
expect.set_options(timeout=LIMIT_MS)  # half of it is short where a machine has other work too


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


@pytest.fixture
def width() -> int:
    """How wide the page is, in pixels: as the frame of a record page."""
    return 400


@pytest.fixture(scope="module")
def opener(browser: Browser) -> Iterator[Page]:
    """An empty page where the panel's pages come from. Those that it opens share its process, in which the panel's
    scripts are compiled already: that halves what opening one costs.
    """
    context = browser.new_context(locale="en-US", reduced_motion="reduce")
    context.set_default_timeout(LIMIT_MS)
    empty = context.new_page()
    empty.route(f"{ORIGIN}/**", lambda route: route.fulfill(body="", content_type="text/html"))
    empty.goto(ORIGIN)
    yield empty
    context.close()


@pytest.fixture
def page(opener: Page, width: int) -> Iterator[Page]:
    """A page that knows nothing of those before it: what a page keeps of a session is its own."""
    with opener.expect_popup() as opened:
        opener.evaluate("() => { window.open('about:blank').opener = null; }")
    opened.value.set_viewport_size({"width": width, "height": HEIGHT})
    yield opened.value
    for one in opener.context.pages:
        if one is not opener:
            one.close()
    opener.context.unroute_all()
    opener.context.clear_cookies()
