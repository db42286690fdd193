"""Where marks, shadow copies and writes of synced fields are kept. Values lie sealed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    select,
    update,
)

from accord.core.ids import ConnectionId, IntentId, MemberId, PlanId, RecordId, new_id
from accord.delivery.model import Priority
from accord.features.field_sync.sync import stored
from accord.features.field_sync.sync.model import Copy, Mark, Trigger, UndoState, Write, WriteState
from accord.infra.db import Json, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection

# its id is the plan's
field_sync_mark = tenant_table(
    "field_sync_mark",
    *belongs_to_connection(),
    Column("opportunity_id", String(18), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("actor_id", String(36)),
    Column("is_look", Boolean(create_constraint=False), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("run_id", String(36)),
    Column("marked_at", UtcDateTime, nullable=False),
    Index("ix_field_sync_mark_run", "workspace_id", "connection_id", "run_id", "id"),
)
# its id is the plan's
field_sync_copy = tenant_table(
    "field_sync_copy",
    *belongs_to_connection(),
    Column("sealed", LargeBinary, nullable=False),
    Column("looked_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    Column("intent_id", String(36)),
)
# which plan writes a record that several plans lead to
field_sync_owner = tenant_table(
    "field_sync_owner",
    *belongs_to_connection(),
    Column("record_id", String(18), nullable=False),
    Column("plan_id", String(36), nullable=False),
    UniqueConstraint("workspace_id", "connection_id", "record_id", name="uq_field_sync_owner_record"),
)
field_sync_write = tenant_table(
    "field_sync_write",
    *belongs_to_connection(),
    Column("plan_id", String(36), nullable=False),
    Column("run_id", String(36)),
    Column("sobject", String(80), nullable=False),
    Column("record_id", String(18), nullable=False),
    Column("state", String(12), nullable=False),
    Column("undo_state", String(20)),
    Column("undo_kept", Json),  # rows whose field somebody had changed since
    Column("kind", String(40), nullable=False),
    Column("actor_id", String(36)),
    Column("at", UtcDateTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_field_sync_write_plan", "workspace_id", "connection_id", "plan_id", "state", "id"),
    Index("ix_field_sync_write_run", "workspace_id", "connection_id", "run_id", "id"),
    Index("ix_field_sync_write_record", "workspace_id", "connection_id", "record_id", "id"),
    system_columns=frozenset({"at"}),
    system_deletes=True,
)

_CHANGE_COPY = (
    update(field_sync_copy)
    .where(field_sync_copy.c.id == bindparam("plan"))
    .values(
        sealed=bindparam("words"),
        looked_at=bindparam("looked"),
        read_at=bindparam("read"),
        intent_id=bindparam("intent"),
    )
)


def load_marks(
    session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Collection[PlanId]
) -> dict[PlanId, Mark]:
    """The marks of these plans. Until the end of the transaction nobody else changes or takes them."""
    wanted = (
        select(field_sync_mark)
        .where(field_sync_mark.c.connection_id == connection_id, field_sync_mark.c.id.in_(list(plan_ids)))
        .order_by(field_sync_mark.c.id)
    )
    return {PlanId(row.id): _mark(row) for row in session.rows(wanted.with_for_update())}


def add_marks(session: WorkspaceSession, connection_id: ConnectionId, new: Collection[Mark]) -> set[str]:
    """The plans that are marked by it; one that somebody else has marked meanwhile is not among them."""
    rows = [{"id": one.plan_id, "connection_id": connection_id, **_mark_values(one)} for one in new]
    return session.insert_some(field_sync_mark, rows)


def change_mark(session: WorkspaceSession, mark: Mark) -> None:
    session.execute(update(field_sync_mark).where(field_sync_mark.c.id == mark.plan_id).values(**_mark_values(mark)))


def drop_marks(session: WorkspaceSession, plan_ids: Collection[PlanId]) -> None:
    session.execute(delete(field_sync_mark).where(field_sync_mark.c.id.in_(list(plan_ids))))


def has_marks(session: WorkspaceSession, connection_id: ConnectionId, run_id: str) -> bool:
    of_run = (field_sync_mark.c.connection_id == connection_id, field_sync_mark.c.run_id == run_id)
    return session.first(select(field_sync_mark.c.id).where(*of_run).limit(1)) is not None


def load_marks_of_run(session: WorkspaceSession, connection_id: ConnectionId, run_id: str) -> list[Mark]:
    of_run = (field_sync_mark.c.connection_id == connection_id, field_sync_mark.c.run_id == run_id)
    wanted = select(field_sync_mark).where(*of_run).order_by(field_sync_mark.c.id)
    return [_mark(row) for row in session.rows(wanted.with_for_update())]


def load_copies(
    session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Collection[PlanId]
) -> dict[PlanId, Copy]:
    mine = (field_sync_copy.c.connection_id == connection_id, field_sync_copy.c.id.in_(list(plan_ids)))
    return {PlanId(row.id): _copy(session, row) for row in session.rows(select(field_sync_copy).where(*mine))}


def save_copies(
    session: WorkspaceSession, connection_id: ConnectionId, copies: Sequence[Copy], *, known: Collection[PlanId]
) -> None:
    """Stores them. `known`: plans that have one already; whoever works on a plan's lane is alone with it."""
    rows = [
        {
            "plan": copy.plan_id,
            "words": session.seal(field_sync_copy, copy.plan_id, stored.copy_json(copy)),
            "looked": copy.looked_at,
            "read": copy.read_at,
            "intent": copy.intent_id,
        }
        for copy in copies
    ]
    session.execute_many(_CHANGE_COPY, [row for row in rows if row["plan"] in known])
    session.insert_new(
        field_sync_copy,
        [
            {
                "id": row["plan"],
                "connection_id": connection_id,
                "sealed": row["words"],
                "looked_at": row["looked"],
                "read_at": row["read"],
                "intent_id": row["intent"],
            }
            for row in rows
            if row["plan"] not in known
        ],
    )


