"""What happens to a plan is told to the org by platform events: at least once, and a repeat says so (S7)."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.activities import an_admin, user_id
from support.event_bus import LOST, EventBus, an_event_bus, refusing
from support.product import INTEGRATION, Product
from support.running_org import RILEY

# what is asked of the database here is asked on both engines by the tests of activity
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def bus() -> Iterator[EventBus]:
    with an_event_bus() as found:
        yield found


def connect(product: Product, deal: str | None = None, username: str = RILEY) -> Any:
    plan = {
        "opportunity_id": deal or product.deal(),
        "title": "Go-live",
        "stage_title": "Kick-off",
        "steps_total": 4,
        "steps_done": 1,
    }
    return product.client.post("/api/v1/plans", json=plan, headers=product.sign_in(username))


def test_a_connected_plan_is_one_event_with_all_that_a_flow_needs(product: Product, bus: EventBus) -> None:
    plan = connect(product).json

    product.deliver()

    (event,) = bus.published
    riley = product.org.users.by_username(RILEY)
    assert riley is not None
    assert len(event.pop("EventId__c")) == 36
    assert event == {
        "SchemaVersion__c": 1,
        "Type__c": "plan_connected",
        "OpportunityId__c": product.deal(),
        "AccountId__c": product.deal_account(),
        "PlanId__c": plan["id"],
        "PreviousValue__c": None,
        "NewValue__c": "On Track",
        "IsFinalStage__c": False,
        "ActorUserId__c": riley.id,
        "ActorKind__c": "user",
        "OccurredAt__c": "2026-11-22T12:00:01.000+0000",
        "Sequence__c": 2,
        "IsReplay__c": False,
    }


def test_an_owner_who_may_not_see_the_account_publishes_without_it(product: Product, bus: EventBus) -> None:
    product.org.users.change(user_id(product, INTEGRATION), _hidden_fields=["Opportunity.AccountId"])
    connect(product)

    product.deliver()

    (event,) = bus.published
    assert event["AccountId__c"] is None


def test_the_success_with_an_error_in_it_is_a_success(product: Product, bus: EventBus) -> None:
    connect(product)

    report = product.deliver()

    assert (report.done, report.parked, report.retried) == (1, 0, 0)
    assert product.deliver().calls == 0


def test_no_event_goes_out_for_a_plan_that_was_not_made(product: Product, bus: EventBus) -> None:
    connect(product)
    assert connect(product).status_code == 409

    product.deliver()

    assert len(bus.published) == 1


def test_after_a_lost_answer_the_same_event_comes_again_and_says_so(product: Product, bus: EventBus) -> None:
    connect(product)
    bus.answers.append(LOST)

    product.deliver()
    product.clock.advance(hours=1)
    product.deliver()

    first, second = bus.published
    assert (first["IsReplay__c"], second["IsReplay__c"]) == (False, True)
    assert {**first, "IsReplay__c": True} == second


def test_thirty_events_are_two_calls(product: Product, bus: EventBus) -> None:
    """Salesforce: a composite call has 25 parts."""
    deals = [str(row["Id"]) for row in product.org.records.all("Opportunity")]
    items = [{"opportunityId": deal, "planTitle": "Go-live", "stageTitle": "Kick-off"} for deal in deals]
    made = product.client.post("/flow/v1/connections", json={"items": items}, headers=product.sign_in_flow())
    number = sum(item["wasCreated"] for item in made.json["items"])

    product.deliver()

    assert len(bus.published) == number
    assert bus.calls == -(-number // 25)
    assert {event["ActorKind__c"] for event in bus.published} == {"flow"}
    assert len({event["EventId__c"] for event in bus.published}) == number


def test_an_org_without_the_event_is_told_to_install_the_package(product: Product, bus: EventBus) -> None:
    missing = [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}]
    bus.answers.append(refusing(404, missing))
    connect(product)

    product.deliver()

    (cause,) = product.client.get("/api/v1/deliveries", headers=an_admin(product)).json["causes"]
    assert cause["code"] == "NOT_FOUND"
    assert "Install the package" in cause["advice"]
    product.client.post("/api/v1/deliveries/retry", json={}, headers=an_admin(product))
    product.deliver()
    assert len(bus.published) == 1


def test_a_refused_event_holds_up_no_other(product: Product, bus: EventBus) -> None:
    deals = [str(row["Id"]) for row in product.org.records.all("Opportunity")][:2]
    for deal in deals:
        connect(product, deal)
    bad = {"id": None, "success": False, "errors": [{"statusCode": "FIELD_INTEGRITY_EXCEPTION", "message": "no"}]}

    def first_is_bad(part: dict[str, Any]) -> dict[str, Any]:
        return refusing(400, bad)(part) if part["referenceId"] == "event0" else bus._take(part)

    bus.answers.append(first_is_bad)
    report = product.deliver()

    assert (report.done, report.parked) == (1, 1)


def test_an_event_of_which_one_field_is_refused_waits_as_a_whole(product: Product, bus: EventBus) -> None:
    """Half an event would start a Flow with half of what it needs, and the rest could never follow."""
    said = {"errorCode": "STRING_TOO_LONG", "message": "New Value: data value too large", "fields": ["NewValue__c"]}
    bus.answers.append(refusing(400, [said]))
    connect(product)

    assert product.deliver().parked == 1
    assert (bus.published, bus.calls) == ([], 1)

    admin = an_admin(product)
    product.client.post("/api/v1/deliveries/retry", json={}, headers=admin)
    product.deliver()

    (event,) = bus.published
    assert {"EventId__c", "OpportunityId__c", "NewValue__c"} <= event.keys()
