"""The check of every night of one kind of settings that names fields."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import structlog

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError, RejectedError
from accord.core.ids import ConnectionId, MemberId, WorkspaceId
from accord.features.panels.checks.store import CheckStore
from accord.features.panels.model import RowSpec
from accord.features.panels.paths import described
from accord.features.panels.setup import rules
from accord.features.panels.setup.model import Checked, RowCheck, RowStatus
from accord.infra.db import Database
from accord.infra.processes.rounds import go_round
from accord.salesforce.model import Gateway
from accord.salesforce.paths import Describes
from accord.workspace.settings.store import SettingsStore, Versioned

log = structlog.get_logger()


class NamesFields(Versioned, Protocol):
    """Settings whose rows name fields. `looked_at`: the rows that are worth a look; none: nobody is asked."""

    @property
    def changed_by(self) -> MemberId | None: ...
    @property
    def looked_at(self) -> Sequence[RowSpec]: ...


S = TypeVar("S", bound=NamesFields)


@dataclass(frozen=True, slots=True)
class Night(Generic[S]):
    """`look` makes the checks of settings, beside those before, from what a login's describes show of their rows."""

    database: Database
    clock: Clock
    # a member's stored login, or the integration owner's (None)
    stored_gateway: Callable[[WorkspaceId, ConnectionId, MemberId | None], Gateway]
    live_connections: Callable[[], Iterable[tuple[WorkspaceId, ConnectionId]]]
    settings: SettingsStore[S]
    checks: CheckStore
    look: Callable[[Gateway, S, Checked, Describes], Mapping[str, RowCheck]]

    def check_all(self) -> int:
        """The check of the night, for every org whose turn has come; gives how many were checked.

        It is called as often as one likes: each org is checked once a night. What fails for one org waits for the next
        call and holds up no other.
        """

        def check_due(workspace_id: WorkspaceId, connection_id: ConnectionId) -> bool:
            with self.database.reading(workspace_id) as session:
                is_due = rules.is_due(self.checks.load(session, connection_id), self.clock())
            return is_due and self.check(workspace_id, connection_id)

        return go_round(self.live_connections(), check_due, failed="panel_check_failed")

    def check(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> bool:
        """Looks at every row of one org again and keeps what it finds. False when there is none, or the settings
        changed meanwhile.

        It looks with the stored login of the admin who changed them last, else with the integration owner's. Raises
        AuthorizationLostError when neither works any more, TransientError when Salesforce is away.
        """
        with self.database.reading(workspace_id) as session:
            settings = self.settings.load(session, connection_id)
            before = self.checks.load(session, connection_id)
        if not settings.looked_at:
            return False
        rows = self._looked_at(workspace_id, connection_id, settings, before)
        with self.database.workspace(workspace_id) as session:
            if self.settings.load(session, connection_id).version != settings.version:
                return False
            self.checks.save(session, connection_id, rows, now=self.clock())
        bad = [key for key, row in rows.items() if row.status is RowStatus.BAD]
        log.info("panel_checked", connection_id=connection_id, kind=self.settings.kind, rows=len(rows), bad=bad)
        return True

    def _looked_at(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, settings: S, before: Checked
    ) -> Mapping[str, RowCheck]:
        if settings.changed_by is not None:
            try:
                own = self.stored_gateway(workspace_id, connection_id, settings.changed_by)
                return self._look(own, settings, before)
            except AuthorizationLostError:
                log.info("panel_check_without_admin", connection_id=connection_id)
        return self._look(self.stored_gateway(workspace_id, connection_id, None), settings, before)

    def _look(self, gateway: Gateway, settings: S, before: Checked) -> Mapping[str, RowCheck]:
        gateway.forget_describes()
        return self.look(gateway, settings, before, described(gateway, settings.looked_at))


def has_values(gateway: Gateway, row: RowSpec) -> bool:
    """Whether a picklist offers anything."""
    try:
        return bool(gateway.picklist_values(row.sobject, None, row.field))
    except RejectedError:
        return True  # no answer is no finding
