"""Single rows over the REST API, spoken by a client that nobody here wrote."""

import pytest
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)

from support.local_org import HTTPS_BASE, an_org, wsgi_session
from support.sfdx import a_record_type, accord_source


def refused(call, *args):
    with pytest.raises((SalesforceMalformedRequest, SalesforceResourceNotFound, SalesforceRefusedRequest)) as caught:
        call(*args)
    (problem,) = caught.value.content
    return caught.value.status, problem


def test_a_record_is_created_read_changed_and_deleted_by_simple_salesforce():
    sf = an_org().salesforce()

    created = sf.Account.create({"Name": "Acme"})
    account = created["id"]
    assert created == {"id": account, "success": True, "errors": []}
    assert sf.Account.update(account, {"Phone": "1"}) == 204
    assert sf.Account.get(account)["Phone"] == "1"
    assert sf.Account.delete(account) == 204
    assert refused(sf.Account.get, account)[1]["errorCode"] == "ENTITY_IS_DELETED"


def test_a_row_is_read_with_the_fields_asked_for_only():
    lo = an_org()
    deal = lo.with_opportunity(Amount=5)

    row = lo.call("GET", f"sobjects/Opportunity/{deal}?fields=Amount,CloseDate").json()

    assert row == {
        "attributes": {"type": "Opportunity", "url": f"/services/data/v67.0/sobjects/Opportunity/{deal}"},
        "Amount": 5.0,
        "CloseDate": "2026-12-31",
    }


def test_a_fifteen_character_id_finds_the_record():
    lo = an_org()
    deal = lo.with_opportunity()

    assert lo.salesforce().Opportunity.get(deal[:15])["Id"] == deal


def test_null_clears_a_field_and_spaces_are_trimmed():
    lo = an_org()
    deal = lo.with_opportunity(NextStep="Call")
    sf = lo.salesforce()

    sf.Opportunity.update(deal, {"NextStep": None, "Name": "  Brightwater  "})

    assert (lo.record("Opportunity", deal)["NextStep"], lo.record("Opportunity", deal)["Name"]) == (None, "Brightwater")


