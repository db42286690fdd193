"""What an org answers to published events, also oddly; nothing but its own success is taken for one."""

import json

import pytest
import requests

from accord.core.errors import AuthorizationLostError
from accord.core.outcomes import Done, Recovery, Refused
from accord.salesforce.errors import SalesforceUnavailableError
from support.scripted_org import Answer, ScriptedOrg, a_gateway, sf_error

EVENT = "Accord_Plan_Event__e"
ENQUEUED = [{"statusCode": "OPERATION_ENQUEUED", "message": "a1b2", "fields": []}]
TAKEN = {"id": "e01000000000001AAA", "success": True, "errors": ENQUEUED}


def answering(body, status=201):
    """Answers each part of a composite call in this way."""

    def answer(request):
        parts = json.loads(request.body)["compositeRequest"]
        said = {"httpStatusCode": status, "httpHeaders": {}, "body": body}
        return Answer(200, {"compositeResponse": [{"referenceId": part["referenceId"], **said} for part in parts]})

    return answer


def publish(org, number=1):
    return a_gateway(org).publish(EVENT, [{"Sequence__c": place} for place in range(number)])


def test_success_has_an_error_in_it_that_holds_the_uuid():
    assert publish(ScriptedOrg(answering(TAKEN))) == [Done(None, created=True, note="EventUuid a1b2")]


def test_twenty_six_are_two_calls_in_order():
    org = ScriptedOrg(answering(TAKEN))

    assert len(publish(org, 26)) == 26
    bodies = [part["body"]["Sequence__c"] for asked in org.asked for part in asked.body["compositeRequest"]]
    assert [len(asked.body["compositeRequest"]) for asked in org.asked] == [25, 1]
    assert bodies == list(range(26))
    assert {part["url"] for part in org.asked[0].body["compositeRequest"]} == {f"/services/data/v67.0/sobjects/{EVENT}"}
    assert org.asked[0].body["allOrNone"] is False


@pytest.mark.parametrize(
    ("body", "status", "code", "recovery", "in_doubt"),
    [
        ({**TAKEN, "success": False, "errors": [{"statusCode": "LIMIT_EXCEEDED", "message": "no"}]}, 400,
         "LIMIT_EXCEEDED", Recovery.TRANSIENT, False),
        ([{"errorCode": "INVALID_FIELD", "message": "No such column"}], 400, "INVALID_FIELD", Recovery.SCHEMA, False),
        ({"success": False, "errors": []}, 400, "ODD_ANSWER", Recovery.UNKNOWN, False),
        ("<html>", 502, "ODD_ANSWER", Recovery.TRANSIENT, True),
        (None, 201, "ODD_ANSWER", Recovery.TRANSIENT, True),
    ],
)  # fmt: skip
def test_a_refused_event_is_an_outcome(body, status, code, recovery, in_doubt):
    (outcome,) = publish(ScriptedOrg(answering(body, status)))

    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.recovery, outcome.in_doubt) == (code, recovery, in_doubt)


def test_what_went_out_before_a_lost_answer_is_done_and_the_rest_is_in_doubt():
    outcomes = publish(ScriptedOrg(answering(TAKEN), requests.ReadTimeout()), 30)

    assert [isinstance(outcome, Done) for outcome in outcomes] == [True] * 25 + [False] * 5
    assert all(outcome.in_doubt for outcome in outcomes[25:])


def test_a_login_that_is_over_is_raised_while_nothing_has_gone_out():
    with pytest.raises(AuthorizationLostError):
        publish(ScriptedOrg(sf_error("INVALID_SESSION_ID", status=401)))


def test_an_org_that_is_away_is_raised_while_nothing_has_gone_out():
    with pytest.raises(SalesforceUnavailableError):
        publish(ScriptedOrg(sf_error("SERVER_UNAVAILABLE", status=503)))


def test_nothing_to_publish_is_no_call():
    org = ScriptedOrg(answering(TAKEN))

    assert publish(org, 0) == []
    assert org.asked == []


@pytest.mark.parametrize(
    ("answer", "recovery"),
    [
        (sf_error("INVALID_SESSION_ID", status=401), Recovery.AUTH),
        (sf_error("SERVER_UNAVAILABLE", status=503), Recovery.TRANSIENT),
    ],
    ids=["login_over", "away"],
)
def test_what_goes_wrong_in_between_takes_nothing_back_that_has_gone_out(answer, recovery):
    """Raised, it would have the first ones published once more."""
    outcomes = publish(ScriptedOrg(answering(TAKEN), answer), 30)

    assert [isinstance(outcome, Done) for outcome in outcomes] == [True] * 25 + [False] * 5
    assert {outcome.recovery for outcome in outcomes[25:]} == {recovery}
