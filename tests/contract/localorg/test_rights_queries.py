"""What an administrator asks about users' rights: by permission sets, those of profiles included."""

import pytest
from simple_salesforce.exceptions import SalesforceError

from support.local_org import an_org
from support.running_org import FORCE_APP

RIGHTS = "PermissionSet.Name, PermissionSet.PermissionsModifyAllData, PermissionSet.PermissionsApiEnabled"


def rights(lo, user, where="") -> list[dict]:
    soql = f"SELECT {RIGHTS} FROM PermissionSetAssignment WHERE AssigneeId = '{user.id}'{where}"
    return [row["PermissionSet"] for row in lo.salesforce(lo.admin).query(soql)["records"]]


def test_an_administrator_has_his_rights_by_the_permission_set_of_his_profile():
    lo = an_org()

    assert [row["PermissionsModifyAllData"] for row in rights(lo, lo.admin)] == [True]
    assert rights(lo, lo.user("rep@halden.example"), " AND PermissionSet.PermissionsModifyAllData = true") == []


def test_a_user_whose_api_right_was_taken_away_has_it_by_no_set():
    lo = an_org()
    user = lo.user("rep@halden.example")
    assert [row["PermissionsApiEnabled"] for row in rights(lo, user)] == [True]

    lo.org.users.change(user.id, _api_enabled=False)

    assert [row["PermissionsApiEnabled"] for row in rights(lo, user)] == [False]


def test_the_sets_of_profiles_are_told_apart_from_declared_ones():
    lo = an_org()
    admin = lo.salesforce(lo.admin)
    records = admin.query("SELECT Name, IsOwnedByProfile, ProfileId FROM PermissionSet")["records"]
    profiles = admin.query("SELECT Id FROM Profile")["records"]

    owned = [row for row in records if row["IsOwnedByProfile"]]
    assert {row["ProfileId"] for row in owned} == {row["Id"] for row in profiles}
    assert all(row["ProfileId"] and row["Name"].startswith("X") for row in owned)


def an_assignment(lo) -> dict[str, str]:
    (found,) = lo.salesforce(lo.admin).query("SELECT Id FROM PermissionSet WHERE Name = 'Accord_Rep'")["records"]
    return {"AssigneeId": lo.rep.id, "PermissionSetId": found["Id"]}


def refusal_of(call) -> str:
    with pytest.raises(SalesforceError) as refused:
        call()
    return refused.value.content[0]["errorCode"]


def test_an_administrator_assigns_a_permission_set_and_takes_it_away():
    lo = an_org(metadata_dirs=[FORCE_APP])
    assignments = lo.salesforce(lo.admin).PermissionSetAssignment
    made = assignments.create(an_assignment(lo))

    assert lo.org.users.by_id(lo.rep.id).permission_sets == {"Accord_Rep"}
    refused = refusal_of(lambda: lo.salesforce(lo.rep).PermissionSetAssignment.create(an_assignment(lo)))
    assert refused == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
    refused = refusal_of(lambda: assignments.update(made["id"], {"AssigneeId": lo.admin.id}))
    assert refused == "INSUFFICIENT_ACCESS_OR_READONLY"
    assignments.delete(made["id"])
    assert lo.org.users.by_id(lo.rep.id).permission_sets == frozenset()


def test_a_second_assignment_of_the_same_set_is_refused():
    lo = an_org(metadata_dirs=[FORCE_APP])
    assignments = lo.salesforce(lo.admin).PermissionSetAssignment
    assignments.create(an_assignment(lo))

    assert refusal_of(lambda: assignments.create(an_assignment(lo))) == "DUPLICATE_VALUE"


def test_the_user_of_automation_is_told_apart():
    lo = an_org()
    wanted = "SELECT Name FROM User WHERE UserType = 'AutomatedProcess'"

    assert [row["Name"] for row in lo.salesforce(lo.admin).query(wanted)["records"]] == ["Automated Process"]