def forget_plan(session: WorkspaceSession, connection_id: ConnectionId, plan_id: PlanId) -> None:
    """The plan leads to no record any more: what was agreed is over, and other plans may write where it wrote."""
    session.execute(delete(field_sync_copy).where(field_sync_copy.c.id == plan_id))
    owned = (field_sync_owner.c.connection_id == connection_id, field_sync_owner.c.plan_id == plan_id)
    session.execute(delete(field_sync_owner).where(*owned))


def own(
    session: WorkspaceSession, connection_id: ConnectionId, record_id: RecordId, plan_id: PlanId, *, now: datetime
) -> bool:
    """Whether this plan writes the record: nobody did, it did, or an older plan."""
    values = {"id": new_id(now), "connection_id": connection_id, "record_id": record_id, "plan_id": plan_id}
    if session.insert_once(field_sync_owner, values):
        return True
    of_record = (field_sync_owner.c.connection_id == connection_id, field_sync_owner.c.record_id == record_id)
    older = update(field_sync_owner).where(*of_record, field_sync_owner.c.plan_id <= plan_id)
    return session.execute(older.values(plan_id=plan_id)).rowcount == 1


def add_writes(session: WorkspaceSession, connection_id: ConnectionId, writes: Sequence[Write]) -> None:
    session.insert(field_sync_write, [_write_values(session, connection_id, one) for one in writes])


def settle_writes(session: WorkspaceSession, writes: Sequence[Write], *, narrowed: Collection[str] = ()) -> None:
    """What became of them. `narrowed`: those of which some fields were not sent in the end."""
    for state in WriteState:
        ids = [write.id for write in writes if write.state is state]
        if ids:
            mine = update(field_sync_write).where(field_sync_write.c.id.in_(ids))
            session.execute(mine.values(state=state.value))
    for write in writes:
        if write.id in narrowed:
            sealed = session.seal(field_sync_write, write.id, stored.write_json(write))
            session.execute(update(field_sync_write).where(field_sync_write.c.id == write.id).values(sealed=sealed))


