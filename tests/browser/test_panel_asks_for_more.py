"""Fields that Salesforce asks for, picklists that narrow while one chooses, and reasons before typing: by keyboard."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from support import panel_stub as stub
from support.panel_page import assert_sound, expect_focus, opened
from support.panel_stub import PanelStub

pytestmark = pytest.mark.browser

MESSAGE = "Say why a deal was lost before you close it."
REASON = stub.row("Loss_Reason__c", "Loss Reason", "text", None, max_length=255)
LOST = stub.error(
    "SALESFORCE_REFUSED",
    "Salesforce did not accept the change. Nothing was saved; what you typed is kept.",
    stub.at_field("Loss_Reason__c", "FIELD_CUSTOM_VALIDATION_EXCEPTION", MESSAGE),
)


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("ACCORD_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def choose(page: Page, label: str, option: str) -> None:
    """Opens a list and picks a value, by keys alone."""
    box = page.get_by_role("combobox", name=label)
    box.focus()
    page.keyboard.press("ArrowDown")
    wanted = page.get_by_role("option", name=option, exact=True)
    expect(wanted).to_be_visible()
    goal, marked = str(wanted.get_attribute("id")), "aria-activedescendant"
    expect(box).to_have_attribute(marked, re.compile("."))
    while (at := str(box.get_attribute(marked))) != goal:
        page.keyboard.press("ArrowDown")
        expect(box).not_to_have_attribute(marked, at)
    page.keyboard.press("Enter")
    expect(box).to_have_text(option)


def asking(page: Page) -> PanelStub:
    """A panel of an org that closes no lost deal without its reason."""
    answers = opened(page)

    def panel(request: Request) -> tuple[int, Any]:
        return 200, stub.panel(also_needed=[REASON] if "also=" in request.url else [])

    answers.on("GET", panel)
    answers.on("PATCH", (422, LOST))
    return answers


def test_a_field_that_salesforce_asks_for_is_filled_in_under_the_error_and_saved_with_the_rest(page: Page) -> None:
    answers = asking(page)
    choose(page, "Opportunity Stage", "Closed Lost")
    page.keyboard.press("Control+s")

    expect(page.get_by_role("group", name="Salesforce asks for this too")).to_be_visible()
    expect(page.get_by_label("Loss Reason")).to_be_focused()
    expect(page.get_by_text(MESSAGE)).to_be_visible()
    assert_sound(answers)
    picture(page, "salesforce-asks-for-a-field")

    page.keyboard.type("Price")
    rows = stub.default_rows()
    rows[2]["value"] = "Closed Lost"
    answers.on("PATCH", (200, {"rows": [*rows, {**REASON, "value": "Price"}], "saved": [], "outcomes": []}))
    page.keyboard.press("Control+s")

    expect(page.locator("[data-saved]")).to_have_text("Saved to Salesforce")
    expect(page.get_by_label("Loss Reason")).to_have_count(0)
    first, second = [body for method, _path, body in answers.sent if method == "PATCH"]
    stage = {"key": "Opportunity.StageName", "value": "Closed Lost", "seen": "Qualification"}
    assert (first["changes"], first["also"]) == ([stage], [])
    assert second["changes"] == [stage, {"key": "Opportunity.Loss_Reason__c", "value": "Price", "seen": None}]
    assert second["also"] == ["Opportunity.Loss_Reason__c"]
    assert_sound(answers)


def test_cancelling_takes_the_asked_field_away(page: Page) -> None:
    asking(page)
    choose(page, "Opportunity Stage", "Closed Lost")
    page.keyboard.press("Control+s")
    expect(page.get_by_label("Loss Reason")).to_be_focused()

    page.get_by_role("button", name="Cancel").press("Enter")

    expect(page.get_by_label("Loss Reason")).to_have_count(0)
    expect(page.get_by_role("combobox", name="Opportunity Stage")).to_have_text("Qualification")


def offered(value: str, *valid_for: str) -> dict[str, Any]:
    return {"value": value, "label": value, "valid_for": list(valid_for) or None}


def places() -> list[dict[str, Any]]:
    """A country and the state that depends on it."""
    countries = [offered("United States"), offered("Canada")]
    states = [offered("New York", "United States"), offered("Ohio", "United States"), offered("Quebec", "Canada")]
    country = stub.row("Country__c", "Country", "picklist", "United States", options=countries)
    controller = {"key": country["key"], "value": "United States"}
    return [country, stub.row("State__c", "State", "picklist", "Ohio", options=states, controller=controller)]


def test_a_dependent_picklist_narrows_and_clears_while_the_other_is_chosen(page: Page) -> None:
    answers = opened(page, stub.panel(places()))
    state = page.get_by_role("combobox", name="State")

    choose(page, "Country", "Canada")

    expect(page.get_by_text("“Ohio” is not offered with this Country. Choose again.")).to_be_visible()
    expect(state).not_to_contain_text("Ohio")
    picture(page, "picklist-that-depends-on-another")
    choose(page, "State", "Quebec")
    assert_sound(answers)
    answers.on("PATCH", (200, {"rows": [], "saved": [], "outcomes": []}))
    page.keyboard.press("Control+s")
    expect(page.locator("p[data-status]")).to_have_text("Saved to Salesforce")

    assert answers.saves() == [
        [
            {"key": "Opportunity.Country__c", "value": "Canada", "seen": "United States"},
            {"key": "Opportunity.State__c", "value": "Quebec", "seen": "Ohio"},
        ]
    ]


def test_what_was_cleared_comes_back_with_escape(page: Page) -> None:
    opened(page, stub.panel(places()))
    choose(page, "Country", "Canada")
    expect(page.locator("[data-count]")).to_have_text("2 unsaved changes")

    page.keyboard.press("Escape")

    expect(page.get_by_role("combobox", name="State")).to_have_text("Ohio")
    expect(page.locator("[data-bar]")).to_have_count(0)
    expect_focus(page, "Country")


def test_an_approval_and_a_related_record_are_reasons_that_stand_there_before_anything_is_typed(page: Page) -> None:
    approval = {"code": "LOCKED_BY_APPROVAL", "message": "Waits.", "since": "2026-11-20T09:30:00+00:00"}
    words = "This value belongs to a related record. Change it there."
    related = {"code": "RELATED", "message": words, "since": None, "record_id": "005gHd00000100lIAA"}
    locked = [{**row, "editable": False, "read_only_reason": approval} for row in stub.default_rows()]
    owner = stub.row("Owner.Name", "Owner", "text", "Riley Okafor", editable=False, read_only_reason=related)
    answers = opened(page, stub.panel([*locked, owner]))

    expect(page.get_by_text("Waiting for an approval since Nov 20, 2026")).to_have_count(1)
    expect(page.get_by_text("Locked by the approval")).to_have_count(4)
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_role("button", name="Open that record")).to_be_visible()
    expect(page.get_by_role("button", name="Open the approval")).to_have_count(1)
    expect(page.locator("c-accord-field").locator("input, textarea")).to_have_count(0)
    assert_sound(answers)
    picture(page, "locked-by-an-approval")


TYPED = {"key": "Opportunity.NextStep", "value": "Visit the plant", "seen": "Call the laboratory"}


def drafts(answers: PanelStub) -> list[Any]:
    return [body["changes"] for method, path, body in answers.sent if method == "PUT" and path.endswith("/draft")]


def test_what_was_typed_is_kept_and_there_again_after_a_reload_d9(page: Page) -> None:
    answers = opened(page)
    answers.on("PUT", (200, {"kept_at": "2026-11-22T12:00:00Z"}))
    page.get_by_label("Next Steps").fill("")
    # on a slow machine a draft goes out while one types
    with page.expect_response(lambda response: "Visit the plant" in (response.request.post_data or "")):
        page.get_by_label("Next Steps").press_sequentially("Visit the plant")
    assert drafts(answers)[-1] == [TYPED]

    page.on("dialog", lambda dialog: dialog.accept())
    kept = {"kept_at": "2026-11-22T12:00:00Z", "offered": False, "changes": [TYPED]}
    answers.on("GET", (200, stub.panel(draft=kept)))
    page.reload()

    expect(page.get_by_label("Next Steps")).to_have_value("Visit the plant")
    expect(page.locator("[data-restored]")).to_have_text("What you had typed and not saved is here again.")
    assert_sound(answers)


def test_an_old_draft_is_asked_about_by_keyboard(page: Page) -> None:
    old = {"kept_at": "2026-11-10T12:00:00Z", "offered": True, "changes": [TYPED]}
    answers = opened(page, stub.panel(draft=old))
    answers.on("PUT", (200, {"kept_at": None}))
    expect(page.get_by_text("You have unsaved changes from Nov 10, 2026")).to_be_visible()
    expect(page.get_by_label("Next Steps")).to_have_value("Call the laboratory")
    assert_sound(answers)
    picture(page, "unsaved-changes-are-offered")

    with page.expect_response(lambda response: response.request.method == "PUT"):
        page.get_by_role("button", name="Discard").press("Enter")

    assert drafts(answers) == [[]]
    expect(page.get_by_text("You have unsaved changes")).to_have_count(0)
