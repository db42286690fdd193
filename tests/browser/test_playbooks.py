"""Playbooks in a browser, by keyboard: the admin's page, and starting a plan with one (B1)."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support import panel_stub as stub
from support.panel_page import assert_sound
from support.panel_stub import PanelStub
from support.playbooks_stub import FRAMEWORK, HIDDEN, LABORATORY
from support.settings_page import opened, picture, press

pytestmark = pytest.mark.browser


def test_an_admin_hides_one_and_is_told_why_another_stays(page: Page) -> None:
    page.set_viewport_size({"width": 1180, "height": 740})
    library = {"playbooks": [LABORATORY, FRAMEWORK, HIDDEN], "can_save": True, "next": None}
    tab = opened(page, **{"GET /api/v1/playbooks": library, "PATCH /api/v1/playbooks/b1": LABORATORY})
    tab.panel.playbooks = library["playbooks"]
    press(page, "CRM")
    press(page, "Manage Playbooks")
    expect(page.get_by_text("Rules that begin with it: Late deals")).to_be_visible()
    press(page, "Delete “Framework agreement”")
    expect(page.get_by_text("is not deleted while rules begin with it")).to_be_visible()
    assert_sound(tab.panel)
    picture(page, "settings-playbooks")
    press(page, "Hide “Evaluation in a laboratory”: who starts a plan is not shown it")
    expect(page.get_by_text("is hidden from whoever starts a plan")).to_be_attached()
    assert tab.sent("PATCH")[-1] == ("/api/v1/playbooks/b1", {"is_offered": False})


def test_a_rep_starts_a_plan_with_one(page: Page) -> None:
    page.set_viewport_size({"width": 420, "height": 900})
    answers = PanelStub(page)
    answers.playbooks = [LABORATORY, FRAMEWORK]
    answers.on("GET", (200, stub.panel(plan=None, can_create_plan=True)))
    answers.on("POST", (201, stub.plan()))
    answers.open()
    page.get_by_role("button", name="Create a plan").press("Enter")
    page.get_by_role("radio", name="Framework agreement").check()
    expect(page.get_by_label("Current stage")).to_have_count(0)
    assert_sound(answers)
    if folder := os.environ.get("ACCORD_PICTURES"):
        page.locator("c-accord-plan").screenshot(path=Path(folder) / "plan-begins-with-a-playbook.png")
    page.get_by_role("button", name="Create plan").press("Enter")
    expect(page.get_by_text("The plan has been created")).to_be_attached()
    _method, path, body = next(one for one in answers.sent if one[0] == "POST")
    assert (path, body["playbook"], "stage_title" in body) == ("/api/v1/plans", "b2", False)
