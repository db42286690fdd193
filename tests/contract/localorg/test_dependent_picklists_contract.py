"""Dependent picklists, and states and countries as their best-known case."""

import base64

import pytest

from support.local_org import an_org
from support.sfdx import a_field, a_permission_set, picklist_xml

MASTER = "012000000000000AAA"
DEPENDS = (
    "<controllingField>LeadSource</controllingField>"
    "<valueSettings><controllingFieldValue>Web</controllingFieldValue>"
    "<controllingFieldValue>Other</controllingFieldValue><valueName>Advert</valueName></valueSettings>"
    "<valueSettings><controllingFieldValue>Partner Referral</controllingFieldValue>"
    "<valueName>Reseller</valueName></valueSettings>"
)


@pytest.fixture
def lo(tmp_path):
    """An org whose Channel depends on the lead source: Web, Phone Inquiry, Partner Referral, Purchased List, Other."""
    values = picklist_xml(["Advert", "Reseller", "Fair"], restricted=True)
    inner = values.replace("<valueSet>", "<valueSet>" + DEPENDS)
    a_field(tmp_path, "Opportunity", "Channel__c", type="Picklist", inner=inner)
    a_permission_set(tmp_path, "Accord_Rep", edit=["Opportunity.Channel__c"])
    return an_org(metadata_dirs=[tmp_path], permission_sets=["Accord_Rep"])


def test_a_describe_says_by_bits_beside_which_values_one_is_offered(lo):
    fields = lo.call("GET", "sobjects/Opportunity/describe").json()["fields"]
    field = next(one for one in fields if one["name"] == "Channel__c")

    bits = {one["value"]: list(base64.b64decode(one["validFor"])) for one in field["picklistValues"]}
    assert (field["controllerName"], field["dependentPicklist"]) == ("LeadSource", True)
    assert bits == {"Advert": [0b10001000], "Reseller": [0b00100000], "Fair": [0]}


def test_the_ui_api_says_it_by_indexes_of_the_controlling_values(lo):
    body = lo.call("GET", f"ui-api/object-info/Opportunity/picklist-values/{MASTER}/Channel__c").json()

    controlling = body["controllerValues"]
    assert controlling == {"Web": 0, "Phone Inquiry": 1, "Partner Referral": 2, "Purchased List": 3, "Other": 4}
    assert {one["value"]: one["validFor"] for one in body["values"]} == {"Advert": [0, 4], "Reseller": [2], "Fair": []}


def test_object_info_shows_which_field_controls_which(lo):
    info = lo.call("GET", "ui-api/object-info/Opportunity").json()

    assert info["dependentFields"] == {"LeadSource": {"Channel__c": {}}}
    assert info["fields"]["Channel__c"]["controllingFields"] == ["LeadSource"]
    assert info["fields"]["LeadSource"]["controllingFields"] == []


def test_an_independent_picklist_has_no_controlling_values(lo):
    body = lo.call("GET", f"ui-api/object-info/Opportunity/picklist-values/{MASTER}/LeadSource").json()

    assert body["controllerValues"] == {}
    assert {tuple(one["validFor"]) for one in body["values"]} == {()}


def test_who_may_not_see_the_controlling_field_is_not_told_its_values(lo):
    noor = lo.user("noor@halden.example", permission_sets=["Accord_Rep"], hidden_fields=["Opportunity.LeadSource"])

    path = f"ui-api/object-info/Opportunity/picklist-values/{MASTER}/Channel__c"
    assert lo.call("GET", path, user=noor).json()["controllerValues"] == {}


def test_the_api_does_not_hold_a_value_against_its_controlling_value(lo):
    deal = lo.with_opportunity(LeadSource="Web")

    assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"Channel__c": "Reseller"}).status_code == 204


@pytest.fixture
def coded():
    """An org with state and country picklists."""
    lo = an_org()
    lo.org.use_state_and_country_picklists()
    return lo


def address(lo, account):
    row = lo.org.records.find("Account", account)
    return [row[f"Billing{part}"] for part in ("Country", "CountryCode", "State", "StateCode")]


@pytest.mark.parametrize(
    "written",
    [
        {"BillingCountryCode": "US", "BillingStateCode": "CA"},
        {"BillingCountry": "United States", "BillingState": "California"},
        {"BillingCountry": "US", "BillingState": "CA"},
    ],
)
def test_codes_and_listed_texts_are_one_choice(coded, written):
    account = coded.with_account()

    assert coded.call("PATCH", f"sobjects/Account/{account}", written).status_code == 204
    assert address(coded, account) == ["United States", "US", "California", "CA"]


@pytest.mark.parametrize(
    ("before", "written", "field", "words"),
    [
        ({}, {"BillingCountry": "Ruritania"}, "BillingCountry", "problem with this country"),
        ({"BillingCountryCode": "US"}, {"BillingState": "Bavaria"}, "BillingState", "problem with this state"),
        ({}, {"BillingState": "California"}, "BillingState", "must be specified before"),
        ({"BillingCountryCode": "US"}, {"BillingStateCode": "QC"}, "BillingStateCode", "doesn't recognize the state"),
        (
            {"BillingCountryCode": "US", "BillingStateCode": "CA"},
            {"BillingCountryCode": "CH"},
            "BillingStateCode",
            "doesn't recognize the state",
        ),
    ],
)
def test_what_the_org_does_not_list_is_refused(coded, before, written, field, words):
    account = coded.with_account(**before)

    answer = coded.call("PATCH", f"sobjects/Account/{account}", written)

    (problem,) = answer.json()
    assert (answer.status_code, problem["errorCode"], problem["fields"]) == (400, "FIELD_INTEGRITY_EXCEPTION", [field])
    assert words in problem["message"]


def test_a_country_and_its_state_change_together_and_a_state_is_cleared(coded):
    account = coded.with_account(BillingCountryCode="US", BillingStateCode="CA")

    written = {"BillingCountryCode": "CA", "BillingStateCode": "QC"}
    assert coded.call("PATCH", f"sobjects/Account/{account}", written).status_code == 204
    assert address(coded, account) == ["Canada", "CA", "Quebec", "QC"]
    written = {"BillingCountryCode": "CH", "BillingStateCode": None}
    assert coded.call("PATCH", f"sobjects/Account/{account}", written).status_code == 204
    assert address(coded, account) == ["Switzerland", "CH", None, None]


def test_the_states_depend_on_the_country(coded):
    path = f"ui-api/object-info/Account/picklist-values/{MASTER}/BillingStateCode"
    body = coded.call("GET", path).json()

    countries = {index: code for code, index in body["controllerValues"].items()}
    beside = {one["value"]: [countries[at] for at in one["validFor"]] for one in body["values"]}
    assert (beside["CA"], beside["QC"]) == (["US"], ["CA"])


def test_without_the_picklists_any_text_is_an_address():
    lo = an_org()
    account = lo.with_account()

    assert lo.call("PATCH", f"sobjects/Account/{account}", {"BillingCountry": "Ruritania"}).status_code == 204
