"""The panel in a browser when something goes wrong: nothing that was typed is lost, and nothing false is said."""

import pytest
from playwright.sync_api import Dialog, Page, Request, expect

from support import panel_stub as stub
from support.panel_page import assert_sound, entry, expect_focus, opened, type_into
from support.panel_stub import PanelStub

pytestmark = pytest.mark.browser

# the page around the frame: it writes down what it is told, and answers when a new signed request is asked for
PARENT_PAGE = f"""<!doctype html><html lang="en"><title>Record page</title><script>
    window.told = [];
    addEventListener('message', (event) => {{
        const asked = JSON.parse(event.data);
        window.told.push(asked.body);
        if (asked.body.type !== 'refresh') return;
        const answer = {{ type: 'callback', seq: asked.seq, status: 200, payload: {{ response: 'fresh' }} }};
        event.source.postMessage(JSON.stringify(answer), event.origin);
    }});
</script><iframe title="Accord" src="{stub.ORIGIN}/canvas" width="400" height="300"></iframe>"""


def framed(page: Page) -> PanelStub:
    answers = PanelStub(page, session=stub.session(parent_origin=stub.PARENT))
    page.route(f"{stub.PARENT}/**", lambda route: route.fulfill(body=PARENT_PAGE, content_type="text/html"))
    return answers


def test_a_save_without_an_answer_is_in_doubt_and_found_when_it_is_sent_again_d9(page: Page) -> None:
    answers = opened(page)
    answers.on("PATCH", (503, stub.error("SAVE_IN_DOUBT", "No clear answer came from Salesforce.")))
    type_into(page, "Next Steps", "Visit")
    page.keyboard.press("Control+s")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("It is not known whether this was saved")
    expect(alert).to_contain_text("Save again: you will see if it is there already.")
    assert_sound(answers)

    rows = stub.default_rows()
    rows[3] = {**rows[3], "value": "Visit"}
    answers.on("PATCH", (200, {"rows": rows, "saved": [], "outcomes": []}))
    page.keyboard.press("Control+s")

    expect(page.locator("[data-bar]")).to_have_count(0)
    expect(entry(page, "Next Steps")).to_have_value("Visit")


def test_a_salesforce_login_that_has_ended_is_renewed_and_the_save_goes_on(page: Page) -> None:
    answers = framed(page)
    answers.on("GET", (200, stub.panel()))

    def only_with_the_fresh_token(request: Request) -> stub.Answer:
        if request.headers["authorization"] == "Bearer first-token":
            answers.session = {**answers.session, "token": "second-token"}
            return 502, stub.error("SALESFORCE_LOGIN_LOST", "Salesforce no longer accepts this login.")
        return 200, {"rows": stub.default_rows(), "saved": [], "outcomes": []}

    answers.on("PATCH", only_with_the_fresh_token)
    page.goto(f"{stub.PARENT}/")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Next Steps").fill("Visit")
    page.keyboard.press("Control+s")

    expect(frame.locator("p[data-status]")).to_have_text("Saved to Salesforce")
    assert len(answers.saves()) == 2


def test_a_login_that_cannot_be_renewed_says_so_and_keeps_what_was_typed(page: Page) -> None:
    answers = opened(page)
    answers.on("PATCH", (502, stub.error("SALESFORCE_LOGIN_LOST", "Salesforce no longer accepts this login.")))
    type_into(page, "Next Steps", "Visit")
    page.keyboard.press("Control+s")

    expect(page.get_by_role("alert")).to_contain_text("Reload this page to sign in again.")
    expect(entry(page, "Next Steps")).to_have_value("Visit")
    assert_sound(answers)


@pytest.mark.parametrize("address", [f"{stub.ORIGIN}/canvas", f"{stub.PARENT}/"])
def test_the_browser_asks_before_a_reload_loses_what_was_typed(page: Page, address: str) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    answers = framed(page)
    answers.on("GET", (200, stub.panel()))
    page.goto(address)
    steps = (page.frame_locator("iframe") if address.startswith(stub.PARENT) else page).get_by_label("Next Steps")
    steps.click()
    page.reload()
    assert asked == []

    steps.click()
    page.keyboard.type("Visit")
    page.reload()

    assert asked == ["beforeunload"]


def test_the_page_around_is_told_how_tall_the_panel_is(page: Page) -> None:
    answers = framed(page)
    answers.on("GET", (200, stub.panel(plan=None, can_create_plan=True)))
    page.goto(f"{stub.PARENT}/")
    frame = page.frame_locator("iframe")
    heights = "told.filter((body) => body.type === 'resize').map((body) => parseInt(body.size.height))"
    before = frame.get_by_role("button", name="Create a plan")
    expect(before).to_be_visible()
    page.wait_for_function(f"{heights}.at(-1) > 400")
    closed = page.evaluate(f"{heights}.at(-1)")

    before.click()

    page.wait_for_function(f"{heights}.at(-1) > {closed} + 50")