@pytest.mark.parametrize(
    ("values", "code", "fields"),
    [
        ({"Name": "x" * 121}, "STRING_TOO_LONG", ["Name"]),
        ({"Name": None}, "REQUIRED_FIELD_MISSING", ["Name"]),
        ({"Amount": 10**17}, "NUMBER_OUTSIDE_VALID_RANGE", ["Amount"]),
        ({"Amount": "much"}, "JSON_PARSER_ERROR", None),
        ({"Nope": 1}, "INVALID_FIELD", None),
        ({"CreatedDate": "2026-01-01T00:00:00Z"}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["CreatedDate"]),
        ({"IsClosed": True}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["IsClosed"]),
        ({"AccountId": "001000000000001AAA"}, "INVALID_CROSS_REFERENCE_KEY", ["AccountId"]),
        ({"AccountId": "003000000000001AAA"}, "FIELD_INTEGRITY_EXCEPTION", ["AccountId"]),
        ({"ForecastCategoryName": "Perhaps"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ["ForecastCategoryName"]),
    ],
)
def test_a_bad_update_is_refused_with_the_platforms_code_and_writes_nothing(values, code, fields):
    lo = an_org()
    deal = lo.with_opportunity()
    before = lo.record("Opportunity", deal)

    status, problem = refused(lo.salesforce().Opportunity.update, deal, values)

    assert (status, problem["errorCode"], problem.get("fields")) == (400, code, fields)
    assert lo.record("Opportunity", deal) == before
    assert len(lo.org.journal.entries()) == 1


def test_a_create_without_its_required_fields_names_them_all():
    _, problem = refused(an_org().salesforce().Opportunity.create, {"Name": "x"})

    assert problem["fields"] == ["StageName", "CloseDate"]
    assert problem["message"] == "Required fields are missing: [StageName, CloseDate]"


def test_an_id_cannot_be_given_to_a_new_record_of_a_collection():
    record = {"attributes": {"type": "Account"}, "Name": "x", "Id": "001000000000001AAA"}
    outcome = an_org().call("POST", "composite/sobjects", {"records": [record]}).json()[0]

    assert outcome["errors"][0]["statusCode"] == "INVALID_FIELD_FOR_INSERT_UPDATE"


def test_the_stage_leads_probability_forecast_and_closing():
    lo = an_org()
    deal = lo.with_opportunity(Amount=1000)
    assert lo.record("Opportunity", deal)["Probability"] == 10.0

    lo.salesforce().Opportunity.update(deal, {"StageName": "Closed Won"})

    row = lo.record("Opportunity", deal)
    assert (row["Probability"], row["ForecastCategoryName"], row["ForecastCategory"]) == (100.0, "Closed", "Closed")
    assert (row["IsClosed"], row["IsWon"], row["ExpectedRevenue"]) == (True, True, 1000.0)


def test_a_probability_written_with_the_stage_stays():
    lo = an_org()
    deal = lo.with_opportunity()

    lo.salesforce().Opportunity.update(deal, {"StageName": "Qualification", "Probability": 33})

    assert lo.record("Opportunity", deal)["Probability"] == 33.0


def test_an_amount_that_comes_from_products_is_ignored_with_success():
    lo = an_org()
    deal = lo.with_opportunity(Amount=5, HasOpportunityLineItem=True)

    assert lo.salesforce().Opportunity.update(deal, {"Amount": 99}) == 204
    assert lo.record("Opportunity", deal)["Amount"] == 5.0


def test_a_stage_that_the_record_type_does_not_allow_is_refused(tmp_path):
    a_record_type(tmp_path, "Opportunity", "Renewal", {"StageName": ["Prospecting", "Closed Won"]})
    lo = an_org(metadata_dirs=[tmp_path])
    renewal = next(row["Id"] for row in lo.org.records.all("RecordType"))
    deal = lo.with_opportunity(RecordTypeId=renewal)

    _, problem = refused(lo.salesforce().Opportunity.update, deal, {"StageName": "Qualification"})

    assert problem["message"] == "Stage: bad value for restricted picklist field: Qualification"
    assert lo.salesforce().Opportunity.update(deal, {"StageName": "Closed Won"}) == 204


def test_a_task_is_closed_by_its_status_and_belongs_to_the_account_of_what_it_is_about():
    lo = an_org()
    account = lo.with_account()
    deal = lo.with_opportunity(AccountId=account)

    task = lo.salesforce().Task.create({"Subject": "Call", "WhatId": deal, "Status": "Completed", "Priority": "High"})

    row = lo.record("Task", task["id"])
    assert (row["IsClosed"], row["IsHighPriority"], row["AccountId"], row["OwnerId"]) == (
        True,
        True,
        account,
        lo.rep.id,
    )
    assert (row["TaskSubtype"], row["CompletedDateTime"]) == ("Task", "2026-11-20T09:30:00.000+0000")


def test_a_task_for_an_inactive_owner_is_refused():
    lo = an_org()
    gone = lo.user("gone@halden.example", is_active=False)

    _, problem = refused(lo.salesforce().Task.create, {"Subject": "x", "OwnerId": gone.id})

    assert problem["errorCode"] == "INACTIVE_OWNER_OR_USER"


def test_a_reference_by_external_id_is_resolved(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)], permission_sets=["Accord_Rep"])
    with lo.org.transaction(user_id=lo.rep.id) as tx:
        contact = tx.insert("Contact", {"LastName": "Ito", "Email": "ito@halden.example"})

    task = lo.salesforce().Task.create(
        {"Subject": "x", "Who": {"attributes": {"type": "Contact"}, "Email": "ito@halden.example"}}
    )

    assert lo.record("Task", task["id"])["WhoId"] == contact


def test_a_dead_session_is_a_401_with_the_platforms_body():
    lo = an_org()
    sf = lo.salesforce()
    lo.org.sessions.expire_all(lo.rep.id)

    with pytest.raises(SalesforceExpiredSession) as caught:
        sf.query("SELECT Id FROM Account")
    assert caught.value.content == [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]


