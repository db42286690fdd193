"""The document that External Services registers keeps to the platform's limits (D56; salesforce-facts 3.1)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import validate

from accord.app import create_app
from accord.parts import build_parts
from support.builders import some_settings
from support.database import open_database

APEX_NAME = re.compile(r"(?!.*__)[A-Za-z][A-Za-z0-9_]{0,78}[A-Za-z0-9]")
METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('document') / 'a.db'}")
    yield create_app(build_parts(some_settings(), database)).test_client()
    database.close()


@pytest.fixture(scope="module")
def document(client) -> dict[str, Any]:
    answer = client.get("/openapi/flow.json")
    assert answer.status_code == 200
    return answer.json


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in document["paths"].values():
        for method, operation in path.items():
            if method != "parameters":
                yield method, operation


def everything(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from everything(value)
    elif isinstance(node, list):
        for value in node:
            yield from everything(value)


@pytest.mark.parametrize("path", ["/openapi.json", "/openapi/flow.json"])
def test_both_documents_are_valid(client, path):
    validate(client.get(path).json)


def test_the_version_is_3_0(document):
    """3.1 is not read."""
    assert re.fullmatch(r"3\.0\.\d+", document["openapi"])


def test_only_flow_actions_are_in_it(document):
    assert {one["operationId"] for _, one in operations(document)} == {
        "logAccordActivities",
        "getAccordPlans",
        "connectAccordDeals",
        "getAccordSyncStatus",
        "syncAccordRecordsNow",
        "updateAccordSteps",
        "inviteAccordMembers",
        "setAccordCriteria",
    }


def test_each_item_has_the_common_inputs_and_each_answer_the_common_outputs(document):
    schemas = document["components"]["schemas"]
    items = [name for name in schemas if name.startswith("Accord") and name.endswith("Item")]
    results = [name for name in schemas if name.endswith("Result")]

    assert len(items) == 8
    for name in items:
        assert {"idempotencyKey", "dryRun", "flowName"} <= set(schemas[name]["properties"])
    for name in results:
        common = {"isSuccess", "outcome", "errorCode", "errorMessage", "whatToDo", "referenceId"}
        assert common <= set(schemas[name]["properties"])


def test_no_type_is_one_that_flow_does_not_take(document):
    """salesforce-facts 3.1: integer, double, string, boolean, date and datetime are safe everywhere."""
    for schema in document["components"]["schemas"].values():
        for field in schema.get("properties", {}).values():
            assert field.get("format") not in {"float", "int64"}
            assert field.get("type") != "number" or field.get("format") == "double"


def test_every_operation_has_a_name_that_apex_takes(document):
    for method, operation in operations(document):
        assert method in METHODS
        assert APEX_NAME.fullmatch(operation["operationId"])


def test_schemas_and_properties_have_names_that_apex_takes(document):
    schemas = document["components"]["schemas"]

    for name, schema in schemas.items():
        assert APEX_NAME.fullmatch(name), name
        for field in schema.get("properties", {}):
            assert APEX_NAME.fullmatch(field), field


def test_no_get_has_a_body_and_no_answer_has_headers(document):
    for method, operation in operations(document):
        assert method != "get" or "requestBody" not in operation
        assert all("headers" not in answer for answer in operation["responses"].values())


def test_only_json_is_spoken(document):
    for node in everything(document):
        assert set(node.get("content", {})) <= {"application/json"}


def test_no_list_holds_lists_and_nothing_is_polymorphic_or_nullable_by_reference(document):
    for node in everything(document):
        assert not (node.get("type") == "array" and node.get("items", {}).get("type") == "array")
        assert not {"oneOf", "anyOf", "allOf", "not"} & set(node)
        assert not (
            "properties" in node and "additionalProperties" in node and node["additionalProperties"] is not False
        )


def test_descriptions_are_not_cut(document):
    for node in everything(document):
        description = node.get("description")
        assert not isinstance(description, str) or len(description) <= 1333


def test_the_document_is_far_below_the_limit(client):
    assert len(client.get("/openapi/flow.json").data) < 100_000


def test_each_operation_answers_one_200(document):
    for _, operation in operations(document):
        assert [status for status in operation["responses"] if status.startswith("2")] == ["200"]
