"""Custom notifications: who may send them, what is taken, and whose bell shows them."""

from pathlib import Path
from typing import Any

import pytest

from support.local_org import HTTP_BASE, LocalOrg, an_org, wsgi_session

FORCE_APP = Path(__file__).parents[3] / "force-app" / "main"
FOLDERS = [FORCE_APP / "messages", FORCE_APP / "platform" / "permissionsets"]
ACTION = "actions/standard/customNotificationAction"
SENT = {"SuccessMessage": "Your custom notification is processed successfully."}


@pytest.fixture
def lo() -> LocalOrg:
    return an_org(metadata_dirs=FOLDERS, permission_sets=["Accord_Integration"]).whole()


def type_id(lo: LocalOrg) -> str:
    query = "SELECT Id FROM CustomNotificationType WHERE DeveloperName = 'Accord_Message'"
    (row,) = lo.call("GET", f"query?q={query}").json()["records"]
    return str(row["Id"])


def send(lo: LocalOrg, *, user: Any = None, **changes: Any) -> Any:
    usual = {
        "customNotifTypeId": type_id(lo), "recipientIds": [lo.admin.id], "title": "Look", "body": "It is broken.",
        "targetId": lo.org.id,
    }  # fmt: skip
    return lo.call("POST", ACTION, {"inputs": [{**usual, **changes}]}, user=user)


def test_a_declared_type_is_found_by_its_name(lo: LocalOrg):
    assert type_id(lo).startswith("0ML")


def test_a_notification_stands_in_the_bell_of_who_is_active(lo: LocalOrg):
    gone = lo.user("gone@halden.example", is_active=False)
    answer = send(lo, recipientIds=[lo.admin.id, gone.id])
    send(lo)

    result = {"actionName": "customNotificationAction", "errors": None, "isSuccess": True, "outputValues": SENT}
    assert (answer.status_code, answer.json()) == (200, [result])
    assert [(one.title, one.body, one.sender) for one in lo.org.notifications.of(lo.admin.id)] == [
        ("Look", "It is broken.", lo.rep.id)
    ] * 2
    assert lo.org.notifications.of(gone.id) == []


def test_the_page_shows_the_bell_of_who_looks(lo: LocalOrg):
    deal = lo.with_opportunity()
    send(lo, recipientIds=[lo.rep.id], targetId=deal, title="<b>Look</b>")
    page = wsgi_session(lo.app).get(f"{HTTP_BASE}/lightning/o/Opportunity/list").text

    assert f'<a href="/lightning/r/Opportunity/{deal}/view">&lt;b&gt;Look&lt;/b&gt;</a>' in page
    assert "It is broken." in page


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": ""}, "REQUIRED_FIELD_MISSING"),
        ({"targetId": None}, "REQUIRED_FIELD_MISSING"),
        ({"title": "x" * 251}, "STRING_TOO_LONG"),
        ({"body": "x" * 751}, "STRING_TOO_LONG"),
        ({"recipientIds": ["005000000000001AAA"] * 501}, "LIMIT_EXCEEDED"),
        ({"recipientIds": ["005000000000001AAA"]}, "INVALID_CROSS_REFERENCE_KEY"),
        ({"customNotifTypeId": "0ML000000000001AAA"}, "INVALID_CROSS_REFERENCE_KEY"),
        ({"recipientIds": ["nobody"]}, "MALFORMED_ID"),
    ],
)
def test_what_the_action_does_not_take_is_refused_and_rings_nowhere(lo: LocalOrg, changes: dict[str, Any], code: str):
    answer = send(lo, **changes)
    (result,) = answer.json()

    assert (answer.status_code, result["isSuccess"], result["outputValues"]) == (400, False, None)
    assert [error["statusCode"] for error in result["errors"]] == [code]
    assert lo.org.notifications.all() == []


def test_who_may_not_send_notifications_is_refused(lo: LocalOrg):
    other = lo.user("other@halden.example")
    (result,) = send(lo, user=other).json()

    assert [error["statusCode"] for error in result["errors"]] == ["INSUFFICIENT_ACCESS_OR_READONLY"]
    assert lo.org.notifications.all() == []
