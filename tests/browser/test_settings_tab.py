"""The settings tab in a browser, by keyboard, without accessibility findings; the docs get their pictures here."""

from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from accord.features.connections.page_key import read_page_key, shown
from accord.salesforce.model import AccessToken
from support import panel_stub as stub
from support import settings_stub as settings
from support.auto_create_stub import rules_off
from support.panel_page import assert_sound, expect_focus
from support.settings_page import opened, picture, press
from support.settings_stub import SETTINGS, SettingsStub, body_of
from support.two_way_stub import two_way

pytestmark = pytest.mark.browser


@pytest.fixture
def width() -> int:
    return 1180


def saved(request: Request) -> dict[str, Any]:
    """The set-up as the server answers it after a save."""

    def kept(tab: dict[str, Any]) -> dict[str, Any]:
        rows = [settings.panel_row(one["sobject"], one["field"], one["label"]) for one in tab["rows"]]
        return {**tab, "key": tab["label"], "rows": rows}

    tabs = [kept(tab) for tab in body_of(request)["tabs"]]
    return settings.panel_settings(tabs=tabs, is_default=False, changed_at="2026-11-22T10:00:00Z", changed_by="Ada")


def test_an_admin_sets_the_slideout_up_by_keyboard_a23_to_a34(page: Page) -> None:
    tab = opened(page)
    picture(page, "settings-checklist")
    assert_sound(tab.panel)
    press(page, "CRM")
    expect(page.get_by_role("heading", name="Salesforce Slideout")).to_be_visible()
    picture(page, "settings-crm")
    assert_sound(tab.panel)
    press(page, "Manage Salesforce Slideout")

    press(page, "Add Row")
    expect(page.get_by_label("Level")).to_be_focused()
    page.keyboard.press("End")
    field = page.get_by_role("combobox", name="Field of Account")
    expect(field).to_be_editable()
    field.press_sequentially("ind")
    expect(page.get_by_role("option", name="Industry")).to_be_visible()
    picture(page, "settings-slideout")
    assert_sound(tab.panel)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Label in Accord", exact=True)).to_have_value("Industry")
    press(page, "Add")
    expect(page.get_by_label("Label of Account.Industry in Accord")).to_be_focused()
    press(page, "Move Industry up")
    expect_focus(page, "Move Industry up")

    tab.on(f"PUT {SETTINGS}/panel", saved)
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    rows = tab.sent("PUT")[0][1]["tabs"][0]["rows"]
    assert [row["field"] for row in rows] == ["CloseDate", "Amount", "StageName", "Industry", "NextStep"]


def test_the_second_of_two_admins_is_told_and_loses_nothing(page: Page) -> None:
    tab = opened(page)
    press(page, "Open: Choose what the slideout shows")
    press(page, "Remove Next Steps")
    theirs = settings.panel_settings(is_default=False, changed_at="2026-11-22T10:04:00Z", changed_by="Ada")
    theirs["tabs"][1]["rows"] = [settings.panel_row("Account", "Industry", "Branch")]
    tab.on(f"GET {SETTINGS}/panel", theirs)
    tab.on(f"PUT {SETTINGS}/panel", (412, stub.error("CHANGED_MEANWHILE", "Ada changed the panel at 10:04.")))
    press(page, "Save")

    expect(page.get_by_text("Ada changed the panel at 10:04.").first).to_be_visible()
    expect(page.get_by_text("Added: Branch (Account.Industry)")).to_be_visible()
    picture(page, "settings-two-admins")
    assert_sound(tab.panel)
    press(page, "Add these changes to mine")
    tab.on(f"PUT {SETTINGS}/panel", saved)
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    first, second = tab.sent("PUT")[-1][1]["tabs"]
    assert [row["field"] for row in first["rows"]] == ["CloseDate", "Amount", "StageName"]
    assert [row["label"] for row in second["rows"]] == ["Branch"]


