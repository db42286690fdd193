"""Privacy, support and cost in the settings tab, in a browser: by keyboard, without findings; with pictures."""

import re

import pytest
from playwright.sync_api import Page, expect

from support import privacy_stub as privacy
from support import safety_stub as safety
from support.panel_page import assert_sound
from support.safety_stub import SAFETY
from support.settings_page import opened, picture, press

pytestmark = pytest.mark.browser


@pytest.fixture
def width() -> int:
    return 1180


def test_an_admin_sees_what_leaves_the_org_and_what_it_costs(page: Page) -> None:
    tab = opened(page, **safety.answers() | {f"GET {SAFETY}": safety.brakes()})
    press(page, "What leaves the org")
    page.get_by_label("Find an object, a field, a reason or a place").focus()
    page.keyboard.type("slideout")
    expect(page.get_by_text(re.compile(r"^2 of \d\d fields"))).to_be_visible()
    with page.expect_download() as download:
        press(page, "Download as CSV")
    assert download.value.suggested_filename == "accord-what-leaves.csv"
    page.get_by_label("Find an object, a field, a reason or a place").fill("")
    picture(page, "settings-what-leaves")
    assert_sound(tab.panel)

    press(page, "Cost")
    expect(page.get_by_role("heading", name="What the org has left")).to_be_visible()
    picture(page, "settings-cost")
    assert_sound(tab.panel)


def test_an_admin_forgets_a_person_and_makes_a_bundle(page: Page) -> None:
    tab = opened(page, **safety.answers() | {f"GET {SAFETY}": safety.brakes()})
    press(page, "Forget")
    page.get_by_label("Record or person").focus()
    page.keyboard.type(privacy.DANA)
    page.keyboard.press("Enter")
    expect(page.get_by_text("What would be deleted about Dana Moeller")).to_be_visible()
    picture(page, "settings-forget")
    assert_sound(tab.panel)
    page.get_by_label(f"To go on, enter {privacy.DANA} once more").focus()
    page.keyboard.type(privacy.DANA)
    assert tab.sent("POST") == [("/api/v1/forget/preview", {"email": privacy.DANA})]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Receipt")).to_be_focused()
    assert tab.sent("POST")[1:] == [("/api/v1/forget", {"email": privacy.DANA, "confirm": privacy.DANA})]
    picture(page, "settings-forget-receipt")
    assert_sound(tab.panel)

    press(page, "Support bundle")
    with page.expect_download() as download:
        press(page, "Make the bundle")
    assert download.value.suggested_filename == "accord-support.zip"
    expect(page.get_by_text("Send it to whoever helps you.")).to_be_visible()
    picture(page, "settings-support")
    assert_sound(tab.panel)


def test_an_admin_disconnects_the_org(page: Page) -> None:
    page.set_viewport_size({"width": 1180, "height": 1010})
    tab = opened(page, **safety.answers() | {f"GET {SAFETY}": safety.brakes()})
    press(page, "Disconnect this org")
    press(page, "Look now")
    expect(page.get_by_role("cell", name="Enterprise Deal")).to_be_visible()
    press(page, "Count the records")
    with page.expect_download() as download:
        press(page, "Download the values of Opportunity")
    assert download.value.suggested_filename == "accord-Opportunity.csv"
    picture(page, "settings-disconnect")
    assert_sound(tab.panel)
    page.get_by_label("To disconnect, type the name of the org: Halden Instruments").focus()
    page.keyboard.type("Halden Instruments")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Receipt")).to_be_focused()
    assert tab.sent("POST") == [("/api/v1/uninstall", {"org_name": "Halden Instruments", "delete_plans": False})]
    expect(page.get_by_role("heading", name="To remove the package, in this order")).to_be_visible()
    picture(page, "settings-disconnect-receipt")
    assert_sound(tab.panel)
