"""The panel in a browser, by keyboard: why a value is as it is; steps, comments and people of the plan.

With ACCORD_PICTURES=folder the pictures of the docs are taken on the way.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from support import panel_stub as stub
from support.panel_page import assert_sound, entry, expect_focus, opened

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
    expect_focus(page, "Report on the samples")
    assert answers.plan.versions == ['"1"']


def test_what_somebody_else_has_changed_is_shown_and_what_was_typed_stays(page: Page) -> None:
    answers = opened(page)
    page.get_by_role("button", name="Edit the step Security questionnaire").press("Enter")
    expect_focus(page, "What has to happen")
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
    expect_focus(page, "Edit the step Security questionnaire signed")
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


WHY = {
    "key": "Opportunity.Amount",
    "label": "Opportunity Amount",
    "is_hidden": False,
    "needs_login": False,
    "changed_at": "2026-11-22T10:04:00Z",
    "wrote": [
        {
            "at": "2026-11-22T10:04:00Z", "by": "Riley Okafor", "rule": "panel", "login": "own", "login_name": None,
            "sentence": "Riley Okafor saved it in the panel.", "old": "120000", "new": "125000.50",
        },
        {
            "at": "2026-11-20T09:00:00Z", "by": None, "rule": "two_way", "login": "integration", "login_name": None,
            "sentence": "It runs both ways with the plan.", "old": None, "new": "120000",
        },
    ],
    "skipped": {
        "at": "2026-11-22T10:31:00Z", "by": "Noor Haddad", "reason": "refused",
        "sentence": "Salesforce refused the value. It said: Deals above 500,000 need the desk.",
    },
}  # fmt: skip


def test_a_value_explains_itself_and_a_draft_is_worked_on_and_published(page: Page) -> None:
    """D6: nothing is asked before the button is pressed; Escape closes and gives the focus back."""
    answers = opened(page, stub.panel(plan=stub.plan(is_published=False)))
    answers.on("GET", (200, WHY))
    asked = len(answers.sent)
    page.get_by_role("button", name="Why this value? Opportunity Amount").press("Enter")
    explained = page.get_by_role("dialog", name="Why this value? Opportunity Amount")
    expect(explained).to_contain_text("From $120,000.00 to $125,000.50")
    address = f"/api/v1/panels/{stub.DEAL}/why/Opportunity.Amount"
    assert [path for _method, path, _body in answers.sent[asked:]] == [address]
    assert_sound(answers)
    picture(page, "why-this-value")
    page.keyboard.press("Escape")
    expect(explained).to_have_count(0)
    expect_focus(page, "Why this value? Opportunity Amount")

    page.get_by_role("button", name="People (2)").press("Enter")
    page.get_by_role("button", name="Invite somebody").press("Enter")
    page.keyboard.type("Dana Lee")
    page.keyboard.press("Tab")
    page.keyboard.type("dana@brightwater.example")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dana Lee is invited.")).to_be_visible()
    expect_focus(page, "Invite somebody")
    page.get_by_role("button", name="Delete the step Security questionnaire").press("Enter")
    assert_sound(answers)
    picture(page, "draft-people-and-a-step-to-delete")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Security questionnaire” is deleted.")).to_be_visible()
    expect_focus(page, re.compile("^Technical validation"))
    page.get_by_role("button", name="Publish").press("Enter")

    expect(page.get_by_text("The plan is published.")).to_be_visible()
    expect(page.locator(":focus")).to_have_text("Brightwater plan")
    assert answers.plan.plan["members"][-1]["email"] == "dana@brightwater.example"


def test_a_plan_is_put_in_order_filled_and_taken_from_its_deal_by_keyboard(page: Page) -> None:
    answers = opened(page)
    page.get_by_role("button", name="Move the step Security questionnaire up").press("Enter")
    expect(page.get_by_text("“Security questionnaire” is step 2 of 4 now.")).to_be_visible()
    expect_focus(page, "Move the step Security questionnaire up")
    page.get_by_role("button", name="Resources (0)").press("Enter")
    page.get_by_role("button", name="Add a link").press("Enter")
    # one press of the mouse: what the empty entry says when it is left must not move the button from under the pointer
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_label("Name of the link")).to_have_count(0)
    page.get_by_role("button", name="Add a link").press("Enter")
    page.keyboard.type("Offer")
    page.keyboard.press("Tab")
    page.keyboard.type("https://files.brightwater.example/offer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Offer")).to_be_visible()
    page.get_by_role("button", name="More about this plan").press("Enter")
    page.get_by_role("button", name="Follow", exact=True).press("Enter")
    expect(page.get_by_text("Followers: 2.")).to_be_visible()
    expect_focus(page, "Stop following")
    page.get_by_role("button", name="Disconnect from this deal").press("Enter")
    assert_sound(answers)
    picture(page, "plan-in-order-and-its-menu")
    free = {"plans": [stub.plan(opportunity_id=None)], "next": None}
    bare = stub.panel(plan=None, can_create_plan=True)
    answers.on("GET", lambda request: (200, bare if "/panels/" in request.url else free))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("[data-none] [data-note]")).to_contain_text("“Brightwater plan” has no deal any more.")
    page.get_by_role("button", name="Use a plan without a deal").press("Enter")
    expect(page.get_by_role("button", name="Use it: Brightwater plan")).to_be_visible()
    assert_sound(answers)


def test_a_value_that_both_sides_changed_is_decided_in_the_panel(page: Page) -> None:
    """D28: the deal's owner, whom Salesforce's bell has sent here, sees both values and takes one by keyboard."""
    shared = {"end_date": "2026-12-31", "value": {"amount": "80000.00", "currency": "USD"}}
    answers = opened(page)
    both = {"accord": "80000.00", "salesforce": "90000.00", "currency": "USD"}
    words = "The value was changed in Accord and in Salesforce, and the two differ. Somebody has to choose."
    since = {"sentence": words, "since": "2026-11-22T10:04:00Z", "version": 4}
    answers.plan.linked[1].update(standing="conflict", conflict=both, **since)
    answers.plan.plan.update(shared)
    page.reload()

    choice = page.get_by_role("group", name="Value: two values, and one choice")
    expect(choice).to_contain_text("In Salesforce$90,000.00In the plan$80,000.00")
    assert_sound(answers)
    picture(page, "value-that-needs-a-choice")
    page.get_by_role("button", name=re.compile("Take Salesforce.s: Value")).press("Enter")

    expect(page.get_by_text(re.compile("Value: the plan has Salesforce.s value now"))).to_be_visible()
    expect(page.locator("[data-linked=amount]")).to_contain_text("$90,000.00In step with the deal")
    expect(page.locator(":focus")).to_have_text("End date and value")
