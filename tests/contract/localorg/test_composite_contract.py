"""Composite and batch: several calls in one, with references, all or none."""

import pytest

from support.local_org import an_org

ROOT = "/services/data/v67.0"


def sub(method, url, reference, body=None):
    return {"method": method, "url": f"{ROOT}/{url}", "referenceId": reference, **({"body": body} if body else {})}


def composite(lo, *requests, all_or_none=False, **options):
    body = {"allOrNone": all_or_none, "compositeRequest": list(requests)}
    return lo.call("POST", "composite", body, **options)


def test_later_requests_use_what_earlier_ones_answered():
    lo = an_org()

    answer = composite(
        lo,
        sub("POST", "sobjects/Account", "account", {"Name": "Acme"}),
        sub("POST", "sobjects/Contact", "contact", {"LastName": "Ito", "AccountId": "@{account.id}"}),
        sub("GET", "query?q=SELECT Id, AccountId FROM Contact WHERE AccountId = '@{account.id}'", "rows"),
        sub("GET", "sobjects/Contact/@{rows.records[0].Id}?fields=LastName", "again"),
    ).json()["compositeResponse"]

    assert [one["httpStatusCode"] for one in answer] == [201, 201, 200, 200]
    assert answer[3]["body"]["LastName"] == "Ito"
    assert answer[0]["httpHeaders"]["Location"].endswith(answer[0]["body"]["id"])
    assert len(lo.org.journal.entries()) == 2


def test_all_or_none_undoes_everything_and_halts_the_innocent():
    lo = an_org()
    deal = lo.with_opportunity(Amount=1)

    answer = composite(
        lo,
        sub("PATCH", f"sobjects/Opportunity/{deal}", "one", {"Amount": 2}),
        sub("PATCH", f"sobjects/Opportunity/{deal}", "two", {"Name": "x" * 200}),
        sub("PATCH", f"sobjects/Opportunity/{deal}", "three", {"Amount": 3}),
        all_or_none=True,
    )

    assert answer.status_code == 200
    parts = answer.json()["compositeResponse"]
    assert [one["httpStatusCode"] for one in parts] == [400, 400, 400]
    assert [one["body"][0]["errorCode"] for one in parts] == [
        "PROCESSING_HALTED",
        "STRING_TOO_LONG",
        "PROCESSING_HALTED",
    ]
    assert lo.record("Opportunity", deal)["Amount"] == 1.0
    assert len(lo.org.journal.entries()) == 1


def test_without_all_or_none_each_request_stands_alone():
    lo = an_org()
    deal = lo.with_opportunity()

    parts = composite(
        lo,
        sub("PATCH", f"sobjects/Opportunity/{deal}", "one", {"Name": "x" * 200}),
        sub("PATCH", f"sobjects/Opportunity/{deal}", "two", {"Amount": 3}),
    ).json()["compositeResponse"]

    assert [one["httpStatusCode"] for one in parts] == [400, 204]
    assert parts[1]["body"] is None
    assert lo.record("Opportunity", deal)["Amount"] == 3.0


def test_a_reference_to_a_failure_halts_its_request():
    parts = composite(
        an_org(),
        sub("POST", "sobjects/Account", "account", {"Phone": "1"}),
        sub("POST", "sobjects/Contact", "contact", {"LastName": "Ito", "AccountId": "@{account.id}"}),
    ).json()["compositeResponse"]

    assert [one["body"][0]["errorCode"] for one in parts] == ["REQUIRED_FIELD_MISSING", "PROCESSING_HALTED"]


def test_a_whole_panel_is_read_in_one_counted_call():
    lo = an_org()
    deal = lo.with_opportunity()
    access = f"SELECT RecordId, HasEditAccess FROM UserRecordAccess WHERE UserId='{lo.rep.id}' AND RecordId='{deal}'"

    answer = composite(
        lo,
        sub("GET", f"sobjects/Opportunity/{deal}?fields=Amount", "values"),
        sub("GET", f"query?q={access}", "access"),
    )

    assert answer.headers["Sforce-Limit-Info"] == "api-usage=1/100000"
    assert answer.json()["compositeResponse"][1]["body"]["records"][0]["HasEditAccess"] is True


@pytest.mark.parametrize(
    "requests",
    [
        [sub("GET", "limits", f"r{number}") for number in range(26)],
        [sub("GET", "query?q=SELECT+Id+FROM+Account", f"r{number}") for number in range(6)],
    ],
)
def test_too_many_subrequests_are_refused(requests):
    answer = composite(an_org(), *requests)

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "LIMIT_EXCEEDED")


def test_collections_work_inside_a_composite():
    lo = an_org()
    body = {"records": [{"attributes": {"type": "Account"}, "Name": "A"}, {"attributes": {"type": "Account"}}]}

    (part,) = composite(lo, sub("POST", "composite/sobjects", "many", body)).json()["compositeResponse"]

    assert [one["success"] for one in part["body"]] == [True, False]
    assert lo.org.records.count("Account") == 1


def test_a_batch_answers_each_request_by_itself():
    lo = an_org()
    requests = [
        {"method": "POST", "url": "v67.0/sobjects/Account", "richInput": {"Name": "A"}},
        {"method": "GET", "url": "v67.0/sobjects/Nope"},
        {"method": "GET", "url": "v67.0/limits"},
    ]

    answer = lo.call("POST", "composite/batch", {"batchRequests": requests}).json()
    halted = lo.call("POST", "composite/batch", {"batchRequests": requests, "haltOnError": True}).json()

    assert (answer["hasErrors"], [one["statusCode"] for one in answer["results"]]) == (True, [201, 404, 200])
    assert halted["results"][2] == {
        "statusCode": 412,
        "result": [{"message": "Batch processing halted per request", "errorCode": "BATCH_PROCESSING_HALTED"}],
    }


def test_simple_salesforce_calls_composite():
    sf = an_org().salesforce()

    answer = sf.restful("composite", method="POST", json={"compositeRequest": [sub("GET", "limits", "limits")]})

    assert answer["compositeResponse"][0]["httpStatusCode"] == 200
