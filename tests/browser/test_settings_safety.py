"""Safety and privacy in the settings tab, in a browser: by keyboard, without accessibility findings; with pictures."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support import panel_stub as stub
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


def test_an_admin_sees_who_changed_what_and_downloads_it(page: Page) -> None:
    tab = opened(page, **safety.answers() | {f"GET {SAFETY}": safety.brakes()})
    press(page, "Audit")
    expect(page.get_by_text("The newest 4 changes. There are more.")).to_be_visible()
    with page.expect_download() as download:
        press(page, "Download as CSV")
    assert download.value.suggested_filename == "accord-audit.csv"

    refusal = "Nothing was put back: Bo Castellan has changed Sync activity since on 2026-11-22 at 15:10 UTC."
    tab.on("POST /api/v1/audit/line-4/put-back", (412, stub.error("CHANGED_MEANWHILE", refusal)))
    page.locator("[data-line=line-4]").get_by_role("button").press("Enter")
    expect(page.get_by_text("Put Sync activity back to what it was before")).to_be_focused()
    press(page, "Put back now")
    expect(page.get_by_text(refusal)).to_be_focused()
    picture(page, "settings-audit")
    assert_sound(tab.panel)


def test_an_admin_sees_every_write_and_looks_for_those_of_one_record(page: Page) -> None:
    tab = opened(page, **safety.answers() | {f"GET {SAFETY}": safety.brakes()})
    press(page, "Writes")
    expect(page.get_by_text("6 writes")).to_be_visible()
    expect(page.get_by_text("Plan stage: “Kick-off” became “Proof”")).to_be_visible()
    picture(page, "settings-writes")
    assert_sound(tab.panel)

    page.get_by_label("Id of a record").fill("Brightwater")
    page.get_by_label("Id of a record").press("Enter")
    expect(page.get_by_text("Give the id of a record")).to_be_visible()
    tab.on("GET /api/v1/writes", {"lines": [], "next_before": None, "has_login": True})
    page.get_by_label("Id of a record").fill("001Hd00000kQ2nAIAS")
    page.get_by_label("Id of a record").press("Enter")
    expect(page.get_by_text("Accord has written nothing to this record.")).to_be_visible()
    assert_sound(tab.panel)


def test_an_admin_takes_settings_to_another_org_as_a_file(page: Page, tmp_path: Path) -> None:
    tab = opened(page, **safety.answers() | {f"GET {SAFETY}": safety.brakes()})
    press(page, "Settings file")
    with page.expect_download() as download:
        press(page, "Download the settings")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert json.loads(file.read_text()) == safety.SETTINGS_FILE

    page.get_by_label("Choose a settings file").set_input_files(file)
    expect(page.get_by_text("Opportunity has no field Branch__c here.")).to_be_visible()
    assert tab.sent("POST") == [("/api/v1/settings-file/check", {"file": safety.SETTINGS_FILE})]
    picture(page, "settings-file")
    assert_sound(tab.panel)


def test_an_admin_reads_messages_and_gives_access_after_a_look(page: Page) -> None:
    tab = opened(page, **safety.answers() | {f"GET {SAFETY}": safety.brakes()})
    press(page, "Messages 3 unread")
    expect(page.get_by_text("3 messages, the newest first.")).to_be_visible()
    press(page, "Send a test message")
    expect(page.get_by_text("4 messages, the newest first.")).to_be_visible()
    picture(page, "settings-messages")
    page.get_by_label("Riley Okafor").press("Space")
    page.get_by_role("button", name="Save").scroll_into_view_if_needed()
    picture(page, "settings-messages-who")
    assert_sound(tab.panel)
    page.get_by_role("button", name="Discard").press("Enter")

    press(page, "Access")
    page.get_by_label("Choose Bo Castellan").press("Space")
    page.get_by_label("Choose Riley Okafor").press("Space")
    press(page, "Show who gets what")
    expect(page.get_by_text("Who gets Accord Rep")).to_be_focused()
    picture(page, "settings-access")
    assert_sound(tab.panel)
    tab.on("POST /api/v1/access/assign", {"results": [{"user_id": "005A2", "name": "Bo", "ok": True, "message": ""}]})
    press(page, "Give it now")
    expect(page.get_by_text("Bo has it now.")).to_be_visible()
    asked = {"user_ids": ["005A2", "005A3"], "permission_set": "Accord_Rep", "ticket": "t1"}
    assert tab.sent("POST")[-1] == ("/api/v1/access/assign", asked)
