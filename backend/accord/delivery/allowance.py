"""An admin's budget of calls, and who may make calls under it now. It is read anew each time, so it holds at once."""

from datetime import datetime
from typing import Any, Final

from accord.core.ids import ConnectionId
from accord.delivery.budget import DEFAULT, CallBudget, decide_served
from accord.delivery.model import Priority
from accord.delivery.samples import load_calls
from accord.delivery.store import call_budget_settings
from accord.infra.db import WorkspaceSession
from accord.workspace.settings.store import SettingsStore


def _read(_session: WorkspaceSession, row: Any) -> CallBudget:
    return CallBudget(
        row.own_share, row.kept_for_people, row.backfill_stops_at, row.version, row.changed_at, row.changed_by
    )


def values_of(budget: CallBudget) -> dict[str, Any]:
    """The budget as a JSON value with which it can be set again."""
    return {
        "own_share": budget.own_share,
        "kept_for_people": budget.kept_for_people,
        "backfill_stops_at": budget.backfill_stops_at,
    }


SETTINGS: Final = SettingsStore(
    kind="settings.call_budget",
    table=call_budget_settings,
    default=DEFAULT,
    read=_read,
    columns=lambda _session, _connection_id, new: values_of(new),
    values_of=values_of,
)
load_budget = SETTINGS.load


def load_served(session: WorkspaceSession, connection_id: ConnectionId, *, now: datetime) -> tuple[Priority, ...]:
    """The priorities that may make calls now, the highest first."""
    return decide_served(load_calls(session, connection_id), now, load_budget(session, connection_id))
