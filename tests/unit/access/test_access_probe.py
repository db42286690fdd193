"""What the page Access reads of a large org."""

from typing import Any
from urllib.parse import quote

from accord.features.access.probe import MOST_USERS, fetch_users


class ALargeOrg:
    """Has a thousand people with a set of ours, and more users than anybody counts."""

    def __init__(self) -> None:
        self.people = [f"005000000000{number:03x}AAA" for number in range(1000)]
        self.asked: list[str] = []

    def query(self, soql: Any) -> Any:
        text = str(soql)
        self.asked.append(text)
        if "FROM User " in text:
            return []
        if "PermissionsApiEnabled" not in text:
            return [{"AssigneeId": one, "PermissionSet": {"Name": "Accord_Rep"}} for one in self.people]
        return [{"AssigneeId": one} for one in self.people if one in text]


def test_a_large_org_is_asked_in_queries_that_salesforce_takes_and_for_no_more_users_than_are_shown():
    """Salesforce: an address of a request has at most 16,384 bytes (REST API guide, "Status Codes", 414)."""
    org = ALargeOrg()

    fetch_users(org)  # type: ignore[arg-type]

    assert max(len(quote(one)) for one in org.asked) < 16_000
    of_users = [one for one in org.asked if "FROM User " in one]
    assert [int(one.rpartition("LIMIT ")[2]) for one in of_users] == [MOST_USERS + 1, MOST_USERS]
    assert all("UserType IN" in one for one in of_users)
