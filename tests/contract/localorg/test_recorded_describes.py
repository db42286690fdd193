"""The org's describes against those of real orgs: the same keys, and the same facts of each field."""

import pytest

from support.local_org import an_org
from support.recorded import recorded

pytestmark = pytest.mark.recorded

FULL = ("Account", "Contact", "Opportunity", "Lead", "Case", "Event", "OpportunityContactRole")
SHORT = (
    *FULL, "Task", "Organization", "OpportunityStage", "Product2", "Pricebook2", "PricebookEntry",
    "OpportunityLineItem",
)  # fmt: skip
# Addresses of resources that one object alone has, and that the org has not.
OF_ONE_OBJECT = {"caseArticleSuggestions", "caseRowArticleSuggestions", "eventSeriesUpdates"}
# Facts that the org states for itself.
OWN = {"fields", "childRelationships", "recordTypeInfos", "urls"}


@pytest.fixture(scope="module")
def lo():
    return an_org()


def describe(lo, name):
    return lo.call("GET", f"sobjects/{name}/describe", user=lo.admin).json()


@pytest.mark.parametrize("name", FULL)
def test_a_describe_has_the_keys_and_facts_of_the_recorded_object(lo, name):
    ours, theirs = describe(lo, name), recorded(f"describe/{name}.json")

    newer = {
        "associateEntityType",
        "associateParentEntity",
        "sobjectDescribeOption",
    }  # keys of v53 and later, absent in the older recordings
    assert set(ours) - newer == set(theirs) - newer
    assert {key: ours[key] for key in set(theirs) - OWN} == {key: theirs[key] for key in set(theirs) - OWN}
    assert set(ours["urls"]) >= set(theirs["urls"]) - {"describe"} - OF_ONE_OBJECT


@pytest.mark.parametrize("name", FULL)
def test_every_recorded_field_is_described_with_the_same_facts(lo, name):
    ours = {field["name"]: field for field in describe(lo, name)["fields"]}
    theirs = {field["name"]: field for field in recorded(f"describe/{name}.json")["fields"]}

    for field_name, field in theirs.items():
        if not field_name.endswith("__c") and field_name != "RecordTypeId":
            known = {key: ours[field_name][key] for key in field}
            if len(field["referenceTo"]) > 8:  # Event.WhatId names dozens of objects, most of which the org has not
                assert set(known.pop("referenceTo")) <= set(field.pop("referenceTo"))
            assert known == field, field_name


@pytest.mark.parametrize("name", FULL)
def test_every_field_has_the_57_keys_of_the_recorded_describe(lo, name):
    keys = set(recorded("describe/Opportunity.json")["fields"][0])
    assert len(keys) == 57

    for field in describe(lo, name)["fields"]:
        assert set(field) == keys, field["name"]


def test_the_user_describe_has_what_the_older_recording_says(lo):
    ours = {field["name"]: field for field in describe(lo, "User")["fields"]}

    for field in recorded("describe/User.json")["fields"]:
        if not field["name"].endswith("__c"):
            assert {key: ours[field["name"]][key] for key in field} == field, field["name"]


@pytest.mark.parametrize("name", SHORT)
def test_a_field_agrees_with_the_shorter_recording_of_2024(lo, name):
    ours = {field["name"]: field for field in describe(lo, name)["fields"]}
    compared = ("type", "filterable", "sortable", "groupable", "aggregatable", "nillable", "extraTypeInfo")

    for field in recorded(f"soqlMetadata/{name}.json")["fields"]:
        if field["name"] in ours and name not in FULL:
            mine = ours[field["name"]]
            assert [mine[key] for key in compared] == [field[key] for key in compared], field["name"]


def test_the_list_of_objects_has_the_recorded_keys(lo):
    ours = lo.call("GET", "sobjects").json()
    theirs = recorded("describe_global.json")

    assert {key: ours[key] for key in ("encoding", "maxBatchSize")} == {"encoding": "UTF-8", "maxBatchSize": 200}
    for entry in ours["sobjects"]:
        assert set(entry) == set(theirs["sobjects"][0]), entry["name"]


def test_a_record_type_info_and_a_child_have_the_recorded_keys(lo):
    ours, theirs = describe(lo, "Account"), recorded("describe/Account.json")

    assert set(ours["recordTypeInfos"][0]) == set(theirs["recordTypeInfos"][0])
    assert set(ours["childRelationships"][0]) == set(theirs["childRelationships"][0])
    assert {child["relationshipName"] for child in ours["childRelationships"]} >= {"Contacts", "Opportunities", "Tasks"}
