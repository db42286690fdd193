"""Rows that say before anything is typed why they cannot be edited: approvals, related records (W12, W13)."""

from typing import Any

import pytest

from support.database import ONE_ENGINE
from support.panel_setup import ADMIN, AMOUNT, INDUSTRY, SETTINGS, put, rows_of, save, tab
from support.product import RILEY, Product
from support.running_org import NOOR

pytestmark = ONE_ENGINE


def related(sobject: str, path: str) -> dict[str, str]:
    return {"sobject": sobject, "field": path, "label": path}


def submit(product: Product, record_id: str) -> None:
    product.org.submit_for_approval(record_id, by=product.org.users.by_username(RILEY).id)


def codes(product: Product, rep: dict[str, str]) -> dict[str, str | None]:
    return {key: (row["read_only_reason"] or {}).get("code") for key, row in rows_of(product, rep).items()}


def test_a_deal_under_approval_says_so_and_since_when_w13(product):
    submit(product, product.deal())
    began = product.clock()

    rows = rows_of(product, product.sign_in()).values()

    assert {row["read_only_reason"]["code"] for row in rows} == {"LOCKED_BY_APPROVAL"}
    (since,) = {row["read_only_reason"]["since"] for row in rows}
    assert since == began.isoformat()


def test_only_the_record_that_waits_is_locked_and_an_administrator_may_edit_it(product):
    admin = product.sign_in(ADMIN)
    put(product, admin, tab("Deal", AMOUNT, INDUSTRY))
    submit(product, product.deal_account())

    assert codes(product, product.sign_in()) == {"Opportunity.Amount": None, "Account.Industry": "LOCKED_BY_APPROVAL"}
    assert set(codes(product, product.sign_in(ADMIN)).values()) == {None}


def test_an_approval_that_begins_while_the_rep_types_is_told_in_salesforces_words(product):
    rep = product.sign_in()
    rows_of(product, rep)
    submit(product, product.deal())

    refused = save(product, rep, ("Opportunity.NextStep", "Visit", "x"))

    assert (refused.status_code, refused.json["items"][0]["code"]) == (422, "LOCKED_BY_APPROVAL")
    assert product.journal() == []


def test_an_approval_that_is_over_locks_nothing(product):
    submit(product, product.deal())
    product.org.end_approval(product.deal())

    assert set(codes(product, product.sign_in()).values()) == {None}


def test_a_related_record_s_field_is_shown_and_not_edited(product):
    paths = [
        related("Opportunity", "Owner.Name"),
        related("Account", "Parent.Name"),
        related("Account", "Parent.AnnualRevenue"),
    ]
    saved = put(product, product.sign_in(ADMIN), tab("Deal", AMOUNT, *paths))
    assert saved.status_code == 200, saved.text
    with product.org.setup() as tx:
        parent = tx.insert("Account", {"Name": "Brightwater Group", "AnnualRevenue": 7}, enforce=False)
        tx.update("Account", product.deal_account(), {"ParentId": parent}, enforce=False)

    rows = rows_of(product, product.sign_in())

    owner, group, revenue = (
        rows[key] for key in ("Opportunity.Owner.Name", "Account.Parent.Name", "Account.Parent.AnnualRevenue")
    )
    assert (owner["value"], group["value"], revenue["value"], revenue["type"]) == (
        "Riley Okafor",
        "Brightwater Group",
        "7",
        "currency",
    )
    assert {row["read_only_reason"]["code"] for row in (owner, group, revenue)} == {"RELATED"}
    places = [row["read_only_reason"]["record_id"] for row in (owner, group, revenue)]
    assert places == [product.org.users.by_username(RILEY).id, parent, parent]  # where each can be changed
    refused = save(product, product.sign_in(), ("Opportunity.Owner.Name", "Somebody", "Riley Okafor"))
    assert (refused.status_code, refused.json["items"][0]["code"]) == (422, "RELATED")


