"""Looks what does not work, and tells admins once a day for each cause and once when it is well again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.core.errors import AccordError, NotFoundError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, WorkspaceId
from accord.core.troubles import Trouble
from accord.delivery.gates import load_closed_gates
from accord.delivery.model import State as IntentState
from accord.delivery.reports import count_state
from accord.features.messages import rules, store
from accord.features.messages.model import Message, MessageSettings
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.settings.store import Change

log = structlog.get_logger()
LOOK_EVERY: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=90)
WELL: Final = "It is well again; nothing has to be done."


@dataclass(frozen=True, slots=True)
class Messages:
    """`more_troubles` are those that other features know of: what ends soon."""

    database: Database
    clock: Clock
    live_connections: Callable[[], Iterable[tuple[WorkspaceId, ConnectionId]]]
    more_troubles: Callable[[WorkspaceId, ConnectionId], Sequence[Trouble]]

    def look_at_all(self) -> int:
        """Looks at every live connection, and gives how many messages were told. It is called as often as one likes;
        what fails for one connection waits for the next round.
        """
        count = 0
        for workspace_id, connection_id in self.live_connections():
            try:
                count += self.look_at(workspace_id, connection_id)
            except AccordError as error:
                log.warning("messages_failed", connection_id=connection_id, code=error.code)
        return count

    def look_at(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
        more = self.more_troubles(workspace_id, connection_id)
        now = self.clock()
        with self.database.workspace(workspace_id) as session:
            gates = load_closed_gates(session, connection_id, now=now - rules.WELL_AFTER)
            parked = count_state(session, connection_id, IntentState.PARKED)
            troubles = rules.troubles_of(gates, parked, store.load_settings(session, connection_id))
            known = store.load_watched(session, connection_id)
            count = 0
            for after, telling in rules.decide_tellings([*troubles, *more], known, now):
                is_mine = store.keep_watched(session, connection_id, known.get(after.key), after, now=now)
                if is_mine and telling is not None:
                    text = WELL if telling.trouble is None else telling.trouble.text
                    store.add(session, connection_id, telling, text, now=now)
                    log.warning("admin_told", connection_id=connection_id, kind=after.cause, state=telling.state.value)
                    count += 1
        return count

    def load(self, caller: Identity, *, unseen: bool, before: str | None, most: int) -> Sequence[Message]:
        """The newest first."""
        with self.database.reading(caller.workspace_id) as session:
            return store.load_messages(session, caller.connection_id, unseen=unseen, before=before, most=most)

    def see(self, caller: Identity, message_id: str) -> None:
        """An admin has read it. Raises NotFoundError."""
        with self.database.workspace(caller.workspace_id) as session:
            if not store.set_seen(session, caller.connection_id, message_id, now=self.clock()):
                raise NotFoundError("message")

    def forget_old(self) -> int:
        with self.database.system() as session:
            return store.forget_old(session, self.clock() - KEPT)

    def settings(self, caller: Identity) -> MessageSettings:
        with self.database.reading(caller.workspace_id) as session:
            return store.load_settings(session, caller.connection_id)

    def save(self, caller: Identity, new: MessageSettings) -> MessageSettings:
        """Stores the settings; `new.version` is the version that was changed. Raises OutdatedError."""
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        return self.settings(caller)

    def prepare(self, caller: Identity, new: MessageSettings, *, reason: Reason = CHANGED) -> Prepared:
        """The settings, ready to be stored in the place of `new.version`."""

        def keep(session: WorkspaceSession) -> str:
            change = Change(new, caller.member_id, self.clock(), reason)
            return store.SETTINGS.change(session, caller.connection_id, change)

        return Prepared(keep)
