"""Where playbooks are kept."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Row, String, delete, select, update

from accord.core.errors import NotFoundError
from accord.core.ids import ConnectionId, MemberId, PlaybookId
from accord.infra.db import UtcDateTime, WorkspaceSession, metadata, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.plans.playbooks.model import Content, Counts, Playbook
from accord.workspace.plans.playbooks.rules import content_json, read_content

playbook = tenant_table(
    "playbook",
    *belongs_to_connection(),
    Column("position", Integer, nullable=False),
    Column("texts", LargeBinary, nullable=False),  # sealed: title and description
    Column("content", LargeBinary, nullable=False),  # sealed: stages, steps and resources
    Column("stages", Integer, nullable=False),  # how many
    Column("steps", Integer, nullable=False),
    Column("resources", Integer, nullable=False),
    Column("is_offered", Boolean(create_constraint=False), nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("saved_by", String(36)),
    Column("version", Integer, nullable=False),
    Index("ix_playbook_connection", "workspace_id", "connection_id"),
)
_WITHOUT_CONTENT = [column for column in playbook.c if column.name != "content"]


def hold(session: WorkspaceSession, connection_id: ConnectionId) -> list[Playbook]:
    """The playbooks of an org, which nobody else adds, names or deletes until the end of the transaction."""
    connection = metadata.tables["connection"].c
    session.first(select(connection.id).where(connection.id == connection_id).with_for_update(key_share=True))
    return load(session, connection_id)


def load(session: WorkspaceSession, connection_id: ConnectionId) -> list[Playbook]:
    """The playbooks of an org in their order; at most a hundred."""
    wanted = select(*_WITHOUT_CONTENT).where(playbook.c.connection_id == connection_id)
    return [_read(session, row) for row in session.rows(wanted.order_by(playbook.c.position, playbook.c.id))]


def load_content(session: WorkspaceSession, playbook_id: PlaybookId) -> Content:
    """Raises NotFoundError: whoever does not hold the playbooks may come after one was deleted."""
    row = session.first(select(playbook.c.content).where(playbook.c.id == playbook_id))
    if row is None:
        raise NotFoundError("playbook")
    return read_content(session.open(playbook, playbook_id, row.content))


def add(session: WorkspaceSession, new: Playbook, content: Content) -> None:
    session.insert(
        playbook,
        {"id": new.id, "connection_id": new.connection_id, **_columns(session, new), **_content(session, new, content)},
    )


def save(session: WorkspaceSession, changed: Playbook) -> None:
    session.execute(update(playbook).where(playbook.c.id == changed.id).values(_columns(session, changed)))


def save_content(session: WorkspaceSession, changed: Playbook, content: Content) -> None:
    values = {**_columns(session, changed), **_content(session, changed, content)}
    session.execute(update(playbook).where(playbook.c.id == changed.id).values(values))


def set_positions(session: WorkspaceSession, playbooks: Sequence[Playbook]) -> None:
    """Stores where each of them stands."""
    for one in playbooks:
        session.execute(update(playbook).where(playbook.c.id == one.id).values(position=one.position))


def remove(session: WorkspaceSession, playbook_id: PlaybookId) -> None:
    session.execute(delete(playbook).where(playbook.c.id == playbook_id))


def _columns(session: WorkspaceSession, one: Playbook) -> dict[str, Any]:
    texts = {"title": one.title, "description": one.description}
    return {
        "position": one.position,
        "texts": session.seal(playbook, one.id, texts),
        "is_offered": one.is_offered,
        "saved_at": one.saved_at,
        "saved_by": one.saved_by,
        "version": one.version,
    }


def _content(session: WorkspaceSession, one: Playbook, content: Content) -> dict[str, Any]:
    return {"content": session.seal(playbook, one.id, content_json(content)), **asdict(one.counts)}


def _read(session: WorkspaceSession, row: Row[Any]) -> Playbook:
    texts = session.open(playbook, row.id, row.texts)
    return Playbook(
        id=PlaybookId(row.id),
        connection_id=ConnectionId(row.connection_id),
        title=texts["title"],
        description=texts["description"],
        position=row.position,
        counts=Counts(row.stages, row.steps, row.resources),
        saved_at=row.saved_at,
        saved_by=MemberId(row.saved_by) if row.saved_by else None,
        is_offered=row.is_offered,
        version=row.version,
    )
