"""Where plans are kept, and what counts of them: some queries for 200 plans, never one for each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from accord.core.errors import ConflictError
from accord.core.identity import Role
from accord.core.ids import ConnectionId, MemberId, PlanId, RecordId, StageId, StepId
from accord.core.money import Money
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.criteria.store import load_criteria, load_weights
from accord.workspace.plans.criteria.values.store import load_values
from accord.workspace.plans.model import (
    Plan,
    PlanFacts,
    Stage,
    Status,
    StepMark,
    Wanted,
)
from accord.workspace.plans.tables import (
    plan,
    plan_member,
    plan_stage,
    plan_step,
)

CUSTOMERS = (Role.CUSTOMER.value, Role.PARTNER.value)


def add(session: WorkspaceSession, new: Plan) -> bool:
    """Stores the plan unless its deal has one already. True when it was stored."""
    values = {"id": new.id, "connection_id": new.connection_id, **_columns(session, new)}
    return session.insert_once(plan, values)


def save(session: WorkspaceSession, changed: Plan) -> None:
    """Stores the plan as it is now. Whoever calls has locked it.

    Raises ConflictError (ALREADY_CONNECTED) when another plan got its deal a moment ago.
    """
    try:
        session.execute(update(plan).where(plan.c.id == changed.id).values(_columns(session, changed)))
    except IntegrityError:
        raise ConflictError("This deal has a plan already. Open that one.", code="ALREADY_CONNECTED") from None


def count_events(session: WorkspaceSession, plan_ids: Sequence[PlanId]) -> None:
    """Each of the plans has one event more. Whoever calls has locked them."""
    session.execute(update(plan).where(plan.c.id.in_(plan_ids)).values(sequence=plan.c.sequence + 1))


def _columns(session: WorkspaceSession, one: Plan) -> dict[str, Any]:
    return {
        "opportunity_id": one.opportunity_id,
        "texts": session.seal(plan, one.id, {"title": one.title}),
        "created_by": one.created_by,
        "created_at": one.created_at,
        "creation_key": one.creation_key,
        "point_person": one.point_person,
        "published_at": one.published_at,
        "archived_at": one.archived_at,
        "end_date": one.end_date,
        "end_date_changed_at": one.end_date_changed_at,
        "value_amount": one.value.amount if one.value else None,
        "value_currency": one.value.currency if one.value else None,
        "value_changed_at": one.value_changed_at,
        "deal_stage": one.deal_stage,
        "deal_stage_name": one.deal_stage_name,
        "weights_version": one.weights_version,
        "told_status": str(one.told_status),
        "customer_active_at": one.customer_active_at,
        "version": one.version,
        "sequence": one.sequence,
    }


def find(session: WorkspaceSession, connection_id: ConnectionId, plan_id: PlanId) -> Plan | None:
    return load(session, connection_id, [plan_id]).get(plan_id)


def lock(session: WorkspaceSession, connection_id: ConnectionId, plan_id: PlanId) -> Plan | None:
    """The plan; until the end of the transaction nobody else changes it or anything that belongs to it."""
    wanted = select(plan).where(plan.c.connection_id == connection_id, plan.c.id == plan_id)
    row = session.first(wanted.with_for_update())
    return None if row is None else _plan(session, row)


def load(
    session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Iterable[PlanId], *, lock: bool = False
) -> dict[PlanId, Plan]:
    """Those of the plans that there are. At most some hundred. `lock`: as with `lock`, in the order of their ids."""
    wanted = select(plan).where(plan.c.connection_id == connection_id, plan.c.id.in_(list(plan_ids)))
    if lock:
        wanted = wanted.order_by(plan.c.id).with_for_update()
    return {PlanId(row.id): _plan(session, row) for row in session.rows(wanted)}


def load_page(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted) -> list[Plan]:
    """One page of plans, the newest first, and one more where there are more. The status is not looked at."""
    found = select(plan).where(plan.c.connection_id == connection_id)
    if wanted.after is not None:
        found = found.where(plan.c.id < wanted.after)
    if wanted.opportunity_id is not None:
        found = found.where(plan.c.opportunity_id == wanted.opportunity_id)
    for column, is_wanted in ((plan.c.opportunity_id, wanted.is_connected), (plan.c.archived_at, wanted.is_archived)):
        if is_wanted is not None:
            found = found.where(column.is_not(None) if is_wanted else column.is_(None))
    return [_plan(session, row) for row in session.rows(found.order_by(plan.c.id.desc()).limit(wanted.limit + 1))]


def load_for_deals(
    session: WorkspaceSession, connection_id: ConnectionId, opportunity_ids: Sequence[RecordId]
) -> dict[RecordId, Plan]:
    """The plans of those of the deals that have one. At most some hundred deals."""
    wanted = select(plan).where(plan.c.connection_id == connection_id, plan.c.opportunity_id.in_(opportunity_ids))
    return {RecordId(row.opportunity_id): _plan(session, row) for row in session.rows(wanted)}


def find_with_plan(
    session: WorkspaceSession, connection_id: ConnectionId, deals: Sequence[RecordId]
) -> frozenset[RecordId]:
    """Those of the deals that have a plan, be it archived; any number of deals."""
    wanted = select(plan.c.opportunity_id).where(plan.c.connection_id == connection_id)
    pages = (deals[start : start + 500] for start in range(0, len(deals), 500))
    found = (row for page in pages for row in session.rows(wanted.where(plan.c.opportunity_id.in_(page))))
    return frozenset(RecordId(row[0]) for row in found)


def load_connected(
    session: WorkspaceSession, connection_id: ConnectionId, *, after: PlanId | None, limit: int
) -> list[PlanId]:
    """Ids of plans with a deal that are not archived, by id."""
    wanted = select(plan.c.id).where(*_connected(connection_id, after))
    return [PlanId(row.id) for row in session.rows(wanted.order_by(plan.c.id).limit(limit))]


def count_connected(session: WorkspaceSession, connection_id: ConnectionId, *, after: PlanId | None) -> int:
    """How many plans with a deal are not archived, of those with a later id."""
    return int(session.rows(select(func.count()).select_from(plan).where(*_connected(connection_id, after)))[0][0])


def _connected(connection_id: ConnectionId, after: PlanId | None) -> list[ColumnElement[bool]]:
    wanted = [plan.c.connection_id == connection_id, plan.c.opportunity_id.is_not(None), plan.c.archived_at.is_(None)]
    return wanted if after is None else [*wanted, plan.c.id > after]


def load_late(
    session: WorkspaceSession, connection_id: ConnectionId, *, today: date, stalled: date, limit: int
) -> list[PlanId]:
    """Published plans of which a step is overdue, or since `stalled` or before, and nobody has been told so yet.

    Nobody else changes them until the end of the transaction.
    """
    late = or_(
        and_(plan_step.c.due_date <= stalled, plan.c.told_status != str(Status.STALLED)),
        and_(plan_step.c.due_date < today, plan.c.told_status == str(Status.ON_TRACK)),
    )
    of_plan = and_(plan_step.c.workspace_id == plan.c.workspace_id, plan_step.c.plan_id == plan.c.id)
    wanted = (
        select(plan.c.id)
        .distinct()  # a plan counts once, however many of its steps are late
        .join(plan_step, of_plan)
        .where(
            plan.c.connection_id == connection_id,
            plan.c.published_at.is_not(None),
            plan.c.archived_at.is_(None),
            plan_step.c.completed_at.is_(None),
            late,
        )
    )
    found = {PlanId(row.id) for row in session.rows(wanted.order_by(plan.c.id).limit(limit))}
    locked = select(plan.c.id).where(plan.c.id.in_(found)).order_by(plan.c.id).with_for_update()
    return [PlanId(row.id) for row in session.rows(locked)]


def load_facts(
    session: WorkspaceSession, connection_id: ConnectionId, plans: Mapping[PlanId, Plan]
) -> dict[PlanId, PlanFacts]:
    """All that counts of these plans, in eight queries, and three for whom or what criteria are about."""
    if not plans:
        return {}
    ids = list(plans)
    stages, steps = _stages(session, ids), _steps(session, ids)
    invited, accepted = _customers(session, ids)
    criteria, values = tuple(load_criteria(session, connection_id)), load_values(session, ids)
    weights = load_weights(session, connection_id, {one.weights_version for one in plans.values()})
    return {
        plan_id: PlanFacts(
            one,
            stages=tuple(stages[plan_id]),
            steps=tuple(steps[plan_id]),
            invited=invited[plan_id],
            accepted=accepted[plan_id],
            criteria=criteria,
            values=values[plan_id],
            weights=weights[one.weights_version],
        )
        for plan_id, one in plans.items()
    }


def facts_of(session: WorkspaceSession, one: Plan) -> PlanFacts:
    """All that counts of one plan."""
    return load_facts(session, one.connection_id, {one.id: one})[one.id]


def _stages(session: WorkspaceSession, plan_ids: Sequence[PlanId]) -> dict[PlanId, list[Stage]]:
    wanted = select(plan_stage).where(plan_stage.c.plan_id.in_(plan_ids))
    found: dict[PlanId, list[Stage]] = defaultdict(list)
    for row in session.rows(wanted.order_by(plan_stage.c.position, plan_stage.c.id)):
        found[PlanId(row.plan_id)].append(_stage(session, row))
    return found


def _steps(session: WorkspaceSession, plan_ids: Sequence[PlanId]) -> dict[PlanId, list[StepMark]]:
    """Without their words, which nothing of this needs."""
    c = plan_step.c
    wanted = select(
        c.id, c.plan_id, c.stage_id, c.position, c.due_date, c.completed_at, c.completed_on, c.is_internal
    ).where(c.plan_id.in_(plan_ids))
    found: dict[PlanId, list[StepMark]] = defaultdict(list)
    for row in session.rows(wanted.order_by(c.position, c.id)):
        found[PlanId(row.plan_id)].append(step_mark(row))
    return found


def _customers(session: WorkspaceSession, plan_ids: Sequence[PlanId]) -> tuple[Counter[PlanId], Counter[PlanId]]:
    c = plan_member.c
    wanted = select(
        c.plan_id, func.count(c.invited_at).label("invited"), func.count(c.accepted_at).label("accepted")
    ).where(c.plan_id.in_(plan_ids), c.role.in_(CUSTOMERS))
    invited: Counter[PlanId] = Counter()
    accepted: Counter[PlanId] = Counter()
    for row in session.rows(wanted.group_by(c.plan_id)):
        invited[PlanId(row.plan_id)], accepted[PlanId(row.plan_id)] = row.invited, row.accepted
    return invited, accepted


def _plan(session: WorkspaceSession, row: Row[Any]) -> Plan:
    value = None if row.value_amount is None else Money(row.value_amount, row.value_currency)
    return Plan(
        id=PlanId(row.id),
        connection_id=ConnectionId(row.connection_id),
        opportunity_id=RecordId(row.opportunity_id) if row.opportunity_id else None,
        title=session.open(plan, row.id, row.texts)["title"],
        created_by=MemberId(row.created_by) if row.created_by else None,
        created_at=row.created_at,
        creation_key=row.creation_key,
        point_person=MemberId(row.point_person) if row.point_person else None,
        published_at=row.published_at,
        archived_at=row.archived_at,
        end_date=row.end_date,
        end_date_changed_at=row.end_date_changed_at,
        value=value,
        value_changed_at=row.value_changed_at,
        deal_stage=row.deal_stage,
        deal_stage_name=row.deal_stage_name,
        weights_version=row.weights_version,
        told_status=Status(row.told_status),
        customer_active_at=row.customer_active_at,
        version=row.version,
        sequence=row.sequence,
    )


def _stage(session: WorkspaceSession, row: Row[Any]) -> Stage:
    return Stage(
        id=StageId(row.id),
        plan_id=PlanId(row.plan_id),
        position=row.position,
        title=session.open(plan_stage, row.id, row.texts)["title"],
        is_internal=row.is_internal,
        completed_at=row.completed_at,
        version=row.version,
    )


def step_mark(row: Row[Any]) -> StepMark:
    """What counts of a row of a step. A step of an internal stage is not internal by itself."""
    return StepMark(
        id=StepId(row.id),
        plan_id=PlanId(row.plan_id),
        stage_id=StageId(row.stage_id),
        position=row.position,
        due_date=row.due_date,
        completed_at=row.completed_at,
        completed_on=row.completed_on,
        is_internal=row.is_internal,
    )


def set_taken(session: WorkspaceSession, plan_id: PlanId, values: Mapping[str, Any], *, is_edit: bool = True) -> None:
    """Stores what came from Salesforce; `values` are columns. What nobody edits here (`is_edit`) leaves the version."""
    session.execute(update(plan).where(plan.c.id == plan_id).values(**values, version=plan.c.version + int(is_edit)))
