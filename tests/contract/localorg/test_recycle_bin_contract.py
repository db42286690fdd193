"""What deleting takes along, who sees it then, and how it comes back."""

import pytest

from localorg import undelete
from localorg.errors import RefusedError
from support.local_org import an_org
from support.sfdx import a_field


def names(lo, query):
    return {row["Name"] for row in lo.salesforce().query_all(query, include_deleted=True)["records"]}


def a_customer(lo):
    account = lo.with_account("Brightwater")
    deal = lo.with_opportunity("Spectrometers", AccountId=account)
    return account, deal, lo.with_task("Call", WhatId=deal)


def restore(lo, record_id):
    with lo.org.transaction(user_id=lo.admin.id) as tx:
        undelete.restore(tx, record_id)


def test_an_account_takes_its_contacts_deals_and_their_tasks_along():
    lo = an_org()
    account, deal, task = a_customer(lo)
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        contact = tx.insert("Contact", {"LastName": "Okoye", "AccountId": account})

    assert lo.call("DELETE", f"sobjects/Account/{account}").status_code == 204

    for sobject, record_id in (("Account", account), ("Contact", contact), ("Opportunity", deal), ("Task", task)):
        answer = lo.call("GET", f"sobjects/{sobject}/{record_id}")
        assert (answer.status_code, answer.json()[0]["errorCode"]) == (404, "ENTITY_IS_DELETED")


def test_a_deleted_record_is_seen_by_query_all_alone_with_is_deleted():
    lo = an_org()
    _, deal, _ = a_customer(lo)
    lo.call("DELETE", f"sobjects/Opportunity/{deal}")

    assert lo.salesforce().query("SELECT Id FROM Opportunity")["totalSize"] == 0
    query = "SELECT Name, IsDeleted FROM Opportunity WHERE IsDeleted = true"
    assert [row["IsDeleted"] for row in lo.call("GET", f"queryAll?q={query}").json()["records"]] == [True]


def test_query_all_reads_the_deleted_parent_of_a_deleted_record():
    lo = an_org()
    account, _, _ = a_customer(lo)
    lo.call("DELETE", f"sobjects/Account/{account}")

    rows = lo.call("GET", "queryAll?q=SELECT Account.Name FROM Opportunity").json()["records"]

    assert rows[0]["Account"]["Name"] == "Brightwater"


def test_deleting_twice_is_refused_alone_and_in_a_collection():
    lo = an_org()
    _, deal, _ = a_customer(lo)
    lo.call("DELETE", f"sobjects/Opportunity/{deal}")

    alone = lo.call("DELETE", f"sobjects/Opportunity/{deal}")
    together = lo.call("DELETE", f"composite/sobjects?ids={deal}")

    assert (alone.status_code, alone.json()[0]["errorCode"]) == (404, "ENTITY_IS_DELETED")
    assert together.json()[0]["errors"][0]["statusCode"] == "ENTITY_IS_DELETED"


def test_nothing_new_is_hung_on_a_deleted_record():
    lo = an_org()
    _, deal, _ = a_customer(lo)
    lo.call("DELETE", f"sobjects/Opportunity/{deal}")

    answer = lo.call("POST", "sobjects/Task", {"Subject": "Call", "WhatId": deal})

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "ENTITY_IS_DELETED")


def test_the_rest_api_has_no_undelete():
    lo = an_org()
    _, deal, _ = a_customer(lo)
    lo.call("DELETE", f"sobjects/Opportunity/{deal}")

    answer = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"IsDeleted": False})

    assert answer.status_code == 404
    assert answer.json() == [{"message": "entity is deleted", "errorCode": "ENTITY_IS_DELETED", "fields": []}]


