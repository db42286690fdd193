"""Automations inside a save: flows and triggers that change other fields, and how their failures are worded."""

from typing import Any

import pytest

from localorg.org import ValidationRule
from support.local_org import LocalOrg, an_org

LATE_STAGE = "StageName = 'Negotiation/Review'"


def an_org_with(kind: str, **parts: Any) -> LocalOrg:
    lo = an_org().whole()
    added(lo, kind, **parts)
    return lo


def added(lo: LocalOrg, kind: str, **parts: Any) -> None:
    answer = lo.door("POST", "/automations", {"name": "DealSync", "object": "Opportunity", "kind": kind, **parts})
    assert answer.status_code == 204, answer.text


def save(lo: LocalOrg, deal: str, **values: Any) -> Any:
    return lo.call("PATCH", f"sobjects/Opportunity/{deal}", values, X_Request_Id="r-1")


def test_a_before_save_flow_changes_another_field_in_the_same_write():
    lo = an_org_with("before_save_flow", condition=LATE_STAGE, set={"NextStep": "Contract for {!$Record.Name}"})
    deal = lo.with_opportunity("Acme", NextStep="Call")

    assert save(lo, deal, StageName="Negotiation/Review").status_code == 204
    (entry,) = lo.org.journal.entries()[-1:]
    assert (entry.user, entry.request_id) == (lo.rep.id, "r-1")
    assert entry.after["StageName"] == "Negotiation/Review"
    assert entry.after["NextStep"] == "Contract for Acme"


def test_what_a_before_save_flow_sets_is_followed_by_the_fields_that_hang_on_it():
    lo = an_org_with("before_save_flow", condition="Amount > 100", set={"StageName": "Closed Won"})
    deal = lo.with_opportunity(Amount=1.0)

    assert save(lo, deal, Amount=200).status_code == 204
    stored = lo.record("Opportunity", deal)
    assert (stored["IsWon"], stored["Probability"]) == (True, 100.0)


def test_a_flow_may_write_what_its_user_may_not():
    lo = an_org_with("before_save_flow", set={"Amount": 5})
    lo.org.users.change(lo.rep.id, _read_only_fields=["Opportunity.Amount"])
    deal = lo.with_opportunity(Amount=1.0)

    assert save(lo, deal, Amount=2).json()[0]["errorCode"] == "INVALID_FIELD_FOR_INSERT_UPDATE"
    assert save(lo, deal, NextStep="x").status_code == 204
    assert lo.record("Opportunity", deal)["Amount"] == 5.0


@pytest.mark.parametrize("kind", ["after_save_flow", "apex_trigger"])
def test_an_automation_after_the_save_writes_the_account_as_the_same_user_in_the_same_request(kind):
    lo = an_org_with(kind, update_related={"AccountId": {"Description": "Deal {!$Record.Name}"}})
    account = lo.with_account()
    deal = lo.with_opportunity("Acme", AccountId=account)
    before = lo.org.journal.last_seq

    assert save(lo, deal, NextStep="x").status_code == 204
    entries = lo.org.journal.entries(before)
    assert [(one.object, one.user, one.request_id) for one in entries] == [
        ("Opportunity", lo.rep.id, "r-1"),
        ("Account", lo.rep.id, "r-1"),
    ]
    assert lo.record("Account", account)["Description"] == "Deal Acme"


def test_an_automation_on_create_leaves_changes_alone():
    lo = an_org_with("before_save_flow", on=["insert"], set={"NextStep": "Welcome"})
    deal = lo.with_opportunity(NextStep="Call")
    body = {"Name": "New", "StageName": "Prospecting", "CloseDate": "2026-12-01"}

    assert save(lo, deal, Amount=2).status_code == 204
    assert lo.record("Opportunity", deal)["NextStep"] == "Call"
    made = lo.call("POST", "sobjects/Opportunity", body).json()["id"]
    assert lo.record("Opportunity", made)["NextStep"] == "Welcome"


