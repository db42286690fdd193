"""What is asked of marks and shadow copies from outside the sync."""

from collections.abc import Collection

from sqlalchemy import select, update

from accord.core.ids import ConnectionId, PlanId
from accord.features.field_sync.sync.store import field_sync_copy, field_sync_mark
from accord.infra.db import WorkspaceSession


def find_marked(session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Collection[PlanId]) -> set[PlanId]:
    """Those of the plans that are going to be looked at."""
    of_plans = (field_sync_mark.c.connection_id == connection_id, field_sync_mark.c.id.in_(list(plan_ids)))
    return {PlanId(row.id) for row in session.rows(select(field_sync_mark.c.id).where(*of_plans))}


def forget_readings(session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Collection[PlanId]) -> None:
    """Whatever was read of Salesforce for these plans, the next look reads it again."""
    of_plans = (field_sync_copy.c.connection_id == connection_id, field_sync_copy.c.id.in_(list(plan_ids)))
    session.execute(update(field_sync_copy).where(*of_plans).values(read_at=None))
