"""What admins do with the set-up of synced fields: look, choose, save; and the check of every night."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotFoundError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, MemberId, WorkspaceId, new_id
from accord.core.troubles import Cause, Trouble, rows_trouble
from accord.features.field_sync import rules, store
from accord.features.field_sync.holds import store as holds
from accord.features.field_sync.model import (
    DEAL,
    Datum,
    FieldChoice,
    Row,
    RowHealth,
    RowState,
    Settings,
    Setup,
    coming,
    data_of,
)
from accord.features.field_sync.sources import Sources
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database, WorkspaceSession
from accord.infra.processes.rounds import go_round
from accord.salesforce.model import Gateway
from accord.salesforce.paths import described_along, follow
from accord.workspace.members.store import find_name
from accord.workspace.settings.store import Change

log = structlog.get_logger()
NOT_SAVED = "Nothing was saved. Correct what is named."
CHECK_EVERY = timedelta(hours=20)

Checked = Sequence[tuple[Row, RowHealth]]


@dataclass(frozen=True, slots=True)
class FieldSyncSetup:
    """Rows are checked with the integration owner's login, for that is who writes them."""

    database: Database
    clock: Clock
    sources: Sources
    gateway_for: Callable[[WorkspaceId, ConnectionId, MemberId | None], Gateway]
    live_connections: Callable[[], Iterable[tuple[WorkspaceId, ConnectionId]]]

    def load(self, caller: Identity) -> Settings:
        """The set-up, with the reason at each row that does not write."""
        with self.database.reading(caller.workspace_id) as session:
            return load_settings(session, caller.connection_id, self.sources)

    def data(self, caller: Identity) -> tuple[Datum, ...]:
        """What a row may name: Accord's data and the execution criteria (A41, A79)."""
        with self.database.reading(caller.workspace_id) as session:
            return data_of(self.sources.criteria(session, caller.connection_id))

    def fields(self, caller: Identity, *, path: str, datum: str | None) -> list[FieldChoice]:
        """The fields of the deal, or of the record that the path leads to, each with why the datum cannot go there.

        Raises NotFoundError for a path that leads nowhere, or no such datum.
        """
        chosen = None
        if datum is not None:
            chosen = next((one for one in self.data(caller) if one.key == datum), None)
            if chosen is None:
                raise NotFoundError("datum")
        steps = tuple(path.split(".")) if path else ()
        gateway = self._gateway(caller.workspace_id, caller.connection_id)
        holder = None
        if len(steps) <= rules.MOST_STEPS:
            holder = follow(DEAL, steps, described_along(gateway, [(DEAL, steps)]).get)
        if holder is None:
            raise NotFoundError("related record")
        return rules.choices_of(chosen, holder, path=path)

    def save(self, caller: Identity, new: Setup) -> Settings:
        """Replaces the set-up that the admin has seen in the version `new.version`; Salesforce is not written to by it.

        Raises OutdatedError when another admin was first, RejectedError that names each wrong row. Nothing was saved.
        """
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        return self.load(caller)

    def prepare(self, caller: Identity, new: Setup, *, reason: Reason = CHANGED) -> Prepared:
        """The set-up, checked and ready to be stored in the place of `new.version`. Raises as `save` does."""
        with self.database.reading(caller.workspace_id) as session:
            store.SETTINGS.load_version(session, caller.connection_id, new.version)
        now = self.clock()
        checked = self.checked(caller, new, now, beside=reason.beside)

        moved = [row.id for row, _ in checked if row.moved_at == now]

        def keep(session: WorkspaceSession) -> str:
            # criteria that came along in the same file have their ids by now
            rows = rules.by_ids([row for row, _ in checked], self.sources.criteria(session, caller.connection_id))
            change = Change(replace(new, rows=rows), caller.member_id, now, reason)
            line_id = store.SETTINGS.change(session, caller.connection_id, change)
            holds.drop_rows(session, caller.connection_id, moved)
            health = store.load_health(session, caller.connection_id)
            before = {row_id: one for row_id, one in health.items() if row_id not in moved}
            store.keep_health_of(session, caller.connection_id, [row.id for row in rows])
            _keep(session, caller.connection_id, before, checked, now)
            return line_id

        return Prepared(keep)

    def standing(self, caller: Identity) -> Setup:
        """The set-up as another org can read it."""
        with self.database.reading(caller.workspace_id) as session:
            present = store.load(session, caller.connection_id)
            return rules.portable(present, self.sources.criteria(session, caller.connection_id))

    def checked(
        self, caller: Identity, wanted: Setup, now: datetime, *, beside: Mapping[str, Any] = MappingProxyType({})
    ) -> Checked:
        """The rows as they would be saved, with their ids and facts. `beside` has criteria that a file brings along.

        Raises RejectedError that names each wrong row.
        """
        present = self.load(caller).setup
        with self.database.reading(caller.workspace_id) as session:
            criteria = self.sources.criteria(session, caller.connection_id)
        named = replace(wanted, rows=named_rows(rules.by_ids(wanted.rows, criteria), present.rows, now))
        known = {row.id for row in present.rows if row in named.rows}
        data = {one.key: one for one in (*data_of(criteria), *coming(beside))}
        problems = rules.problems_of_form(named, data, known)
        if problems:
            raise RejectedError(NOT_SAVED, problems=problems)
        gateway = self._gateway(caller.workspace_id, caller.connection_id)
        checked = _look(gateway, named.rows, data)
        # a proposal that nobody has saved yet is no row that stands: what is wrong with it is said
        problems = rules.refusals(checked, known if present.version else ())
        if problems:
            raise RejectedError(NOT_SAVED, problems=problems)
        return checked

    def resume(self, caller: Identity, row_id: str) -> Settings:
        """A row that was paused or bad is looked at again and goes on, if it can. Raises NotFoundError."""
        present = self.load(caller)
        row = next((one for one in present.setup.rows if one.id == row_id), None)
        if row is None:
            raise NotFoundError("row")
        gateway = self._gateway(caller.workspace_id, caller.connection_id)
        gateway.forget_describes()
        checked = _look(gateway, [row], {one.key: one for one in self.data(caller)})
        with self.database.workspace(caller.workspace_id) as session:
            store.save_health(session, caller.connection_id, {row_id: checked[0][1]}, now=self.clock())
        return self.load(caller)

    def troubles(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> list[Trouble]:
        """Rows by which nothing is written until an admin looks, for whoever tells admins (D8, D63)."""
        with self.database.reading(workspace_id) as session:
            present = load_settings(session, connection_id, self.sources)
        if not present.setup.enabled:
            return []
        rows = [(row.label, present.of(row.id)) for row in present.setup.rows]
        bad = [(label, health.message) for label, health in rows if not health.writes]
        return rows_trouble(Cause.SYNCED_ROWS_BAD, bad, where="synced fields")

    def check_all(self) -> int:
        """The check of the night, for every org where something is synced; gives how many were checked. What fails for
        one org waits for the next call and holds up no other.
        """
        return go_round(self.live_connections(), self.check, failed="field_sync_check_failed")

    def check(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> bool:
        """Looks at every row of one org again, once in twenty hours, and keeps what it finds."""
        with self.database.reading(workspace_id) as session:
            present = load_settings(session, connection_id, self.sources)
            data = {one.key: one for one in data_of(self.sources.criteria(session, connection_id))}
        now = self.clock()
        looked_at = [present.of(row.id).checked_at for row in present.setup.rows]
        is_fresh = all(moment is not None and now - moment < CHECK_EVERY for moment in looked_at)
        if not present.setup.enabled or is_fresh:
            return False
        gateway = self._gateway(workspace_id, connection_id)
        gateway.forget_describes()
        checked = _look(gateway, present.setup.rows, data)
        with self.database.workspace(workspace_id) as session:
            if store.load(session, connection_id).version != present.setup.version:
                return False
            _keep(session, connection_id, store.load_health(session, connection_id), checked, now)
        bad = [row.id for row, health in checked if health.state is RowState.BAD]
        log.info("field_sync_checked", connection_id=connection_id, rows=len(checked), bad=bad)
        return True

    def _gateway(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> Gateway:
        return self.gateway_for(workspace_id, connection_id, None)


def load_settings(session: WorkspaceSession, connection_id: ConnectionId, sources: Sources) -> Settings:
    """The set-up, with how each row stands at this moment."""
    setup = store.load(session, connection_id)
    name = find_name(session, setup.changed_by)
    known = store.load_health(session, connection_id)
    return Settings(setup, rules.standing_of(setup.rows, known, sources.criteria(session, connection_id)), name)


def _look(gateway: Gateway, rows: Sequence[Row], data: Mapping[str, Datum]) -> Checked:
    describes = described_along(gateway, [(DEAL, row.steps) for row in rows])
    return [rules.check_row(row, data.get(row.datum), describes) for row in rows]


def _keep(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    before: Mapping[str, RowHealth],
    checked: Checked,
    now: datetime,
) -> None:
    """A pause stays until an admin ends it, whatever the describe says."""
    found = {}
    for row, health in checked:
        known = before.get(row.id)
        if known is not None and known.state is RowState.PAUSED and health.state is RowState.OK:
            found[row.id] = replace(known, checked_at=now)
            continue
        is_as_before = known is not None and (known.state, known.fault) == (health.state, health.fault)
        found[row.id] = replace(health, checked_at=now, since=known.since if known and is_as_before else now)
    store.save_health(session, connection_id, found, now=now)


def named_rows(wanted: Sequence[Row], present: Sequence[Row], now: datetime) -> tuple[Row, ...]:
    """A row keeps its id, and what was known of it, while it means the same; one that was changed keeps its id."""
    meanings = {_meaning(row): row for row in present}
    same = [meanings.get(_meaning(row)) for row in wanted]
    taken = {row.id for row in same if row is not None}
    free = {row.id: row for row in present if row.id not in taken}
    named = []
    for row, known in zip(wanted, same, strict=True):
        before = None if known is not None else free.pop(row.id, None)
        if before is not None:
            is_there = before.target == row.target
            named.append(replace(row, moved_at=before.moved_at if is_there else now))
        else:
            named.append(known or replace(row, id=new_id(now)))
    return tuple(named)


def _meaning(row: Row) -> tuple[str, str, str]:
    return row.datum, row.path, row.field
