"""Rights per user: what is invisible does not exist, what is read-only cannot be written."""

import pytest

from support.local_org import an_org
from support.sfdx import accord_source


def noor(lo, **facts):
    return lo.user("noor@halden.example", **facts)


def code(answer):
    return answer.status_code, answer.json()[0]["errorCode"]


def test_a_hidden_field_is_absent_everywhere():
    lo = an_org()
    user = noor(lo, hidden_fields=["Opportunity.Amount"])
    deal = lo.with_opportunity()

    describe = lo.call("GET", "sobjects/Opportunity/describe", user=user).json()
    assert "Amount" not in {field["name"] for field in describe["fields"]}
    assert "Amount" not in lo.call("GET", f"sobjects/Opportunity/{deal}", user=user).json()
    assert code(lo.call("GET", "query?q=SELECT+Amount+FROM+Opportunity", user=user)) == (400, "INVALID_FIELD")
    assert code(lo.call("GET", f"sobjects/Opportunity/{deal}?fields=Amount", user=user)) == (400, "INVALID_FIELD")
    assert code(lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 1}, user=user)) == (400, "INVALID_FIELD")
    info = lo.call("GET", "ui-api/object-info/Opportunity", user=user).json()
    assert "Amount" not in info["fields"]
    assert code(lo.call("GET", f"ui-api/records/{deal}?fields=Opportunity.Amount", user=user)) == (400, "INVALID_FIELD")


def test_a_hidden_field_cannot_be_filtered_or_sorted_by_either():
    lo = an_org()
    user = noor(lo, hidden_fields=["Opportunity.Amount"])

    for text in ("SELECT+Id+FROM+Opportunity+WHERE+Amount+%3E+1", "SELECT+Id+FROM+Opportunity+ORDER+BY+Amount"):
        assert code(lo.call("GET", f"query?q={text}", user=user)) == (400, "INVALID_FIELD")


def test_a_read_only_field_is_shown_and_not_written():
    lo = an_org()
    user = noor(lo, read_only_fields=["Opportunity.Amount"])
    deal = lo.with_opportunity(Amount=5)

    answer = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 6}, user=user)

    assert code(answer) == (400, "INVALID_FIELD_FOR_INSERT_UPDATE")
    assert answer.json()[0]["message"].startswith("Unable to create/update fields: Amount. Please check the security")
    assert lo.call("GET", f"sobjects/Opportunity/{deal}", user=user).json()["Amount"] == 5.0


def test_an_administrator_sees_all_fields(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)])
    deal = lo.with_opportunity(Accord_Progress__c=40)

    assert lo.salesforce(lo.admin).Opportunity.get(deal)["Accord_Progress__c"] == 40.0
    assert "Accord_Progress__c" not in lo.salesforce().Opportunity.get(deal)


def test_a_record_hidden_from_a_user_is_not_there_for_him():
    lo = an_org()
    user = noor(lo)
    deal = lo.with_opportunity(_hidden_from=[user.id])

    assert code(lo.call("GET", f"sobjects/Opportunity/{deal}", user=user)) == (404, "NOT_FOUND")
    assert code(lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Name": "x"}, user=user)) == (404, "NOT_FOUND")
    assert lo.call("GET", "query?q=SELECT+COUNT()+FROM+Opportunity", user=user).json()["totalSize"] == 0
    assert lo.call("GET", f"sobjects/Opportunity/{deal}").status_code == 200


def test_a_task_about_a_hidden_record_is_refused():
    lo = an_org()
    user = noor(lo)
    deal = lo.with_opportunity(_hidden_from=[user.id])

    answer = lo.call("POST", "sobjects/Task", {"Subject": "x", "WhatId": deal}, user=user)

    assert code(answer) == (400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY")


def test_a_readable_record_that_may_not_be_changed_refuses_changes():
    lo = an_org()
    user = noor(lo)
    deal = lo.with_opportunity(_read_only_for=[user.id])

    answer = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Name": "x"}, user=user)

    assert code(answer) == (400, "INSUFFICIENT_ACCESS_OR_READONLY")
    assert code(lo.call("DELETE", f"sobjects/Opportunity/{deal}", user=user))[1] == "INSUFFICIENT_ACCESS_OR_READONLY"


def test_record_access_says_what_the_rows_will_answer():
    lo = an_org()
    user = noor(lo)
    deals = [
        lo.with_opportunity(),
        lo.with_opportunity(_read_only_for=[user.id]),
        lo.with_opportunity(_hidden_from=[user.id]),
    ]
    names = ",".join(f"'{one}'" for one in deals)
    soql = (
        "SELECT RecordId, HasReadAccess, HasEditAccess FROM UserRecordAccess "
        f"WHERE UserId = '{user.id}' AND RecordId IN ({names})"
    )

    rows = lo.salesforce(lo.admin).query(soql)["records"]

    found = {row["RecordId"]: (row["HasReadAccess"], row["HasEditAccess"]) for row in rows}
    assert [found[one] for one in deals] == [(True, True), (True, False), (False, False)]
    own = lo.salesforce(user).query(soql)["records"]
    assert [row["RecordId"] for row in own] == deals[:2], "what he may not read himself is left out"


def test_record_access_wants_its_user_and_records_named():
    lo = an_org()

    assert code(lo.call("GET", "query?q=SELECT+RecordId+FROM+UserRecordAccess")) == (400, "MALFORMED_QUERY")


def test_set_up_objects_are_read_by_everybody_and_written_by_nobody_else():
    lo = an_org()

    assert lo.call("GET", "query?q=SELECT+Name,IsSandbox+FROM+Organization").json()["totalSize"] == 1
    answer = lo.call("PATCH", f"sobjects/User/{lo.admin.id}", {"LastName": "x"})
    assert code(answer) == (400, "INSUFFICIENT_ACCESS_OR_READONLY")
    assert code(lo.call("POST", "sobjects/RecordType", {"Name": "x"}))[1] == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"


def test_an_integration_user_with_minimum_access_has_only_what_its_permission_sets_say(tmp_path):
    lo = an_org(metadata_dirs=[accord_source(tmp_path)])
    user = lo.user("integration@halden.example", profile="Minimum Access - API Only Integrations")

    assert code(lo.call("GET", "sobjects/Opportunity/describe", user=user)) == (404, "NOT_FOUND")
    assert code(lo.call("GET", "query?q=SELECT+Id+FROM+Opportunity", user=user)) == (400, "INVALID_TYPE")
    assert "Opportunity" not in {one["name"] for one in lo.call("GET", "sobjects", user=user).json()["sobjects"]}


@pytest.mark.parametrize("right", ["createable", "updateable"])
def test_the_describe_of_a_read_only_field_says_so(right):
    lo = an_org()
    user = noor(lo, read_only_fields=["Opportunity.Amount"])

    fields = lo.call("GET", "sobjects/Opportunity/describe", user=user).json()["fields"]

    assert next(one for one in fields if one["name"] == "Amount")[right] is False
