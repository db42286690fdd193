"""A workspace in which there is one of everything that an address can name, for tests that ask for it from another."""

from typing import Any

from sqlalchemy import select

from accord.infra.db import metadata
from support.activities import an_item
from support.plan_calls import a_rep_with_a_plan
from support.playbooks import save as save_playbook
from support.product import Product, the_keys
from support.running_org import ADMIN

FIELD_SYNC = "/api/v1/settings/field-sync"
ROW = {
    "datum": "accord_status",
    "path": "",
    "field": "Stage_Name__c",
}  # the rows of the proposal are called alike everywhere
CRITERION = {"key": "sponsor", "kind": "role", "title": "Sponsor"}


def one_of_each(product: Product) -> dict[str, str]:
    """Names of the placeholders in addresses, each with what stands there for something of this workspace."""
    admin = product.sign_in(ADMIN)
    return {
        **_of_a_plan(product, admin),
        **_of_field_sync(product, admin),
        **_of_flow(product, admin),
        **_of_the_connection(product),
        "message_id": _post(product, admin, "/api/v1/messages/test", {})["id"],
        "line_id": _get(product, admin, "/api/v1/audit")["lines"][0]["id"],
        "linked": "amount",
        "key": "Opportunity.Amount",
    }


def _of_a_plan(product: Product, admin: dict[str, str]) -> dict[str, str]:
    rep = a_rep_with_a_plan(product)
    member = rep.invite()
    rep.ok("POST", "/resources", {"title": "Terms", "url": "https://files.example/terms"})
    plan = rep.ok("POST", "/stakeholders", {"name": "Kim Osei"})
    return {
        "record_id": product.deal(),
        "playbook_id": save_playbook(product, plan["id"])["id"],
        "plan_id": plan["id"],
        "stage_id": plan["stages"][0]["id"],
        "step_id": rep.step()["id"],
        "plan_member_id": member["id"],
        "resource_id": plan["resources"][0]["id"],
        "stakeholder_id": plan["stakeholders"][0]["id"],
        "criterion_id": _post(product, admin, "/api/v1/criteria", CRITERION)["id"],
    }


def _of_field_sync(product: Product, admin: dict[str, str]) -> dict[str, str]:
    loaded = product.client.get(FIELD_SYNC, headers=admin)
    matching = {**admin, "If-Match": loaded.headers["ETag"]}
    wanted = {**loaded.json, "enabled": True, "rows": [ROW]}
    saved = product.client.put(FIELD_SYNC, json=wanted, headers=matching)
    assert saved.status_code == 200, saved.text
    run = _post(product, admin, "/api/v1/field-sync/runs", None)
    return {"row_id": saved.json["rows"][0]["id"], "run_id": run["id"]}


def _of_flow(product: Product, admin: dict[str, str]) -> dict[str, str]:
    flow = product.sign_in_flow()
    logged = product.client.post("/flow/v1/activities", json={"items": [an_item(product)]}, headers=flow)
    call = _get(product, admin, "/api/v1/flow-calls")["calls"][0]
    return {"reference": logged.json["items"][0]["referenceId"], "call_id": call["id"]}


def _of_the_connection(product: Product) -> dict[str, str]:
    pem = the_keys().certificate_pem
    connections, connection = product.parts.connections, product.connection
    fingerprint = connections.decisions.register_certificate(connection, pem, key_id="Accord_JWT", by=None)
    return {"fingerprint": fingerprint, "client_id": product.flow_client.client_id}


def _post(product: Product, headers: dict[str, str], path: str, body: object) -> dict[str, Any]:
    answer = product.client.post(path, json=body, headers=headers)
    assert answer.status_code in {200, 201}, answer.text
    return dict(answer.json)


def _get(product: Product, headers: dict[str, str], path: str) -> dict[str, Any]:
    answer = product.client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def rows_of(product: Product) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of this workspace, by table."""
    with product.parts.database.workspace(product.connection.workspace_id) as session:
        return {
            table.name: sorted((tuple(row) for row in session.rows(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.info.get("tenant")
        }
