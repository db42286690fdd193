"""Looks what does not work, and tells admins once a day for each cause and once when it is well again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import structlog

from accord.core.clock import Clock
from accord.core.errors import AccordError, NotFoundError, OutdatedError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, WorkspaceId
from accord.core.troubles import Trouble
from accord.delivery.gates import load_closed_gates
from accord.delivery.model import State as IntentState
from accord.delivery.reports import count_states
from accord.features.messages import rules, store
from accord.features.messages.model import Message, MessageSettings
from accord.infra.audit import CHANGED, Entry, Prepared, Reason, Standing, actor_of, record
from accord.infra.db import Database, WorkspaceSession

log = structlog.get_logger()
KIND: Final = "settings.messages"
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
    kind: str = KIND
    title: str = "Messages"
    is_portable: bool = True

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
            parked = count_states(session, connection_id).get(IntentState.PARKED, 0)
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

    def save(self, caller: Identity, values: Any, *, version: str) -> MessageSettings:
        """Raises RejectedError, and OutdatedError when somebody else was first."""
        known = self.settings(caller)
        if version != str(known.version):
            raise _outdated()
        prepared = self.prepare(caller, values, version=known.version, reason=CHANGED)
        with self.database.workspace(caller.workspace_id) as session:
            prepared.store(session)
        return self.settings(caller)

    def standing(self, caller: Identity) -> Standing:
        known = self.settings(caller)
        return Standing(known.version, rules.values_of(known))

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        new = replace(rules.read_settings(values, version=version), changed_by=caller.member_id)

        def keep(session: WorkspaceSession) -> str:
            now = self.clock()
            known = store.load_settings(session, caller.connection_id)
            if known.version != version or not store.save_settings(session, caller.connection_id, new, now=now):
                raise _outdated()
            entry = Entry(
                caller.connection_id,
                KIND,
                actor_of(caller.member_id),
                caller.member_id,
                old=rules.values_of(known),
                new=rules.values_of(new),
                version=version + 1,
                action=reason.action,
                undoes=reason.undoes,
            )
            return record(session, entry, now=now)

        return Prepared(keep)


def _outdated() -> OutdatedError:
    return OutdatedError("Somebody else has changed these settings. Load them again and repeat your change.")
