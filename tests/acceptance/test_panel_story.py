"""A rep works with the panel (A1 to A22, D9, D11, S3, S5, W12)."""

import pytest

from support.database import ONE_ENGINE
from support.product import Product
from support.running_org import NOOR

pytestmark = ONE_ENGINE

AMOUNT = "Opportunity.Amount"


def rows_of(answer) -> dict:
    return {row["key"]: row for tab in answer.json["tabs"] for row in tab["rows"]}


def open_panel(product: Product, rep: dict, deal: str | None = None):
    return product.client.get(f"/api/v1/panels/{deal or product.deal()}", headers=rep)


def save(product: Product, rep: dict, *changes: tuple[str, str | None, str | None]):
    body = {"changes": [{"key": key, "value": value, "seen": seen} for key, value, seen in changes]}
    return product.client.patch(f"/api/v1/panels/{product.deal()}", json=body, headers=rep)


def test_the_panel_shows_the_four_fields_with_their_present_values(product):
    """A2, A7 to A12, A19."""
    answer = open_panel(product, product.sign_in())

    rows = rows_of(answer)
    assert answer.status_code == 200
    assert answer.json["saved_as"] == {"name": "Riley Okafor"}
    assert [(row["label"], row["type"]) for row in rows.values()] == [
        ("Close Date", "date"),
        ("Opportunity Amount", "currency"),
        ("Opportunity Stage", "picklist"),
        ("Next Steps", "text"),
    ]
    assert rows[AMOUNT]["value"] == "125000.50"
    assert rows["Opportunity.NextStep"]["max_length"] == 255
    assert all(row["editable"] for row in rows.values())


def test_the_stage_offers_exactly_what_the_records_type_offers(product):
    """A19."""
    rep = product.sign_in()
    record = product.record("Opportunity", product.deal())
    token = product.org.sessions.issue(product.org.users.by_username("riley@halden.example").id, client="tests")
    path = f"/services/data/v67.0/ui-api/object-info/Opportunity/picklist-values/{record['RecordTypeId']}/StageName"
    asked = product.org_app.test_client().get(path, headers={"Authorization": f"Bearer {token}"})

    options = rows_of(open_panel(product, rep))["Opportunity.StageName"]["options"]

    assert [option["value"] for option in options] == [value["value"] for value in asked.json["values"]]
    assert len(options) > 1


def test_a_save_is_one_write_of_that_field_by_the_reps_own_user(product):
    rep = product.sign_in()

    answer = save(product, rep, (AMOUNT, "131000", "125000.50"))

    (entry,) = product.journal()
    riley = product.org.users.by_username("riley@halden.example")
    assert answer.json["saved"] == [AMOUNT]
    assert {row["key"]: row["value"] for row in answer.json["rows"]}[AMOUNT] == "131000.00"
    assert (entry.op, entry.object, entry.user, dict(entry.after)) == (
        "update",
        "Opportunity",
        riley.id,
        {"Amount": 131000},
    )


def test_an_unchanged_save_writes_nothing(product):
    rep = product.sign_in()

    answer = save(product, rep, (AMOUNT, "125000.5", "125000.50"))

    assert answer.json["outcomes"][0]["outcome"] == "unchanged"
    assert product.journal() == []


def test_a_stale_edit_is_refused_with_both_values_and_goes_through_when_the_rep_insists(product):
    """D11."""
    rep = product.sign_in()
    product.change_in_salesforce("Opportunity", product.deal(), Amount=99000)

    refused = save(product, rep, (AMOUNT, "131000", "125000.50"), ("Opportunity.NextStep", "call", None))

    (item,) = [one for one in refused.json["items"] if one["key"] == AMOUNT]
    assert (refused.status_code, refused.json["code"]) == (409, "STALE_EDIT")
    assert (item["yours"], item["theirs"]) == ("131000.00", "99000.00")
    assert product.journal() == []
    assert save(product, rep, (AMOUNT, "131000", item["theirs"])).status_code == 200


def test_salesforces_own_message_stands_at_the_field_it_names_and_nothing_is_saved(product):
    """D9."""
    rep = product.sign_in()
    product.refuse_deals("Amount > 500000", "Deals above 500,000 need the desk.", field="Amount")

    refused = save(product, rep, (AMOUNT, "600000", "125000.50"), ("Opportunity.CloseDate", "2027-01-31", "2026-12-30"))

    (item,) = refused.json["items"]
    assert (refused.status_code, refused.json["code"]) == (422, "SALESFORCE_REFUSED")
    assert (item["key"], item["code"]) == (AMOUNT, "FIELD_CUSTOM_VALIDATION_EXCEPTION")
    assert item["message"] == "Deals above 500,000 need the desk."
    assert product.journal() == []


def test_a_refusal_that_names_no_field_stands_at_the_top(product):
    rep = product.sign_in()
    product.refuse_deals("Amount > 500000", "Ask the desk first.")

    refused = save(product, rep, (AMOUNT, "600000", "125000.50"))

    assert [(item["key"], item["message"]) for item in refused.json["items"]] == [(None, "Ask the desk first.")]


