"""Both API documents hold: whatever fits them, and whatever does not, is answered as they say, and never by a crash.

The examples are the same in every run, so that a failure is everybody's.
"""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import APIOperation, Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from accord.infra.db import Database
from accord.infra.db.migrate import upgrade
from support.activities import an_admin, an_item, log
from support.database import open_database
from support.product import Product, a_product

EXAMPLES = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# an operation without a body has little to get wrong, and those of one plan have the same few words for their fields
FEWER = settings(EXAMPLES, max_examples=4)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def product(tmp_path: Path) -> Any:
    database: Database = open_database(f"sqlite:///{tmp_path / 'accord.db'}")
    upgrade(database)
    with a_product(database, environ={"ACCORD_REQUESTS_PER_MINUTE": "1000000"}) as made:
        yield made
    database.close()


def operations(product: Product, document: str) -> list[APIOperation]:
    schema = openapi.from_wsgi(document, product.app)
    return [found.ok() for found in schema.get_all_operations()]


def what_is_there(product: Product) -> dict[str, str]:
    """An id of each kind, so that not every answer is a 404."""
    plan = {"title": "T", "stage_title": "S", "steps_total": 2, "steps_done": 1, "opportunity_id": product.deal()}
    made = product.client.post("/api/v1/plans", json=plan, headers=product.sign_in())
    assert made.status_code == 201, made.text
    logged = log(product, product.sign_in_flow(), an_item(product))
    return {
        "record_id": product.deal(),
        "plan_id": made.json["id"],
        "stage_id": made.json["stages"][0]["id"],
        "step_id": made.json["stages"][0]["steps"][0]["id"],
        "reference": logged.json["items"][0]["referenceId"],
    }


def can_be_wrong(operation: APIOperation) -> bool:
    """Whether anything sent to it could be against its document: where it takes nothing, or any text, nothing is."""
    if len(operation.body):
        return True
    takes_any_text = ({"type": "string"}, {"type": "string", "minLength": 1})
    for part in operation.iter_parameters():
        may_be_left_out = part.location is ParameterLocation.HEADER and part.definition.get("required", False)
        if may_be_left_out or part.definition["schema"] not in takes_any_text:
            return True
    return False


def faults_of(operation: APIOperation, mode: GenerationMode, headers: dict[str, str], ids: dict[str, str]) -> list[str]:
    """What went wrong with the examples of one operation, and nothing when it holds."""
    known = {part.name: ids[part.name] for part in operation.path_parameters if part.name in ids}
    # an item of a Flow that is wrong is answered in its place, so that its neighbours go on
    refuses = mode is GenerationMode.NEGATIVE and not operation.path.startswith("/flow/")
    checks = [*CHECKS, negative_data_rejection] if refuses else CHECKS

    @(FEWER if "{plan_id}/" in operation.path or not len(operation.body) else EXAMPLES)
    @given(case=operation.as_strategy(mode, path_parameters=known or None))
    def holds(case: Case) -> None:
        case.call_and_validate(headers=headers, checks=checks)

    try:
        holds()
    except FailureGroup as group:
        return [f"{operation.label}: {fault}" for fault in group.exceptions]
    return []


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("document", ["/openapi.json", "/openapi/flow.json"])
def test_every_operation_answers_as_its_document_says(product: Product, document: str, mode: GenerationMode) -> None:
    admin, flow = an_admin(product), product.sign_in_flow()
    documented = operations(product, document)
    ids = what_is_there(product) if mode is GenerationMode.POSITIVE else {}

    faults = [
        fault
        for operation in documented
        if mode is GenerationMode.POSITIVE or can_be_wrong(operation)
        for fault in faults_of(operation, mode, flow if operation.path.startswith("/flow/") else admin, ids)
    ]

    assert documented
    assert faults == []
