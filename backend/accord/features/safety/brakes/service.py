"""What an admin does with the brakes: stop everything, start it again, end the observing, keep quiet for a while."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

import structlog

from accord.core.clock import Clock
from accord.core.errors import Problem, RejectedError
from accord.core.identity import Identity
from accord.delivery.brakes import service as brakes
from accord.delivery.brakes import store
from accord.delivery.brakes.model import Brake, BrakeKind
from accord.delivery.brakes.rules import OBSERVED_FOR, count_calls
from accord.delivery.model import State
from accord.delivery.reports import count_state
from accord.features.safety.brakes import rules
from accord.features.safety.brakes.model import Org, Overview
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.store import find_member

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class BrakeSwitches:
    """`org_of` gives the caller's org, `wake` has the workers look at once."""

    database: Database
    clock: Clock
    org_of: Callable[[Identity], Org]
    wake: Callable[[], None]

    def overview(self, caller: Identity) -> Overview:
        org, now = self.org_of(caller), self.clock()
        with self.database.reading(caller.workspace_id) as session:
            on = store.load(session, caller.connection_id, now=now)
            waiting = store.load_waiting(session, caller.connection_id)
            under_way = count_state(session, caller.connection_id, State.IN_FLIGHT)
            names = _names(session, (on.stopped, on.observed, on.quiet))
        return Overview(org, on, names, under_way, waiting, count_calls(waiting))

    def stop(self, caller: Identity) -> Overview:
        """From now on nothing is written to the org, by anybody through us; what waits goes on waiting."""
        return self._put_on(caller, BrakeKind.STOPPED, until=None)

    def start(self, caller: Identity) -> Overview:
        return self._release(caller, BrakeKind.STOPPED)

    def observe(self, caller: Identity) -> Overview:
        """The org is observed anew, for as long as a new one."""
        return self._put_on(caller, BrakeKind.OBSERVED, until=self.clock() + OBSERVED_FOR)

    def waive(self, caller: Identity, typed_name: str) -> Overview:
        """Ends the observing. Raises RejectedError unless the org's name was typed."""
        name = self.org_of(caller).label
        if not rules.is_the_name(typed_name, name):
            message = f"Type the name of the org that Accord is to write to: {name}."
            raise RejectedError(message, problems=(Problem("INVALID_VALUE", message, field="org_name"),))
        return self._release(caller, BrakeKind.OBSERVED)

    def keep_quiet(self, caller: Identity, until: time, time_zone: str | None) -> Overview:
        """Until it is this time of day where the admin lives (or in `time_zone`), only what somebody waits for is
        written. Raises RejectedError for a zone that there is none of.
        """
        zone = time_zone or self._zone_of(caller)
        return self._put_on(caller, BrakeKind.QUIET, until=rules.next_time(self.clock(), until, zone))

    def end_quiet(self, caller: Identity) -> Overview:
        return self._release(caller, BrakeKind.QUIET)

    def _put_on(self, caller: Identity, kind: BrakeKind, *, until: datetime | None) -> Overview:
        with self.database.workspace(caller.workspace_id) as session:
            brakes.put_on(session, caller.connection_id, kind, Brake(self.clock(), until, caller.member_id))
        log.warning("brake_put_on", kind=kind.value, connection_id=caller.connection_id)
        return self.overview(caller)

    def _release(self, caller: Identity, kind: BrakeKind) -> Overview:
        with self.database.workspace(caller.workspace_id) as session:
            was_on = brakes.release(session, caller.connection_id, kind, by=caller.member_id, now=self.clock())
        if was_on:
            log.warning("brake_released", kind=kind.value, connection_id=caller.connection_id)
            self.wake()
        return self.overview(caller)

    def _zone_of(self, caller: Identity) -> str:
        if caller.member_id is None:
            return "UTC"
        with self.database.reading(caller.workspace_id) as session:
            member = find_member(session, caller.member_id)
        return (member.time_zone if member else "") or "UTC"


def _names(session: WorkspaceSession, brakes_on: tuple[Brake | None, ...]) -> dict[str, str]:
    ids = {brake.by for brake in brakes_on if brake is not None and brake.by is not None}
    found = {member_id: find_member(session, member_id) for member_id in ids}
    return {member_id: member.name for member_id, member in found.items() if member is not None}