def test_a_related_record_that_is_not_there_is_an_empty_value(product):
    put(product, product.sign_in(ADMIN), tab("Deal", related("Account", "Parent.Name")))

    row = rows_of(product, product.sign_in())["Account.Parent.Name"]

    assert (row["value"], row["read_only_reason"]["code"], row["read_only_reason"]["record_id"]) == (
        None,
        "RELATED",
        None,
    )


def test_a_related_field_that_one_rep_may_not_see_is_hidden_from_him_alone_s3(product):
    put(product, product.sign_in(ADMIN), tab("Deal", related("Account", "Parent.Industry")))
    product.org.users.change(product.org.users.by_username(NOOR).id, _hidden_fields=["Account.Industry"])

    assert codes(product, product.sign_in(NOOR)) == {"Account.Parent.Industry": "NOT_VISIBLE"}
    assert codes(product, product.sign_in()) == {"Account.Parent.Industry": "RELATED"}


@pytest.mark.parametrize("path", ["Owner.Nothing__c", "Nothing.Name", "Owner.Manager.Manager.Manager.Name", "Owner."])
def test_a_path_that_leads_nowhere_is_refused(product, path):
    refused = put(product, product.sign_in(ADMIN), tab("Deal", related("Opportunity", path)))

    assert refused.status_code == 422
    assert refused.json["items"][0]["key"] == "tabs.0.rows.0"


def picker(product: Product, **asked: str) -> Any:
    return product.client.get(f"{SETTINGS}/fields", query_string=asked, headers=product.sign_in(ADMIN))


def test_a_picker_leads_from_a_lookup_to_the_fields_behind_it(product):
    owner = next(one for one in picker(product, sobject="Opportunity").json["fields"] if one["field"] == "OwnerId")

    behind = {one["field"]: one for one in picker(product, sobject="Opportunity", over=owner["over"]).json["fields"]}

    assert (owner["over"], owner["allowed"]) == ("Owner", False)
    assert (behind["Owner.Name"]["allowed"], behind["Owner.ManagerId"]["over"]) == (True, "Owner.Manager")
    assert "manager" in behind["Owner.ManagerId"]["label"].lower()


@pytest.mark.parametrize(("over", "status"), [("Nothing", 404), ("Owner.Manager.Manager.Manager", 404), ("x y", 422)])
def test_a_picker_over_a_path_that_leads_nowhere_says_so(product, over, status):
    assert picker(product, sobject="Opportunity", over=over).status_code == status


def owned_by_users_and_queues(product: Product) -> None:
    """As the owners of cases, leads and custom objects are: one lookup to several objects."""
    facts = {"referenceTo": ["Group", "User"], "polymorphicForeignKey": True, "namePointing": True}
    product.change_org("Opportunity", "OwnerId", **facts)


def test_a_path_over_a_lookup_to_several_objects_shows_what_all_of_them_have(product):
    owned_by_users_and_queues(product)

    saved = put(product, product.sign_in(ADMIN), tab("Deal", AMOUNT, related("Opportunity", "Owner.Name")))

    assert saved.status_code == 200, saved.text
    row = rows_of(product, product.sign_in())["Opportunity.Owner.Name"]
    assert (row["type"], row["value"], row["read_only_reason"]["code"]) == ("text", "Riley Okafor", "RELATED")
    behind = picker(product, sobject="Opportunity", over="Owner").json["fields"]
    assert [one["field"] for one in behind if one["allowed"]] == [
        f"Owner.{name}" for name in ("Alias", "FirstName", "LastName", "Name", "Title", "Username")
    ]


@pytest.mark.parametrize("path", ["Owner.Department", "Owner.Manager.Name"])
def test_what_salesforce_does_not_give_over_such_a_lookup_is_refused_with_what_it_gives(product, path):
    owned_by_users_and_queues(product)

    refused = put(product, product.sign_in(ADMIN), tab("Deal", related("Opportunity", path)))

    (item,) = refused.json["items"]
    assert (refused.status_code, item["key"], item["field"]) == (422, "tabs.0.rows.0", "field")
    assert "Alias, FirstName, LastName, Name, Title, Username and nothing else: choose one of these" in item["message"]
