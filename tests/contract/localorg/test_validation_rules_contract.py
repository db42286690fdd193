"""Validation rules: an admin's condition and his own words."""

import pytest
from simple_salesforce.exceptions import SalesforceMalformedRequest

from localorg.app import create_app
from localorg.org import ValidationRule
from localorg.soql import SoqlError
from support.local_org import HTTPS_BASE, an_org, wsgi_session


def test_a_validation_rule_refuses_with_the_admins_own_words():
    lo = an_org()
    lo.org.add_validation_rule(
        ValidationRule("Big", "Opportunity", "Amount > 1000000 AND NextStep = null", "Plan a next step.", "NextStep")
    )
    deal = lo.with_opportunity(NextStep=None)

    with pytest.raises(SalesforceMalformedRequest) as refused:
        lo.salesforce().Opportunity.update(deal, {"Amount": 2000000})

    assert refused.value.content[0] == {
        "message": "Plan a next step.",
        "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "fields": ["NextStep"],
    }
    assert lo.salesforce().Opportunity.update(deal, {"Amount": 2000000, "NextStep": "Call"}) == 204


@pytest.mark.parametrize("condition", ["Nope = 1", "Amount >", "Amount = 'x'"])
def test_a_rule_that_names_nothing_of_its_object_is_not_taken(condition):
    lo = an_org()

    with pytest.raises(SoqlError):
        lo.org.add_validation_rule(ValidationRule("Bad", "Opportunity", condition, "x"))
    assert lo.org.rules.all() == []


def test_a_rule_runs_for_a_field_that_was_not_sent():
    lo = an_org()
    deal = lo.with_opportunity(Amount=2000000, NextStep=None)
    lo.org.add_validation_rule(ValidationRule("Big", "Opportunity", "Amount > 1000000 AND NextStep = null", "Plan."))

    answer = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Name": "x"})

    assert answer.json()[0] == {"message": "Plan.", "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "fields": []}


def test_the_door_takes_rules_and_drops_them():
    lo = an_org()
    deal = lo.with_opportunity()
    door = wsgi_session(create_app(lo.org, https_base=HTTPS_BASE, http_base="http://127.0.0.1:8100"))
    rule = {"name": "r", "object": "Opportunity", "condition": "Amount > 1", "message": "Too much.", "field": "Amount"}

    assert door.post("http://127.0.0.1:8100/_org/rules", json=rule).status_code == 204
    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2}).json()[0]["message"] == "Too much."
    bad = door.post("http://127.0.0.1:8100/_org/rules", json={**rule, "condition": "Nope > 1"})
    assert (bad.status_code, "Nope" in bad.text) == (400, True)
    assert door.delete("http://127.0.0.1:8100/_org/rules").status_code == 204
    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Amount": 2}).status_code == 204