def test_a_user_without_the_api_is_refused():
    lo = an_org()
    no_api = lo.user("noapi@halden.example", api_enabled=False)

    status, problem = refused(lo.salesforce(no_api).query, "SELECT Id FROM Account")

    assert (status, problem["errorCode"]) == (403, "API_DISABLED_FOR_ORG")


def test_every_answer_counts_its_call_in_the_limits_header():
    lo = an_org()

    first = lo.call("GET", "limits").headers["Sforce-Limit-Info"]
    second = lo.call("GET", "sobjects/Nope").headers["Sforce-Limit-Info"]

    assert (first, second) == ("api-usage=1/100000", "api-usage=2/100000")


def test_the_versions_are_listed_without_a_login():
    found = wsgi_session(an_org().app).get(f"{HTTPS_BASE}/services/data").json()

    assert [one["version"] for one in found] == [f"{number}.0" for number in range(50, 69)]
    assert found[17] == {"label": "Summer '26", "url": "/services/data/v67.0", "version": "67.0"}


@pytest.mark.parametrize("version", ["50.0", "51.0", "59.0", "62.0", "68.0"])
def test_the_versions_that_clients_use_are_served(version):
    lo = an_org()
    lo.with_account()

    rows = lo.salesforce(version=version).query("SELECT Id FROM Account")["records"]

    assert rows[0]["attributes"]["url"].startswith(f"/services/data/v{version}/sobjects/Account/")


def test_a_version_that_does_not_exist_is_not_found():
    lo = an_org()

    status, problem = refused(lo.salesforce(version="20.0").query, "SELECT Id FROM Account")

    assert (status, problem["errorCode"]) == (404, "NOT_FOUND")


def test_the_client_named_by_the_caller_stands_in_the_journal():
    lo = an_org()

    lo.call("POST", "sobjects/Account", {"Name": "Acme"}, Sforce_Call_Options="client=AccordPanel", X_Request_Id="r-7")

    (entry,) = lo.org.journal.entries()
    assert (entry.client, entry.request_id, entry.user) == ("AccordPanel", "r-7", lo.rep.id)


def test_malformed_json_is_the_parsers_error():
    lo = an_org()

    answer = lo.session().post(f"{HTTPS_BASE}/services/data/v67.0/sobjects/Account", data="{")

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "JSON_PARSER_ERROR")


def test_deleting_an_account_takes_its_deals_along():
    lo = an_org()
    account = lo.with_account()
    deal = lo.with_opportunity(AccountId=account)

    lo.salesforce().Account.delete(account)

    assert lo.org.records.find("Opportunity", deal) is None
    sf = lo.salesforce()
    assert sf.query("SELECT Id FROM Opportunity")["totalSize"] == 0
    assert sf.query_all("SELECT Id FROM Opportunity WHERE IsDeleted = true", include_deleted=True)["totalSize"] == 1


def test_a_parent_may_be_named_by_its_id_in_a_nested_object_and_one_that_is_none_is_refused():
    lo = an_org()
    account = lo.with_account()

    found = lo.call("POST", "sobjects/Contact", {"LastName": "Vance", "Account": {"Id": account}})
    none = lo.call("POST", "sobjects/Contact", {"LastName": "Vance", "Account": {"Id": None}})

    assert found.status_code == 201
    assert lo.record("Contact", found.json()["id"])["AccountId"] == account
    assert (none.status_code, none.json()[0]["errorCode"]) == (400, "INVALID_FIELD")


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_the_id_of_a_single_row_stands_in_its_address_alone(method):
    lo = an_org()
    account = lo.with_account()
    address = "sobjects/Account" if method == "POST" else f"sobjects/Account/{account}"

    answer = lo.call(method, address, {"Id": account, "Name": "x"})

    assert (answer.status_code, answer.json()) == (
        400, [{"message": "The Id field should not be specified in the sobject data.", "errorCode": "INVALID_FIELD"}],
    )  # fmt: skip
