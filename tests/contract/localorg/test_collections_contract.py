"""Collections: HTTP 200 with failures inside, order kept, all or none, and the same key twice."""

import time

import pytest

from support.local_org import an_org
from support.sfdx import accord_source


@pytest.fixture
def lo(tmp_path):
    return an_org(metadata_dirs=[accord_source(tmp_path)], permission_sets=["Accord_Rep"])


def records(kind, *values):
    return [{"attributes": {"type": kind}, **one} for one in values]


def test_failures_stand_inside_a_200_in_the_order_of_the_request(lo):
    body = {"records": records("Account", {"Name": "A"}, {}, {"Name": "x" * 256}, {"Name": "D"})}

    answer = lo.call("POST", "composite/sobjects", body)

    assert answer.status_code == 200
    assert [one["success"] for one in answer.json()] == [True, False, False, True]
    assert answer.json()[1] == {
        "success": False,
        "errors": [
            {
                "statusCode": "REQUIRED_FIELD_MISSING",
                "message": "Required fields are missing: [Name]",
                "fields": ["Name"],
            }
        ],
    }
    assert [entry.after["Name"] for entry in lo.org.journal.entries()] == ["A", "D"]


def test_all_or_none_writes_nothing_and_marks_the_innocent(lo):
    body = {"allOrNone": True, "records": records("Account", {"Name": "A"}, {})}

    answer = lo.call("POST", "composite/sobjects", body)

    codes = [one["errors"][0]["statusCode"] for one in answer.json()]
    assert codes == ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"]
    assert lo.org.records.count("Account") == 0
    assert lo.org.journal.entries() == []


def test_records_are_upserted_by_external_id_with_created_told(lo):
    first = records("Task", {"Accord_Id__c": "1", "Subject": "a"}, {"Accord_Id__c": "2", "Subject": "b"})
    second = records("Task", {"Accord_Id__c": "2", "Subject": "c"}, {"Accord_Id__c": "3", "Subject": "d"})

    lo.call("PATCH", "composite/sobjects/Task/Accord_Id__c", {"records": first})
    answer = lo.call("PATCH", "composite/sobjects/Task/Accord_Id__c", {"records": second})

    assert [(one["success"], one["created"]) for one in answer.json()] == [(True, False), (True, True)]
    assert sorted(row["Subject"] for row in lo.org.records.all("Task")) == ["a", "c", "d"]


def test_the_same_key_twice_in_one_request_fails_both(lo):
    body = {"records": records("Task", {"Accord_Id__c": "1"}, {"Accord_Id__c": "1"}, {"Accord_Id__c": "2"})}

    answer = lo.call("PATCH", "composite/sobjects/Task/Accord_Id__c", body).json()

    assert [one["success"] for one in answer] == [False, False, True]
    assert answer[0]["errors"][0]["statusCode"] == "DUPLICATE_VALUE"


def test_an_upsert_without_its_key_misses_an_argument(lo):
    body = {"records": records("Task", {"Subject": "x"})}

    (one,) = lo.call("PATCH", "composite/sobjects/Task/Accord_Id__c", body).json()

    assert one["errors"][0] == {"statusCode": "MISSING_ARGUMENT", "message": "Accord_Id__c not specified", "fields": []}


def test_several_matches_fail_their_record_alone(lo):
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        for _ in range(2):
            tx.insert("Contact", {"LastName": "Ito", "Email": "ito@halden.example"})
    body = {
        "records": records("Contact", {"Email": "ito@halden.example"}, {"Email": "b@halden.example", "LastName": "B"})
    }

    answer = lo.call("PATCH", "composite/sobjects/Contact/Email", body).json()

    assert [one["success"] for one in answer] == [False, True]
    assert answer[0]["errors"][0]["statusCode"] == "DUPLICATE_EXTERNAL_ID"


def test_records_are_changed_and_deleted_by_id(lo):
    ids = [lo.with_account(str(number)) for number in range(3)]

    changed = lo.call(
        "PATCH", "composite/sobjects", {"records": records("Account", *[{"id": i, "Phone": "1"} for i in ids])}
    )
    deleted = lo.call("DELETE", f"composite/sobjects?ids={','.join(ids)},001000000000001AAA")

    assert [one["id"] for one in changed.json()] == ids
    assert [one["success"] for one in deleted.json()] == [True, True, True, False]
    assert lo.org.records.count("Account") == 0


def test_many_records_are_read_by_a_post_and_what_is_missing_is_null(lo):
    account = lo.with_account("Acme")
    body = {"ids": [account, "001000000000001AAA"], "fields": ["Id", "Name"]}

    answer = lo.call("POST", "composite/sobjects/Account", body).json()

    assert [one and one["Name"] for one in answer] == ["Acme", None]
    assert lo.call("GET", f"composite/sobjects/Account?ids={account}&fields=Name").json()[0]["Name"] == "Acme"


def test_more_than_two_hundred_records_are_refused(lo):
    body = {"records": records("Account", *[{"Name": str(number)} for number in range(201)])}

    answer = lo.call("POST", "composite/sobjects", body)

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "EXCEEDED_ID_LIMIT")


def test_two_hundred_upserts_take_well_under_a_second(lo):
    body = {"records": records("Task", *[{"Accord_Id__c": str(n), "Subject": str(n)} for n in range(200)])}
    started = time.thread_time()  # of this thread alone: whoever else uses the machine does not count

    answer = lo.call("PATCH", "composite/sobjects/Task/Accord_Id__c", body)

    assert all(one["success"] for one in answer.json())
    assert time.thread_time() - started < 0.5


def test_a_wrong_type_in_a_collection_fails_its_record_with_its_field(lo):
    body = {"records": records("Opportunity", {"Name": "x", "StageName": "y", "CloseDate": "soon"})}

    (one,) = lo.call("POST", "composite/sobjects", body).json()

    assert one["errors"][0]["statusCode"] == "INVALID_TYPE_ON_FIELD_IN_RECORD"
    assert one["errors"][0]["fields"] == ["CloseDate"]
