"""Where criteria, what plans have for them, and the weights of the score are kept."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from accord.core.ids import ConnectionId, CriterionId, MemberId, PlanId, new_id
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.model import DEFAULT_WEIGHTS, Criterion, CriterionKind, CriterionValue, Factor, Weights
from accord.workspace.plans.tables import criterion, plan, plan_criterion, score_weights


def load_criteria(
    session: WorkspaceSession, connection_id: ConnectionId, *, with_deleted: bool = False
) -> list[Criterion]:
    """The criteria of an org, in their order."""
    wanted = select(criterion).where(criterion.c.connection_id == connection_id)
    if not with_deleted:
        wanted = wanted.where(criterion.c.deleted_at.is_(None))
    rows = session.rows(wanted.order_by(criterion.c.position, criterion.c.id))
    return [
        Criterion(
            id=CriterionId(row.id),
            key=row.key,
            kind=CriterionKind(row.kind),
            title=session.open(criterion, row.id, row.texts)["title"],
            position=row.position,
            deleted_at=row.deleted_at,
        )
        for row in rows
    ]


def load_weights(
    session: WorkspaceSession, connection_id: ConnectionId, versions: Iterable[int | None]
) -> dict[int | None, Weights]:
    """The weights of these versions; None is the newest."""
    wanted = select(score_weights).where(score_weights.c.connection_id == connection_id)
    known = {DEFAULT_WEIGHTS.version: DEFAULT_WEIGHTS}
    for row in session.rows(wanted.order_by(score_weights.c.version)):
        known[row.version] = Weights(
            row.version,
            {factor: getattr(row, str(factor)) for factor in Factor},
            row.changed_at,
            MemberId(row.changed_by) if row.changed_by else None,
        )
    newest = known[max(known)]
    return {version: newest if version is None else known[version] for version in {None, *versions}}


def add(session: WorkspaceSession, connection_id: ConnectionId, new: Criterion) -> bool:
    """Stores a criterion unless its key is taken. True when it was stored."""
    values = {
        "id": new.id,
        "connection_id": connection_id,
        "key": new.key,
        "kind": str(new.kind),
        "texts": session.seal(criterion, new.id, {"title": new.title}),
        "position": new.position,
    }
    return session.insert_once(criterion, values)


def delete(session: WorkspaceSession, criterion_id: CriterionId, *, now: datetime) -> None:
    """From now on it is only remembered; its key is free again."""
    where = (criterion.c.id == criterion_id, criterion.c.deleted_at.is_(None))
    session.execute(update(criterion).where(*where).values(deleted_at=now, key=f"~{criterion_id}"))


def put_value(
    session: WorkspaceSession, plan_id: PlanId, criterion_id: CriterionId, value: CriterionValue, *, new_value_id: str
) -> None:
    """Stores what a plan has for a criterion. Whoever calls has locked the plan."""
    of_plan = (plan_criterion.c.plan_id == plan_id, plan_criterion.c.criterion_id == criterion_id)
    row = session.first(select(plan_criterion.c.id).where(*of_plan))
    row_id = new_value_id if row is None else str(row.id)
    sealed = None if value.text is None else session.seal(plan_criterion, row_id, {"text": value.text})
    columns = {"step_id": value.step_id, "texts": sealed, "is_checked": value.is_checked}
    if row is None:
        session.insert(plan_criterion, {"id": row_id, "plan_id": plan_id, "criterion_id": criterion_id, **columns})
    else:
        session.execute(update(plan_criterion).where(*of_plan).values(columns))


def add_weights(session: WorkspaceSession, connection_id: ConnectionId, new: Weights, *, now: datetime) -> bool:
    """Stores a version of the weights. False when somebody else has stored it."""
    values = {
        "id": new_id(now),
        "connection_id": connection_id,
        "version": new.version,
        **{str(factor): weight for factor, weight in new.of.items()},
        "changed_at": now,
        "changed_by": new.changed_by,
    }
    return session.insert_once(score_weights, values)


def load_live(
    session: WorkspaceSession, connection_id: ConnectionId, *, after: PlanId | None, limit: int
) -> list[PlanId]:
    """Ids of plans that are not archived, by id; nobody else changes them until the end of the transaction."""
    wanted = select(plan.c.id).where(plan.c.connection_id == connection_id, plan.c.archived_at.is_(None))
    if after is not None:
        wanted = wanted.where(plan.c.id > after)
    rows = session.rows(wanted.order_by(plan.c.id).limit(limit).with_for_update())
    return [PlanId(row.id) for row in rows]
