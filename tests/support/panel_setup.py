"""Setting the panel up as an admin does, and what a rep then sees."""

import json
from typing import Any

from accord.core.ids import UserId
from accord.features.connections import tokens
from accord.workspace.members.store import find_by_user
from localorg.dependencies import with_control
from support.product import Product

ADMIN = "admin@halden.example"
SETTINGS = "/api/v1/settings/panel"
AMOUNT = {"sobject": "Opportunity", "field": "Amount", "label": "Amount"}
STAGE = {"sobject": "Opportunity", "field": "StageName", "label": "Stage"}
NEXT = {"sobject": "Opportunity", "field": "NextStep", "label": "Next step"}
NOTES = {"sobject": "Opportunity", "field": "Description", "label": "Notes"}
INDUSTRY = {"sobject": "Account", "field": "Industry", "label": "Industry"}
PEOPLE = {"sobject": "Account", "field": "NumberOfEmployees", "label": "People"}


def tab(label: str, *rows: dict[str, str], **rule: list[str]) -> dict[str, Any]:
    return {"label": label, "rows": list(rows), "rule": {"record_types": [], "stages": [], **rule}}


def put(product: Product, admin: dict[str, str], *tabs: dict[str, Any], version: str | None = '"0"') -> Any:
    headers = {**admin, "If-Match": version} if version else admin
    return product.client.put(
        SETTINGS, data=json.dumps({"tabs": list(tabs)}), content_type="application/json", headers=headers
    )


def rows_of(product: Product, rep: dict[str, str], *, also: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    """All rows that a rep's panel shows, and those that Salesforce has asked for, by their keys."""
    answer = product.client.get(f"/api/v1/panels/{product.deal()}", query_string={"also": also}, headers=rep)
    assert answer.status_code == 200, answer.text
    shown = [row for one in answer.json["tabs"] for row in one["rows"]]
    return {row["key"]: row for row in [*shown, *answer.json["also_needed"]]}


def save(
    product: Product, rep: dict[str, str], *changes: tuple[str, str | None, str | None], also: tuple[str, ...] = ()
) -> Any:
    """Sends edits as (key, value, seen)."""
    body = {"changes": [{"key": key, "value": value, "seen": seen} for key, value, seen in changes], "also": also}
    return product.client.patch(f"/api/v1/panels/{product.deal()}", json=body, headers=rep)


def depend(product: Product, sobject: str, field: str, controller: str, valid_for: dict[str, list[str]]) -> None:
    """The org's admin makes a picklist depend on another field of its object."""
    fields = product.org.schema.objects[sobject].fields
    product.change_org(sobject, field, **with_control(fields[field], fields[controller], valid_for).facts)


def tabs_of(product: Product, rep: dict[str, str]) -> list[tuple[str, list[str]]]:
    answer = product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)
    assert answer.status_code == 200, answer.text
    return [(one["label"], [row["label"] for row in one["rows"]]) for one in answer.json["tabs"]]


def lightning_admin(product: Product) -> dict[str, str]:
    """The admin with a token of ours behind which no Canvas session stands."""
    connection, settings = product.connection, product.parts.settings
    user = product.org.users.by_username(ADMIN)
    assert user is not None
    user_id = UserId(user.id)
    with product.parts.database.reading(connection.workspace_id) as session:
        member = find_by_user(session, connection.id, user_id)
    assert member is not None
    ids = tokens.TokenIds(connection.workspace_id, connection.id, member_id=member.id)
    issued = tokens.issue_token(ids, tokens.TokenKey(settings.session_key, settings.public_url), product.clock())
    return {"Authorization": f"Bearer {issued.token.reveal()}"}
