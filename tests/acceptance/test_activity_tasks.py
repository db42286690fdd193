"""What stands in a Task, and what of it a later write leaves alone (A91, W2, W5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from accord.core.flow import ActivityItem, FlowOutcome
from accord.core.identity import Identity, Role
from accord.core.ids import IntentId, UserId, new_id
from accord.delivery.model import Intent
from accord.delivery.outbox import Outbox
from accord.features.connections.model import PersonalLogin
from accord.salesforce.model import AccessToken
from accord.workspace.members.store import find_by_user
from support.product import Product
from support.running_org import ADMIN, RILEY


@dataclass
class Watched:
    """The product's own outbox, and what was put into it."""

    outbox: Outbox
    seen: list[Intent] = field(default_factory=list)

    def put(self, session: Any, intents: Sequence[Intent], **options: Any) -> Any:
        self.seen.extend(intents)
        return self.outbox.put(session, intents, **options)


def user_id(product: Product, username: str) -> UserId:
    user = product.org.users.by_username(username)
    assert user is not None
    return UserId(user.id)


def logged(product: Product, **changes: Any) -> Intent:
    """The one intent of an activity that was logged."""
    outbox = Watched(product.parts.drain.outbox)
    activities = replace(product.parts.activities, outbox=outbox)
    flow = Identity(product.connection.workspace_id, product.connection.id, Role.FLOW)
    (answer,) = activities.log(flow, [replace(ActivityItem(product.deal(), "comment", "hello"), **changes)])
    assert answer.outcome is FlowOutcome.QUEUED
    (intent,) = outbox.seen
    return intent


def sign_in_for_good(product: Product, username: str) -> None:
    """The member has a login of his own that writes while he is away."""
    product.sign_in(username)
    with product.parts.database.reading(product.connection.workspace_id) as session:
        member = find_by_user(session, product.connection.id, user_id(product, username))
    assert member is not None
    token = AccessToken(product.org.sessions.issue(member.salesforce_user_id, client="Accord"))
    login = PersonalLogin(member.salesforce_user_id, product.connection.instance_url, token, None)
    product.parts.connections.store_personal_login(product.connection, member.id, login)


def test_a_later_write_takes_nothing_back_that_a_person_changed_since(product):
    """W2: owner, status and day are set once."""
    intent = logged(product)
    product.deliver()
    (task,) = product.tasks()
    by_hand = {"OwnerId": user_id(product, ADMIN), "Status": "In Progress", "ActivityDate": "2027-01-31"}
    product.change_in_salesforce("Task", task["Id"], **by_hand)

    later = replace(
        intent,
        id=IntentId(new_id(product.clock())),
        fields={**intent.fields, "OwnerId": user_id(product, RILEY), "Subject": "later"},
    )
    with product.parts.database.workspace(product.connection.workspace_id) as session:
        product.parts.drain.outbox.put(session, [later], now=product.clock())
    product.deliver()

    (task,) = product.tasks()
    assert task["Subject"] == "later"
    assert {name: task[name] for name in by_hand} == by_hand


def test_the_day_is_the_one_where_the_owner_lives(product):
    """W5: two o'clock in the morning in Greenwich is the evening before in New York."""
    riley = product.org.users.by_username(RILEY)
    sign_in_for_good(product, RILEY)

    answer = product.client.post(
        "/flow/v1/activities",
        json={
            "items": [
                {
                    "recordId": product.deal(),
                    "kind": "comment",
                    "subjectText": "late",
                    "occurredAt": "2026-11-22T02:00:00Z",
                    "actorUserId": riley.id,
                }
            ]
        },
        headers=product.sign_in_flow(),
    )
    product.deliver()

    (task,) = product.tasks()
    assert (answer.status_code, riley.time_zone) == (200, "America/New_York")
    assert (task["OwnerId"], task["ActivityDate"]) == (riley.id, "2026-11-21")
