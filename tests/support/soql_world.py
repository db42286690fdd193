"""A small org in memory for tests of SOQL: an instrument maker's customers, as one user sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from localorg.ids import widen
from localorg.soql import ChildInfo, FieldInfo, NotBuilt, ObjectInfo, Result, Row, parse, run

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)  # a Wednesday
STAGES = (("Prospecting", "Prospecting"), ("Proposal", "Offer sent"), ("Closed Won", "Won"))

ACME = widen("001000000000AcM")
BRIGHT = widen("001000000000BrI")
CEDAR = widen("001000000000CeD")
ADA = widen("005000000000AdA")
RILEY = widen("005000000000RiL")
MOE = widen("003000000000MoE")


def a_reference(name: str, relationship: str, *targets: str) -> FieldInfo:
    return FieldInfo(name, "reference", relationship_name=relationship, reference_to=targets)


OBJECTS = (
    ObjectInfo.of(
        "User",
        [FieldInfo("Id", "id"), FieldInfo("Name", "string"), a_reference("ManagerId", "Manager", "User")],
    ),
    ObjectInfo.of(
        "Account",
        [
            FieldInfo("Id", "id"),
            FieldInfo("Name", "string"),
            FieldInfo("Industry", "picklist"),
            FieldInfo("AnnualRevenue", "currency", groupable=False),
            FieldInfo("Description", "textarea", filterable=False, sortable=False, groupable=False, aggregatable=False),
            a_reference("ParentId", "Parent", "Account"),
            a_reference("OwnerId", "Owner", "User"),
            FieldInfo("Lines__c", "multipicklist", groupable=False),
            FieldInfo("Code__c", "string", case_sensitive=True),
        ],
        [
            ChildInfo("Contacts", "Contact", "AccountId"),
            ChildInfo("Opportunities", "Opportunity", "AccountId"),
            ChildInfo("ChildAccounts", "Account", "ParentId"),
        ],
    ),
    ObjectInfo.of(
        "Contact",
        [FieldInfo("Id", "id"), FieldInfo("LastName", "string"), a_reference("AccountId", "Account", "Account")],
    ),
    ObjectInfo.of(
        "Opportunity",
        [
            FieldInfo("Id", "id"),
            FieldInfo("Name", "string"),
            FieldInfo("Amount", "currency", groupable=False),
            FieldInfo("StageName", "picklist", picklist=STAGES),
            FieldInfo("CloseDate", "date"),
            FieldInfo("CreatedDate", "datetime", groupable=False),
            FieldInfo("IsClosed", "boolean", aggregatable=False),
            FieldInfo("Quantity__c", "int"),
            a_reference("AccountId", "Account", "Account"),
            a_reference("OwnerId", "Owner", "User"),
        ],
    ),
    ObjectInfo.of(
        "Task",
        [
            FieldInfo("Id", "id"),
            FieldInfo("Subject", "string"),
            a_reference("WhatId", "What", "Case", "Solution", "Account", "Opportunity"),
            a_reference("SolutionId", "Solution", "Solution"),
        ],
    ),
)


def an_opportunity(key: str, **values: Any) -> dict[str, Any]:
    return {"Id": widen(f"006000000000{key}"), "Name": key, "IsClosed": False, **values}


def an_account(record_id: str, name: str, **values: Any) -> dict[str, Any]:
    return {"Id": record_id, "Name": name, **values}


ROWS: dict[str, list[Row]] = {
    "User": [{"Id": ADA, "Name": "Ada Lindqvist"}, {"Id": RILEY, "Name": "Riley Okafor", "ManagerId": ADA}],
    "Account": [
        an_account(ACME, "Acme", Industry="Optics", AnnualRevenue=900, OwnerId=ADA, Code__c="aB"),
        an_account(BRIGHT, "brightwater", Industry="Optics", ParentId=ACME, OwnerId=RILEY, Lines__c="Lasers;Lenses"),
        an_account(CEDAR, "Cedar 100%", AnnualRevenue=50, OwnerId=RILEY, Lines__c="Lasers", Code__c="AB"),
    ],
    "Contact": [
        {"Id": MOE, "LastName": "Moe", "AccountId": BRIGHT},
        {"Id": widen("003000000000LoN"), "LastName": "Lone"},
    ],
    "Opportunity": [],
    "Task": [],
}


@dataclass
class World:
    """Catalog and source in one. `hidden` are fields, as "Object.Field", that the user may not see."""

    rows_by_object: Mapping[str, list[Row]] = field(default_factory=lambda: ROWS)
    hidden: frozenset[str] = frozenset()

    def sobject(self, name: str) -> ObjectInfo | None:
        if name == "Solution":
            raise NotBuilt("the object Solution")
        found = next((item for item in OBJECTS if item.name.lower() == name.lower()), None)
        if found is None:
            return None
        visible = [item for item in found.fields.values() if f"{found.name}.{item.name}" not in self.hidden]
        return ObjectInfo.of(found.name, visible, found.children.values())

    def rows(self, sobject: str) -> Iterable[Row]:
        return reversed(self.rows_by_object[sobject])

    def by_id(self, sobject: str, record_id: str) -> Row | None:
        return next((row for row in self.rows_by_object[sobject] if row["Id"] == record_id), None)


def a_world(*, hidden: str = "", **rows: list[Row]) -> World:
    return World({**ROWS, **rows}, frozenset(hidden.split()))


def ask(
    text: str, world: World | None = None, *, now: datetime = NOW, zone: str = "UTC", user_id: str = RILEY
) -> Result:
    seen = world or a_world()
    return run(
        parse(text), catalog=seen, source=seen, now=now, time_zone=ZoneInfo(zone), user_id=user_id, version="67.0"
    )


def names(text: str, world: World | None = None, **options: Any) -> list[Any]:
    """The first selected value of each record."""
    return [
        next(value for key, value in record.items() if key != "attributes")
        for record in ask(text, world, **options).records
    ]
