"""Where drafts are kept: one a member and deal, sealed, for a month at most."""

from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    LargeBinary,
    String,
    UniqueConstraint,
    delete,
    select,
    update,
)

from accord.core.ids import ConnectionId, MemberId, RecordId, new_id
from accord.features.panels.drafts.model import Draft
from accord.features.panels.model import Change
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import ID_LENGTH, belongs_to_connection

panel_draft = tenant_table(
    "panel_draft",
    *belongs_to_connection(),
    Column("member_id", String(ID_LENGTH), nullable=False),
    Column("opportunity_id", String(18), nullable=False),
    Column("sealed_changes", LargeBinary, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    UniqueConstraint(
        "workspace_id", "connection_id", "member_id", "opportunity_id", name="uq_panel_draft_deal"
    ),  # the usual name is too long for PostgreSQL
    system_columns=frozenset({"kept_at"}),
    system_deletes=True,
)


def keep(
    session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, deal_id: RecordId, draft: Draft
) -> None:
    """Stores a draft in the place of the one before it."""
    texts = [[one.key, one.value, one.seen, one.seen_currency] for one in draft.changes]
    owned = {"connection_id": connection_id, "member_id": member_id, "opportunity_id": deal_id}
    values = {"sealed_changes": session.seal(panel_draft, _row(member_id, deal_id), texts), "kept_at": draft.kept_at}
    if not session.insert_once(panel_draft, {"id": new_id(draft.kept_at), **owned, **values}):
        session.execute(update(panel_draft).where(*_is(connection_id, member_id, deal_id)).values(values))


def find(
    session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, deal_id: RecordId
) -> Draft | None:
    row = session.first(select(panel_draft).where(*_is(connection_id, member_id, deal_id)))
    if row is None:
        return None
    texts = session.open(panel_draft, _row(member_id, deal_id), row.sealed_changes)
    # one that was kept before amounts told their currency has three texts
    return Draft([Change(*one) for one in texts], row.kept_at)


def drop(session: WorkspaceSession, connection_id: ConnectionId, member_id: MemberId, deal_id: RecordId) -> None:
    session.execute(delete(panel_draft).where(*_is(connection_id, member_id, deal_id)))


def forget_older(session: SystemSession, than: datetime) -> int:
    return session.execute(delete(panel_draft).where(panel_draft.c.kept_at < than)).rowcount


def _is(connection_id: ConnectionId, member_id: MemberId, deal_id: RecordId) -> tuple[ColumnElement[bool], ...]:
    columns = panel_draft.c
    return (
        columns.connection_id == connection_id,
        columns.member_id == member_id,
        columns.opportunity_id == deal_id,
    )


def _row(member_id: MemberId, deal_id: RecordId) -> str:
    """What the sealed text belongs to: one member's draft opens for nobody else."""
    return f"{member_id}:{deal_id}"
