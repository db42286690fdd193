"""Where relationship names lead, as one user's describes show it."""

import pytest

from accord.salesforce.model import FieldDescribe, SObjectDescribe
from accord.salesforce.paths import NAME_OBJECT, follow
from support.describes import a_field


def lookup(step: str, *targets: str) -> FieldDescribe:
    return a_field(f"{step}Id", "reference", reference_to=targets, relationship_name=step)


def an_object(name: str, *fields: FieldDescribe) -> SObjectDescribe:
    return SObjectDescribe(name, name, True, {field.name: field for field in fields})


DEAL = an_object(
    "Opportunity",
    lookup("Case__r", "Case"),
    lookup("Owner", "User"),
    lookup("Folder", "Dashboard", "Report"),
    lookup("Nowhere"),
)
SEEN = {
    "Opportunity": DEAL,
    "Case": an_object("Case", lookup("Owner", "Group", "User")),
    "User": an_object("User", lookup("Manager", "User")),
}


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], "Opportunity"),
        (["Owner", "Manager"], "User"),
        (["Case__r", "Owner"], None),
        (["Nothing"], None),
        (["Nowhere"], None),
        (["Owner", "Nothing"], None),
    ],
)
def test_steps_lead_over_lookups_to_one_object(steps, found):
    there = follow("Opportunity", steps, SEEN.get)

    assert (there.name if there else None) == found


def test_a_lookup_to_several_objects_leads_a_reader_to_the_fields_that_all_of_them_share():
    assert follow("Opportunity", ["Case__r", "Owner"], SEEN.get, to_read=True) is NAME_OBJECT
    assert follow("Opportunity", ["Case__r", "Owner", "Manager"], SEEN.get, to_read=True) is None
    assert follow("Opportunity", ["Owner"], SEEN.get, to_read=True) is SEEN["User"]
    assert not any(field.updateable or field.createable for field in NAME_OBJECT.fields.values())


def test_a_lookup_of_whose_objects_the_user_sees_none_leads_nowhere():
    assert follow("Opportunity", ["Folder"], SEEN.get, to_read=True) is None
