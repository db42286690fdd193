"""Safety and privacy in the settings tab, in a browser: by keyboard, without accessibility findings; with pictures."""

import pytest
from playwright.sync_api import Page, expect

from support import safety_stub as safety
from support.panel_page import assert_sound
from support.safety_stub import SAFETY
from support.settings_page import opened, picture, press

pytestmark = pytest.mark.browser


@pytest.fixture
def width() -> int:
    return 1180


def test_an_admin_stops_all_writes_and_sees_it_on_every_page(page: Page) -> None:
    tab = opened(page, **safety.answers())
    expect(page.get_by_text("Halden Instruments is only observed until")).to_be_visible()
    press(page, "Go to Safety")
    press(page, "Stop all writes")
    expect(page.get_by_text("Stop all writes to Halden Instruments?")).to_be_focused()
    tab.on(f"GET {SAFETY}", safety.answers()[f"POST {SAFETY}/stop"])
    press(page, "Stop now")

    expect(page.get_by_text("All writes to Halden Instruments are stopped since")).to_be_visible()
    assert tab.sent("POST") == [(f"{SAFETY}/stop", {})]
    picture(page, "settings-safety")
    assert_sound(tab.panel)
