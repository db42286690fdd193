"""Where it is kept what plans have for criteria. Whom or what it is about is looked up each time it is read."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, update

from accord.core.ids import CriterionId, PlanId, StepId
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.model import CriterionValue
from accord.workspace.plans.tables import plan_criterion, plan_member, plan_resource, plan_stakeholder


def load_values(
    session: WorkspaceSession, plan_ids: Sequence[PlanId]
) -> dict[PlanId, dict[CriterionId, CriterionValue]]:
    """What these plans have for each criterion: at most some hundred plans."""
    rows = session.rows(select(plan_criterion).where(plan_criterion.c.plan_id.in_(plan_ids)))
    texts = {row.id: session.open(plan_criterion, row.id, row.texts) for row in rows if row.texts is not None}
    names = _names_of(session, plan_ids, {one["about"] for one in texts.values() if one.get("about")})
    found: dict[PlanId, dict[CriterionId, CriterionValue]] = defaultdict(dict)
    for row in rows:
        given: dict[str, Any] = texts.get(row.id, {})
        about, step_id = given.get("about"), StepId(row.step_id) if row.step_id else None
        if about is None:
            value = CriterionValue(step_id, given.get("text"), row.is_checked)
        else:
            value = CriterionValue(step_id, names.get(about), row.is_checked, about if about in names else None)
        found[PlanId(row.plan_id)][CriterionId(row.criterion_id)] = value
    return found


def _names_of(session: WorkspaceSession, plan_ids: Sequence[PlanId], wanted: Collection[str]) -> dict[str, str]:
    """Names of people and links of resources of these plans, by id; who or what was removed is not in it."""
    if not wanted:
        return {}
    found: dict[str, str] = {}
    for table, column, keys in (
        (plan_member, "person", ("name", "email")),
        (plan_stakeholder, "texts", ("name",)),
        (plan_resource, "texts", ("url",)),
    ):
        rows = session.rows(select(table).where(table.c.plan_id.in_(plan_ids), table.c.id.in_(wanted)))
        for row in rows:
            words = session.open(table, row.id, getattr(row, column))
            found[row.id] = next((words[key] for key in keys if words[key]), "")
    return found


def put_value(
    session: WorkspaceSession, plan_id: PlanId, criterion_id: CriterionId, value: CriterionValue, *, new_value_id: str
) -> None:
    """Stores what a plan has for a criterion. Whoever calls has locked the plan."""
    of_plan = (plan_criterion.c.plan_id == plan_id, plan_criterion.c.criterion_id == criterion_id)
    row = session.first(select(plan_criterion.c.id).where(*of_plan))
    row_id = new_value_id if row is None else str(row.id)
    words = {"about": value.about_id} if value.about_id else {"text": value.text} if value.text else None
    sealed = None if words is None else session.seal(plan_criterion, row_id, words)
    columns = {"step_id": value.step_id, "texts": sealed, "is_checked": value.is_checked}
    if row is None:
        session.insert(plan_criterion, {"id": row_id, "plan_id": plan_id, "criterion_id": criterion_id, **columns})
    else:
        session.execute(update(plan_criterion).where(*of_plan).values(columns))
