"""Public groups and roles, as an application asks for them."""

import pytest
from simple_salesforce.exceptions import SalesforceError

from support.local_org import an_org


def test_members_of_a_group_are_users_and_other_groups():
    lo = an_org()
    with lo.org.setup() as tx:
        role = tx.insert("UserRole", {"Name": "Sales", "DeveloperName": "Sales"}, enforce=False)
        of_role = {"Type": "RoleAndSubordinates", "RelatedId": role, "DeveloperName": "Sales"}
        inner = tx.insert("Group", of_role, enforce=False)
        outer = tx.insert("Group", {"Type": "Regular", "Name": "Told", "DeveloperName": "Told"}, enforce=False)
        for who in (inner, lo.admin.id):
            tx.insert("GroupMember", {"GroupId": outer, "UserOrGroupId": who}, enforce=False)
    ask = lo.salesforce(lo.admin)

    members = ask.query(f"SELECT UserOrGroupId FROM GroupMember WHERE GroupId = '{outer}'")["records"]
    assert {row["UserOrGroupId"] for row in members} == {inner, lo.admin.id}
    (found,) = ask.query(f"SELECT Type, RelatedId FROM Group WHERE Id = '{inner}'")["records"]
    assert (found["Type"], found["RelatedId"]) == ("RoleAndSubordinates", role)
    assert ask.query(f"SELECT Id FROM UserRole WHERE ParentRoleId = '{role}'")["totalSize"] == 0
    with pytest.raises(SalesforceError):
        ask.GroupMember.create({"GroupId": outer, "UserOrGroupId": lo.admin.id})


def test_a_users_licence_is_read_over_his_profile_and_says_what_he_cannot_have():
    lo = an_org()
    deal = lo.with_opportunity()
    kim = lo.user("kim@halden.example", profile="Standard Platform User")
    asked = "SELECT Username, Profile.UserLicense.Name FROM User WHERE Profile.UserLicense.Name IN ('{}') ORDER BY Name"

    for name, users in (("Salesforce", {lo.admin.username, lo.rep.username}), ("Salesforce Platform", {kim.username})):
        found = lo.salesforce(lo.rep).query(asked.format(name))["records"]
        assert users <= {row["Username"] for row in found}
        assert {row["Profile"]["UserLicense"]["Name"] for row in found} == {name}
    with pytest.raises(SalesforceError):
        lo.salesforce(kim).query(f"SELECT Id FROM Opportunity WHERE Id = '{deal}'")
    with lo.org.setup() as tx:
        hers = tx.insert("Account", {"Name": "Hers", "OwnerId": kim.id}, enforce=False)
    assert hers in {row["Id"] for row in lo.salesforce(kim).query("SELECT Id FROM Account")["records"]}