def load_unsettled(
    session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Collection[PlanId]
) -> dict[PlanId, list[Write]]:
    """Writes of which nobody knows whether they arrived, the oldest first."""
    wanted = select(field_sync_write).where(
        field_sync_write.c.connection_id == connection_id,
        field_sync_write.c.plan_id.in_(list(plan_ids)),
        field_sync_write.c.state == WriteState.SENT.value,
    )
    found: dict[PlanId, list[Write]] = {}
    for row in session.rows(wanted.order_by(field_sync_write.c.id)):
        found.setdefault(PlanId(row.plan_id), []).append(read_write(session, row))
    return found


def load_writes(session: WorkspaceSession, write_ids: Collection[str]) -> dict[str, Write]:
    wanted = select(field_sync_write).where(field_sync_write.c.id.in_(list(write_ids)))
    return {row.id: read_write(session, row) for row in session.rows(wanted)}


def read_write(session: WorkspaceSession, row: Row[Any]) -> Write:
    return Write(
        id=row.id,
        plan_id=PlanId(row.plan_id),
        sobject=row.sobject,
        record_id=RecordId(row.record_id),
        trigger=Trigger(row.kind, MemberId(row.actor_id) if row.actor_id else None, run_id=row.run_id),
        at=row.at,
        **stored.words_of(session.open(field_sync_write, row.id, row.sealed)),
        state=WriteState(row.state),
        undo_state=UndoState(row.undo_state) if row.undo_state else None,
    )


def _write_values(session: WorkspaceSession, connection_id: ConnectionId, write: Write) -> dict[str, Any]:
    return {
        "id": write.id,
        "connection_id": connection_id,
        "plan_id": write.plan_id,
        "run_id": write.trigger.run_id,
        "sobject": write.sobject,
        "record_id": write.record_id,
        "state": write.state.value,
        "kind": write.trigger.kind,
        "actor_id": write.trigger.actor_id,
        "at": write.at,
        "sealed": session.seal(field_sync_write, write.id, stored.write_json(write)),
    }


def _mark(row: Row[Any]) -> Mark:
    trigger = Trigger(
        kind=row.kind,
        actor_id=MemberId(row.actor_id) if row.actor_id else None,
        is_look=row.is_look,
        priority=Priority(row.priority),
        run_id=row.run_id,
    )
    return Mark(PlanId(row.id), RecordId(row.opportunity_id), trigger, row.marked_at)


def _mark_values(mark: Mark) -> dict[str, Any]:
    return {
        "opportunity_id": mark.opportunity_id,
        "kind": mark.trigger.kind,
        "actor_id": mark.trigger.actor_id,
        "is_look": mark.trigger.is_look,
        "priority": mark.trigger.priority.value,
        "run_id": mark.trigger.run_id,
        "marked_at": mark.marked_at,
    }


def _copy(session: WorkspaceSession, row: Row[Any]) -> Copy:
    body = session.open(field_sync_copy, row.id, row.sealed)
    return Copy(
        plan_id=PlanId(row.id),
        held=stored.agreed_of(body),
        refused=stored.refused_of(body),
        skips=stored.skips_of(body),
        looked_at=row.looked_at,
        read_at=row.read_at,
        intent_id=IntentId(row.intent_id) if row.intent_id else None,
    )


def load_owners(
    session: WorkspaceSession, connection_id: ConnectionId, record_ids: Collection[RecordId]
) -> list[tuple[RecordId, PlanId]]:
    """Which plan writes each of these records, of those that more than one may lead to."""
    wanted = select(field_sync_owner.c.record_id, field_sync_owner.c.plan_id).where(
        field_sync_owner.c.connection_id == connection_id, field_sync_owner.c.record_id.in_(sorted(record_ids))
    )
    return [(RecordId(row.record_id), PlanId(row.plan_id)) for row in session.rows(wanted)]
