"""Where criteria and the weights of the score are kept."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select, update

from accord.core.ids import ConnectionId, CriterionId, MemberId, PlanId
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.criteria.model import CriteriaSettings
from accord.workspace.plans.criteria.rules import values_of
from accord.workspace.plans.model import DEFAULT_WEIGHTS, Criterion, CriterionKind, Factor, Weights
from accord.workspace.plans.tables import criteria_settings, criterion, plan, plan_criterion, score_weights
from accord.workspace.settings.store import SettingsStore


def load_criteria(
    session: WorkspaceSession, connection_id: ConnectionId, *, with_deleted: bool = False
) -> list[Criterion]:
    """The criteria of an org, in their order."""
    wanted = select(criterion).where(criterion.c.connection_id == connection_id)
    if not with_deleted:
        wanted = wanted.where(criterion.c.deleted_at.is_(None))
    rows = session.rows(wanted.order_by(criterion.c.position, criterion.c.id))
    return [_criterion(session, row) for row in rows]


def _criterion(session: WorkspaceSession, row: Row[Any]) -> Criterion:
    texts = session.open(criterion, row.id, row.texts)
    return Criterion(
        id=CriterionId(row.id),
        key=row.key,
        kind=CriterionKind(row.kind),
        title=texts["title"],
        position=row.position,
        deleted_at=row.deleted_at,
        stages=tuple(texts.get("stages", ())),
    )


def load_weights(
    session: WorkspaceSession, connection_id: ConnectionId, versions: Iterable[int | None]
) -> dict[int | None, Weights]:
    """The weights of these versions; None is the newest."""
    wanted = select(score_weights).where(score_weights.c.connection_id == connection_id)
    known = {DEFAULT_WEIGHTS.version: DEFAULT_WEIGHTS}
    for row in session.rows(wanted.order_by(score_weights.c.version)):
        known[row.version] = _read_weights(session, row)
    newest = known[max(known)]
    return {version: newest if version is None else known[version] for version in {None, *versions}}


def add(session: WorkspaceSession, connection_id: ConnectionId, new: Criterion) -> None:
    """Stores a criterion whose key is free."""
    session.insert(criterion, {"id": new.id, "connection_id": connection_id, **_columns(session, new)})


def save(session: WorkspaceSession, changed: Criterion) -> None:
    """Stores a criterion as it is now; one that was deleted is there again."""
    session.execute(update(criterion).where(criterion.c.id == changed.id).values(_columns(session, changed)))


def _columns(session: WorkspaceSession, one: Criterion) -> dict[str, Any]:
    texts = {"title": one.title, "stages": list(one.stages), "key": one.key}
    return {
        "key": one.key,
        "kind": str(one.kind),
        "texts": session.seal(criterion, one.id, texts),
        "position": one.position,
        "deleted_at": None,
    }


def delete(session: WorkspaceSession, gone: Criterion, *, now: datetime) -> None:
    """From now on it is only remembered; its key is free again."""
    values = {**_columns(session, gone), "deleted_at": now, "key": f"~{gone.id}"}
    session.execute(update(criterion).where(criterion.c.id == gone.id).values(values))


def find_deleted(session: WorkspaceSession, connection_id: ConnectionId, wanted: Criterion) -> CriterionId | None:
    """The one that had this key and this kind and was deleted last."""
    deleted = select(criterion).where(
        criterion.c.connection_id == connection_id,
        criterion.c.deleted_at.is_not(None),
        criterion.c.kind == str(wanted.kind),
    )
    for row in session.rows(deleted.order_by(criterion.c.deleted_at.desc(), criterion.c.id.desc())):
        if session.open(criterion, row.id, row.texts).get("key") == wanted.key:
            return CriterionId(row.id)
    return None


def count_values(session: WorkspaceSession, connection_id: ConnectionId) -> dict[CriterionId, int]:
    """How many plans have something for each criterion."""
    of_criterion = (criterion.c.workspace_id == plan_criterion.c.workspace_id) & (
        criterion.c.id == plan_criterion.c.criterion_id
    )
    wanted = (
        select(plan_criterion.c.criterion_id, func.count().label("number"))
        .join(criterion, of_criterion)
        .where(
            criterion.c.connection_id == connection_id,
            plan_criterion.c.texts.is_not(None)
            | plan_criterion.c.step_id.is_not(None)
            | plan_criterion.c.is_checked.is_(True),
        )
    )
    rows = session.rows(wanted.group_by(plan_criterion.c.criterion_id))
    return {CriterionId(row.criterion_id): int(row.number) for row in rows}


def load_live(
    session: WorkspaceSession, connection_id: ConnectionId, *, after: PlanId | None, limit: int
) -> list[PlanId]:
    """Ids of plans that are not archived, by id; nobody else changes them until the end of the transaction."""
    wanted = select(plan.c.id).where(plan.c.connection_id == connection_id, plan.c.archived_at.is_(None))
    if after is not None:
        wanted = wanted.where(plan.c.id > after)
    rows = session.rows(wanted.order_by(plan.c.id).limit(limit).with_for_update())
    return [PlanId(row.id) for row in rows]


def _read_criteria(session: WorkspaceSession, row: Row[Any]) -> CriteriaSettings:
    known = tuple(load_criteria(session, ConnectionId(row.connection_id)))
    return CriteriaSettings(known, row.version, row.changed_at, row.changed_by)


def _read_weights(_session: WorkspaceSession, row: Row[Any]) -> Weights:
    by = MemberId(row.changed_by) if row.changed_by else None
    return Weights(row.version, {factor: getattr(row, str(factor)) for factor in Factor}, row.changed_at, by)


def weights_json(weights: Weights) -> dict[str, int]:
    return {str(factor): weights.of[factor] for factor in Factor}


# the criteria themselves are rows of their own, written by whoever changes the list
CRITERIA: Final = SettingsStore(
    kind="settings.criteria",
    table=criteria_settings,
    default=CriteriaSettings(),
    read=_read_criteria,
    columns=lambda _session, _connection_id, _new: {},
    values_of=lambda settings: values_of(settings.criteria),
)
WEIGHTS: Final = SettingsStore(
    kind="settings.score",
    table=score_weights,
    default=DEFAULT_WEIGHTS,
    read=_read_weights,
    columns=lambda _session, _connection_id, new: weights_json(new),
    values_of=lambda weights: {"weights": weights_json(weights)},
    keeps_versions=True,
)
