"""Merging accounts, contacts and leads: what moves, what is left, and who may."""

import pytest

from localorg import merging
from localorg.errors import RefusedError
from support.local_org import an_org


def merge(lo, master, *losers, user=None, **values):
    with lo.org.transaction(user_id=(user or lo.admin).id) as tx:
        return merging.merge(tx, master, losers, values=values)


def test_the_children_of_the_loser_move_to_the_master():
    lo = an_org()
    master, loser = lo.with_account("Brightwater"), lo.with_account("Brightwater Ltd")
    deal = lo.with_opportunity(AccountId=loser)
    task = lo.with_task(WhatId=deal)
    case = lo.call("POST", "sobjects/Case", {"AccountId": loser}).json()["id"]

    result = merge(lo, master, loser)

    assert lo.record("Opportunity", deal)["AccountId"] == master
    assert lo.record("Case", case)["AccountId"] == master
    assert lo.record("Task", task)["AccountId"] == master
    assert (result.id, result.merged_record_ids) == (master, (loser,))
    assert set(result.updated_related_ids) == {deal, case, task}


def test_the_loser_is_deleted_and_names_its_master():
    lo = an_org()
    master, loser = lo.with_account("Master"), lo.with_account("Loser")
    lo.clock.forward(minutes=10)

    merge(lo, master, loser)
    lo.clock.forward(minutes=10)

    read = lo.call("GET", f"sobjects/Account/{loser}")
    found = lo.call("GET", "queryAll?q=SELECT Id, MasterRecordId FROM Account WHERE MasterRecordId != null").json()
    span = "start=2026-11-20T09:30:00Z&end=2026-11-20T10:30:00Z"
    assert read.json()[0]["errorCode"] == "ENTITY_IS_DELETED"
    assert [(row["Id"], row["MasterRecordId"]) for row in found["records"]] == [(loser, master)]
    gone = lo.call("GET", f"sobjects/Account/deleted?{span}").json()["deletedRecords"]
    assert [one["id"] for one in gone] == [loser]


def test_values_are_chosen_for_the_master_and_two_losers_are_enough():
    lo = an_org()
    master, first, second = (lo.with_account(name) for name in ("A", "B", "C"))

    merge(lo, master, first, second, Phone="0114 496 0000")

    assert lo.record("Account", master)["Phone"] == "0114 496 0000"
    with pytest.raises(ValueError, match="one or two records"):
        merge(lo, master, first, second, lo.with_account("D"))


def test_contacts_and_leads_merge_and_take_their_activities_along():
    lo = an_org()
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        contacts = [tx.insert("Contact", {"LastName": name}) for name in ("Okoye", "Okoye-Lind")]
        leads = [tx.insert("Lead", {"LastName": name, "Company": "Selwyn"}) for name in ("Ito", "Itoh")]
        tasks = [tx.insert("Task", {"Subject": "Call", "WhoId": one}) for one in (contacts[1], leads[1])]

    merge(lo, contacts[0], contacts[1])
    merge(lo, leads[0], leads[1])

    assert [lo.record("Task", one)["WhoId"] for one in tasks] == [contacts[0], leads[0]]


def test_a_converted_lead_names_the_master_of_what_it_became():
    lo = an_org()
    master, loser = lo.with_account(), lo.with_account("B")
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        values = {"LastName": "Ito", "Company": "B", "IsConverted": True, "ConvertedAccountId": loser}
        lead = tx.insert("Lead", values, enforce=False)

    merge(lo, master, loser)

    assert lo.record("Lead", lead)["ConvertedAccountId"] == master


def test_opportunities_do_not_merge():
    lo = an_org()
    deals = [lo.with_opportunity(), lo.with_opportunity()]

    with pytest.raises(RefusedError, match="INVALID_TYPE: Only Lead, Contact, Account can be merged"):
        merge(lo, *deals)


def test_records_of_two_objects_do_not_merge_and_nothing_moves():
    lo = an_org()
    account = lo.with_account()
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        contact = tx.insert("Contact", {"LastName": "Okoye", "AccountId": account})

    with pytest.raises(RefusedError):
        merge(lo, account, contact, Phone="1")

    assert lo.record("Account", account)["Phone"] is None


def test_somebody_who_may_not_delete_may_not_merge():
    lo = an_org()
    master, loser = lo.with_account(), lo.with_account("B", _read_only_for=[lo.rep.id])

    with pytest.raises(RefusedError, match="INSUFFICIENT_ACCESS"):
        merge(lo, master, loser, user=lo.rep)


def test_the_role_of_a_merged_contact_is_the_masters():
    lo = an_org()
    deal = lo.with_opportunity()
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        master, loser = (tx.insert("Contact", {"LastName": name}) for name in ("A", "B"))
        tx.insert("OpportunityContactRole", {"OpportunityId": deal, "ContactId": loser, "Role": "Evaluator"})

    merge(lo, master, loser)

    rows = lo.salesforce().query("SELECT ContactId FROM OpportunityContactRole")["records"]
    assert [row["ContactId"] for row in rows] == [master]