def test_a_rep_without_field_access_sees_no_value_and_cannot_write_it(product):
    """S3, W11."""
    rep = product.sign_in(NOOR)

    row = rows_of(open_panel(product, rep))[AMOUNT]
    refused = save(product, rep, (AMOUNT, "1", None))

    assert (row["value"], row["editable"], row["read_only_reason"]["code"]) == (None, False, "NOT_VISIBLE")
    assert "125000" not in open_panel(product, rep).text
    assert refused.status_code == 422
    assert product.journal() == []


def test_an_amount_that_comes_from_products_is_locked_before_anything_is_typed(product):
    """S5."""
    rep = product.sign_in()
    product.give_products(product.deal())

    row = rows_of(open_panel(product, rep))[AMOUNT]

    assert (row["editable"], row["read_only_reason"]["code"]) == (False, "COMES_FROM_PRODUCTS")


def test_a_deal_without_a_plan_offers_one_and_shows_it_when_it_is_made(product):
    """A3."""
    rep = product.sign_in()
    before = open_panel(product, rep)

    made = product.client.post(
        "/api/v1/plans",
        json={
            "opportunity_id": product.deal()[:15],
            "title": "Brightwater plan",
            "stage_title": "Evaluation",
            "steps_total": 5,
            "steps_done": 2,
        },
        headers=rep,
    )

    assert (before.json["plan"], before.json["can_create_plan"]) == (None, True)
    assert made.status_code == 201
    assert (made.json["progress"], made.json["status"]) == (40, "On Track")
    assert made.json.items() >= open_panel(product, rep).json["plan"].items()
    assert product.client.get(f"/api/v1/plans/{made.json['id']}", headers=rep).json == made.json


def test_a_deal_has_one_plan(product):
    rep = product.sign_in()
    plan = {"opportunity_id": product.deal(), "title": "P", "stage_title": "S", "steps_total": 0, "steps_done": 0}
    product.client.post("/api/v1/plans", json=plan, headers=rep)

    again = product.client.post("/api/v1/plans", json=plan, headers=rep)

    assert (again.status_code, again.json["code"]) == (409, "ALREADY_CONNECTED")


@pytest.mark.parametrize(
    "record_id", ["006000000000000AAA", "001000000000001AAA", "nonsense", "006000000000000AAA' OR Name != '"]
)
def test_an_unknown_record_is_not_found(product, record_id):
    rep = product.sign_in()

    answer = open_panel(product, rep, record_id)

    assert (answer.status_code, answer.json["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"changes": []},
        {"changes": [{"key": AMOUNT}]},
        {"changes": [{"key": AMOUNT, "value": 5, "seen": None}]},
        {"changes": [{"key": AMOUNT, "value": "5", "seen": None, "extra": 1}]},
        {"changes": [{"key": "Opportunity.Probability", "value": "5", "seen": None}]},
        {"changes": [{"key": AMOUNT, "value": "5", "seen": None}], "other": 1},
    ],
)
def test_bad_input_is_refused_in_the_one_shape_and_nothing_is_written(product, body):
    rep = product.sign_in()

    answer = product.client.patch(f"/api/v1/panels/{product.deal()}", json=body, headers=rep)

    assert answer.status_code == 422
    assert set(answer.json) == {"code", "message", "field", "items", "reference"}
    assert product.journal() == []


def test_while_salesforce_is_away_the_rep_is_told_so_in_plain_words(product):
    rep = product.sign_in()
    product.arm(kind="unavailable", match={"path": "/services/data/.*"}, rate=1)

    answer = open_panel(product, rep)

    assert (answer.status_code, answer.json["code"]) == (503, "SALESFORCE_UNAVAILABLE")
    assert "Try again in a moment" in answer.json["message"]


def test_a_save_whose_answer_was_lost_says_that_it_may_have_been_saved(product):
    rep = product.sign_in()
    open_panel(product, rep)
    product.arm(kind="reset_after", match={"path": "/services/data/.*/composite"}, skip=1)  # the read passes

    lost = save(product, rep, (AMOUNT, "131000", "125000.50"))
    product.faults.clear()
    again = save(product, rep, (AMOUNT, "131000", "125000.50"))

    assert lost.status_code == 503
    assert lost.json["code"] == "SAVE_IN_DOUBT"
    assert "may or may not have been saved" in lost.json["message"]
    assert again.json["outcomes"][0]["outcome"] == "unchanged"
    assert len(product.journal()) == 1


def test_an_ended_salesforce_session_asks_to_sign_in_again(product):
    rep = product.sign_in()
    product.org.sessions.expire_all(product.org.users.by_username("riley@halden.example").id)

    answer = open_panel(product, rep)

    assert answer.status_code in {401, 502}
    assert answer.json["code"] in {"SIGN_IN_AGAIN", "SALESFORCE_LOGIN_LOST"}