def test_a_validation_rule_sees_what_a_before_save_flow_did():
    lo = an_org_with("before_save_flow", set={"Amount": 5_000_000})
    lo.org.add_validation_rule(ValidationRule("Big", "Opportunity", "Amount > 1000000", "Ask the desk.", "Amount"))

    assert save(lo, lo.with_opportunity(), NextStep="x").json() == [
        {"message": "Ask the desk.", "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "fields": ["Amount"]}
    ]


def test_a_flow_that_runs_into_a_rule_of_the_account_refuses_the_deal():
    lo = an_org_with("after_save_flow", update_related={"AccountId": {"Phone": None}})
    lo.org.add_validation_rule(ValidationRule("D", "Account", "Phone = null", "Keep their number."))
    deal = lo.with_opportunity(AccountId=lo.with_account(Phone="1"), NextStep="old")

    (error,) = save(lo, deal, NextStep="new").json()

    end = "You can look up ExceptionCode values in the SOAP API Developer Guide. Error ID: "
    assert error["errorCode"] == "CANNOT_EXECUTE_FLOW_TRIGGER"
    assert error["message"].startswith(
        "We can't save this record because the \N{LEFT DOUBLE QUOTATION MARK}DealSync\N{RIGHT DOUBLE QUOTATION MARK} "
        "process failed. Give your Salesforce admin these details. This error occurred when the flow tried to update "
        f"records: FIELD_CUSTOM_VALIDATION_EXCEPTION: Keep their number.. {end}"
    )
    assert error["message"].count("ExceptionCode") == 2
    assert lo.record("Opportunity", deal)["NextStep"] == "old"


def test_a_trigger_that_meets_a_held_account_wraps_the_lock():
    lo = an_org_with("apex_trigger", object="Task", update_related={"WhatId": {"NextStep": "{!$Record.Subject}"}})
    deal = lo.with_opportunity()
    lo.door("POST", "/locks", {"ids": [deal], "wait_seconds": 0})

    (error,) = lo.call("POST", "sobjects/Task", {"Subject": "Call", "Status": "Completed", "WhatId": deal}).json()

    assert error["errorCode"] == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
    assert error["message"] == (
        "DealSync: execution of AfterInsert\n\ncaused by: System.DmlException: Update failed. First exception on row 0 "
        f"with id {deal}; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 "
        f"records: {deal}: []\n\nTrigger.DealSync: line 7, column 1"
    )
    assert lo.org.records.count("Task") == 0


def test_one_record_of_a_collection_fails_by_its_automation_and_the_others_are_written():
    lo = an_org_with("apex_trigger", condition="Amount > 100", fail="System.NullPointerException: null object")
    deals = [lo.with_opportunity(Amount=1.0) for _ in range(3)]
    records = [
        {"attributes": {"type": "Opportunity"}, "Id": one, "Amount": amount}
        for one, amount in zip(deals, (2, 200, 3), strict=True)
    ]

    outcomes = lo.call("PATCH", "composite/sobjects", {"records": records}).json()

    assert [one["success"] for one in outcomes] == [True, False, True]
    assert outcomes[1]["errors"][0]["statusCode"] == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
    assert "caused by: System.NullPointerException" in outcomes[1]["errors"][0]["message"]
    assert [lo.record("Opportunity", one)["Amount"] for one in deals] == [2.0, 1.0, 3.0]


def test_a_flow_that_nobody_guarded():
    lo = an_org_with("after_save_flow", fail="An error occurred when executing a flow interview.")
    (error,) = save(lo, lo.with_opportunity(), NextStep="x").json()

    assert error["errorCode"] == "CANNOT_EXECUTE_FLOW_TRIGGER"
    assert "An error occurred when executing a flow interview. Error ID: " in error["message"]


@pytest.mark.parametrize("kind", ["before_save_flow", "apex_trigger"])
def test_an_error_that_an_automation_adds_is_the_admins_own(kind):
    lo = an_org_with(kind, refuse={"message": "Not on Fridays.", "field": "CloseDate"})

    assert save(lo, lo.with_opportunity(), NextStep="x").json() == [
        {"message": "Not on Fridays.", "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "fields": ["CloseDate"]}
    ]


def test_automations_that_start_each_other_have_an_end():
    lo = an_org_with("apex_trigger", set={"NextStep": "{!$Record.NextStep}+"})
    (error,) = save(lo, lo.with_opportunity(NextStep="x"), Amount=2).json()

    assert error["errorCode"] == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
    assert "maximum trigger depth exceeded" in error["message"]


def test_a_value_that_does_not_fit_is_the_flows_failure():
    lo = an_org_with("before_save_flow", set={"NextStep": "x" * 300})
    (error,) = save(lo, lo.with_opportunity(), Amount=2).json()

    assert (error["errorCode"], "STRING_TOO_LONG" in error["message"]) == ("CANNOT_EXECUTE_FLOW_TRIGGER", True)


def test_automations_can_be_taken_away():
    lo = an_org_with("before_save_flow", set={"NextStep": "x"})
    lo.door("DELETE", "/automations")
    deal = lo.with_opportunity(NextStep="old")

    assert save(lo, deal, Amount=2).status_code == 204
    assert lo.record("Opportunity", deal)["NextStep"] == "old"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "workflow"},
        {"object": "Nope"},
        {"set": {"Nope": 1}},
        {"set": []},
        {"set": {"NextStep": "{!$Record.Nope}"}},
        {"update_related": {"Nope": {}}},
        {"publish": {"Nope__e": {}}},
        {"kind": "before_save_flow", "update_related": {"AccountId": {}}},
        {"on": ["delete"]},
        {"condition": "Nope = 1"},
        {"refuse": "no"},
        {"extra": 1},
        {"name": None},
    ],
)
def test_what_is_no_automation_is_refused(wrong):
    body = {"name": "A", "object": "Opportunity", "kind": "after_save_flow", **wrong}

    assert an_org().whole().door("POST", "/automations", body).status_code == 400
