"""The panel by itself in a browser: each state, by keyboard, without accessibility findings, under a strict policy."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from support import panel_stub as stub
from support.panel_page import assert_sound, entry, expect_focus, focused, opened, type_into
from support.panel_stub import PanelStub

pytestmark = pytest.mark.browser

LABELS = ["Close Date", "Opportunity Amount", "Opportunity Stage", "Next Steps"]


def test_shows_the_four_default_fields_in_their_order_a8_to_a12(page: Page) -> None:
    answers = opened(page)

    expect(page.locator("c-accord-field label")).to_have_text([re.compile(rf"^\*?\s*{label}$") for label in LABELS])
    expect(page.get_by_label("Opportunity Amount")).to_have_value("$125,000.50")
    expect(entry(page, "Close Date")).to_have_value("Dec 31, 2026")
    assert_sound(answers)


def test_says_that_it_is_loading(page: Page) -> None:
    answers = PanelStub(page)
    answers.on("GET", lambda _request: None)
    answers.open()

    expect(page.get_by_text("Loading the fields of this deal…")).to_be_visible()
    assert_sound(answers)


def test_a_failed_load_can_be_tried_again_by_keyboard(page: Page) -> None:
    answers = PanelStub(page)
    answers.on("GET", (503, stub.error("SALESFORCE_UNAVAILABLE", "Salesforce does not answer right now.")))
    answers.open()
    expect(page.get_by_text("Salesforce does not answer right now.")).to_be_visible()
    assert_sound(answers)

    answers.on("GET", (200, stub.panel()))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_label("Opportunity Amount")).to_be_visible()


@pytest.mark.parametrize(
    ("record_id", "answer", "words"),
    [
        (None, (200, stub.panel()), "No deal to show"),
        (stub.DEAL, (404, stub.error("NOT_FOUND", "Not found.")), "This deal cannot be found"),
        (stub.DEAL, (200, stub.panel(rows=[])), "No fields are set up yet"),
        (stub.DEAL, (401, stub.error("SIGN_IN_AGAIN", "Sign in again.")), "Sign in again: reload the page."),
    ],
)
def test_what_cannot_be_shown_is_said_plainly(page: Page, record_id: str | None, answer: Any, words: str) -> None:
    answers = PanelStub(page, session=stub.session(record_id=record_id))
    answers.on("GET", answer)
    answers.open()

    expect(page.get_by_text(words)).to_be_visible()
    assert_sound(answers)


def test_a_locked_field_says_why_before_anything_is_typed(page: Page) -> None:
    reason = {"code": "COMES_FROM_PRODUCTS", "message": "The amount comes from the Products of this deal."}
    rows = [{**row, "editable": False, "required": False, "read_only_reason": reason} for row in stub.default_rows()]
    answers = opened(page, stub.panel(rows))

    expect(page.get_by_text(reason["message"])).to_have_count(4)
    expect(page.get_by_text("You can read this deal, but not change it here.")).to_be_visible()
    expect(page.locator("c-accord-field").locator("input, textarea")).to_have_count(0)
    assert_sound(answers)


def test_the_whole_edit_works_by_keyboard(page: Page) -> None:
    rows = stub.default_rows()
    rows[1]["value"] = "130000.00"
    answers = opened(page)
    answers.on("PATCH", (200, {"rows": rows, "saved": ["Opportunity.Amount"], "outcomes": []}))

    while focused(page) != "Opportunity Amount":
        page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("130000")
    expect(page.get_by_text("1 unsaved change")).to_be_visible()
    assert_sound(answers)
    page.keyboard.press("Control+s")

    expect(page.locator("[data-saved]")).to_have_text("Saved to Salesforce")
    assert answers.saves() == [[{"key": "Opportunity.Amount", "value": "130000", "seen": "125000.50"}]]
    expect_focus(page, "Opportunity Amount")
    expect(page.locator("[data-bar]")).to_have_count(0)
    assert_sound(answers)


def test_a_date_that_is_still_being_typed_is_saved_too(page: Page) -> None:
    answers = opened(page)
    answers.on("PATCH", (200, {"rows": [], "saved": [], "outcomes": []}))

    type_into(page, "Close Date", "Jan 5, 2027")
    page.keyboard.press("Control+s")
    expect(page.locator("p[data-status]")).to_have_text("Saved to Salesforce")

    assert answers.saves() == [[{"key": "Opportunity.CloseDate", "value": "2027-01-05", "seen": "2026-12-31"}]]


def test_a_picklist_offers_exactly_what_it_was_given_a19(page: Page) -> None:
    opened(page)

    page.get_by_role("combobox", name="Opportunity Stage").click()

    expect(page.get_by_role("option")).to_have_text(stub.STAGES)


def test_escape_closes_an_open_list_before_it_reverts_the_field(page: Page) -> None:
    opened(page)
    stage = page.get_by_role("combobox", name="Opportunity Stage")
    stage.click()
    page.get_by_role("option", name="Closed Won").click()
    expect(page.locator("[data-bar]")).to_be_visible()

    stage.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("[data-bar]")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("[data-bar]")).to_have_count(0)
    expect(stage).to_have_text("Qualification")


def test_arrow_keys_do_not_count_an_amount(page: Page) -> None:
    opened(page)
    page.get_by_label("Opportunity Amount").click()

    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Opportunity Amount")).to_have_value("$125,000.50")
    expect(page.locator("[data-bar]")).to_have_count(0)


def test_text_stops_at_255_characters_and_says_so_a21(page: Page) -> None:
    answers = opened(page)

    page.get_by_label("Next Steps").fill("x" * 300)

    expect(page.get_by_label("Next Steps")).to_have_value("x" * 255)
    expect(page.get_by_text("No characters left (the limit is 255)")).to_be_visible()
    assert_sound(answers)


def test_a_saving_panel_shows_it_and_takes_no_second_save(page: Page) -> None:
    answers = opened(page)
    answers.on("PATCH", lambda _request: None)
    type_into(page, "Next Steps", "Visit the laboratory")

    page.keyboard.press("Control+s")
    page.keyboard.press("Control+s")

    expect(page.get_by_role("button", name="Saving…")).to_be_disabled()
    expect(page.locator("form[aria-busy=true]")).to_be_visible()
    assert len(answers.saves()) == 1
    assert_sound(answers)


def test_salesforces_own_message_stands_at_the_field_and_what_was_typed_stays(page: Page) -> None:
    answers = opened(page)
    item = stub.at_field("Amount", "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Deals above 100,000 need an approval.")
    answers.on("PATCH", (422, stub.error("SALESFORCE_REFUSED", "Salesforce refused the change.", item)))
    type_into(page, "Next Steps", "Visit")
    type_into(page, "Opportunity Amount", "130000")

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Deals above 100,000 need an approval.")).to_be_visible()
    expect_focus(page, "Opportunity Amount")
    expect(page.get_by_label("Opportunity Amount")).to_have_value("130000")
    expect(page.get_by_label("Next Steps")).to_have_value("Visit")
    expect(page.get_by_label("Opportunity Amount")).to_have_attribute("aria-invalid", "true")
    assert_sound(answers)


def test_a_message_without_a_field_stands_at_the_top(page: Page) -> None:
    answers = opened(page)
    item = {"key": None, "field": None, "code": "ENTITY_IS_LOCKED", "message": "The deal is locked for approval."}
    answers.on("PATCH", (422, stub.error("SALESFORCE_REFUSED", "Salesforce refused the change.", item)))
    type_into(page, "Next Steps", "Visit")

    page.keyboard.press("Control+s")

    expect(page.get_by_role("alert")).to_contain_text("The deal is locked for approval.")
    assert_sound(answers)


def test_a_stale_edit_shows_both_values_and_is_settled_by_keyboard(page: Page) -> None:
    answers = opened(page)
    amount = stub.at_field("Amount", "STALE_EDIT", "Changed.", yours="130000", theirs="99000.00")
    step = stub.at_field("NextStep", "STALE_EDIT", "Changed.", yours="Visit", theirs="Send the offer")
    answers.on("PATCH", (409, stub.error("STALE_EDIT", "Somebody else changed it.", amount, step)))
    type_into(page, "Opportunity Amount", "130000")
    type_into(page, "Next Steps", "Visit")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-yours]").first).to_have_text("$130,000.00")
    expect(page.locator("[data-theirs]").first).to_have_text("$99,000.00")
    assert_sound(answers)

    expect_focus(page, re.compile("^Keep mine: Keep my value of Opportunity Amount"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect_focus(page, re.compile("^Take theirs: Take the value of Next Steps"))
    page.keyboard.press("Enter")
    answers.on("PATCH", (200, {"rows": stub.default_rows(), "saved": [], "outcomes": []}))
    expect_focus(page, "Save")
    page.keyboard.press("Enter")

    expect(page.locator("[data-bar]")).to_have_count(0)
    assert answers.saves()[-1] == [{"key": "Opportunity.Amount", "value": "130000", "seen": "99000.00"}]


def test_a_lost_network_during_a_save_is_told_as_in_doubt_and_keeps_what_was_typed_d9(page: Page) -> None:
    answers = opened(page)
    page.route("**/api/v1/panels/**", lambda route: route.abort())
    type_into(page, "Next Steps", "Visit")

    page.keyboard.press("Control+s")

    expect(page.get_by_role("alert")).to_contain_text("It is not known whether this was saved")
    expect(page.get_by_label("Next Steps")).to_have_value("Visit")
    assert_sound(answers)


def test_a_deal_without_a_plan_offers_to_create_one_a3(page: Page) -> None:
    answers = opened(page, stub.panel(plan=None, can_create_plan=True))
    made = stub.plan(steps_total=8, steps_done=2, progress=25)
    answers.on("POST", (201, made))
    answers.plan.plan.update(made)
    expect(page.get_by_text("This deal has no plan yet")).to_be_visible()
    assert_sound(answers)

    page.get_by_role("button", name="Create a plan").press("Enter")
    expect_focus(page, "Plan title")
    assert_sound(answers)
    page.keyboard.press("Tab")
    page.keyboard.type("Kick-off")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.keyboard.press("Enter")

    expect(page.get_by_text("2 of 8 steps done")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "25")
    method, path, body = answers.sent[-1]
    assert (method, path) == ("POST", "/api/v1/plans")
    entered = {"stage_title": "Kick-off", "steps_total": 8, "steps_done": 2}
    assert body == {"opportunity_id": stub.DEAL, "title": f"{stub.DEAL_NAME} plan", **entered}
    assert_sound(answers)


def test_an_error_in_another_tab_brings_that_tab_to_the_front(page: Page) -> None:
    notes = stub.row("Description", "Notes", "long_text", None, max_length=32000)
    tabs = [
        {"key": "deal", "label": "Deal", "rows": stub.default_rows()},
        {"key": "qualification", "label": "Qualification", "rows": [notes]},
    ]
    answers = opened(page, stub.panel(tabs=tabs))
    item = stub.at_field("NextStep", "REQUIRED_FIELD_MISSING", "Say what comes next.")
    answers.on("PATCH", (422, stub.error("SALESFORCE_REFUSED", "Salesforce refused the change.", item)))
    page.get_by_role("tab", name="Qualification").click()
    type_into(page, "Notes", "Line one")
    assert_sound(answers)

    page.keyboard.press("Control+s")

    expect(page.get_by_text("Say what comes next.")).to_be_visible()
    expect_focus(page, "Next Steps")
    assert_sound(answers)


def test_text_from_salesforce_is_text_and_never_markup(page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    rows = stub.default_rows()
    rows[3] = {
        **rows[3],
        "value": hostile,
        "editable": False,
        "read_only_reason": {"code": "FORMULA", "message": hostile},
    }
    answers = opened(page, stub.panel(rows, plan=stub.plan(title=hostile)))

    expect(page.get_by_text(hostile)).to_have_count(3)
    expect(page.locator("img")).to_have_count(0)
    assert_sound(answers)


# answers as the page around a Canvas app does, and beforehand with a message that is none of ours
PARENT_PAGE = f"""<!doctype html><html lang="en"><title>Record page</title><script>
    addEventListener('message', (event) => {{
        const asked = JSON.parse(event.data);
        if (asked.targetModule !== 'Canvas' || asked.body.type !== 'refresh') return;
        event.source.postMessage('{{"seq": 0}}', event.origin);
        const answer = {{ type: 'callback', seq: asked.seq, status: 200, payload: {{ response: 'fresh' }} }};
        event.source.postMessage(JSON.stringify(answer), event.origin);
    }});
</script><iframe title="Accord" src="{stub.ORIGIN}/canvas" width="400" height="700"></iframe>"""


def test_a_session_that_has_ended_is_renewed_through_the_page_around_the_frame(page: Page) -> None:
    """The frame stands on another site than the page around it, so it has neither cookies nor storage."""
    answers = PanelStub(page, session=stub.session(parent_origin=stub.PARENT))
    page.route(f"{stub.PARENT}/**", lambda route: route.fulfill(body=PARENT_PAGE, content_type="text/html"))

    def only_the_fresh_token(request: Request) -> stub.Answer:
        if request.headers["authorization"] == "Bearer first-token":
            answers.session = {**answers.session, "token": "second-token"}
            return 401, stub.error("SIGN_IN_AGAIN", "The session has ended.")
        return 200, stub.panel()

    answers.on("GET", only_the_fresh_token)
    page.goto(f"{stub.PARENT}/")

    expect(page.frame_locator("iframe").get_by_label("Opportunity Amount")).to_be_visible()
    assert answers.tokens[0] == "Bearer first-token"
    assert set(answers.tokens[1:]) == {"Bearer second-token"}
