"""Upsert by external id (W1, W2): which record is meant, what a repeat does, and what several matches do."""

from urllib.parse import quote

import pytest

from support.local_org import an_org
from support.sfdx import a_field, a_permission_set, accord_source


@pytest.fixture
def lo(tmp_path):
    return an_org(metadata_dirs=[accord_source(tmp_path)], permission_sets=["Accord_Rep"])


def upsert(lo, key, values, **options):
    return lo.call("PATCH", f"sobjects/Task/Accord_Id__c/{quote(key, safe='')}", values, **options)


def test_the_first_upsert_creates_and_the_second_updates_the_same_record(lo):
    first = upsert(lo, "k-1", {"Subject": "One"})
    second = upsert(lo, "k-1", {"Subject": "Two"})

    assert (first.status_code, first.json()["created"]) == (201, True)
    assert (second.status_code, second.json()) == (
        200,
        {"id": first.json()["id"], "success": True, "errors": [], "created": False},
    )
    assert [entry.op for entry in lo.org.journal.entries()] == ["insert", "update"]
    assert {entry.external_id for entry in lo.org.journal.entries()} == {"k-1"}


def test_the_update_branch_writes_everything_that_was_sent(lo):
    task = upsert(lo, "k-1", {"Subject": "One", "Status": "Not Started"}).json()["id"]
    lo.salesforce().Task.update(task, {"Status": "Completed"})

    upsert(lo, "k-1", {"Subject": "One", "Status": "Not Started"})

    assert lo.record("Task", task)["Status"] == "Not Started"


@pytest.mark.parametrize("key", ["a/b+c", "ä ö", "50%", "x?y#z", "a//b"])
def test_a_key_with_awkward_letters_names_its_record(lo, key):
    created = upsert(lo, key, {"Subject": "x"})

    assert created.status_code == 201
    assert lo.record("Task", created.json()["id"])["Accord_Id__c"] == key
    found = lo.call("GET", f"sobjects/Task/Accord_Id__c/{quote(key, safe='')}?fields=Subject")
    assert found.json()["Subject"] == "x"


def test_the_key_may_not_stand_in_the_body_too(lo):
    answer = upsert(lo, "k-1", {"Subject": "x", "Accord_Id__c": "k-1"})

    assert answer.json()[0]["message"] == "The Accord_Id__c field should not be specified in the sobject data."


def test_an_invisible_or_unknown_key_field_does_not_exist(lo):
    other = lo.user("noor@halden.example")
    text = "Provided external ID field does not exist or is not accessible: "

    hidden = upsert(lo, "k-1", {"Subject": "x"}, user=other)
    unknown = lo.call("PATCH", "sobjects/Task/Namez/1", {"Subject": "x"})
    no_key = lo.call("PATCH", "sobjects/Task/Subject/1", {"Status": "Completed"})

    assert (hidden.status_code, hidden.json()[0]) == (404, {"errorCode": "NOT_FOUND", "message": f"{text}Accord_Id__c"})
    assert (unknown.status_code, unknown.json()[0]["message"]) == (404, f"{text}Namez")
    assert no_key.status_code == 404


def test_several_matches_are_a_300_with_their_addresses(tmp_path):
    a_field(tmp_path, "Account", "Customer_No__c", externalId="true")
    a_permission_set(tmp_path, "Numbers", edit=["Account.Customer_No__c"])
    lo = an_org(metadata_dirs=[tmp_path], permission_sets=["Numbers"])
    ids = sorted(lo.with_account(Customer_No__c="7") for _ in range(2))

    answer = lo.call("PATCH", "sobjects/Account/Customer_No__c/7", {"Name": "x"})

    assert answer.status_code == 300
    assert answer.json() == [f"/services/data/v67.0/sobjects/Account/{one}" for one in ids]
    assert lo.call("GET", "sobjects/Account/Customer_No__c/7").status_code == 300


def test_a_unique_value_is_refused_naming_the_record_that_has_it(lo):
    first = upsert(lo, "k-1", {"Subject": "x"}).json()["id"]

    answer = lo.call("POST", "sobjects/Task", {"Subject": "y", "Accord_Id__c": "k-1"})

    assert answer.json() == [
        {
            "message": f"duplicate value found: Accord_Id__c duplicates value on record with id: {first[:15]}",
            "errorCode": "DUPLICATE_VALUE",
            "fields": [],
        }
    ]


def test_a_key_held_by_an_invisible_record_is_a_duplicate_of_unknown(lo):
    lo.with_task(Accord_Id__c="k-1", _hidden_from=[lo.rep.id])

    answer = upsert(lo, "k-1", {"Subject": "x"})

    assert answer.json()[0]["errorCode"] == "DUPLICATE_VALUE"
    assert answer.json()[0]["message"].endswith("record with id: <unknown>")


def test_a_case_sensitive_key_tells_capitals_apart_and_an_email_does_not(lo):
    assert upsert(lo, "K", {"Subject": "x"}).json()["id"] != upsert(lo, "k", {"Subject": "y"}).json()["id"]
    one = lo.call("PATCH", "sobjects/Contact/Email/Ito@halden.example", {"LastName": "Ito"})
    two = lo.call("PATCH", "sobjects/Contact/Email/ito@HALDEN.example", {"LastName": "Ito"})
    assert (one.json()["id"], two.status_code) == (two.json()["id"], 200)


def test_a_deleted_records_key_is_free_again(lo):
    first = upsert(lo, "k-1", {"Subject": "x"}).json()["id"]
    lo.salesforce().Task.delete(first)

    second = upsert(lo, "k-1", {"Subject": "x"})

    assert (second.status_code, second.json()["id"] != first) == (201, True)


def test_audit_fields_are_refused_on_upsert(lo):
    answer = upsert(lo, "k-1", {"Subject": "x", "CreatedById": lo.admin.id})

    assert answer.json()[0]["errorCode"] == "INVALID_FIELD_FOR_INSERT_UPDATE"


def test_simple_salesforce_upserts(lo):
    sf = lo.salesforce()

    assert sf.Task.upsert("Accord_Id__c/k-9", {"Subject": "x"}) == 201
    assert sf.Task.upsert("Accord_Id__c/k-9", {"Subject": "y"}) == 200
    assert sf.Task.get_by_custom_id("Accord_Id__c", "k-9")["Subject"] == "y"


def test_an_upsert_by_a_null_id_creates():
    lo = an_org()
    known = lo.with_account("Known")
    records = [
        {"attributes": {"type": "Account"}, "Id": None, "Name": "New"},
        {"attributes": {"type": "Account"}, "Id": known, "Name": "Changed"},
    ]

    outcomes = lo.call("PATCH", "composite/sobjects/Account/Id", {"records": records}).json()

    assert [(one["success"], one["created"]) for one in outcomes] == [(True, True), (True, False)]
    assert [lo.record("Account", one["id"])["Name"] for one in outcomes] == ["New", "Changed"]