def test_an_admin_enables_activity_and_sees_the_very_task_a86_d24(page: Page) -> None:
    tab = opened(page)
    press(page, "CRM")
    press(page, "Enable Sync activity")
    expect(page.get_by_text("Tasks are written from now on")).to_be_focused()
    assert_sound(tab.panel)
    tab.on(f"PUT {SETTINGS}/activity", body_of)
    page.get_by_role("group", name="Sync activity").get_by_role("button", name="Enable").press("Enter")
    press(page, "Manage Sync activity")
    tab.on(f"GET {SETTINGS}/activity", settings.activity_settings(enabled=True))

    press(page, "Preview the Task of [Accord: Customer View]")
    expect(page.get_by_text("[Accord: Customer View] 3 times")).to_be_visible()
    page.get_by_text("[Accord: Customer View] 3 times").scroll_into_view_if_needed()
    picture(page, "settings-activity")
    assert_sound(tab.panel)


def test_an_admin_maps_a_criterion_to_a_field_a77_to_a83(page: Page) -> None:
    tab = opened(page)
    press(page, "Open: Sync Accord data to Salesforce")
    expect(page.get_by_text("The criterion was deleted. Remove the row.")).to_be_visible()
    press(page, "Add Row")
    expect(page.get_by_role("combobox", name="Accord field")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Execution Criteria", exact=True)).to_be_visible()
    picture(page, "settings-field-sync")
    assert_sound(tab.panel)
    page.keyboard.type("sponsor")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Field of Opportunity")).to_be_focused()
    page.keyboard.type("sponsor")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    press(page, "Add")
    tab.on(f"PUT {SETTINGS}/field-sync", (200, settings.field_sync()))
    press(page, "Save")
    expect(page.get_by_text("Fields that would be written: 2.")).to_be_focused()
    picture(page, "settings-before-save")
    assert_sound(tab.panel)
    press(page, "Save the rows")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert tab.sent("PUT")[0][1]["rows"][-1] == {"datum": "criterion:1", "path": "", "field": "Sponsor__c"}
    why_synced_fields_are_as_they_are(page, tab)


def why_synced_fields_are_as_they_are(page: Page, tab: SettingsStub) -> None:
    """D6, for any deal of the admin's own."""
    page.get_by_role("searchbox", name="Part of a deal's name").fill("bright")
    page.keyboard.press("Enter")
    press(page, stub.DEAL_NAME)
    press(page, "Why this value? Accord Progress to Progress")
    expect(page.get_by_text("Accord wrote it after a step was completed by Riley Okafor.")).to_be_visible()
    page.get_by_role("dialog").scroll_into_view_if_needed()
    picture(page, "settings-why")
    assert_sound(tab.panel)

    press(page, "Dry run")
    expect(page.get_by_text("Fields that would be written: 2. Records: 1.")).to_be_focused()
    page.get_by_role("heading", name="What would be written").scroll_into_view_if_needed()
    picture(page, "settings-dry-run")
    assert_sound(tab.panel)


def test_an_admin_says_who_wins_and_lets_a_frozen_value_go_on_a104_to_a110_d28(page: Page) -> None:
    tab = opened(page)
    press(page, "Open: Use Salesforce values in Accord")
    expect(page.get_by_text("It went back and forth")).to_be_visible()
    picture(page, "settings-two-way")
    assert_sound(tab.panel)
    page.get_by_role("checkbox", name="Use close dates from Salesforce").press("Space")
    tab.on(f"PUT {SETTINGS}/two-way", (200, two_way()))
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert tab.sent("PUT")[0][1]["close_date"]["enabled"] is False
    tab.on(f"POST {SETTINGS}/two-way/thaw", {"linked": "amount"})
    press(page, "Go on")
    expect(page.get_by_text("It went back and forth")).to_have_count(0)


def test_an_admin_switches_contacts_on_and_sees_who_was_left_out_b1(page: Page) -> None:
    tab = opened(page)
    press(page, "CRM")
    press(page, "Manage Sync Salesforce Contacts")
    page.get_by_role("checkbox", name="Sync Salesforce Contacts").press("Space")
    expect(page.get_by_text("in about 8 Salesforce calls")).to_be_visible()
    page.get_by_role("combobox", name="Lead Source of new Contacts").fill("we")
    page.get_by_role("option", name="Web").click()
    on = {"enabled": True, "lead_source": "Web"}
    tab.on(f"PUT {SETTINGS}/contacts", (200, settings.contacts(**on)))
    press(page, "Save")
    expect(page.get_by_text("The contact has no e-mail address.")).to_be_visible()
    expect(page.get_by_text("still to be read: 440 of 640")).to_be_visible()
    assert tab.sent("PUT")[0][1] == on
    picture(page, "settings-contacts")
    assert_sound(tab.panel)


def test_an_admin_tries_a_rule_and_switches_it_on_for_the_deals_that_are_there_too_b1(page: Page) -> None:
    tab = opened(page)
    press(page, "CRM")
    press(page, "Manage Automatically Create Accords")
    page.get_by_label("All from this stage up to the won one").select_option("Proposal/Price Quote")
    expect(page.get_by_role("checkbox", name="Closed Won")).to_be_checked()
    press(page, "Look which deals: Late deals")
    expect(page.get_by_text("12 deals would get a plan now, 1 would wait")).to_be_focused()
    picture(page, "settings-auto-create")
    assert_sound(tab.panel)
    press(page, "On, also these deals")
    tab.on(f"PUT {SETTINGS}/auto-create", (200, rules_off()))
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    (rule,) = tab.sent("PUT")[0][1]["rules"]
    assert rule["stages"] == ["Proposal/Price Quote", "Negotiation/Review", "Closed Won"]
    assert (rule["enabled"], rule["also_existing"]) == (True, True)


def made_for_the_page(asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    secret = AccessToken("a secret that is shown once")
    facts = {"client_id": "accord-9b41c07d52e86f3a1d0c5e77", "role": asked["role"]}
    return 201, {**facts, **shown(secret, read_page_key(asked["public_key"]), name="client_secret")}


def test_an_admin_sees_what_is_wrong_and_tries_it_again_d61_d65_d68(page: Page) -> None:
    tab = opened(page)
    press(page, "Connections and doctor")
    press(page, "Look now")
    expect(page.get_by_text("One thing has to be mended.")).to_be_visible()
    picture(page, "settings-doctor")
    assert_sound(tab.panel)

    page.get_by_label("The app's secret ends on").fill("2027-06-30")
    tab.on(f"PUT {SETTINGS}/connection", {**settings.DATES, "secret_ends_on": "2027-06-30"})
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    tab.on("POST /api/v1/connection/clients", lambda asked: made_for_the_page(body_of(asked)))
    press(page, "Make a login")
    expect(page.get_by_text("a secret that is shown once")).to_be_visible()
    page.locator("[data-first]").scroll_into_view_if_needed()
    picture(page, "settings-connection")
    assert_sound(tab.panel)
    press(page, "Hide it")

    tab.on("GET /api/v1/deliveries", settings.OVERVIEW)
    tab.on("GET /api/v1/deliveries/forecast", settings.FORECAST)
    press(page, "Errors")
    expect(page.get_by_text("12 writes stand still until a person looks.")).to_be_visible()
    picture(page, "settings-errors")
    assert_sound(tab.panel)
    tab.on("POST /api/v1/deliveries/retry", {"retried": 12})
    card = {name: settings.OVERVIEW["causes"][0][name] for name in ("code", "recovery", "sobject")}
    press(page, "Try again: 12 writes to Task")
    expect(page.get_by_text("12 writes are tried again.")).to_be_attached()
    assert tab.sent("POST")[1:] == [("/api/v1/deliveries/retry", card)]

    press(page, "API budget")
    expect(page.get_by_text("28,600 calls are left.")).to_be_visible()
    picture(page, "settings-budget")
    assert_sound(tab.panel)
    press(page, "Flow calls")
    expect(page.get_by_text("3 calls, the newest first.")).to_be_visible()
    picture(page, "settings-flow-calls")
    assert_sound(tab.panel)


def test_a_rep_is_told_whom_to_ask_a38(page: Page) -> None:
    tab = SettingsStub(page)
    tab.on("GET /api/v1/connection", (403, stub.error("NOT_ALLOWED", "Admins only.")))
    tab.open()

    expect(page.get_by_text("Ask an administrator")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert_sound(tab.panel)
