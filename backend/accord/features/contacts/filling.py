"""Plans that were connected before contacts were switched on: their deals are read too, page by page (B1).

One page waits in the outbox at a time, in the lowest lane, and puts the next when it is read: a crash repeats a page at
most, and switching off ends it. Switched on again it begins anew, and a page that was under way is the last of its run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, IntentId, PlanId, external_id, new_id
from accord.core.outcomes import Done, Outcome
from accord.delivery.model import Claim, Intent, Priority
from accord.delivery.outbox import Outbox
from accord.delivery.parts import CONTACTS_READ
from accord.features.contacts import store
from accord.features.contacts.model import ALL_PLANS, FIRST_PAGE, ROLE
from accord.features.contacts.pulling import Pulling
from accord.features.contacts.rules import PLANS_A_PAGE
from accord.features.contacts.wishing import LOGIN_REASON
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway
from accord.workspace.plans.store import load, load_connected

_NOTHING: Final = Done(None, created=False, sent=False)


@dataclass(frozen=True, slots=True)
class Filling:
    database: Database
    clock: Clock
    outbox: Outbox
    pulling: Pulling

    def begin(self, session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> None:
        """Contacts are switched on, in the caller's transaction. He wakes the worker after the commit."""
        first = new_id(now)
        self.outbox.put(session, [_page(connection_id, first, FIRST_PAGE, first, now)], now=now)

    def carry(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        for row in claim.rows:
            after = None if row.external_id == FIRST_PAGE else PlanId(row.external_id)
            with self.database.reading(claim.workspace_id) as session:
                ids = load_connected(session, claim.connection_id, after=after, limit=PLANS_A_PAGE)
                plans = load(session, claim.connection_id, ids)
            deals = {one.opportunity_id: one for one in plans.values() if one.opportunity_id is not None}
            self.pulling.pull(gateway, claim, deals, priority=Priority.BACKFILL)
            if len(ids) == PLANS_A_PAGE:
                now, run = self.clock(), row.fields["run"]
                with self.database.workspace(claim.workspace_id) as session:
                    is_on = store.load_settings(session, claim.connection_id).enabled
                    if is_on and run == store.find_last_run(session, claim.connection_id):
                        # its id hangs on this page's, so that a page that is read twice goes on once
                        following = external_id(claim.connection_id, "contacts after", row.id)
                        self.outbox.put(session, [_page(claim.connection_id, following, ids[-1], run, now)], now=now)
        return [_NOTHING for _ in claim.rows]


def _page(connection_id: ConnectionId, intent_id: str, after: str, run: str, now: datetime) -> Intent:
    """`run` is the id of the first page of those that follow each other."""
    return Intent(
        id=IntentId(intent_id),
        connection_id=connection_id,
        sobject=ROLE,
        external_id_field=ALL_PLANS,
        external_id=after,
        fields={"after": after, "run": run},
        creates=False,
        entity="plans",
        kind=CONTACTS_READ,
        login_reason=LOGIN_REASON,
        occurred_at=now,
        coalesces=True,
        priority=Priority.BACKFILL,
    )
