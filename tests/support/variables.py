"""Setting variables up as an admin does, and what a rep then sees."""

from typing import Any

from localorg import setup_rows
from localorg.permissions import read_permission_sets
from localorg.schema import StandardFacts
from localorg.schema_sfdx import read_source
from localorg.seed import COMPANY_SOURCE
from support.canaries import Aviary
from support.product import RILEY, Product

SETTINGS = "/api/v1/settings/variables"
LEGAL = "Opportunity.Legal_Review__c"
REGIONS = "Opportunity.Regions__c"


def a_variable(field: str, label: str, *, read: bool = True, write: bool = True) -> dict[str, Any]:
    """One row; `field` is a key such as Opportunity.NextStep."""
    sobject, _, name = field.partition(".")
    return {"sobject": sobject, "field": name, "label": label, "read": read, "write": write}


def put(
    product: Product, admin: dict[str, str], *rows: dict[str, Any], enabled: bool = True, version: str = '"0"'
) -> Any:
    body = {"enabled": enabled, "rows": list(rows)}
    return product.client.put(SETTINGS, json=body, headers={**admin, "If-Match": version})


def variables_of(product: Product, rep: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The variables beside a rep's plan, by their keys."""
    answer = product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)
    assert answer.status_code == 200, answer.text
    return {row["key"]: row for row in answer.json["variables"]}


def add_custom_fields(product: Product) -> None:
    """The demo company's own checkbox and multi-select picklist on the deal, and the rep's right to them."""
    org = product.org
    made = read_source(StandardFacts(), [COMPANY_SOURCE]).schema.objects["Opportunity"].fields
    org._full_schema = org._full_schema.with_object(
        org._full_schema.objects["Opportunity"].with_fields([made["Legal_Review__c"], made["Regions__c"]])
    )
    org.permission_sets.update(read_permission_sets([COMPANY_SOURCE]))
    setup_rows.ensure(org)
    org.refresh_schema()
    riley = org.users.by_username(RILEY)
    assert riley is not None
    org.users.assign(riley.id, "Halden_Fields")


def use_variables(product: Product, admin: dict[str, str], rep: dict[str, str], canary: Aviary) -> None:
    """Canaries in labels, and in values that are read and saved."""
    row = a_variable("Opportunity.Description", canary("variable label"))
    assert put(product, admin, row).status_code == 200
    assert product.client.get(SETTINGS, headers=admin).json["rows"][0]["label"] == row["label"]
    product.client.get(f"{SETTINGS}/fields", query_string={"sobject": "Account"}, headers=admin)
    deal = product.deal()
    product.change_in_salesforce("Opportunity", deal, Description=canary("described"))
    seen = variables_of(product, rep)["Opportunity.Description"]["value"]
    change = {"key": "Opportunity.Description", "value": canary("variable"), "seen": seen}
    assert product.client.patch(f"/api/v1/panels/{deal}", json={"changes": [change]}, headers=rep).status_code == 200