def test_undelete_brings_back_what_went_along_and_is_a_change_of_its_own():
    lo = an_org()
    account, deal, task = a_customer(lo)
    lo.call("DELETE", f"sobjects/Account/{account}")
    lo.clock.forward(minutes=5)

    restore(lo, account)

    assert lo.record("Task", task)["Subject"] == "Call"
    assert lo.record("Opportunity", deal)["IsDeleted"] is False
    assert lo.record("Account", account)["SystemModstamp"] == "2026-11-20T09:35:00.000+0000"
    assert [entry.op for entry in lo.org.journal.entries()][-3:] == ["undelete"] * 3


def test_a_child_that_went_with_its_parent_is_not_in_the_bin_by_itself():
    lo = an_org()
    account, deal, _ = a_customer(lo)
    lo.call("DELETE", f"sobjects/Account/{account}")

    with pytest.raises(RefusedError, match="UNDELETE_FAILED: Entity is not in the recycle bin"):
        restore(lo, deal)


def test_a_task_deleted_before_its_deal_stays_deleted_when_the_deal_comes_back():
    lo = an_org()
    _, deal, task = a_customer(lo)
    lo.call("DELETE", f"sobjects/Task/{task}")
    lo.call("DELETE", f"sobjects/Opportunity/{deal}")

    restore(lo, deal)

    assert lo.call("GET", f"sobjects/Task/{task}").json()[0]["errorCode"] == "ENTITY_IS_DELETED"


def test_lookups_to_a_deleted_record_are_cleared_and_come_back_unless_they_were_written():
    lo = an_org()
    parent = lo.with_account("Group")
    left, changed = lo.with_account("Left", ParentId=parent), lo.with_account("Changed", ParentId=parent)
    other = lo.with_account("Other")

    lo.call("DELETE", f"sobjects/Account/{parent}")
    cleared = lo.record("Account", left)["ParentId"]
    lo.call("PATCH", f"sobjects/Account/{changed}", {"ParentId": other})
    restore(lo, parent)

    assert cleared is None
    assert lo.record("Account", left)["ParentId"] == parent
    assert lo.record("Account", changed)["ParentId"] == other


def test_an_account_with_cases_is_not_deleted():
    lo = an_org()
    account, deal, _ = a_customer(lo)
    lo.call("POST", "sobjects/Case", {"AccountId": account, "Subject": "Broken lamp"})

    answer = lo.call("DELETE", f"sobjects/Account/{account}")

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "DELETE_FAILED")
    assert "00001000" in answer.json()[0]["message"]
    assert lo.record("Opportunity", deal)["IsDeleted"] is False


def test_a_record_whose_key_was_taken_meanwhile_does_not_come_back(tmp_path):
    a_field(tmp_path, "Account", "Key__c", unique="true", externalId="true")
    lo = an_org(metadata_dirs=[tmp_path])
    account = lo.with_account("Old", Key__c="k-1")
    lo.call("DELETE", f"sobjects/Account/{account}")
    lo.with_account("New", Key__c="k-1")

    with pytest.raises(RefusedError, match="DUPLICATE_VALUE"):
        restore(lo, account)


def test_after_fifteen_days_the_bin_has_forgotten():
    lo = an_org()
    account, _, _ = a_customer(lo)
    lo.call("DELETE", f"sobjects/Account/{account}")
    lo.clock.forward(days=15, minutes=1)

    assert lo.call("GET", f"sobjects/Account/{account}").json()[0]["errorCode"] == "NOT_FOUND"
    assert names(lo, "SELECT Name FROM Opportunity") == set()
    with pytest.raises(RefusedError, match="not in the recycle bin"):
        restore(lo, account)


def test_a_restart_keeps_the_bin(tmp_path):
    lo = an_org(data_file=tmp_path / "org.sqlite")
    account, deal, _ = a_customer(lo)
    lo.call("DELETE", f"sobjects/Account/{account}")
    lo.org.close()

    again = an_org(data_file=tmp_path / "org.sqlite", clock=lo.clock)
    restore(again, account)

    assert again.record("Opportunity", deal)["AccountId"] == account
    again.org.close()
