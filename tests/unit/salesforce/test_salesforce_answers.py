"""What an org, or something before it, may answer; only what the platform documents is taken for a success."""

from decimal import Decimal

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from accord.core.errors import AuthorizationLostError, RejectedError, TransientError
from accord.core.outcomes import Done, Recovery, Refused
from accord.salesforce.errors import SalesforceUnavailableError
from accord.salesforce.model import Subrequest, UpdateRow, UpsertRow, Usage
from accord.salesforce.soql import select
from support.scripted_org import Answer, ScriptedOrg, a_gateway, sf_error

DEAL = select("Id", "Amount").from_("Opportunity")
FIRST, SECOND = "00T000000000001EAA", "00T000000000002EAA"
ROWS = [UpsertRow("a", {"Subject": "Call"}), UpsertRow("b", {"Subject": "Mail"})]
READ = [Subrequest("one", "GET", "limits")]
WRITE = [Subrequest("one", "PATCH", "sobjects/Account/001", {"Name": "x"})]


def _upsert(*steps):
    return a_gateway(ScriptedOrg(*steps)).upsert("Task", "Accord_Id__c", ROWS)


def _done(record_id: str, *, created: bool = True):
    return {"id": record_id, "success": True, "created": created, "errors": []}


def _failed(code: str, message: str = "said", fields=()):
    return {"success": False, "errors": [{"statusCode": code, "message": message, "fields": list(fields)}]}


def _unreachable():
    reason = NewConnectionError(None, "refused")
    return requests.ConnectionError(MaxRetryError(None, "/", reason))


def test_partial_failures_are_outcomes_in_order():
    outcomes = _upsert(Answer(body=[_failed("STRING_TOO_LONG", "Subject: too large", ["Subject"]), _done(SECOND)]))

    assert isinstance(outcomes[0], Refused)
    assert (outcomes[0].code, outcomes[0].fields, outcomes[0].recovery) == (
        "STRING_TOO_LONG",
        ("Subject",),
        Recovery.DATA,
    )
    assert outcomes[1] == Done(SECOND, created=True)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        "ok",
        7,
        {"hasErrors": False},
        [_done(FIRST)],
        [_done(FIRST), _done(SECOND), _done(SECOND)],
        b"<html>maintenance</html>",
        b"",
        b"[{",
        b"[" * 100_000,
        b"9" * 5000,
        [None, None],
        [[], []],
        ["ok", "ok"],
        [{"success": "true", "id": FIRST}, {"success": 1, "id": SECOND}],
        [{"success": True}, {"success": True, "id": None}],
        [{"success": True, "id": "x"}, {"id": FIRST}],
        [{"success": False}, {"success": None, "errors": None}],
    ],
)
def test_a_200_is_not_a_success_by_itself(body):
    outcomes = _upsert(Answer(200, body))

    assert len(outcomes) == 2
    assert all(isinstance(outcome, Refused) for outcome in outcomes)
    assert all(outcome.in_doubt or outcome.recovery is Recovery.UNKNOWN for outcome in outcomes)


def test_a_refused_row_without_a_reason_is_a_refusal():
    outcome = _upsert(Answer(body=[{"success": False, "errors": []}, _done(SECOND)]))[0]

    assert isinstance(outcome, Refused)
    assert outcome.recovery is Recovery.UNKNOWN


@pytest.mark.parametrize(
    "problem",
    [
        requests.ReadTimeout("x"),
        requests.ConnectionError(ConnectionResetError()),
        requests.exceptions.ChunkedEncodingError("x"),
        requests.exceptions.ContentDecodingError("x"),
        requests.exceptions.SSLError("EOF in the middle"),
        Answer(502, b"<html>Bad gateway</html>"),
        Answer(504, b""),
        Answer(500, b"oops"),
    ],
)
def test_a_lost_answer_leaves_every_row_in_doubt(problem):
    outcomes = _upsert(problem)

    assert [(outcome.in_doubt, outcome.recovery) for outcome in outcomes] == [(True, Recovery.TRANSIENT)] * 2


@pytest.mark.parametrize(
    "problem", [_unreachable(), requests.ConnectTimeout("x"), sf_error("SERVER_UNAVAILABLE", status=503)]
)
def test_a_write_that_reached_nobody_is_no_outcome_of_a_row(problem):
    with pytest.raises(SalesforceUnavailableError) as caught:
        _upsert(problem)

    assert not caught.value.in_doubt


def test_a_used_up_limit_is_told_to_every_row():
    outcomes = _upsert(sf_error("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", status=403))

    assert [outcome.recovery for outcome in outcomes] == [Recovery.QUOTA] * 2
    assert outcomes[0] is outcomes[1]  # so that the whole call can be told from its rows


