"""Events, cases, leads and contact roles: what the platform makes of them."""

import pytest

from support.local_org import an_org
from support.sfdx import a_field


def create(lo, sobject, **values):
    answer = lo.call("POST", f"sobjects/{sobject}", values)
    assert answer.status_code == 201, answer.text
    return lo.record(sobject, answer.json()["id"])


def test_the_end_of_an_event_follows_its_length_and_the_other_way_round():
    lo = an_org()
    by_length = create(lo, "Event", Subject="Call", ActivityDateTime="2026-11-23T09:00:00Z", DurationInMinutes=45)
    by_end = create(
        lo, "Event", Subject="Call", StartDateTime="2026-11-23T09:00:00Z", EndDateTime="2026-11-24T10:00:00Z"
    )

    assert by_length["EndDateTime"] == "2026-11-23T09:45:00.000+0000"
    assert (by_end["DurationInMinutes"], by_end["ActivityDate"]) == (1500, "2026-11-23")


def test_a_moved_event_keeps_its_length():
    lo = an_org()
    event = create(lo, "Event", StartDateTime="2026-11-23T09:00:00Z", DurationInMinutes=45)

    lo.call("PATCH", f"sobjects/Event/{event['Id']}", {"StartDateTime": "2026-11-24T15:00:00Z"})

    assert lo.record("Event", event["Id"])["EndDateTime"] == "2026-11-24T15:45:00.000+0000"


def test_an_all_day_event_has_a_day_and_no_hour():
    event = create(an_org(), "Event", IsAllDayEvent=True, ActivityDate="2026-11-23")

    assert (event["ActivityDate"], event["ActivityDateTime"], event["DurationInMinutes"]) == ("2026-11-23", None, 1440)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "REQUIRED_FIELD_MISSING"),
        ({"StartDateTime": "2026-11-23T09:00:00Z"}, "REQUIRED_FIELD_MISSING"),
        (
            {"StartDateTime": "2026-11-23T09:00:00Z", "EndDateTime": "2026-11-23T08:00:00Z"},
            "FIELD_INTEGRITY_EXCEPTION",
        ),
    ],
)
def test_an_event_without_time_is_refused(values, code):
    assert an_org().call("POST", "sobjects/Event", values).json()[0]["errorCode"] == code


def test_an_event_belongs_to_the_account_of_its_deal_and_goes_with_it():
    lo = an_org()
    account = lo.with_account()
    deal = lo.with_opportunity(AccountId=account)
    event = create(lo, "Event", WhatId=deal, StartDateTime="2026-11-23T09:00:00Z", DurationInMinutes=5)

    lo.call("DELETE", f"sobjects/Opportunity/{deal}")

    assert event["AccountId"] == account
    assert lo.call("GET", f"sobjects/Event/{event['Id']}").json()[0]["errorCode"] == "ENTITY_IS_DELETED"


def test_a_custom_field_of_activity_is_one_of_task_and_event(tmp_path):
    a_field(tmp_path, "Activity", "Key__c", unique="true", externalId="true")
    lo = an_org(metadata_dirs=[tmp_path])

    made = lo.call(
        "PATCH", "sobjects/Event/Key__c/k-1", {"StartDateTime": "2026-11-23T09:00:00Z", "DurationInMinutes": 5},
        user=lo.admin,
    )  # fmt: skip

    assert made.status_code == 201
    assert lo.org.schema.get("Task").find("key__c") is not None


def test_cases_are_numbered_closed_by_their_status_and_know_their_contact():
    lo = an_org()
    contact = create(
        lo, "Contact", LastName="Okoye", AccountId=lo.with_account(), Email="o@brightwater.example", Phone="0114 1",
        MobilePhone="07700 2", Fax="0114 3",
    )  # fmt: skip
    first = create(lo, "Case", ContactId=contact["Id"], Subject="Broken lamp")
    second = create(lo, "Case")

    lo.call("PATCH", f"sobjects/Case/{first['Id']}", {"Status": "Closed"})

    closed = lo.record("Case", first["Id"])
    assert (first["CaseNumber"], second["CaseNumber"], first["Status"]) == ("00001000", "00001001", "New")
    assert (closed["IsClosed"], closed["ClosedDate"]) == (True, "2026-11-20T09:30:00.000+0000")
    assert (closed["AccountId"], closed["ContactEmail"]) == (contact["AccountId"], "o@brightwater.example")
    numbers = (closed["ContactPhone"], closed["ContactMobile"], closed["ContactFax"])
    assert numbers == ("0114 1", "07700 2", "0114 3")


def test_a_lead_has_a_name_an_address_and_a_first_status():
    lo = an_org()
    lead = create(lo, "Lead", FirstName="Imogen", LastName="Ito", Company="Selwyn", City="Leeds")

    assert (lead["Name"], lead["Status"], lead["IsConverted"]) == ("Imogen Ito", "Open - Not Contacted", False)
    assert lead["Address"]["city"] == "Leeds"
    refused = lo.call("POST", "sobjects/Lead", {"LastName": "Ito"}).json()[0]
    assert (refused["errorCode"], refused["fields"]) == ("REQUIRED_FIELD_MISSING", ["Company"])


def test_a_task_of_a_lead_is_found_through_it():
    lo = an_org()
    lead = create(lo, "Lead", LastName="Ito", Company="Selwyn")
    create(lo, "Task", Subject="Call", WhoId=lead["Id"])

    children = lo.salesforce().query("SELECT Company, (SELECT Subject FROM Tasks) FROM Lead")["records"][0]

    assert children["Tasks"]["records"][0]["Subject"] == "Call"


def test_an_opportunity_has_one_primary_contact():
    lo = an_org()
    deal = lo.with_opportunity()
    contacts = [create(lo, "Contact", LastName=name)["Id"] for name in ("Okoye", "Lind")]

    roles = [
        create(lo, "OpportunityContactRole", OpportunityId=deal, ContactId=one, IsPrimary=True) for one in contacts
    ]

    assert [lo.record("OpportunityContactRole", one["Id"])["IsPrimary"] for one in roles] == [False, True]


def test_the_minimum_access_login_has_these_objects_by_permission_only():
    lo = an_org()
    machine = lo.user("machine@halden.example", profile="Minimum Access - API Only Integrations")

    for name in ("Case", "Event", "Lead", "OpportunityLineItem", "OpportunityContactRole", "Product2"):
        assert lo.call("GET", f"sobjects/{name}/describe", user=machine).status_code == 404


def test_an_account_in_the_place_of_a_person():
    lo = an_org()
    account = lo.with_account()

    outcome = lo.call("POST", "composite/sobjects", {"records": [{"attributes": {"type": "Task"}, "WhoId": account}]})

    assert outcome.json()[0]["errors"] == [
        {
            "statusCode": "FIELD_INTEGRITY_EXCEPTION",
            "message": f"Name ID: id value of incorrect type: {account}",
            "fields": ["WhoId"],
        }
    ]


def test_a_converted_lead_is_not_changed():
    lo = an_org()
    lead = create(lo, "Lead", LastName="Ito", Company="Selwyn Alloys", IsConverted=True)

    answer = lo.call("PATCH", f"sobjects/Lead/{lead['Id']}", {"Company": "Selwyn"})

    assert answer.json()[0]["errorCode"] == "CANNOT_UPDATE_CONVERTED_LEAD"
