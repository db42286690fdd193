"""Tasks about customers who were no Contacts yet when it happened: they wait for that (D25).

Locks are taken in one order: the plan, the lanes of the Tasks in the outbox, then these rows by their ids.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Boolean, Column, ColumnElement, Index, Row, String, delete, select, update

from accord.core.ids import ConnectionId, MemberId, RecordId
from accord.features.activities.model import Activity
from accord.features.activities.rules import task_key
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.keys import forget_keys
from accord.infra.db.tables import belongs_to_connection

AWAITED_FOR: Final = timedelta(days=365)  # who is no Contact a year later is not looked out for any more
_CHUNK: Final = 500

awaited_contact = tenant_table(
    "awaited_contact",
    *belongs_to_connection(),
    Column("opportunity_id", String(18), nullable=False),
    Column("plan_member_id", String(36), nullable=False),
    Column("task_key", String(36), nullable=False),
    Column("is_written", Boolean(create_constraint=False), nullable=False),
    Column("member_id", String(36)),
    Column("noted_at", UtcDateTime, nullable=False),
    Index("ix_awaited_contact_plan_member_id", "workspace_id", "plan_member_id"),
    Index("ix_awaited_contact_task_key", "workspace_id", "connection_id", "task_key"),
    system_columns=frozenset({"noted_at"}),
    system_deletes=True,
)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A Task that waits for its contact. `id` is the activity's, `task_key` the Task's external id; `member_id` is
    whose login has written it (None: the integration owner's).
    """

    id: str
    opportunity_id: RecordId
    plan_member_id: str
    task_key: str
    member_id: MemberId | None


def add(session: WorkspaceSession, connection_id: ConnectionId, activity: Activity, *, now: datetime) -> None:
    """The Task of this activity, which is just being put, waits until its customer is a Contact."""
    session.insert(
        awaited_contact,
        {
            "id": activity.id,
            "connection_id": connection_id,
            "opportunity_id": activity.opportunity_id,
            "plan_member_id": activity.plan_member_id,
            "task_key": task_key(connection_id, activity.id),
            "is_written": False,
            "noted_at": now,
        },
    )


def mark_written(
    session: WorkspaceSession, connection_id: ConnectionId, keys: Sequence[str], *, by: MemberId | None
) -> list[Awaiting]:
    """Those of the Tasks with these external ids that wait, which are in Salesforce now, written with this login.

    Until the end of the transaction they are locked.
    """
    found = _lock(session, awaited_contact.c.connection_id == connection_id, awaited_contact.c.task_key.in_(keys))
    mine = awaited_contact.c.id.in_([row.id for row in found])
    session.execute(update(awaited_contact).where(mine).values(is_written=True, member_id=by))
    return [_awaiting(row, by) for row in found]


def lock_written(session: WorkspaceSession, plan_member_ids: Collection[str]) -> list[Awaiting]:
    """The Tasks that wait for these customers of plans, and are in Salesforce: locked until the end of the transaction.

    One that is just being written is not among them: whoever notes that it is there finds the customer known.
    """
    found = _lock(session, awaited_contact.c.plan_member_id.in_(list(plan_member_ids)))
    return [_awaiting(row, MemberId(row.member_id) if row.member_id else None) for row in found if row.is_written]


def forget(session: WorkspaceSession, ids: Sequence[str]) -> None:
    """They wait no more."""
    for start in range(0, len(ids), _CHUNK):
        session.execute(delete(awaited_contact).where(awaited_contact.c.id.in_(ids[start : start + _CHUNK])))


def forget_old(session: SystemSession, over: datetime) -> int:
    """Deletes what was noted at `over` or before; says how many."""
    return forget_keys(session, awaited_contact, awaited_contact.c.noted_at <= over)


def _lock(session: WorkspaceSession, *where: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return session.rows(select(awaited_contact).where(*where).order_by(awaited_contact.c.id).with_for_update())


def _awaiting(row: Row[Any], member_id: MemberId | None) -> Awaiting:
    return Awaiting(row.id, RecordId(row.opportunity_id), row.plan_member_id, row.task_key, member_id)
