"""A plan is for those to whom Salesforce shows its deal, by whatever door they come (A4, S3, S7)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from accord.core.errors import NotFoundError
from accord.core.identity import Identity, Role
from accord.core.ids import OrgId, PlanId, RecordId
from accord.features.connections.model import NewConnection
from support.lightning import Lightning
from support.local_org import HTTPS_BASE
from support.product import INTEGRATION, Product
from support.running_org import NOOR, RILEY

OTHER_DEAL = "006000000000009AAA"


def made_by_riley(product: Product) -> dict:
    answer = create(product, product.sign_in(RILEY))
    assert answer.status_code == 201, answer.text
    return answer.json


def create(product: Product, rep: dict, deal: str | None = None):
    plan = {"title": "Brightwater plan", "stage_title": "Evaluation", "steps_total": 5, "steps_done": 2}
    body = {"opportunity_id": deal or product.deal(), **plan}
    return product.client.post("/api/v1/plans", json=body, headers=rep)


def configuration(product: Product, rep: dict):
    return product.client.get(f"/api/v1/panels/{product.deal()}/configuration", headers=rep)


def get_plan(product: Product, rep: dict, plan_id: str):
    return product.client.get(f"/api/v1/plans/{plan_id}", headers=rep)


def hide_deal(product: Product, username: str) -> None:
    """Sharing takes the deal away from a user."""
    user = product.org.users.by_username(username)
    assert user is not None
    with product.org.transaction(user_id=user.id, client="seed") as tx:
        row = tx.org.records.find("Opportunity", product.deal())
        row["_hidden_from"] = [user.id]


@contextmanager
def no_call(product: Product) -> Iterator[None]:
    """Nobody asks Salesforce anything: above all not the integration owner, who sees all."""
    integration = product.org.users.by_username(INTEGRATION)
    before = product.counter.report(since=0)["by_user"]
    yield
    after = product.counter.report(since=0)["by_user"]
    assert after == before
    assert integration.id not in after


def test_a_plan_of_a_hidden_deal_is_not_found_by_any_address(product):
    plan = made_by_riley(product)
    noor = product.sign_in(NOOR)
    assert get_plan(product, noor, plan["id"]).status_code == 200
    hide_deal(product, NOOR)

    answers = [configuration(product, noor), get_plan(product, noor, plan["id"]), create(product, noor)]

    assert [(answer.status_code, answer.json["code"]) for answer in answers] == [(404, "NOT_FOUND")] * 3
    assert not any("Brightwater" in answer.text or plan["id"] in answer.text for answer in answers)
    shown = configuration(product, product.sign_in(RILEY)).json["plan"]
    assert shown == {name: plan[name] for name in shown}


def test_in_lightning_the_signed_record_opens_its_plan_and_costs_no_call(product):
    noor = Lightning(product)
    plan = made_by_riley(product)

    with no_call(product):
        shown = configuration(product, noor.headers(product.deal()))
        got = get_plan(product, noor.headers(product.deal()), plan["id"])

    glance = {name: plan[name] for name in shown.json["plan"]}
    assert (shown.status_code, shown.json["plan"], got.json) == (200, glance, plan)


def test_in_lightning_a_plan_is_made_for_the_signed_record(product):
    noor = Lightning(product)

    with no_call(product):
        made = create(product, noor.headers(product.deal()[:15]), product.deal())

    assert made.status_code == 201
    assert made.json["opportunity_id"] == product.deal()


@pytest.mark.parametrize("record_id", [None, OTHER_DEAL])
def test_without_a_login_and_without_the_records_own_claim_there_is_no_plan(product, record_id):
    noor = Lightning(product)

    with no_call(product):
        refused = [configuration(product, noor.headers(record_id)), create(product, noor.headers(record_id))]
    plan = made_by_riley(product)
    refused.append(get_plan(product, noor.headers(record_id), plan["id"]))

    assert [(answer.status_code, answer.json["code"]) for answer in refused] == [(404, "NOT_FOUND")] * 3


def test_what_is_no_id_of_a_plan_is_not_found(product):
    rep = product.sign_in()

    for plan_id in ("%00", "a%00b", "%ED%A0%80", "%F0%9F%92%A9", "x" * 2000, "'", "01900000"):
        answer = get_plan(product, rep, plan_id)
        assert (answer.status_code, answer.json["code"]) == (404, "NOT_FOUND"), plan_id


def test_a_plan_of_another_org_of_the_same_workspace_is_not_found(product):
    """Even for somebody whose org proves a deal of the same id."""
    plan = made_by_riley(product)
    other = product.parts.connections.create_connection(
        product.connection.workspace_id,
        NewConnection(
            OrgId("00D000000000009EAA"), "Sandbox", HTTPS_BASE, True, "integration@other.example", "other", HTTPS_BASE
        ),
    )
    deal = RecordId(plan["opportunity_id"])
    stranger = Identity(product.connection.workspace_id, other.id, Role.USER, record_id=deal)

    with pytest.raises(NotFoundError):
        product.parts.plans.get(stranger, PlanId(plan["id"]))
    assert product.parts.plans.find_for_deal(stranger, deal) is None
