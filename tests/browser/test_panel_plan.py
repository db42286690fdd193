"""The plan in the panel in a browser, by keyboard: complete a step, change one that somebody else has changed, comment.

With ACCORD_PICTURES=folder the pictures of the docs are taken on the way.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from support.panel_page import assert_sound, entry, focused, opened

pytestmark = pytest.mark.browser


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("ACCORD_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def step(page: Page, title: str) -> Locator:
    return page.locator("c-accord-plan-step").filter(has_text=title)


def test_the_plan_is_followed_by_keyboard(page: Page) -> None:
    answers = opened(page)
    expect(step(page, "Report on the samples")).to_contain_text("Overdue: was due Nov 18, 2026")
    page.get_by_role("button", name="How the score is made up").press("Enter")
    expect(page.get_by_role("row", name="Together 46")).to_be_visible()
    assert_sound(answers)
    picture(page, "plan-with-its-score")

    page.get_by_role("checkbox", name="Report on the samples").press("Space")

    expect(page.get_by_text("“Report on the samples” is completed. 5 of 10 steps done")).to_be_visible()
    expect(step(page, "Report on the samples")).to_contain_text("Completed Nov 22, 2026")
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "50")
    assert focused(page) == "Report on the samples"
    assert answers.plan.versions == ['"1"']


def test_what_somebody_else_has_changed_is_shown_and_what_was_typed_stays(page: Page) -> None:
    answers = opened(page)
    page.get_by_role("button", name="Edit the step Security questionnaire").press("Enter")
    assert focused(page) == "What has to happen"
    page.keyboard.press("End")
    page.keyboard.type(" signed")
    answers.plan.step("s5").update(due_date="2026-12-11", version=2)

    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Due date: was Dec 4, 2026, is now Dec 11, 2026")
    expect(entry(page, "What has to happen")).to_have_value("Security questionnaire signed")
    assert_sound(answers)
    picture(page, "step-changed-by-somebody-else")
    entry(page, "What has to happen").press("Enter")
    expect(page.get_by_text("“Security questionnaire signed” is saved.")).to_be_visible()
    assert focused(page) == "Edit the step Security questionnaire signed"
    assert answers.plan.step("s5")["due_date"] == "2026-12-11"


def test_a_comment_is_internal_unless_customers_are_chosen(page: Page) -> None:
    answers = opened(page)
    page.get_by_role("button", name="Comments on Report on the samples").press("Enter")
    expect(page.get_by_text("No comments yet.")).to_be_visible()
    entry(page, "New comment").fill("The laboratory asks for one more week.")
    page.get_by_role("radio", name="Only our own people").press("ArrowRight")
    page.get_by_role("button", name="Save the comment").press("Enter")

    expect(page.get_by_text("Customers see it")).to_be_visible()
    expect(page.get_by_text("The comment is saved.")).to_be_visible()
    assert answers.plan.comments[0]["is_internal"] is False
    assert_sound(answers)
    picture(page, "comments-on-a-step")
