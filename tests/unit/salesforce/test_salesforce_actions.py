"""What an org answers to an action, also oddly; nothing but its own success is taken for one."""

import pytest
import requests

from accord.core.errors import AuthorizationLostError
from accord.core.outcomes import Done, Recovery, Refused
from support.scripted_org import Answer, ScriptedOrg, a_gateway, sf_error

DONE = [{"actionName": "customNotificationAction", "errors": None, "isSuccess": True, "outputValues": {}}]
ERROR = {"statusCode": "STRING_TOO_LONG", "message": "title: data value too large", "fields": ["title"]}
REFUSED = [{"actionName": "customNotificationAction", "errors": [ERROR], "isSuccess": False, "outputValues": None}]


def act(org, number=1):
    return a_gateway(org).act("customNotificationAction", [{"title": str(place)} for place in range(number)])


def test_each_input_is_a_call_of_its_own():
    org = ScriptedOrg(Answer(200, DONE))

    assert act(org, 2) == [Done(None, created=True)] * 2
    assert [asked.body for asked in org.asked] == [{"inputs": [{"title": "0"}]}, {"inputs": [{"title": "1"}]}]
    assert org.asked[0].url.endswith("/services/data/v67.0/actions/standard/customNotificationAction")
    assert act(org, 0) == []


@pytest.mark.parametrize("status", [200, 400])
def test_a_refusal_lies_inside_the_result(status):
    (outcome,) = act(ScriptedOrg(Answer(status, REFUSED)))

    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.fields, outcome.in_doubt) == ("STRING_TOO_LONG", ("title",), False)


@pytest.mark.parametrize("body", [[], [*DONE, *DONE], {}, None, [{"actionName": "x", "isSuccess": False}]])
def test_an_odd_answer_is_no_success(body):
    (outcome,) = act(ScriptedOrg(Answer(200, body)))

    assert isinstance(outcome, Refused)


def test_what_has_rung_is_not_taken_back_by_what_goes_wrong_after_it():
    outcomes = act(ScriptedOrg(Answer(200, DONE), sf_error("INVALID_SESSION_ID", status=401)), 3)

    assert [isinstance(outcome, Done) for outcome in outcomes] == [True, False, False]
    assert {outcome.recovery for outcome in outcomes[1:]} == {Recovery.AUTH}
    (lost,) = act(ScriptedOrg(requests.ReadTimeout()))
    assert lost.in_doubt


def test_a_login_that_is_over_is_raised_while_nothing_has_rung():
    with pytest.raises(AuthorizationLostError):
        act(ScriptedOrg(sf_error("INVALID_SESSION_ID", status=401)))
