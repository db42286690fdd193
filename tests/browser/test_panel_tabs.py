"""Two tabs with rows of the deal and its account: shown, saved together, changed by a save (A27, A29 to A33, D7)."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from support import panel_stub as stub
from support.panel_stub import PanelStub

pytestmark = pytest.mark.browser

ACCOUNT = "001Ax000001AbCdIAK"


def people(value: str | None) -> dict[str, Any]:
    """A row of the account."""
    own = {"key": "Account.NumberOfEmployees", "sobject": "Account", "record_id": ACCOUNT}
    return {**stub.row("NumberOfEmployees", "People", "number", value, precision=8, scale=0), **own}


def tab(key: str, label: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "label": label, "rows": list(rows)}


NOTES = stub.row("Description", "Notes", "long_text", None, max_length=32000)
NEXT = stub.row("NextStep", "Next step", "text", "Call", max_length=255)


def opened(page: Page) -> PanelStub:
    answers = PanelStub(page)
    tabs = [tab("deal", "Commercials", NEXT), tab("qualification", "Qualification", people("2400"), NOTES)]
    answers.on("GET", (200, stub.panel(tabs=tabs)))
    answers.open()
    page.wait_for_selector("[data-state=ready]")
    return answers


def entry(page: Page, label: str) -> Locator:
    return page.get_by_label(re.compile(rf"^\*?{label}$"))


def type_into(page: Page, label: str, text: str) -> None:
    entry(page, label).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_rows_of_both_tabs_and_both_records_are_saved_by_one_request(page: Page) -> None:
    answers = opened(page)
    rows = [{**NEXT, "value": "Visit"}, people("2500"), NOTES]
    done = [{"key": row["key"], "outcome": "saved", "message": "Saved."} for row in rows[:2]]
    saved = [tab("deal", "Commercials", rows[0]), tab("qualification", "Qualification", *rows[1:])]
    answers.on("PATCH", (200, {"rows": rows, "tabs": saved, "saved": [one["key"] for one in done], "outcomes": done}))

    expect(page.get_by_role("tab")).to_have_text(["Commercials", "Qualification"])
    type_into(page, "Next step", "Visit")
    page.get_by_role("tab", name="Qualification").click()
    type_into(page, "People", "2500")
    expect(page.get_by_text("2 unsaved changes")).to_be_visible()
    if folder := os.environ.get("ACCORD_PICTURES"):
        page.screenshot(path=Path(folder) / "panel-with-two-tabs.png")
    page.keyboard.press("Control+s")

    expect(page.locator("form").get_by_text("Saved to Salesforce")).to_be_visible()
    assert answers.saves() == [
        [
            {"key": "Opportunity.NextStep", "value": "Visit", "seen": "Call"},
            {"key": "Account.NumberOfEmployees", "value": "2500", "seen": "2400"},
        ]
    ]
    expect(entry(page, "People")).to_have_value(re.compile(r"2,?500"))
    page.get_by_role("tab", name="Commercials").click()
    expect(entry(page, "Next step")).to_have_value("Visit")
    assert answers.complaints == []


def test_a_save_that_moves_the_stage_shows_the_fields_of_that_stage(page: Page) -> None:
    answers = opened(page)
    rows = [{**NEXT, "value": "Visit"}, people("2400"), NOTES]
    saved = [tab("qualification", "Closing", NOTES)]
    answers.on("PATCH", (200, {"rows": rows, "tabs": saved, "saved": [NEXT["key"]], "outcomes": []}))

    type_into(page, "Next step", "Visit")
    page.keyboard.press("Control+s")

    expect(entry(page, "Notes")).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(0)
    expect(entry(page, "Next step")).to_have_count(0)
    assert answers.complaints == []
