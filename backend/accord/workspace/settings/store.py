"""Settings of a connection: one row, whose version grows with each change; each change has its line in the audit.

A feature makes its table with `settings_table` and one `SettingsStore` for it. Of two who change the same version one
is first, and the other is told who that was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Column, Integer, Row, Select, String, Table, UniqueConstraint, select, update

from accord.core.errors import OutdatedError
from accord.core.ids import ConnectionId, MemberId, new_id
from accord.infra.audit import CHANGED, Entry, Reason, actor_of, record
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import ID_LENGTH, belongs_to_connection
from accord.workspace.members.store import find_name


class Versioned(Protocol):
    """Settings as a frozen value. Version 0 is the default, before any admin has changed it."""

    @property
    def version(self) -> int: ...


S = TypeVar("S", bound=Versioned)


def settings_table(name: str, *columns: Column[Any]) -> Table:
    """A table of settings: one row for each connection that has changed them. `columns` are what is set."""
    return tenant_table(
        name,
        *belongs_to_connection(),
        *columns,
        Column("version", Integer, nullable=False),
        Column("changed_at", UtcDateTime, nullable=False),
        Column("changed_by", String(ID_LENGTH)),
        UniqueConstraint("workspace_id", "connection_id"),
    )


@dataclass(frozen=True, slots=True)
class Change(Generic[S]):
    """`new` holds the version that it replaces. `by` None: the operator. `at` is the moment of the change."""

    new: S
    by: MemberId | None
    at: datetime
    reason: Reason = CHANGED


@dataclass(frozen=True, slots=True)
class SettingsStore(Generic[S]):
    """Keeps one kind of settings. `kind` names it in the audit (`settings.panel`); `read` makes the settings of a row,
    `columns` what of them is stored, with texts of people sealed; `values_of` is the JSON value with which they can be
    set again. `keeps_versions`: the table has a row for each version, so that old ones can be read.
    """

    kind: str
    table: Table
    default: S
    read: Callable[[WorkspaceSession, Row[Any]], S]
    columns: Callable[[WorkspaceSession, ConnectionId, S], Mapping[str, Any]]
    values_of: Callable[[S], Any]
    keeps_versions: bool = False

    def load(self, session: WorkspaceSession, connection_id: ConnectionId) -> S:
        """The settings of a connection; the default while nobody has changed them."""
        row = session.first(self._newest(connection_id))
        return self.default if row is None else self.read(session, row)

    def load_version(self, session: WorkspaceSession, connection_id: ConnectionId, version: int) -> S:
        """The settings, which still have the version that somebody wants to change. Raises OutdatedError: for whoever
        has much to do, such as asking an org, before he changes them.
        """
        present = self.load(session, connection_id)
        if present.version != version:
            raise self._outdated(session, connection_id)
        return present

    def change(self, session: WorkspaceSession, connection_id: ConnectionId, change: Change[S]) -> str:
        """Stores the next version and its line in the audit, whose id it gives.

        Raises OutdatedError when somebody else was first; the caller's transaction must not be committed then.
        """
        old, new = self.load(session, connection_id), change.new
        if not self.save(session, connection_id, new, by=change.by, at=change.at):
            raise self._outdated(session, connection_id)
        entry = Entry(
            connection_id,
            self.kind,
            actor_of(change.by),
            change.by,
            old=self.values_of(old),
            new=self.values_of(new),
            version=new.version + 1,
            action=change.reason.action,
            undoes=change.reason.undoes,
        )
        return record(session, entry, now=change.at)

    def save(
        self, session: WorkspaceSession, connection_id: ConnectionId, new: S, *, by: MemberId | None, at: datetime
    ) -> bool:
        """Stores the version after `new.version`, without a line. False when somebody else has stored that already."""
        values = {
            **self.columns(session, connection_id, new),
            "version": new.version + 1,
            "changed_at": at,
            "changed_by": by,
        }
        if new.version == 0 or self.keeps_versions:
            return session.insert_once(self.table, {"id": new_id(at), "connection_id": connection_id, **values})
        before = (self.table.c.connection_id == connection_id, self.table.c.version == new.version)
        return session.execute(update(self.table).where(*before).values(values)).rowcount == 1

    def _newest(self, connection_id: ConnectionId) -> Select[Any]:
        of_connection = select(self.table).where(self.table.c.connection_id == connection_id)
        return of_connection.order_by(self.table.c.version.desc()).limit(1)

    def _outdated(self, session: WorkspaceSession, connection_id: ConnectionId) -> OutdatedError:
        row = session.first(self._newest(connection_id))
        who = None if row is None else find_name(session, row.changed_by)
        return OutdatedError(
            f"Nothing was saved: {who or 'somebody else'} has changed these settings since you opened them. Look at"
            " them as they are now, then save yours again."
        )