def test_a_refusal_about_another_field_names_it_and_offers_the_record(page: Page) -> None:
    answers = opened(page)
    item = {"key": None, "field": "LeadSource", "code": "REQUIRED_FIELD_MISSING", "message": "Tell us where."}
    answers.on("PATCH", (422, stub.error("SALESFORCE_REFUSED", "Refused.", item)))
    type_into(page, "Next Steps", "Visit")
    page.keyboard.press("Control+s")

    expect(page.get_by_role("alert")).to_contain_text("LeadSource: Tell us where.")
    expect(page.get_by_role("alert")).not_to_contain_text("Reference")
    expect(page.get_by_role("button", name="Open the record")).to_be_visible()
    assert_sound(answers)


def test_after_a_stale_edit_the_fields_beside_it_are_true_again_d11(page: Page) -> None:
    answers = opened(page)
    item = stub.at_field("Amount", "STALE_EDIT", "Changed.", yours="130000", theirs="99000.00")
    answers.on("PATCH", (409, stub.error("STALE_EDIT", "Somebody else changed it.", item)))
    rows = stub.default_rows()
    rows[1], rows[3] = {**rows[1], "value": "99000.00"}, {**rows[3], "value": "Their step"}
    answers.on("GET", (200, stub.panel(rows)))
    type_into(page, "Opportunity Amount", "130000")
    page.keyboard.press("Control+s")

    expect(entry(page, "Next Steps")).to_have_value("Their step")
    expect(page.locator("[data-yours]")).to_have_text("$130,000.00")


def test_a_hidden_amount_is_not_shown_as_none(page: Page) -> None:
    rows = stub.default_rows()
    reason = {"code": "NOT_VISIBLE", "message": "You do not have access to this field."}
    rows[1] = stub.row("Amount", "Opportunity Amount", "currency", None, editable=False, read_only_reason=reason)
    answers = opened(page, stub.panel(rows))

    expect(page.locator("div[data-value]")).to_have_text("Hidden")
    assert_sound(answers)


def test_pasted_text_that_is_too_long_is_cut_with_a_word_a21(page: Page) -> None:
    answers = opened(page)
    steps = entry(page, "Next Steps")
    steps.click()
    page.keyboard.press("Control+a")
    page.evaluate(
        """() => { const area = Object.assign(document.createElement('textarea'), { value: 'x'.repeat(300) });
            document.body.append(area); area.select(); document.execCommand('copy'); area.remove(); }"""
    )
    steps.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")

    expect(page.get_by_text("The text was cut: at most 255 characters fit here.")).to_be_visible()
    expect(steps).to_have_value("x" * 255)
    assert_sound(answers)


def fill_plan(page: Page, stage: str, steps: str) -> None:
    page.get_by_role("button", name="Create a plan").click()
    page.locator("[data-field=stage_title] input").fill(stage)
    page.locator("[data-field=steps_total] input").fill(steps)
    page.keyboard.press("Enter")


def test_what_is_wrong_with_a_plan_stands_at_its_field(page: Page) -> None:
    answers = opened(page, stub.panel(plan=None, can_create_plan=True))
    item = {"key": "stage_title", "field": "stage_title", "code": "INVALID_VALUE", "message": "Type it anew."}
    answers.on("POST", (422, stub.error("INVALID_VALUE", "Something is wrong.", item)))
    fill_plan(page, "Kick-off", "3")

    expect(page.locator("[data-field=stage_title]")).to_contain_text("Type it anew.")
    expect_focus(page, "Current stage")
    assert_sound(answers)

    made = stub.plan(steps_total=3, steps_done=0)
    answers.plan.plan.update(made)
    answers.on("POST", (201, made))
    page.keyboard.type(" 2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 of 3 steps done")).to_be_visible()


def test_a_plan_needs_a_title_that_is_more_than_blanks_and_a_step(page: Page) -> None:
    answers = opened(page, stub.panel(plan=None, can_create_plan=True))
    fill_plan(page, "   ", "0")

    expect(page.locator("[data-field=stage_title]")).to_contain_text("Complete this field.")
    expect(page.locator("[data-field=steps_total]")).to_contain_text("A plan has at least one step.")
    assert {method for method, _path, _body in answers.sent} == {"GET"}
    assert_sound(answers)


def test_a_plan_that_a_colleague_has_just_created_is_shown(page: Page) -> None:
    answers = opened(page, stub.panel(plan=None, can_create_plan=True))
    answers.on("POST", (409, stub.error("ALREADY_CONNECTED", "This deal has a plan already.")))
    answers.on("GET", (200, stub.panel()))
    fill_plan(page, "Kick-off", "3")

    expect(page.locator("[data-note]")).to_have_text("A colleague has just created one.")
    expect(page.get_by_text("4 of 10 steps done")).to_be_visible()
    assert_sound(answers)
