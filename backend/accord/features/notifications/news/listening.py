"""Puts what is news for the followers of a plan into the outbox, in the transaction in which it happened."""

from collections.abc import Callable
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, IntentId, external_id
from accord.delivery.model import Intent, Priority
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import note_records
from accord.features.notifications.model import KEY
from accord.features.notifications.news.model import GATHERS, KIND, PLAN_NEWS, SAYS, Item
from accord.features.notifications.news.rules import decide_news
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.events import PlanEvent
from accord.workspace.plans.following.store import load_followers


@dataclass(frozen=True, slots=True)
class PlanNews:
    """`may_ring`: whether admins let people be told by bell. A plan without a deal rings nobody: there would be no
    record to open, and nobody but Accord to say who may see it.
    """

    outbox: Outbox
    clock: Clock
    may_ring: Callable[[WorkspaceSession, ConnectionId], bool]

    def __call__(self, session: WorkspaceSession, *events: PlanEvent) -> None:
        found = [(event, item) for event in events if event.opportunity_id and (item := decide_news(event))]
        if not found:
            return
        followers = load_followers(session, {event.plan_id for event, _ in found})
        told = [(event, item) for event, item in found if followers[event.plan_id] - {event.actor}]
        if not told or not self.may_ring(session, told[0][0].connection_id):
            return
        now = self.clock()
        for event, item in told:
            intent = _intent(event, item)
            self.outbox.put(session, [intent], now=now)
            assert event.opportunity_id is not None, "others were left out"
            note_records(session, event.connection_id, {intent.id: event.opportunity_id}, now=now)


def _intent(event: PlanEvent, item: Item) -> Intent:
    """What one person sets off of one plan within seconds becomes one, and he is not told of it himself."""
    key = external_id(event.connection_id, KIND, f"{event.plan_id}|{event.actor or ''}")
    return Intent(
        id=IntentId(external_id(event.connection_id, KIND, event.id)),
        connection_id=event.connection_id,
        sobject=PLAN_NEWS,
        external_id_field=KEY,
        external_id=key,
        fields={
            "plan_id": event.plan_id,
            "by": event.actor,
            f"{SAYS}{item.topic}": [event.at.isoformat(), item.sentence],
        },
        creates=True,
        login_reason="notifications",
        entity=f"{KIND}:{event.plan_id}",
        kind=KIND,
        occurred_at=event.at,
        coalesces=True,
        gathers=GATHERS,
        priority=Priority.BATCH if event.is_batch else Priority.EVENT,
    )
