"""What the actions inside the org ask about plans by events is what their addresses do, once (A291, S12)."""

import json
import uuid
from typing import Any

from support.activities import an_admin
from support.plan_calls import a_rep_with_a_plan
from support.product import Product
from support.running_org import ADMIN


def bring(product: Product, *events: dict[str, Any]) -> list[dict[str, Any]]:
    headers = product.sign_in_flow()
    answer = product.client.post("/events/v1/requests", json={"events": list(events)}, headers=headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json["events"])


def an_event(product: Product, action: str, inputs: Any, **changes: Any) -> dict[str, Any]:
    text = inputs if isinstance(inputs, str) else json.dumps(inputs)
    usual = {"event_uuid": str(uuid.uuid4()), "request_id": str(uuid.uuid4()), "record_id": product.deal()}
    return {**usual, "action": action, "inputs": text, **changes}


def test_a_step_is_completed_somebody_invited_and_a_criterion_set_each_once(one_product: Product) -> None:
    rep = a_rep_with_a_plan(one_product)
    new = {"key": "sponsor", "kind": "role", "title": "Sponsor"}
    assert one_product.client.post("/api/v1/criteria", json=new, headers=one_product.sign_in(ADMIN)).status_code == 201
    completed = {"stepKey": "contract", "operation": "complete", "comment": "By a flow", "idempotencyKey": None}
    events = [
        an_event(one_product, "update_step", completed),
        an_event(one_product, "invite_member", {"email": "dana@customer.example", "sendInvitation": False}),
        an_event(one_product, "set_criterion", {"criterionKey": "sponsor", "textValue": "Dana"}),
    ]

    taken = bring(one_product, *events)
    with one_product.parts.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM event_inbox")  # whoever took them died before he wrote them down
    bring(one_product, *events)

    assert [(one["outcome"], one["error_code"]) for one in taken] == [("done", "")] * 3
    rep.plan = rep.ok("GET")
    step = rep.step(0, 1)
    assert step["is_completed"]
    assert [one["text"] for one in rep.ok("GET", f"/steps/{step['id']}/comments")["comments"]] == ["By a flow"]
    assert [one["email"] for one in rep.plan["members"]].count("dana@customer.example") == 1
    calls = one_product.client.get(
        "/api/v1/flow-calls", query_string={"reference": events[0]["request_id"]}, headers=an_admin(one_product)
    ).json["calls"]
    assert {one["action"] for one in calls} == {"event: update_step"}
    again = one_product.client.post(
        f"/api/v1/flow-calls/{calls[0]['id']}/dry-run", json={}, headers=an_admin(one_product)
    ).json["answer"]
    assert again["whatToDo"] == "Dry run: the step 'contract' would get complete."


def test_what_cannot_be_done_is_answered_with_its_fault_and_fails_no_neighbour(one_product: Product) -> None:
    a_rep_with_a_plan(one_product)
    contract = {"stepKey": "contract", "operation": "reopen"}

    *refused, good = bring(
        one_product,
        an_event(one_product, "update_step", "no json"),
        an_event(one_product, "update_step", "[1]"),
        an_event(one_product, "update_step", {"operation": "complete"}),
        an_event(one_product, "update_step", {**contract, "stepKey": "nothing"}),
        an_event(
            one_product, "update_step", {**contract, "recordId": one_product.deal()}, record_id="001000000000001AAA"
        ),
        an_event(one_product, "set_criterion", {"criterionKey": "sponsor"}),
        an_event(one_product, "update_step", {**contract, "dryRun": True}),
    )

    codes = ["INVALID_VALUE"] * 3 + ["NOT_IN_PLAN", "INVALID_RECORD", "NOTHING_NAMED"]
    assert [one["error_code"] for one in refused] == codes
    assert good["outcome"] == "done"
