"""What belongs to a plan, as it is kept: stages, steps, members, stakeholders, resources, comments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from accord.core.identity import Role
from accord.core.ids import MemberId, PlanId, RecordId, StageId, StepId
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.model import Comment, PlanMember, Resource, Stage, Stakeholder, Step, StepMark
from accord.workspace.plans.store import step_mark
from accord.workspace.plans.tables import (
    plan_comment,
    plan_criterion,
    plan_member,
    plan_resource,
    plan_stage,
    plan_stakeholder,
    plan_step,
)


def add_stages(session: WorkspaceSession, stages: Sequence[Stage]) -> None:
    session.insert(
        plan_stage, [{"id": one.id, "plan_id": one.plan_id, **_stage_columns(session, one)} for one in stages]
    )


def save_stage(session: WorkspaceSession, one: Stage) -> None:
    session.execute(update(plan_stage).where(plan_stage.c.id == one.id).values(_stage_columns(session, one)))


def delete_stage(session: WorkspaceSession, stage_id: StageId) -> None:
    """Deletes a stage whose steps are gone."""
    session.execute(delete(plan_stage).where(plan_stage.c.id == stage_id))


def set_stage_completed(session: WorkspaceSession, stage_id: StageId, at: datetime | None) -> None:
    session.execute(update(plan_stage).where(plan_stage.c.id == stage_id).values(completed_at=at))


def set_positions(session: WorkspaceSession, stages: Sequence[Stage]) -> None:
    """Stores where each of the stages stands."""
    for one in stages:
        session.execute(update(plan_stage).where(plan_stage.c.id == one.id).values(position=one.position))


def _stage_columns(session: WorkspaceSession, one: Stage) -> dict[str, Any]:
    return {
        "position": one.position,
        "texts": session.seal(plan_stage, one.id, {"title": one.title}),
        "is_internal": one.is_internal,
        "completed_at": one.completed_at,
        "version": one.version,
    }


def add_steps(session: WorkspaceSession, steps: Sequence[Step]) -> None:
    rows = [{"id": one.mark.id, "plan_id": one.mark.plan_id, **_step_columns(session, one)} for one in steps]
    session.insert(plan_step, rows)


def save_step(session: WorkspaceSession, one: Step) -> None:
    session.execute(update(plan_step).where(plan_step.c.id == one.mark.id).values(_step_columns(session, one)))


def set_step_positions(session: WorkspaceSession, marks: Sequence[StepMark]) -> None:
    """Stores where each of the steps stands."""
    for one in marks:
        session.execute(update(plan_step).where(plan_step.c.id == one.id).values(position=one.position))


def delete_steps(session: WorkspaceSession, plan_id: PlanId, step_ids: Sequence[StepId]) -> None:
    """Deletes steps with their comments; a criterion that was about one of them is about none now."""
    comments = (plan_comment.c.plan_id == plan_id, plan_comment.c.step_id.in_(step_ids))
    session.execute(delete(plan_comment).where(*comments))
    values = (plan_criterion.c.plan_id == plan_id, plan_criterion.c.step_id.in_(step_ids))
    session.execute(update(plan_criterion).where(*values).values(step_id=None))
    session.execute(delete(plan_step).where(plan_step.c.plan_id == plan_id, plan_step.c.id.in_(step_ids)))


def load_steps(session: WorkspaceSession, plan_id: PlanId) -> list[Step]:
    """The steps of a plan with their words, by position within their stages."""
    wanted = select(plan_step).where(plan_step.c.plan_id == plan_id)
    return [_step(session, row) for row in session.rows(wanted.order_by(plan_step.c.position, plan_step.c.id))]


def find_step(session: WorkspaceSession, plan_id: PlanId, step_id: str) -> Step | None:
    row = session.first(select(plan_step).where(plan_step.c.plan_id == plan_id, plan_step.c.id == step_id))
    return None if row is None else _step(session, row)


def load_titles(session: WorkspaceSession, step_ids: Sequence[StepId]) -> dict[StepId, str]:
    """What these steps are called: at most some hundred."""
    rows = session.rows(select(plan_step.c.id, plan_step.c.texts).where(plan_step.c.id.in_(step_ids)))
    return {StepId(row.id): session.open(plan_step, row.id, row.texts)["title"] for row in rows}


def _step_columns(session: WorkspaceSession, one: Step) -> dict[str, Any]:
    mark = one.mark
    return {
        "stage_id": mark.stage_id,
        "position": mark.position,
        "key": one.key,
        "texts": session.seal(plan_step, mark.id, {"title": one.title, "description": one.description}),
        "owner": one.owner,
        "due_date": mark.due_date,
        "completed_at": mark.completed_at,
        "completed_on": mark.completed_on,
        "completed_by": one.completed_by,
        "is_internal": mark.is_internal,
        "version": one.version,
    }


def _step(session: WorkspaceSession, row: Row[Any]) -> Step:
    texts = session.open(plan_step, row.id, row.texts)
    return Step(
        mark=step_mark(row),
        title=texts["title"],
        description=texts["description"],
        key=row.key,
        owner=row.owner,
        completed_by=row.completed_by,
        version=row.version,
    )


def add_member(session: WorkspaceSession, one: PlanMember) -> None:
    session.insert(plan_member, {"id": one.id, "plan_id": one.plan_id, **_member_columns(session, one)})


def save_member(session: WorkspaceSession, one: PlanMember) -> None:
    session.execute(update(plan_member).where(plan_member.c.id == one.id).values(_member_columns(session, one)))


def delete_member(session: WorkspaceSession, plan_id: PlanId, member_id: str) -> None:
    """He is gone from the plan; the steps that were his have no owner now."""
    owned = (plan_step.c.plan_id == plan_id, plan_step.c.owner == member_id)
    session.execute(update(plan_step).where(*owned).values(owner=None))
    session.execute(delete(plan_member).where(plan_member.c.plan_id == plan_id, plan_member.c.id == member_id))


def load_members(session: WorkspaceSession, plan_id: PlanId) -> list[PlanMember]:
    """Who takes part in a plan, in the order in which they came."""
    wanted = select(plan_member).where(plan_member.c.plan_id == plan_id)
    return [_member(session, row) for row in session.rows(wanted.order_by(plan_member.c.id))]


def find_member(session: WorkspaceSession, plan_id: PlanId, member_id: str) -> PlanMember | None:
    wanted = select(plan_member).where(plan_member.c.plan_id == plan_id, plan_member.c.id == member_id)
    row = session.first(wanted)
    return None if row is None else _member(session, row)


def load_named(session: WorkspaceSession, member_ids: Sequence[str]) -> dict[str, PlanMember]:
    """Those of these members of plans that there are: at most some hundred."""
    wanted = select(plan_member).where(plan_member.c.id.in_(member_ids))
    return {row.id: _member(session, row) for row in session.rows(wanted)}


def plans_of(session: WorkspaceSession, plan_ids: Sequence[PlanId], member_id: MemberId) -> set[PlanId]:
    """Those of the plans in which one of our own people takes part."""
    wanted = select(plan_member.c.plan_id).where(
        plan_member.c.plan_id.in_(plan_ids), plan_member.c.member_id == member_id
    )
    return {PlanId(row.plan_id) for row in session.rows(wanted)}


def _member_columns(session: WorkspaceSession, one: PlanMember) -> dict[str, Any]:
    return {
        "role": one.role.value,
        "person": session.seal(plan_member, one.id, {"name": one.name, "email": one.email}),
        "member_id": one.member_id,
        "contact_id": one.contact_id,
        "invited_at": one.invited_at,
        "accepted_at": one.accepted_at,
    }


def _member(session: WorkspaceSession, row: Row[Any]) -> PlanMember:
    person = session.open(plan_member, row.id, row.person)
    return PlanMember(
        id=row.id,
        plan_id=PlanId(row.plan_id),
        role=Role(row.role),
        name=person["name"],
        email=person["email"],
        member_id=MemberId(row.member_id) if row.member_id else None,
        contact_id=RecordId(row.contact_id) if row.contact_id else None,
        invited_at=row.invited_at,
        accepted_at=row.accepted_at,
    )


def add_stakeholder(session: WorkspaceSession, one: Stakeholder, *, now: datetime) -> None:
    texts = {"name": one.name, "title": one.position_title, "email": one.email}
    sealed = session.seal(plan_stakeholder, one.id, texts)
    session.insert(plan_stakeholder, {"id": one.id, "plan_id": one.plan_id, "texts": sealed, "added_at": now})


def delete_stakeholder(session: WorkspaceSession, plan_id: PlanId, stakeholder_id: str) -> None:
    found = (plan_stakeholder.c.plan_id == plan_id, plan_stakeholder.c.id == stakeholder_id)
    session.execute(delete(plan_stakeholder).where(*found))


def load_stakeholders(session: WorkspaceSession, plan_id: PlanId) -> list[Stakeholder]:
    wanted = select(plan_stakeholder).where(plan_stakeholder.c.plan_id == plan_id).order_by(plan_stakeholder.c.id)
    found = []
    for row in session.rows(wanted):
        texts = session.open(plan_stakeholder, row.id, row.texts)
        found.append(Stakeholder(row.id, plan_id, texts["name"], texts["title"], texts["email"]))
    return found


def add_resource(session: WorkspaceSession, one: Resource) -> None:
    values = {
        "id": one.id,
        "plan_id": one.plan_id,
        "texts": session.seal(plan_resource, one.id, {"title": one.title, "url": one.url}),
        "is_internal": one.is_internal,
        "added_by": one.added_by,
        "added_by_customer": one.added_by_customer,
        "added_at": one.added_at,
    }
    session.insert(plan_resource, values)


def delete_resource(session: WorkspaceSession, plan_id: PlanId, resource_id: str) -> None:
    found = (plan_resource.c.plan_id == plan_id, plan_resource.c.id == resource_id)
    session.execute(delete(plan_resource).where(*found))


def load_resources(session: WorkspaceSession, plan_id: PlanId) -> list[Resource]:
    wanted = select(plan_resource).where(plan_resource.c.plan_id == plan_id).order_by(plan_resource.c.id)
    found = []
    for row in session.rows(wanted):
        texts = session.open(plan_resource, row.id, row.texts)
        flags = (row.is_internal, row.added_by, row.added_by_customer, row.added_at)
        found.append(Resource(row.id, plan_id, texts["title"], texts["url"], *flags))
    return found


def add_comment(session: WorkspaceSession, one: Comment) -> None:
    values = {
        "id": one.id,
        "plan_id": one.plan_id,
        "step_id": one.step_id,
        "texts": session.seal(plan_comment, one.id, {"text": one.text}),
        "is_internal": one.is_internal,
        "author": one.author,
        "author_is_customer": one.author_is_customer,
        "written_at": one.written_at,
    }
    session.insert(plan_comment, values)


def load_comments(  # noqa: PLR0913 - a page, and for whom
    session: WorkspaceSession, plan_id: PlanId, step_id: StepId, *, after: str | None, limit: int, internal: bool
) -> list[Comment]:
    """One page of the comments of a step, the oldest first; `internal`: those of our own people too."""
    c = plan_comment.c
    wanted = select(plan_comment).where(c.plan_id == plan_id, c.step_id == step_id)
    if not internal:
        wanted = wanted.where(c.is_internal.is_(False))
    if after is not None:
        wanted = wanted.where(c.id > after)
    return [_comment(session, row) for row in session.rows(wanted.order_by(c.id).limit(limit))]


def find_comment(session: WorkspaceSession, plan_id: PlanId, comment_id: str) -> Comment | None:
    wanted = select(plan_comment).where(plan_comment.c.plan_id == plan_id, plan_comment.c.id == comment_id)
    row = session.first(wanted)
    return None if row is None else _comment(session, row)


def _comment(session: WorkspaceSession, row: Row[Any]) -> Comment:
    text = session.open(plan_comment, row.id, row.texts)["text"]
    flags = (row.is_internal, row.author, row.author_is_customer, row.written_at)
    return Comment(row.id, PlanId(row.plan_id), StepId(row.step_id), text, *flags)
