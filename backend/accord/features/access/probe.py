"""What is read of the org's users and their permission sets, and the one write: assigning a set."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from accord.core.errors import RejectedError
from accord.features.access.model import Assigned, Kind, OrgUser, OurSet
from accord.salesforce.licences import LICENCE, UNFIT_FOR_PEOPLE
from accord.salesforce.model import Gateway, Subanswer, Subrequest
from accord.salesforce.soql import eq, in_, in_parts, select

MOST_USERS: Final = 2000
_KINDS: Final = {"Standard": Kind.USER, "AutomatedProcess": Kind.AUTOMATED_PROCESS}
_OF_THE_COMPANY: Final = (eq("IsActive", True), in_("UserType", sorted(_KINDS)))
_PARTS: Final = 25  # Salesforce: Composite takes 25 parts a call
_DUPLICATE: Final = "DUPLICATE_VALUE"


def fetch_users(gateway: Gateway) -> tuple[list[OrgUser], bool]:
    """The active users of the company and the one that automation runs as, by name, and whether there are more."""
    wanted = select("Id", "Name", "Username", "UserType").from_("User").where(*_OF_THE_COMPANY)
    rows = gateway.query(wanted.ordered("Name").limited(MOST_USERS + 1))
    of_ours = (
        select("AssigneeId", "PermissionSet.Name")
        .from_("PermissionSetAssignment")
        .where(in_("PermissionSet.Name", sorted(OurSet)), eq("Assignee.IsActive", True))
    )
    sets: dict[str, set[str]] = {}
    for row in gateway.query(of_ours):
        sets.setdefault(str(row["AssigneeId"]), set()).add(str(row["PermissionSet"]["Name"]))
    with_api = select("AssigneeId").from_("PermissionSetAssignment")
    able = {
        str(row["AssigneeId"])
        for some in in_parts("AssigneeId", sorted(sets))
        for row in gateway.query(with_api.where(eq("PermissionSet.PermissionsApiEnabled", True), some))
    }
    licences = _unfit_licences(gateway)
    users = [replace(_user(row, sets, able), unfit_licence=licences.get(str(row["Id"]))) for row in rows[:MOST_USERS]]
    return users, len(rows) > MOST_USERS


def _unfit_licences(gateway: Gateway) -> dict[str, str]:
    """The licences of those whom theirs lets not use the panel, the first by name; of nobody where the org does not
    tell of licences.
    """
    wanted = select("Id", LICENCE).from_("User").where(*_OF_THE_COMPANY, in_(LICENCE, sorted(UNFIT_FOR_PEOPLE)))
    try:
        rows = gateway.query(wanted.ordered("Name").limited(MOST_USERS))
    except RejectedError:
        return {}
    return {str(row["Id"]): str(row["Profile"]["UserLicense"]["Name"]) for row in rows}


def _user(row: Any, sets: dict[str, set[str]], able: set[str]) -> OrgUser:
    user_id = str(row["Id"])
    return OrgUser(
        user_id=user_id,
        name=str(row["Name"]),
        username=str(row["Username"]),
        kind=_KINDS[str(row["UserType"])],
        sets=frozenset(sets.get(user_id, ())),
        has_api=user_id in able,
    )


def fetch_set_id(gateway: Gateway, permission_set: OurSet) -> str:
    """Raises RejectedError when the org has no such set."""
    rows = gateway.query(select("Id").from_("PermissionSet").where(eq("Name", permission_set.value)))
    if not rows:
        message = f"This org has no permission set {permission_set.value}. Install the Accord package first."
        raise RejectedError(message)
    return str(rows[0]["Id"])


def assign_set(gateway: Gateway, set_id: str, users: Sequence[OrgUser]) -> list[Assigned]:
    """Gives the set to each of the users; one call for 25 of them, each by itself.

    A user who has it already is a success: Salesforce refuses the second assignment of a set to a user, so that no
    repeat makes a double.
    """
    results: list[Assigned] = []
    for start in range(0, len(users), _PARTS):
        batch = users[start : start + _PARTS]
        parts = [
            Subrequest(
                f"a{place}",
                "POST",
                "sobjects/PermissionSetAssignment",
                {"AssigneeId": user.user_id, "PermissionSetId": set_id},
            )
            for place, user in enumerate(batch)
        ]
        answers = gateway.composite(parts, all_or_none=False)
        results += [_result(user, answer) for user, answer in zip(batch, answers, strict=True)]
    return results


def _result(user: OrgUser, answer: Subanswer) -> Assigned:
    if answer.status < 300:
        return Assigned(user, ok=True, message="")
    said = answer.body[0] if isinstance(answer.body, list) and answer.body else {}
    is_there = said.get("errorCode") == _DUPLICATE
    return Assigned(user, ok=is_there, message=str(said.get("message") or "Salesforce refused it without a reason."))
