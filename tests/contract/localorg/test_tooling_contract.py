"""The Tooling API as far as it says what uses what: who may ask, what may be asked, and where it ends."""

from pathlib import Path
from typing import Any

import pytest

from localorg.tooling import MOST_ROWS, Component
from support.local_org import LocalOrg, an_org

FORCE_APP = Path(__file__).parents[3] / "force-app" / "main"
FIELD = Component("CustomField", "Opportunity.Stage_Name__c")
ROWS = "SELECT MetadataComponentName, MetadataComponentType, RefMetadataComponentId FROM MetadataComponentDependency"


@pytest.fixture
def lo() -> LocalOrg:
    return an_org(metadata_dirs=[FORCE_APP]).whole()


def ask(lo: LocalOrg, query: str, *, user: Any = None) -> Any:
    return lo.session(user or lo.admin).get(
        "http://127.0.0.1:8100/services/data/v67.0/tooling/query", params={"q": query}
    )


def test_components_are_found_by_their_names_and_uses_by_the_id_of_what_is_used(lo: LocalOrg):
    body = {"user": {"kind": "Flow", "name": "Deal_Won"}, "part": {"kind": FIELD.kind, "name": FIELD.name}}
    assert lo.door("POST", "/dependencies", body).status_code == 204
    fields = (
        "SELECT Id, DeveloperName FROM CustomField WHERE DeveloperName = 'Stage_Name' AND TableEnumOrId = 'Opportunity'"
    )
    (field,) = ask(lo, fields).json()["records"]
    (klass,) = ask(lo, "SELECT Id, Name FROM ApexClass WHERE Name = 'AccordToken'").json()["records"]
    (event,) = ask(lo, "SELECT Id FROM CustomObject WHERE DeveloperName = 'Accord_Request'").json()["records"]
    answer = ask(lo, f"{ROWS} WHERE RefMetadataComponentId = '{field['Id']}' OR RefMetadataComponentId = 'x'").json()

    assert (field["Id"], klass["Id"][:3], event["Id"][:3]) == (FIELD.id, "01p", "01I")
    (row,) = answer["records"]
    assert (row["MetadataComponentName"], row["MetadataComponentType"]) == ("Deal_Won", "Flow")
    assert (answer["done"], answer["totalSize"]) == (True, 1)


@pytest.mark.parametrize(
    "end",
    [
        "ORDER BY MetadataComponentType",
        "WHERE RefMetadataComponentId IN ('a')",
        "WHERE RefMetadataComponentName = 'Stage_Name'",
        "WHERE MetadataComponentType LIKE 'F%'",
        "WHERE RefMetadataComponentType = 'StandardEntity'",
        "LIMIT 5 OFFSET 5",
    ],
)
def test_what_dependencies_cannot_be_asked_is_refused(lo: LocalOrg, end: str):
    answer = ask(lo, f"{ROWS} {end}")
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "MALFORMED_QUERY")


def test_an_answer_ends_after_two_thousand_rows(lo: LocalOrg):
    for number in range(MOST_ROWS + 1):
        lo.org.tooling.use(Component("Flow", f"F{number}"), FIELD)
    answer = ask(lo, ROWS).json()
    assert (len(answer["records"]), answer["done"], answer.get("nextRecordsUrl")) == (MOST_ROWS, True, None)


def test_without_view_setup_there_are_no_such_objects(lo: LocalOrg):
    for query in (ROWS, "SELECT Id FROM ApexClass"):
        answer = ask(lo, query, user=lo.rep)
        assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_TYPE")