def test_a_missing_key_field_is_told_to_every_row():
    text = "Provided external ID field does not exist or is not accessible: Accord_Id__c"
    outcomes = _upsert(sf_error("NOT_FOUND", text, status=404))

    assert [outcome.recovery for outcome in outcomes] == [Recovery.SCHEMA] * 2
    assert "Install the package" in outcomes[0].advice


@pytest.mark.parametrize("code", ["API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED"])
def test_a_login_without_the_api_is_lost(code):
    with pytest.raises(AuthorizationLostError):
        _upsert(sf_error(code, status=403))


def test_an_update_is_believed_for_its_own_record_alone():
    rows = [UpdateRow(FIRST, {"Subject": "a"}), UpdateRow(SECOND, {"Subject": "b"})]
    org = ScriptedOrg(Answer(body=[_done(FIRST), _done(FIRST)]))
    outcomes = a_gateway(org).update("Task", rows)

    assert outcomes[0] == Done(FIRST, created=False)
    assert outcomes[1].in_doubt
    assert org.asked[0].body["records"][1] == {"attributes": {"type": "Task"}, "id": SECOND, "Subject": "b"}


@pytest.mark.parametrize(
    "rows",
    [
        [UpsertRow("a", {"Id": FIRST})],
        [UpsertRow("a", {"accord_id__c": "b"})],
        [UpsertRow("a", {"attributes": {"type": "User"}})],
        [UpsertRow("a", {"Subject; DROP": "b"})],
        [UpsertRow("a", {}), UpsertRow("a", {})],
        [UpsertRow(f"k{number}", {}) for number in range(201)],
    ],
)
def test_rows_that_would_not_do_what_they_say_are_not_sent(rows):
    org = ScriptedOrg(Answer(body=[]))
    with pytest.raises(ValueError):
        a_gateway(org).upsert("Task", "Accord_Id__c", rows)

    assert org.asked == []


def test_nothing_to_write_costs_no_call():
    org = ScriptedOrg(Answer(body=[]))
    gateway = a_gateway(org)

    assert [*gateway.upsert("Task", "Accord_Id__c", []), *gateway.update("Task", [])] == []
    assert list(gateway.composite([], all_or_none=True)) == []
    assert (org.asked, org.versions_asked) == ([], 0)


def test_two_hundred_records_are_one_call():
    rows = [UpsertRow(f"k{number}", {}) for number in range(200)]
    org = ScriptedOrg(Answer(body=[_done(FIRST)] * 200))

    assert len(a_gateway(org).upsert("Task", "Accord_Id__c", rows)) == 200
    assert len(org.asked) == 1
    assert (org.asked[0].method, org.asked[0].url.partition("v67.0/")[2]) == (
        "PATCH",
        "composite/sobjects/Task/Accord_Id__c",
    )
    assert org.asked[0].body["allOrNone"] is False


def test_numbers_come_exactly():
    body = b'{"done": true, "records": [{"Amount": 1234567890123456.78, "Count": 7, "Rate": 0.1}]}'
    (record,) = a_gateway(ScriptedOrg(Answer(200, body))).query(DEAL)

    assert record == {"Amount": Decimal("1234567890123456.78"), "Count": 7, "Rate": Decimal("0.1")}


def test_all_pages_of_a_query_are_read():
    first = {"done": False, "records": [{"Id": 1}], "nextRecordsUrl": "/services/data/v67.0/query/01gRM-2000"}
    org = ScriptedOrg(Answer(body=first), Answer(body={"done": True, "records": [{"Id": 2}]}))

    assert [record["Id"] for record in a_gateway(org).query(DEAL)] == [1, 2]
    assert org.asked[1].url == "https://halden.my.salesforce.com/services/data/v67.0/query/01gRM-2000"


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"records": None, "done": True},
        b"<html>",
        {"records": [], "done": False},
        {"records": [], "done": "yes"},
    ],
)
def test_a_query_answered_in_another_shape_is_no_empty_result(body):
    with pytest.raises(SalesforceUnavailableError) as caught:
        a_gateway(ScriptedOrg(Answer(200, body))).query(DEAL)

    assert not caught.value.in_doubt


