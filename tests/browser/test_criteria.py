"""Execution criteria in a browser, by keyboard: the admin's pages, and the section of a plan (D19 to D21)."""

import pytest
from playwright.sync_api import Page, expect

from support import panel_stub as stub
from support.criteria_stub import CRITERIA, WEIGHTS, criteria_answers, criteria_of_plan
from support.panel_page import assert_sound, entry, expect_focus
from support.panel_page import opened as panel_opened
from support.settings_page import opened, picture, press
from support.settings_stub import SETTINGS

pytestmark = pytest.mark.browser


@pytest.fixture
def width() -> int:
    return 1180


def test_an_admin_makes_a_criterion_deletes_one_and_weighs_the_score(page: Page) -> None:
    tab = opened(page, **criteria_answers(SETTINGS))
    press(page, "CRM")
    press(page, "Manage Execution Criteria")
    expect(page.get_by_text("38 plans have something for it")).to_be_visible()
    press(page, "New Criterion")
    expect_focus(page, "Name")
    page.keyboard.type("Legal has agreed")
    expect(entry(page, "Key")).to_have_value("legal_has_agreed")
    press(page, "Delete Executive sponsor")
    expect(page.get_by_text("Executive sponsor goes from every plan when you save.")).to_be_focused()
    assert_sound(tab.panel)
    picture(page, "settings-criteria")
    press(page, "Delete")
    kept = [*CRITERIA[1:], {**CRITERIA[0], "id": "c-new", "key": "legal_has_agreed", "title": "Legal has agreed"}]
    tab.on(f"PUT {SETTINGS}/criteria", (200, {**tab.known[f"GET {SETTINGS}/criteria"], "criteria": kept}))
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    sent = tab.sent("PUT")[-1][1]["criteria"]
    assert [one["key"] for one in sent] == ["business_case", "security", "kick_off", "legal_has_agreed"]

    page.locator("[data-crumb]").press("Enter")
    press(page, "Manage Execution Score")
    page.get_by_label("Criteria fulfilled").fill("50")
    expect(page.get_by_text("Together 110 of 100: take 10 away.")).to_be_visible()
    assert_sound(tab.panel)
    picture(page, "settings-score")
    page.get_by_label("Steps completed").fill(str(WEIGHTS["progress"] - 10))
    expect(page.get_by_text("Together 100 of 100", exact=True)).to_be_visible()


def test_a_rep_says_who_the_sponsor_is(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 780})
    panel = stub.panel()
    panel["plan"]["criteria"] = criteria_of_plan()
    answers = panel_opened(page, panel)
    page.get_by_role("button", name="Execution criteria: 2 of 4 fulfilled").press("Enter")
    page.get_by_role("button", name="Set Executive sponsor").press("Enter")
    page.get_by_role("combobox", name="Person").click()
    page.get_by_role("option", name="Ana Brandt").click()
    assert_sound(answers)
    picture(page, "criteria-of-a-plan")
    page.get_by_role("button", name="Save", exact=True).press("Enter")

    expect(page.get_by_text("Executive sponsor is saved")).to_be_attached()
    expect(page.get_by_role("button", name="Execution criteria: 3 of 4 fulfilled")).to_be_visible()
    expect_focus(page, "Change Executive sponsor")
    assert answers.plan.versions == ['"7"']
    page.get_by_role("checkbox", name="Security approved").press("Space")
    expect(page.get_by_role("button", name="Execution criteria: 4 of 4 fulfilled")).to_be_visible()
