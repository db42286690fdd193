"""Duplicate rules: alert and block, what the answer tells, and how a caller overrules an alert."""

from typing import Any

import pytest

from support.local_org import LocalOrg, an_org

ALLOW = "allowSave=true"


def an_org_with_rule(**parts: Any) -> LocalOrg:
    lo = an_org().whole()
    body = {"name": "Same_Name", "object": "Account", "fields": ["Name", "BillingCity"], **parts}
    answer = lo.door("POST", "/duplicate-rules", body)
    assert answer.status_code == 204, answer.text
    return lo


def create(lo: LocalOrg, header: str = "", **values: Any) -> Any:
    headers = {"Sforce_Duplicate_Rule_Header": header} if header else {}
    return lo.call("POST", "sobjects/Account", {"Name": "ACME", "BillingCity": "Lund", **values}, **headers)


def test_an_alert_refuses_and_names_the_records_that_match():
    lo = an_org_with_rule()
    known = lo.with_account("Acme", BillingCity="lund")
    answer = create(lo)

    assert answer.status_code == 400
    assert answer.json() == [
        {
            "duplicateResult": {
                "allowSave": True,
                "duplicateRule": "Same_Name",
                "duplicateRuleEntityType": "Account",
                "errorMessage": "Use one of these records?",
                "matchResults": [
                    {
                        "entityType": "Account",
                        "errors": [],
                        "matchEngine": "ExactMatchEngine",
                        "matchRecords": [
                            {
                                "additionalInformation": [],
                                "fieldDiffs": [],
                                "matchConfidence": 100.0,
                                "record": {
                                    "attributes": {
                                        "type": "Account",
                                        "url": f"/services/data/v67.0/sobjects/Account/{known}",
                                    },
                                    "Id": known,
                                },
                            }
                        ],
                        "rule": "Same_Name_Match",
                        "size": 1,
                        "success": True,
                    }
                ],
            },
            "errorCode": "DUPLICATES_DETECTED",
            "message": "Use one of these records?",
        }
    ]
    assert lo.org.records.count("Account") == 1


@pytest.mark.parametrize(("version", "key"), [("56.0", "duplicateResut"), ("57.0", "duplicateResult")])
def test_the_key_is_misspelt_in_older_versions(version, key):
    lo = an_org_with_rule()
    lo.with_account("Acme", BillingCity="Lund")
    address = f"https://localhost:8143/services/data/v{version}/sobjects/Account"
    answer = lo.session().post(address, json={"Name": "Acme", "BillingCity": "Lund"})

    assert set(answer.json()[0]) == {key, "errorCode", "message"}


def test_an_alert_is_overruled_by_the_header():
    lo = an_org_with_rule()
    lo.with_account("Acme", BillingCity="Lund")

    assert create(lo, "allowSave=false").status_code == 400
    assert create(lo, "includeRecordDetails=true; allowSave=true").status_code == 201


def test_a_block_is_not_overruled():
    lo = an_org_with_rule(on_create="block", alert="We have them already.")
    lo.with_account("Acme", BillingCity="Lund")
    answer = create(lo, ALLOW)

    assert answer.status_code == 400
    assert answer.json()[0]["message"] == "We have them already."
    assert answer.json()[0]["duplicateResult"]["allowSave"] is False


def test_a_report_lets_everything_through():
    lo = an_org_with_rule(on_create="report")
    lo.with_account("Acme", BillingCity="Lund")

    assert create(lo).status_code == 201


def test_details_show_what_was_compared_and_the_caller_may_see():
    lo = an_org_with_rule()
    lo.with_account("Acme", BillingCity="Lund", Phone="1")
    lo.org.users.change(lo.rep.id, _hidden_fields=["Account.BillingCity"])
    lo.org.duplicate_rules.clear()
    lo.door("POST", "/duplicate-rules", {"name": "N", "object": "Account", "fields": ["Name", "Phone"]})
    details = "includeRecordDetails=true"
    headers = {"Sforce_Duplicate_Rule_Header": details}
    answer = lo.call("POST", "sobjects/Account", {"Name": "Acme", "Phone": "1"}, **headers)

    (match,) = answer.json()[0]["duplicateResult"]["matchResults"][0]["matchRecords"]
    assert {name: match["record"][name] for name in ("Name", "Phone")} == {"Name": "Acme", "Phone": "1"}
    assert "BillingCity" not in match["record"]


@pytest.mark.parametrize("values", [{"BillingCity": None}, {"BillingCity": "Malmo"}])
def test_what_differs_or_is_empty_matches_nothing(values):
    lo = an_org_with_rule()
    lo.with_account("Acme", BillingCity="Lund")
    lo.with_account("Acme")

    assert create(lo, **values).status_code == 201


def test_a_record_that_the_caller_may_not_see_matches_nothing():
    lo = an_org_with_rule()
    lo.with_account("Acme", BillingCity="Lund", _hidden_from=[lo.rep.id])

    assert create(lo).status_code == 201


def test_an_edit_is_compared_when_it_touches_the_rules_fields():
    lo = an_org_with_rule(on_edit="block")
    lo.with_account("Acme", BillingCity="Lund")
    other = lo.with_account("Other", BillingCity="Lund")

    assert lo.call("PATCH", f"sobjects/Account/{other}", {"Phone": "1"}).status_code == 204
    assert lo.call("PATCH", f"sobjects/Account/{other}", {"Name": "acme"}).status_code == 400


def test_one_record_of_a_collection_is_refused_with_its_matches():
    lo = an_org_with_rule()
    lo.with_account("Acme", BillingCity="Lund")
    names = ("First", "Acme", "Third")
    records = [{"attributes": {"type": "Account"}, "Name": name, "BillingCity": "Lund"} for name in names]
    outcomes = lo.call("POST", "composite/sobjects", {"records": records}).json()
    (error,) = outcomes[1]["errors"]

    assert [one["success"] for one in outcomes] == [True, False, True]
    assert (error["statusCode"], error["fields"]) == ("DUPLICATES_DETECTED", [])
    assert error["duplicateResult"]["matchResults"][0]["size"] == 1


def test_a_subrequest_speaks_for_itself_alone():
    lo = an_org_with_rule()
    lo.with_account("Acme", BillingCity="Lund")
    common = {
        "method": "POST",
        "url": "/services/data/v67.0/sobjects/Account",
        "body": {"Name": "Acme", "BillingCity": "Lund"},
    }
    body = {
        "compositeRequest": [
            {**common, "referenceId": "a", "httpHeaders": {"Sforce-Duplicate-Rule-Header": ALLOW}},
            {**common, "referenceId": "b"},
        ]
    }
    answers = lo.call("POST", "composite", body).json()["compositeResponse"]

    assert [one["httpStatusCode"] for one in answers] == [201, 400]


def test_rules_can_be_taken_away():
    lo = an_org_with_rule()
    lo.with_account("Acme", BillingCity="Lund")
    lo.door("DELETE", "/duplicate-rules")

    assert create(lo).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [{"object": "Nope"}, {"fields": ["Nope"]}, {"fields": []}, {"fields": "Name"}, {"on_edit": "stop"}, {"x": 1}],
)
def test_what_is_no_duplicate_rule_is_refused(wrong):
    body = {"name": "R", "object": "Account", "fields": ["Name"], **wrong}

    assert an_org().whole().door("POST", "/duplicate-rules", body).status_code == 400