@pytest.mark.parametrize(
    ("parts", "in_doubt"), [(READ, False), (WRITE, True)], ids=["a part that reads", "a part that writes"]
)
@pytest.mark.parametrize(
    "step",
    [
        requests.ReadTimeout("x"),
        Answer(502, b""),
        Answer(200, None),
        Answer(200, {"compositeResponse": []}),
        Answer(200, {"compositeResponse": [{"referenceId": "two", "httpStatusCode": 200, "body": {}}]}),
        Answer(200, {"compositeResponse": [{"referenceId": "one", "httpStatusCode": 200, "body": {}}] * 2}),
        Answer(200, {"compositeResponse": [{"referenceId": "one", "httpStatusCode": "x", "body": {}}]}),
        Answer(200, {"compositeResponse": [{"referenceId": "one", "httpStatusCode": 200}]}),
        Answer(200, b"<html>"),
    ],
)
def test_a_composite_call_is_in_doubt_only_when_it_may_have_written(parts, in_doubt, step):
    with pytest.raises(SalesforceUnavailableError) as caught:
        a_gateway(ScriptedOrg(step)).composite(parts, all_or_none=True)

    assert caught.value.in_doubt is in_doubt


def test_the_parts_of_a_composite_call_are_answered_in_their_order():
    parts = [
        Subrequest("one", "GET", "limits"),
        Subrequest("two", "PATCH", "sobjects/Account/001", {"A": Decimal("1.10")}),
    ]
    body = {
        "compositeResponse": [
            {"referenceId": "two", "httpStatusCode": 204, "body": None, "httpHeaders": {}},
            {"referenceId": "one", "httpStatusCode": 200, "body": {"x": 1}, "httpHeaders": {}},
        ]
    }
    org = ScriptedOrg(Answer(body=body))
    answers = a_gateway(org).composite(parts, all_or_none=True)

    assert [(answer.reference, answer.status, answer.body) for answer in answers] == [
        ("one", 200, {"x": 1}),
        ("two", 204, None),
    ]
    assert org.asked[0].body["allOrNone"] is True
    assert org.asked[0].body["compositeRequest"][1]["url"] == "/services/data/v67.0/sobjects/Account/001"


@pytest.mark.parametrize(
    "parts",
    [
        READ * 2,
        [Subrequest(f"r{number}", "GET", "limits") for number in range(26)],
        [Subrequest("a b", "GET", "limits")],
        [Subrequest("one", "TRACE", "limits")],
        [Subrequest("one", "get", "limits")],
    ],
)
def test_parts_that_no_composite_call_can_carry_are_not_sent(parts):
    org = ScriptedOrg(Answer(body={}))
    with pytest.raises(ValueError):
        a_gateway(org).composite(parts, all_or_none=False)

    assert org.asked == []


def test_salesforces_own_words_are_in_the_problems_of_a_refused_query():
    with pytest.raises(RejectedError) as caught:
        a_gateway(ScriptedOrg(sf_error("INVALID_FIELD", "No such column 'X'"))).query(DEAL)

    assert [(problem.code, problem.message) for problem in caught.value.problems] == [
        ("INVALID_FIELD", "No such column 'X'")
    ]


def test_an_error_of_the_network_shows_neither_query_nor_token():
    problem = requests.ConnectionError("GET /services/data/v67.0/query?q=SELECT+secret token=00Dtoken!one")
    with pytest.raises(TransientError) as caught:
        a_gateway(ScriptedOrg(problem)).query(DEAL)

    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("header", "usage"),
    [
        ("api-usage=18/100000", Usage(18, 100000)),
        ("api-usage=25/5000; per-app-api-usage=17/250(appName=sample)", Usage(25, 5000)),
        ("per-app-api-usage=17/250(appName=sample)", None),
        ("api-usage=a/b", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_the_use_of_the_limit_is_read_from_every_answer(header, usage, status):
    body = {"done": True, "records": []} if status == 200 else [{"errorCode": "MALFORMED_QUERY", "message": "m"}]
    gateway = a_gateway(ScriptedOrg(Answer(status, body, {"Sforce-Limit-Info": header})))
    try:
        gateway.query(DEAL)
    except RejectedError:
        assert status == 400

    assert gateway.usage == usage


@pytest.mark.parametrize("body", [None, [], {}, {"fields": [{}]}, {"fields": None}, b"<html>"])
def test_a_describe_of_another_shape_is_not_kept(body):
    org = ScriptedOrg(Answer(200, body))
    gateway = a_gateway(org)
    for _ in range(2):
        with pytest.raises(SalesforceUnavailableError):
            gateway.describe("Account")

    assert len(org.asked) == 2


def test_the_versions_of_an_org_that_does_not_answer_are_a_call_that_reached_nobody():
    org = ScriptedOrg(Answer(body=[]), versions=requests.ReadTimeout("x"))
    with pytest.raises(SalesforceUnavailableError) as caught:
        a_gateway(org).upsert("Task", "Accord_Id__c", ROWS)

    assert not caught.value.in_doubt
    assert org.asked == []
