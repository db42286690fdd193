"""What a Flow changes of plans: steps and criteria by key, members by Contact or address; each item by itself."""

from typing import Any

from support.activities import call_flow as call
from support.activities import user_id
from support.plan_calls import a_rep_with_a_plan
from support.product import Product
from support.running_org import ADMIN, RILEY


def item(product: Product, **changes: Any) -> dict[str, Any]:
    return {"recordId": product.deal(), **changes}


def test_a_flow_completes_dates_and_gives_away_a_step(one_product: Product) -> None:
    rep = a_rep_with_a_plan(one_product)

    def step(**changes: Any) -> dict[str, Any]:
        (answer,) = call(one_product, "steps", item(one_product, stepKey="contract", **changes))
        assert answer["isSuccess"], answer
        return answer

    assert step(operation="set_due", dueDate="2026-11-20")["planStatus"] == "At Risk"
    assert step(operation="set_owner", ownerUserId=user_id(one_product, RILEY))["stepStatus"] == "overdue"
    done = step(operation="complete", comment="Signed in Salesforce")
    assert (done["stepStatus"], done["progress"], done["planStatus"]) == ("completed", 33, "On Track")
    rep.plan = rep.ok("GET")
    assert (rep.step(0, 1)["owner"]["name"], rep.step(0, 1)["completed_on"]) == ("Riley Okafor", "2026-11-22")
    comments = rep.ok("GET", f"/steps/{rep.step(0, 1)['id']}/comments")["comments"]
    assert [one["text"] for one in comments] == ["Signed in Salesforce"]
    assert step(operation="reopen")["stepStatus"] == "overdue"


def test_the_same_key_twice_is_one_comment(one_product: Product) -> None:
    rep = a_rep_with_a_plan(one_product)
    wish = {"stepKey": "contract", "operation": "complete", "comment": "Once", "idempotencyKey": "interview 1"}

    call(one_product, "steps", item(one_product, **wish), item(one_product, **wish))
    (reused,) = call(one_product, "steps", item(one_product, **{**wish, "comment": "Other"}))

    assert len(rep.ok("GET", f"/steps/{rep.step(0, 1)['id']}/comments")["comments"]) == 1
    assert reused["errorCode"] == "KEY_REUSED"


def test_a_flow_invites_a_contact_and_says_who_took_part_before(one_product: Product) -> None:
    rep = a_rep_with_a_plan(one_product)
    contact = next(row for row in one_product.org.records.all("Contact") if row["Email"])
    before = one_product.calls()

    by_contact, by_email, unknown = call(
        one_product,
        "members",
        item(one_product, contactId=str(contact["Id"])),
        item(one_product, email=str(contact["Email"]).upper()),
        item(one_product, contactId="003000000000001AAA"),
    )

    assert one_product.calls() - before <= 2, "one query for all, and the describe when it is not known yet"
    assert (by_contact["wasAlreadyMember"], by_email["wasAlreadyMember"]) == (False, True)
    assert by_contact["memberId"] == by_email["memberId"]
    assert (unknown["errorCode"], unknown["memberId"]) == ("CONTACT_NOT_FOUND", "")
    assert [one["email"] for one in rep.ok("GET")["members"]][1:] == [contact["Email"]]


def test_a_flow_meets_criteria_and_reads_the_whole_plan(one_product: Product) -> None:
    rep = a_rep_with_a_plan(one_product, end_date="2026-12-31", value={"amount": "125000.50", "currency": "EUR"})
    admin = one_product.sign_in(ADMIN)
    for kind in ("role", "checkbox", "text"):
        new = {"key": kind, "kind": kind, "title": f"A {kind}"}
        assert one_product.client.post("/api/v1/criteria", json=new, headers=admin).status_code == 201
    rep.as_member(rep.invite()).ok("POST", "/view", {})

    answers = call(
        one_product,
        "criteria",
        item(one_product, criterionKey="role", textValue="Ira Sand"),
        item(one_product, criterionKey="checkbox", booleanValue=True),
        item(one_product, criterionKey="checkbox", textValue="yes"),
        item(one_product, criterionKey="text"),
    )
    (plan,) = call(one_product, "plans", item(one_product))

    assert [one["isFulfilled"] for one in answers] == [True, True, False, False]
    assert [one["errorCode"] for one in answers] == ["", "", "INVALID_VALUE", "NOTHING_NAMED"]
    names = ("executionScore", "customersInvited", "customersAccepted", "missingCriteria", "endDate", "planValue")
    assert [plan[name] for name in names] == [answers[1]["executionScore"], 1, 1, "A text", "2026-12-31", 125000.5]
    assert (plan["nextStepTitle"], plan["currencyCode"]) == ("Kick-off", "EUR")
    assert plan["lastCustomerActivityAt"].startswith("2026-11-22T12:00")
    assert "nextStepDueDate" not in plan


def test_one_wrong_item_fails_no_neighbour_and_a_dry_run_changes_nothing(one_product: Product) -> None:
    a_rep_with_a_plan(one_product)
    other = next(
        str(row["Id"]) for row in one_product.org.records.all("Opportunity") if row["Id"] != one_product.deal()
    )
    complete = {"stepKey": "contract", "operation": "complete"}

    answers = call(
        one_product,
        "steps",
        {"recordId": other, **complete},
        {"recordId": "nonsense", **complete},
        item(one_product, **{**complete, "stepKey": "unknown"}),
        item(one_product, **{**complete, "operation": "explode"}),
        item(one_product, stepKey="contract", operation="set_due"),
        item(one_product, stepKey="contract", operation="set_owner", ownerUserId="005000000000009AAA"),
        item(one_product, **complete, dryRun=True),
        item(one_product, **complete),
    )

    codes = ["PLAN_NOT_FOUND", "INVALID_RECORD", "NOT_IN_PLAN", "INVALID_VALUE", "INVALID_VALUE", "NOT_IN_PLAN", "", ""]
    assert [one["errorCode"] for one in answers] == codes
    assert [one["outcome"] for one in answers[-2:]] == ["skipped", "done"]
    assert answers[-1]["progress"] == 33
