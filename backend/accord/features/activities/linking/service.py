"""Names the contact on Tasks that were written without it (D25): the contact was not there yet, or the customer was no
Contact yet when it happened. Each Task is linked once, and never made a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, IntentId, MemberId, RecordId, external_id
from accord.delivery.model import Claim, Finished, Intent
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import note_records
from accord.features.activities.courier import CONTACT
from accord.features.activities.linking import store as awaited
from accord.features.activities.linking.store import Awaiting
from accord.features.activities.model import AuthorReason
from accord.features.activities.rules import KEY_FIELD
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.elements.store import load_named

LINK: Final = "contact"  # the aspect of a Task that waits for its contact


@dataclass(frozen=True, slots=True)
class ContactLinks:
    """Puts the write that names a contact behind the Task that lacks it."""

    outbox: Outbox
    clock: Clock

    def __call__(self, session: WorkspaceSession, claim: Claim, finished: Sequence[Finished]) -> None:
        """These writes are done, in the transaction that says so."""
        if claim.sobject != "Task" or not claim.creates:
            return
        now, connection_id, by = self.clock(), claim.connection_id, claim.login_member_id
        lacking = [mark.row for mark in finished if CONTACT in mark.left_out]
        intents = [
            _link_intent(connection_id, row.id, row.external_id, row.fields[CONTACT], by=by, now=now) for row in lacking
        ]
        self.outbox.put(session, intents, now=now)
        written = awaited.mark_written(session, connection_id, [mark.row.external_id for mark in finished], by=by)
        people = load_named(session, [one.plan_member_id for one in written])  # after the lock: who is known by now
        known = {one.id: one.contact_id for one in people.values() if one.contact_id is not None}
        self._link(session, connection_id, written, known)

    def on_contacts(
        self, session: WorkspaceSession, connection_id: ConnectionId, contacts: Mapping[str, RecordId]
    ) -> None:
        """These customers of plans, by their ids, are known as these Contacts from now on. The caller has locked their
        plans, and wakes the worker after the commit.
        """
        self._link(session, connection_id, awaited.lock_written(session, contacts), contacts)

    def _link(
        self,
        session: WorkspaceSession,
        connection_id: ConnectionId,
        waiting: Sequence[Awaiting],
        contacts: Mapping[str, RecordId],
    ) -> None:
        now = self.clock()
        due = [one for one in waiting if one.plan_member_id in contacts]
        intents = [
            _link_intent(connection_id, one.id, one.task_key, contacts[one.plan_member_id], by=one.member_id, now=now)
            for one in due
        ]
        self.outbox.put(session, intents, now=now)
        deals = {intent.id: one.opportunity_id for intent, one in zip(intents, due, strict=True)}
        note_records(session, connection_id, deals, now=now)
        awaited.forget(session, [one.id for one in due])


def _link_intent(  # noqa: PLR0913 - a write, each part by its name
    connection_id: ConnectionId,
    activity_id: str,
    task_key: str,
    contact: RecordId,
    *,
    by: MemberId | None,
    now: datetime,
) -> Intent:
    return Intent(
        id=IntentId(external_id(connection_id, "contact of task", activity_id)),
        connection_id=connection_id,
        sobject="Task",
        external_id_field=KEY_FIELD,
        external_id=task_key,
        fields={CONTACT: contact},
        creates=False,
        login_member_id=by,
        login_reason=str(AuthorReason.OF_THE_TASK),
        entity=f"activity:{activity_id}",
        kind="contact_linked",
        occurred_at=now,
        aspect=LINK,
    )
