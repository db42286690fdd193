"""Refusals against recorded bodies: the same code, keys and words."""

import pytest

from support.local_org import an_org
from support.recorded import recorded

pytestmark = pytest.mark.recorded


def body_of(where, code):
    for entry in recorded("error_bodies.json"):
        problems = entry["body"] if isinstance(entry["body"], list) else [entry["body"]]
        if entry["where"].startswith(where) and isinstance(problems[0], dict) and problems[0].get("errorCode") == code:
            return entry["http"], problems[0]
    raise AssertionError(f"nothing recorded for {where} {code}")


def answered(answer):
    return answer.status_code, answer.json()[0]


def test_an_unknown_object_in_a_query_inside_a_composite():
    url = "/services/data/v67.0/query/?q=select count() from XYZZY"
    body = {"compositeRequest": [{"referenceId": "r", "method": "GET", "url": url}]}

    (part,) = an_org().call("POST", "composite", body).json()["compositeResponse"]

    expected = body_of("composite subrequest: query of an unknown object", "INVALID_TYPE")
    assert (part["httpStatusCode"], part["body"][0]) == expected


def test_an_unknown_object_inside_a_composite():
    body = {"compositeRequest": [{"referenceId": "r", "method": "GET", "url": "/services/data/v67.0/sobjects/Foo"}]}

    (part,) = an_org().call("POST", "composite", body).json()["compositeResponse"]

    expected = body_of("composite subrequest: unknown sobject", "NOT_FOUND")
    assert (part["httpStatusCode"], part["body"][0]) == expected


def test_a_dead_session():
    lo = an_org()
    session = lo.session()
    lo.org.sessions.expire_all()

    answer = session.get("https://localhost:8143/services/data/v67.0/limits")

    assert answered(answer) == body_of("any", "INVALID_SESSION_ID")


def test_a_too_long_city():
    lo = an_org()
    city = "Francavilla Fontana, Province of Brindisi"

    answer = lo.call("PATCH", f"sobjects/User/{lo.rep.id}", {"City": city}, user=lo.admin)

    assert answered(answer) == body_of("create/update", "STRING_TOO_LONG")


def test_an_external_id_field_that_does_not_exist():
    answer = an_org().call("PATCH", "sobjects/Account/Namez/1", {"Name": "x"})

    assert answered(answer) == body_of("external id", "NOT_FOUND")


def test_an_all_or_none_composite_that_halts_the_innocent():
    entry = next(one for one in recorded("error_bodies.json") if one["where"] == "composite allOrNone")
    halted, failed = entry["body"]["compositeResponse"]
    root = "/services/data/v67.0/sobjects"
    body = {
        "allOrNone": True,
        "compositeRequest": [
            {"method": "POST", "url": f"{root}/Account", "referenceId": "NewPayment1", "body": {"Name": "x"}},
            {
                "method": "POST", "url": f"{root}/Contact", "referenceId": "NewPayment2",
                "body": {"LastName": "x", "ReportsTo": {"Email": "0116"}},
            },
        ],
    }  # fmt: skip

    ours = an_org().call("POST", "composite", body).json()["compositeResponse"]

    assert ours[0] == halted
    assert {**ours[1], "body": None} == {**failed, "body": None}
    assert (ours[1]["body"][0]["errorCode"], set(ours[1]["body"][0])) == ("INVALID_FIELD", set(failed["body"][0]))
    assert ours[1]["body"][0]["message"].startswith("Foreign key external ID: 0116 not found for field")


def test_a_query_that_is_too_long():
    lo = an_org()
    url = f"/services/data/v67.0/query?q=SELECT Id FROM Account WHERE Name = '{'x' * 100_000}'"

    body = {"compositeRequest": [{"referenceId": "r", "method": "GET", "url": url}]}
    (part,) = lo.call("POST", "composite", body).json()["compositeResponse"]

    texts = [one["body"] for one in recorded("error_bodies.json") if one["where"] == "query"]
    assert part["body"][0] in texts
