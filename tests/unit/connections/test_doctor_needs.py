"""Each right that settings need is looked at, and the one that is taken away is the one that is named (D1)."""

from dataclasses import replace

import pytest

from accord.core.needs import Need, Right
from accord.features.automation.needs import needs as flow_needs
from accord.features.connections.doctor.model import Finding, Status
from accord.features.connections.doctor.rules import findings, merged
from accord.features.contacts.model import ContactSettings
from accord.features.contacts.needs import needs as contact_needs
from accord.features.notifications.needs import needs as bell_needs
from accord.features.panels.model import Layout, RowSpec, TabSpec
from accord.features.panels.needs import needs as panel_needs
from accord.salesforce.model import FieldDescribe, SObjectDescribe
from support.builders import NOON
from unit.connections.test_doctor_rules import WELL

ROWS = (RowSpec("Opportunity", "NextStep", "Next Steps"), RowSpec("Account", "Region__r.Lead__r.Code__c", "Region"))
LEADS = {"Region__r": "Region__c", "Lead__r": "Lead__c"}
NEEDS = merged(
    [
        *flow_needs(),
        *bell_needs(rings=True),
        *contact_needs(ContactSettings(enabled=True, lead_source="Web")),
        *panel_needs(Layout((TabSpec("deal", "Deal", ROWS),))),
        Need("Account", "", Right.EDIT, "sync a field"),
        Need("Account", "Rating", Right.EDIT, "sync a field"),
    ]
)


def a_field(name: str, *, leads_to: str | None = None, over: str | None = None) -> FieldDescribe:
    return FieldDescribe(
        name, name, "string", 80, 0, 0, createable=True, updateable=True, nillable=True, defaulted_on_create=False,
        calculated=False, restricted_picklist=False, extra_type_info=None,
        reference_to=(leads_to,) if leads_to else (), relationship_name=over, external_id=True, unique=True,
    )  # fmt: skip


def an_org() -> dict[str, SObjectDescribe]:
    """Describes in which every need is met."""
    fields: dict[str, dict[str, FieldDescribe]] = {}
    for need in (one for one in NEEDS if one.is_described):
        at = need.sobject
        for over in need.way:
            name = over.replace("__r", "__c")
            fields.setdefault(at, {})[name] = a_field(name, leads_to=LEADS[over], over=over)
            at = LEADS[over]
        name = need.field.rpartition(".")[2]
        fields.setdefault(at, {}).update({name: a_field(name)} if name else {})
    return {name: SObjectDescribe(name, name, True, of) for name, of in fields.items()}


WHOLE = replace(WELL, describes=an_org(), others={one.name: True for one in NEEDS if not one.is_described})


def changed(sobject: str, **changes) -> dict[str, SObjectDescribe]:
    return {**an_org(), sobject: replace(an_org()[sobject], **changes)}


def with_field(sobject: str, name: str, **changes) -> dict[str, SObjectDescribe]:
    fields = dict(an_org()[sobject].fields)
    if changes:
        fields[name] = replace(fields[name], **changes)
    else:
        del fields[name]
    return changed(sobject, fields=fields)


def odd(looked) -> dict[str, Finding]:
    found = findings(looked, NEEDS, now=NOON)
    assert len({one.name for one in found}) == len(found), "each line has a name of its own"
    return {one.name: one for one in found if one.status is not Status.PASSED}


def test_where_every_need_is_met_there_is_nothing_to_tell():
    assert odd(WHOLE) == {}


def the_end_of(need: Need) -> str:
    return LEADS[need.way[-1]] if need.way else need.sobject


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: f"{need.name} {need.right}")
def test_the_right_that_is_taken_away_is_the_one_that_is_named(need: Need):
    if not need.is_described:
        looked = replace(WHOLE, others={**WHOLE.others, need.name: False})
    elif not need.field:
        taken = {"createable": False} if need.right is Right.CREATE else {"updateable": False}
        looked = replace(WHOLE, describes=changed(need.sobject, **taken))
    elif need.right is Right.READ:
        looked = replace(WHOLE, describes=with_field(the_end_of(need), need.field.rpartition(".")[2]))
    else:
        taken = {"createable": False} if need.right is Right.CREATE else {"updateable": False}
        looked = replace(WHOLE, describes=with_field(need.sobject, need.field, **taken))

    found = odd(looked)

    assert set(found) == {need.name}
    assert found[need.name].status is (Status.FAILED if need.is_must else Status.WARNING)
    assert need.why in found[need.name].text
    assert found[need.name].fix


@pytest.mark.parametrize(
    ("sobject", "lookup", "way"),
    [("Account", "Region__c", "Account.Region__r"), ("Region__c", "Lead__c", "Account.Region__r.Lead__r")],
)
def test_a_row_over_a_path_names_the_lookup_behind_which_it_cannot_look(sobject, lookup, way):
    found = odd(replace(WHOLE, describes=with_field(sobject, lookup)))

    assert set(found) == {"Account.Region__r.Lead__r.Code__c"}
    assert f"the lookup {way}" in found["Account.Region__r.Lead__r.Code__c"].fix


def test_an_object_that_is_closed_is_told_at_each_of_its_lines_and_one_of_the_package_is_installed_first():
    found = odd(replace(WHOLE, describes={name: of for name, of in an_org().items() if name != "Accord_Plan_Event__e"}))

    assert set(found) == {one.name for one in NEEDS if one.sobject == "Accord_Plan_Event__e"}
    assert all(one.fix.startswith("Install the Accord package.") for one in found.values())


def test_a_field_of_the_org_that_is_not_there_is_no_lack_of_the_package_alone():
    found = odd(replace(WHOLE, describes=with_field("Lead__c", "Code__c")))

    (fix,) = {one.fix for one in found.values()}
    assert fix.startswith("Let a permission set of his read Account.Region__r.Lead__r.Code__c. If it is Accord's own,")


def test_two_who_need_the_same_have_one_line_with_the_stronger_right_and_both_reasons():
    read, edit = (Need("Opportunity", "Amount", right, why) for right, why in ((Right.READ, "a"), (Right.EDIT, "b")))

    assert merged([read, edit]) == [Need("Opportunity", "Amount", Right.EDIT, "a and to b")]
    assert merged([edit, edit]) == [edit]
    assert merged([replace(read, is_must=False), read])[0].is_must


def test_without_a_bell_nothing_of_it_is_needed_and_what_was_not_asked_is_unknown():
    assert bell_needs(rings=False) == ()
    assert {one.status for one in odd(replace(WHOLE, others={})).values()} == {Status.UNKNOWN}
