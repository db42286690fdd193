"""The doctor: exactly what is lacking is named, with its fix, in few calls (D1, S9, S10, W3)."""

from dataclasses import replace

import pytest

from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import IntegrationFlow
from support.product import INTEGRATION, Product
from support.running_org import ADMIN, RILEY, a_key_pair

VISIT = "/api/v1/connection/doctor"

OF_THE_SET = ("Accord_Plan_Event__e", "User.SendCustomNotifications")


@pytest.fixture
def product(one_product: Product) -> Product:
    return one_product


def visit(product: Product) -> dict[str, dict]:
    """Findings by name."""
    answer = product.client.get(VISIT, headers=product.sign_in(ADMIN))
    assert answer.status_code == 200, answer.text
    return {one["name"]: one for one in answer.json["findings"]}


def lacking(found: dict[str, dict]) -> set[str]:
    return {name for name, one in found.items() if one["status"] == "failed"}


def owner_id(product: Product) -> str:
    return product.org.users.by_username(INTEGRATION).id


def test_a_connection_that_is_well_says_so_in_few_calls(product):
    headers = product.sign_in(ADMIN)
    before = product.counter.report(since=0)["total"]

    answer = product.client.get(VISIT, headers=headers)

    found = {one["name"]: one for one in answer.json["findings"]}
    # no certificate of Apex is there
    odd = {name: one["status"] for name, one in found.items() if one["status"] != "passed"}
    assert odd == {"certificate": "warning", "kind_of_org": "failed"}
    assert found["Task.Accord_Id__c"]["status"] == "passed"
    assert product.counter.report(since=0)["total"] - before <= 11


def test_a_field_that_the_owner_may_not_edit_is_the_one_that_is_named(product):
    """D1."""
    well = lacking(visit(product))
    product.org.users.change(owner_id(product), _read_only_fields=["Task.Description"])

    found = visit(product)

    assert lacking(found) - well == {"Task.Description"}
    assert "edit Task.Description" in found["Task.Description"]["fix"]


def test_a_bell_that_nobody_hears_needs_nothing_and_one_that_is_gone_is_named(product):
    well = lacking(visit(product))
    product.org.users.change(owner_id(product), _read_only_fields=["Contact.Email"])
    assert lacking(visit(product)) == well, "an address that is only read need not be edited"

    with product.org.setup() as tx:
        for row in list(product.org.records.all("CustomNotificationType")):
            tx.delete("CustomNotificationType", row["Id"], enforce=False)

    assert lacking(visit(product)) - well == {"CustomNotificationType.Accord_Message"}
    off = {"by_bell": False, "tell_concerned": False, "by_email": True, "parked_more_than": 20, "people": None}
    messages = "/api/v1/settings/messages"
    admin = product.sign_in(ADMIN)
    assert product.client.put(messages, json=off, headers={**admin, "If-Match": '"0"'}).status_code == 200
    assert not any("Custom" in name for name in visit(product))


def test_an_owner_without_the_permission_set_lacks_all_that_it_grants(product):
    with product.org.setup() as tx:
        for row in list(product.org.records.all("PermissionSetAssignment")):
            if row["AssigneeId"] == owner_id(product):
                tx.delete("PermissionSetAssignment", row["Id"], enforce=False)

    found = visit(product)

    assert lacking(found) >= {"permission_set", "edit_task", "Task.Accord_Id__c", "Opportunity.Name", *OF_THE_SET}
    assert "Accord_Integration" in found["permission_set"]["fix"]


def test_a_key_that_is_no_external_id_is_told(product):
    product.change_org("Task", "Accord_Id__c", externalId=False)

    assert "no unique external id" in visit(product)["Task.Accord_Id__c"]["text"]


def test_while_activity_is_off_nothing_of_it_is_asked_for(product):
    setup = product.parts.activity_setup
    from accord.core.identity import Identity, Role

    admin = Identity(product.connection.workspace_id, product.connection.id, Role.ADMIN)
    setup.save(admin, replace(setup.load(admin), enabled=False))

    assert not any(name.startswith("Task.") for name in visit(product))


def test_reps_without_the_api_right_are_named(product):
    """W3."""
    product.org.users.change(product.org.users.by_username(RILEY).id, _api_enabled=False)

    found = visit(product)["reps_api_enabled"]

    assert found["status"] == "warning"
    assert RILEY in found["text"]


@pytest.mark.parametrize(
    ("break_it", "name", "words"),
    [
        (
            lambda product: product.setup.register(replace(product.setup_app, approved="none")),
            "app_approved",
            "pre-auth",
        ),
        (
            lambda product: product.setup.register(replace(product.setup_app, consumer_key="other")),
            "app_known",
            "consumer key",
        ),
        (
            lambda product: product.setup.register(
                replace(product.setup_app, certificate_pem=a_key_pair().certificate_pem)
            ),
            "key",
            "certificate",
        ),
        (lambda product: product.org.users.change(owner_id(product), IsActive=False), "user_active", "Activate"),
    ],
    ids=["not_approved", "unknown_app", "another_key", "inactive_user"],
)
def test_a_login_that_is_refused_names_its_cause_and_leaves_the_rest_open(product, break_it, name, words):
    """S9."""
    headers = product.sign_in(ADMIN)
    break_it(product)

    answer = product.client.get(VISIT, headers=headers)

    found = {one["name"]: one for one in answer.json["findings"]}
    assert answer.json["well"] is False
    assert lacking(found) == {name, "sign_in"}
    assert words in found[name]["fix"]
    assert found["Task.Subject"]["status"] == "unknown"


def test_a_run_as_user_who_is_another_one_is_told(product):
    product.setup.register(replace(product.setup_app, run_as=ADMIN))
    product.parts.connections.integration.save(
        product.connection, ConnectionSettings(IntegrationFlow.CLIENT_CREDENTIALS), by=None
    )

    found = visit(product)

    assert found["integration_user"]["status"] == "failed"
    assert ADMIN in found["integration_user"]["text"]
    assert found["least_rights"]["status"] == "warning"
