"""What an administrator asks about users' rights: by permission sets, those of profiles included."""

from support.local_org import an_org

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
    records = lo.salesforce(lo.admin).query("SELECT Name, IsOwnedByProfile, ProfileId FROM PermissionSet")["records"]

    owned = [row for row in records if row["IsOwnedByProfile"]]
    assert len({row["ProfileId"] for row in owned}) == 3
    assert all(row["ProfileId"] and row["Name"].startswith("X") for row in owned)
