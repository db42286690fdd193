"""Looks what does not work, and tells admins once a day for each cause and once when it is well again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotFoundError, TooManyRequestsError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, UserId, WorkspaceId
from accord.core.notifications import PersonalNotice
from accord.core.troubles import Trouble
from accord.delivery.gates import load_closed_gates
from accord.delivery.model import State as IntentState
from accord.delivery.reports import count_state
from accord.features.messages import rules, store
from accord.features.messages.groups import OrgGroups
from accord.features.messages.model import TEST, Message, MessageSettings, State, Telling, Watched
from accord.features.messages.people import Concerned
from accord.features.messages.ways.mailing import Mailing
from accord.features.messages.ways.telling import Ways, with_fates
from accord.infra.db import Database, WorkspaceSession
from accord.infra.processes.rounds import go_round

log = structlog.get_logger()
LOOK_EVERY: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=90)
TEST_EVERY: Final = timedelta(minutes=1)
TEST_TITLE: Final = "A test message"
TEST_TEXT: Final = "An admin wants to see whether Accord's messages arrive. Nothing has to be done."


@dataclass(frozen=True, slots=True)
class Messages:
    """`more_troubles` are those that other features know of, `notices` what concerns one member alone."""

    database: Database
    clock: Clock
    ways: Ways
    groups: OrgGroups
    concerned: Concerned
    mailing: Mailing
    live_connections: Callable[[], Iterable[tuple[WorkspaceId, ConnectionId]]]
    more_troubles: Callable[[WorkspaceId, ConnectionId], Sequence[Trouble]]
    notices: Callable[[WorkspaceId, ConnectionId], Sequence[PersonalNotice]]

    def look_at_all(self) -> int:
        """Looks at every live connection, and gives how many messages were told. It is called as often as one likes;
        what fails for one connection waits for the next round.
        """
        return go_round(self.live_connections(), self.look_at, failed="messages_failed")

    def look_at(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
        more = self.more_troubles(workspace_id, connection_id)
        notices = self.notices(workspace_id, connection_id)
        with self.database.reading(workspace_id) as session:
            settings, decided, _ = self._decide(session, connection_id, more)
        is_due = any(telling is not None for _, telling in decided)
        group = self._group(workspace_id, connection_id, settings) if is_due else ()
        now = self.clock()
        with self.database.workspace(workspace_id) as session:
            settings, decided, known = self._decide(session, connection_id, more)
            count = 0
            for after, telling in decided:
                is_mine = store.keep_watched(session, connection_id, known.get(after.key), after, now=now)
                if is_mine and telling is not None:
                    self.ways.tell(session, connection_id, telling, settings, now=now, group=group)
                    log.warning("admin_told", connection_id=connection_id, kind=after.cause, state=telling.state.value)
                    count += 1
            self.concerned.tell_members(session, connection_id, notices)
        return count

    def _decide(
        self, session: WorkspaceSession, connection_id: ConnectionId, more: Sequence[Trouble]
    ) -> tuple[MessageSettings, list[tuple[Watched, Telling | None]], Mapping[tuple[str, str], Watched]]:
        """The settings, what is to be told of each cause, and what was known of it."""
        now = self.clock()
        gates = load_closed_gates(session, connection_id, now=now - rules.WELL_AFTER)
        parked = count_state(session, connection_id, IntentState.PARKED)
        settings = store.load_settings(session, connection_id)
        troubles = rules.decisive([*rules.troubles_of(gates, parked, settings), *more])
        known = store.load_watched(session, connection_id)
        return settings, rules.decide_tellings(troubles, known, now), known

    def _group(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, settings: MessageSettings
    ) -> Sequence[UserId]:
        """Who is in the group that is told, as the org says now. It is asked outside of every transaction."""
        return self.groups.users_of(workspace_id, connection_id, settings.group_id) if settings.group_id else ()

    def send_test(self, caller: Identity) -> Message:
        """To everybody who is told, by every way that is on; the worker sends it. Raises TooManyRequestsError."""
        with self.database.reading(caller.workspace_id) as session:
            settings = store.load_settings(session, caller.connection_id)
        group = self._group(caller.workspace_id, caller.connection_id, settings)
        now = self.clock()
        with self.database.workspace(caller.workspace_id) as session:
            if store.is_newer(session, caller.connection_id, TEST, now - TEST_EVERY):
                message = "A test message was sent a moment ago. Wait a minute."
                raise TooManyRequestsError(message, retry_after=TEST_EVERY.total_seconds())
            settings = store.load_settings(session, caller.connection_id)
            telling = Telling(State.TEST, Watched(TEST, "", TEST_TITLE), now, None, TEST_TEXT)
            message_id = self.ways.tell(session, caller.connection_id, telling, settings, now=now, group=group)
            log.info("test_message_sent", connection_id=caller.connection_id, message_id=message_id)
        return self.find(caller, message_id)

    def find(self, caller: Identity, message_id: str) -> Message:
        """Raises NotFoundError."""
        with self.database.reading(caller.workspace_id) as session:
            message = store.find(session, caller.connection_id, message_id)
            if message is None:
                raise NotFoundError("message")
            return with_fates(session, caller.connection_id, [message], now=self.clock())[0]

    def load(self, caller: Identity, *, unseen: bool, before: str | None, most: int) -> Sequence[Message]:
        """The newest first."""
        with self.database.reading(caller.workspace_id) as session:
            found = store.load_messages(session, caller.connection_id, unseen=unseen, before=before, most=most)
            return with_fates(session, caller.connection_id, found, now=self.clock())

    def see(self, caller: Identity, message_id: str) -> None:
        """An admin has read it. Raises NotFoundError."""
        with self.database.workspace(caller.workspace_id) as session:
            if not store.set_seen(session, caller.connection_id, message_id, now=self.clock()):
                raise NotFoundError("message")

    def forget_old(self) -> int:
        self.mailing.forget_old(KEPT)
        with self.database.system() as session:
            return store.forget_old(session, self.clock() - KEPT)
