"""What is to ring is put into the outbox, in the transaction that has the reason for it."""

from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, IntentId, external_id
from accord.core.notifications import LONGEST_BODY, LONGEST_TITLE, MOST_USERS, RINGS_FOR, Notification
from accord.core.text import cut
from accord.delivery.couriers import Courier
from accord.delivery.model import Intent
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import note_records
from accord.features.notifications.courier import NotificationCourier
from accord.features.notifications.model import KEY, KIND, NOTIFICATION
from accord.features.notifications.news.courier import NewsCourier
from accord.infra.db import Database, WorkspaceSession


@dataclass(frozen=True, slots=True)
class Notifications:
    outbox: Outbox
    clock: Clock

    def put(self, session: WorkspaceSession, connection_id: ConnectionId, notification: Notification) -> IntentId:
        """Rings by the integration owner's login, at least once: Salesforce has no key for a notification by which a
        second one would be refused. A key that was put before is left as it is. The worker looks by itself.
        """
        now = self.clock()
        key = external_id(connection_id, KIND, notification.key)
        intent = Intent(
            id=IntentId(key),
            connection_id=connection_id,
            sobject=NOTIFICATION,
            external_id_field=KEY,
            external_id=key,
            fields={
                "title": cut(notification.title, LONGEST_TITLE),
                "body": cut(notification.text, LONGEST_BODY),
                "users": list(notification.users[:MOST_USERS]),
                "owner_of": notification.owner_of,
                "until": (now + RINGS_FOR).isoformat(),
            },
            creates=True,
            login_reason="notifications",
            entity=f"{KIND}:{key}",
            kind=KIND,
            occurred_at=now,
        )
        self.outbox.put(session, [intent], now=now)
        if notification.owner_of is not None:
            note_records(session, connection_id, {intent.id: notification.owner_of}, now=now)
        return intent.id

    def courier(self, database: Database, *, others: Courier) -> Courier:
        """Delivery's courier for them, and for news of plans; `others` carries everything else."""
        return NewsCourier(database, self.clock, NotificationCourier(self.clock, others))
