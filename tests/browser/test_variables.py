"""Salesforce variables in a browser, by keyboard: the admin's page, and the values in the panel and in the plan."""

import re

import pytest
from playwright.sync_api import Page, expect

from support import panel_stub as stub
from support.panel_page import assert_sound, entry
from support.panel_page import opened as panel_opened
from support.settings_page import opened, picture, press
from support.settings_stub import SETTINGS, body_of
from support.variables_stub import of_panel, variables

pytestmark = pytest.mark.browser

TITLE = "Allow fields from Salesforce to be used as variables"
LEGAL, MODULES = "Opportunity.LegalAgreed__c", "Account.Modules__c"


@pytest.fixture
def width() -> int:
    return 1180


def test_an_admin_enables_variables_and_adds_one(page: Page) -> None:
    tab = opened(page)
    tab.on(f"PUT {SETTINGS}/variables", lambda request: {**variables(), **body_of(request)})
    press(page, "CRM")
    press(page, f"Enable {TITLE}")
    expect(page.get_by_text("It costs no further call.")).to_be_visible()
    assert_sound(tab.panel)
    press(page, "Enable")
    expect(page.get_by_role("button", name=f"Manage {TITLE}")).to_be_focused()
    tab.on(f"GET {SETTINGS}/variables", variables(enabled=True))
    page.keyboard.press("Enter")

    press(page, "Add Variable")
    expect(page.get_by_label("Level")).to_be_focused()
    # Tab goes past it while its fields are on their way
    expect(page.get_by_role("combobox", name="Field of Opportunity")).to_be_editable()
    page.keyboard.press("Tab")
    page.keyboard.type("legal")
    expect(page.get_by_role("option", name="Legal Agreed")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Label in Accord", exact=True)).to_have_value("Legal Agreed")
    assert_sound(tab.panel)
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"Label of {LEGAL} in Accord")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert_sound(tab.panel)
    picture(page, "settings-variables")
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    sent = tab.sent("PUT")[-1][1]
    assert sent["enabled"] is True
    assert [(row["label"], row["read"], row["write"]) for row in sent["rows"]] == [
        ("Go-live", True, False), ("Modules", True, True), ("Legal Agreed", True, True),
    ]  # fmt: skip


def test_a_rep_reads_values_in_the_plan_and_changes_them(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 780})
    rows = of_panel()
    panel = stub.panel(variables=rows, plan=stub.plan(title="Live by {{go-live}} with {{Sponsor}}"))
    answers = panel_opened(page, panel)
    heading = page.locator("[data-title]").last
    expect(heading).to_contain_text("Live by Dec 31, 2026 (Salesforce value: Go-live) with (empty)")
    values = page.get_by_role("region", name="Salesforce values")
    expect(values.get_by_role("group", name="Go-live")).to_contain_text("read here and not written")

    page.get_by_role("checkbox", name="Legal agreed").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(values.get_by_role("checkbox", name="Billing")).to_be_visible()
    values.get_by_role("checkbox", name="Inventory").press("Space")
    values.get_by_role("checkbox", name="Billing").press("Space")
    entry(page, "Sponsor").fill("Ana Brandt")
    expect(page.get_by_text("3 unsaved changes")).to_be_visible()
    assert_sound(answers)
    values.scroll_into_view_if_needed()
    picture(page, "salesforce-values")
    now = {LEGAL: "true", MODULES: "Inventory;Reports", "Opportunity.Sponsor__c": "Ana Brandt"}
    after = [{**row, "value": now.get(row["key"], row["value"])} for row in rows]
    saved = {"rows": stub.default_rows(), "tabs": panel["tabs"], "variables": after, "saved": list(now), "outcomes": []}
    answers.on("PATCH", (200, saved))
    page.keyboard.press("Control+s")

    expect(page.get_by_text("Saved to Salesforce").first).to_be_visible()
    assert [(change["key"], change["value"]) for change in answers.saves()[-1]] == list(now.items())
    expect(heading).to_contain_text("with Ana Brandt")
    expect(values.get_by_role("checkbox", name="Inventory")).to_be_checked()
    expect(values.get_by_role("checkbox", name="Billing")).not_to_be_checked()

    page.get_by_role("button", name="Edit the step Security questionnaire").press("Enter")
    expect(entry(page, "What has to happen")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.type(" for ")
    page.keyboard.press("Home")
    page.get_by_role("button", name="Insert a Salesforce value").press("Enter")
    assert_sound(answers)
    picture(page, "insert-a-salesforce-value")
    page.get_by_role("button", name=re.compile("^Sponsor")).press("Enter")
    expect(entry(page, "What has to happen")).to_be_focused()
    page.keyboard.type(" signs")
    expect(entry(page, "What has to happen")).to_have_value("{{Sponsor}} signs for Security questionnaire")
    entry(page, "Description").press("End")
    page.get_by_role("button", name="Insert a Salesforce value").press("Enter")
    page.get_by_role("button", name=re.compile("^Go-live")).press("Enter")
    expect(entry(page, "Description")).to_be_focused()
    page.keyboard.type("!")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Ana Brandt signs for Security questionnaire” is saved.")).to_be_attached()
    assert answers.plan.step("s5")["description"] == "{{Go-live}}!"
    expect(
        page.get_by_role("checkbox", name=re.compile("^Ana Brandt .Salesforce value: Sponsor. signs"))
    ).to_be_visible()
