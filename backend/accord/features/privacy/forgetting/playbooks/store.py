"""Playbooks, and the lines that tell of their changes: a name or an id that somebody has typed there is taken out."""

from collections.abc import Set as AbstractSet

from sqlalchemy import or_, select, update

from accord.core.ids import ConnectionId
from accord.features.privacy.forgetting.model import Wanted
from accord.features.privacy.forgetting.rules import is_named, text_of, without
from accord.infra.db import WorkspaceSession, metadata
from accord.workspace.plans.playbooks.store import playbook

_SEALED = ("texts", "content")
_RULES = "settings.auto_create"  # its lines name playbooks by their titles


def find_playbooks(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted) -> set[str]:
    """Those in whose words it is named."""
    rows = session.rows(select(playbook).where(playbook.c.connection_id == connection_id))
    opened = {row.id: [session.open(playbook, row.id, getattr(row, name)) for name in _SEALED] for row in rows}
    return {found for found, words in opened.items() if is_named(text_of(words), wanted.ids, wanted.names)}


def find_lines(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted) -> set[str]:
    """Lines of the audit that tell of playbooks, or of rules that begin with one, with words in which it is named."""
    line = metadata.tables["audit_line"]
    about = or_(line.c.kind.like("playbook.%"), line.c.kind == _RULES)
    told = select(line.c.id, line.c.sealed).where(line.c.connection_id == connection_id, about)
    opened = {row.id: text_of(session.open(line, row.id, row.sealed)) for row in session.rows(told)}
    return {found for found, text in opened.items() if is_named(text, wanted.ids, wanted.names)}


def empty_playbooks(session: WorkspaceSession, ids: AbstractSet[str], wanted: Wanted) -> None:
    """What plans begin with stays, without it; whoever has its words before him cannot save them again."""
    for row in session.rows(select(playbook).where(playbook.c.id.in_(ids))):
        opened = {name: session.open(playbook, row.id, getattr(row, name)) for name in _SEALED}
        sealed = {
            name: session.seal(playbook, row.id, without(words, wanted.ids, wanted.names))
            for name, words in opened.items()
        }
        session.execute(update(playbook).where(playbook.c.id == row.id).values(version=row.version + 1, **sealed))
