"""Where linked values are kept: the settings of a connection, and one row for each value of a plan.

Locks are taken in one order: the plan, the lanes of the outbox, then these rows by plan and value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Row,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    update,
)

from accord.core.ids import ConnectionId, PlanId, RecordId, new_id
from accord.features.two_way import texts
from accord.features.two_way.model import Key, Linked, LinkSettings, Reason, Settings, Standing, ValueState
from accord.infra.db import Json, UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.mapping.merge import Policy
from accord.workspace.settings.store import SettingsStore, settings_table

two_way_settings = settings_table(
    "two_way_settings",
    Column("links", Json, nullable=False),
    Column("org_currency", String(3)),
)
two_way_value = tenant_table(
    "two_way_value",
    *belongs_to_connection(),
    Column("plan_id", String(36), nullable=False),
    Column("linked", String(20), nullable=False),
    Column("opportunity_id", String(18), nullable=False),
    Column("standing", String(20), nullable=False),
    Column("reason", String(40)),
    Column("since", UtcDateTime),  # when its conflict began, or when it was frozen
    Column("is_due", Boolean(create_constraint=False), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.id"]),
    UniqueConstraint("workspace_id", "plan_id", "linked"),
    Index("ix_two_way_value_deal", "workspace_id", "connection_id", "opportunity_id"),
    Index("ix_two_way_value_due", "workspace_id", "connection_id", "is_due"),
)

_value = two_way_value.c


@dataclass(frozen=True, slots=True)
class Stored:
    """`version` grows with every change but that of `is_due`."""

    id: str
    state: ValueState
    version: int


def _read_settings(_session: WorkspaceSession, row: Row[Any]) -> Settings:
    return Settings(
        links={linked: link_of(row.links[linked.value]) for linked in Linked},
        org_currency=row.org_currency,
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


def links_json(settings: Settings) -> dict[str, Any]:
    return {
        linked.value: {
            "enabled": one.enabled,
            "policy": one.policy.value,
            "ask_days": one.ask_days,
            "ask_default": one.ask_default.value,
        }
        for linked, one in settings.links.items()
    }


def values_of(settings: Settings) -> dict[str, Any]:
    """The settings as a JSON value with which they can be set again."""
    return {**links_json(settings), "org_currency": settings.org_currency}


def link_of(stored: Mapping[str, Any]) -> LinkSettings:
    return LinkSettings(stored["enabled"], Policy(stored["policy"]), stored["ask_days"], Policy(stored["ask_default"]))


SETTINGS: Final = SettingsStore(
    kind="settings.two_way",
    table=two_way_settings,
    default=Settings(),
    read=_read_settings,
    columns=lambda _session, _connection_id, new: {"links": links_json(new), "org_currency": new.org_currency},
    values_of=values_of,
)
load_settings = SETTINGS.load


def ensure(
    session: WorkspaceSession, connection_id: ConnectionId, deals: Mapping[PlanId, RecordId], *, now: datetime
) -> None:
    """Every value of these plans has a row; a new one is due."""
    rows = []
    for plan_id, deal in deals.items():
        for linked in Linked:
            row_id = new_id(now)
            state = ValueState(deal)
            rows.append(
                {
                    "id": row_id,
                    "connection_id": connection_id,
                    "plan_id": plan_id,
                    "linked": linked.value,
                    "version": 1,
                    **_columns(session, row_id, state),
                }
            )
    session.insert_new(two_way_value, rows)


def load(session: WorkspaceSession, plan_ids: Iterable[PlanId], *, lock: bool = False) -> dict[Key, Stored]:
    """Of those of the plans that have any; at most some hundred plans."""
    wanted = select(two_way_value).where(_value.plan_id.in_(list(plan_ids)))
    return _read_values(session, wanted, lock=lock)


def load_of_deals(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    deals: Iterable[RecordId],
    linked: Linked | None = None,
    *,
    lock: bool = False,
) -> dict[Key, Stored]:
    """Of the plans of these deals."""
    wanted = select(two_way_value).where(_value.connection_id == connection_id, _value.opportunity_id.in_(list(deals)))
    if linked is not None:
        wanted = wanted.where(_value.linked == linked.value)
    return _read_values(session, wanted, lock=lock)


def _read_values(session: WorkspaceSession, wanted: Select[Any], *, lock: bool) -> dict[Key, Stored]:
    wanted = wanted.order_by(_value.plan_id, _value.linked)
    rows = session.rows(wanted.with_for_update() if lock else wanted)
    return {Key(PlanId(row.plan_id), Linked(row.linked)): _stored(session, row) for row in rows}


def _stored(session: WorkspaceSession, row: Row[Any]) -> Stored:
    opened = session.open(two_way_value, row.id, row.sealed)
    state = texts.decode(opened, opportunity_id=row.opportunity_id, reason=row.reason, is_due=row.is_due)
    return Stored(row.id, state, row.version)


def find_deals(
    session: WorkspaceSession, connection_id: ConnectionId, deals: Sequence[RecordId]
) -> dict[PlanId, RecordId]:
    """Those of the plans whose deals these are; any number of deals."""
    found: dict[PlanId, RecordId] = {}
    for start in range(0, len(deals), 500):
        chunk = deals[start : start + 500]
        wanted = select(_value.plan_id, _value.opportunity_id).where(
            _value.connection_id == connection_id, _value.opportunity_id.in_(chunk)
        )
        found |= {PlanId(row.plan_id): RecordId(row.opportunity_id) for row in session.rows(wanted)}
    return found


def load_due(session: WorkspaceSession, connection_id: ConnectionId, *, limit: int) -> dict[PlanId, RecordId]:
    """Plans of which Salesforce's side has to be read."""
    wanted = select(_value.plan_id, _value.opportunity_id).where(
        _value.connection_id == connection_id, _value.is_due.is_(True)
    )
    rows = session.rows(wanted.order_by(_value.plan_id).limit(limit))
    return {PlanId(row.plan_id): RecordId(row.opportunity_id) for row in rows}


_SAVE = (
    update(two_way_value)
    .where(_value.id == bindparam("row_id"))
    .values(
        opportunity_id=bindparam("of_deal"),
        standing=bindparam("stands"),
        reason=bindparam("why"),
        since=bindparam("began"),
        is_due=bindparam("due"),
        version=bindparam("grown"),
        sealed=bindparam("closed"),
    )
)


def save(session: WorkspaceSession, changed: Sequence[Stored]) -> None:
    """Stores what is given as the next version of each row. The rows are locked by the caller."""
    rows = []
    for one in changed:
        columns = _columns(session, one.id, one.state)
        rows.append(
            {
                "row_id": one.id,
                "of_deal": columns["opportunity_id"],
                "stands": columns["standing"],
                "why": columns["reason"],
                "began": columns["since"],
                "due": columns["is_due"],
                "grown": one.version + 1,
                "closed": columns["sealed"],
            }
        )
    session.execute_many(_SAVE, rows)


def _columns(session: WorkspaceSession, row_id: str, state: ValueState) -> dict[str, Any]:
    return {
        "opportunity_id": state.opportunity_id,
        "standing": state.standing.value,
        "reason": state.reason.value if state.reason else None,
        "since": state.frozen_at or (state.conflict.since if state.conflict else None),
        "is_due": state.is_due,
        "sealed": session.seal(two_way_value, row_id, texts.encode(state)),
    }


def mark_asked_long(session: WorkspaceSession, connection_id: ConnectionId, linked: Linked, *, before: datetime) -> int:
    """Conflicts that nobody has decided since then are due: the set default decides them (D28)."""
    waiting = update(two_way_value).where(
        _value.connection_id == connection_id,
        _value.linked == linked.value,
        _value.standing == Standing.CONFLICT.value,
        _value.since <= before,
        _value.is_due.is_(False),
    )
    return session.execute(waiting.values(is_due=True)).rowcount


def mark_due(
    session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Iterable[PlanId], linked: Iterable[Linked]
) -> None:
    """Salesforce's side of these values has to be read."""
    names = [one.value for one in linked]
    mine = (_value.connection_id == connection_id, _value.plan_id.in_(list(plan_ids)), _value.linked.in_(names))
    session.execute(update(two_way_value).where(*mine).values(is_due=True))


def mark_waiting(session: WorkspaceSession, connection_id: ConnectionId, reason: Reason) -> None:
    """What stays apart for a reason that is over is due."""
    waiting = update(two_way_value).where(_value.connection_id == connection_id, _value.reason == reason.value)
    session.execute(waiting.values(is_due=True))


def forget_plan(session: WorkspaceSession, plan_id: PlanId) -> None:
    """The plan has no deal any more: nothing of it is linked."""
    session.execute(delete(two_way_value).where(_value.plan_id == plan_id))


def count_standings(session: WorkspaceSession, connection_id: ConnectionId) -> dict[tuple[Linked, Standing], int]:
    wanted = select(_value.linked, _value.standing, func.count().label("number")).where(
        _value.connection_id == connection_id
    )
    rows = session.rows(wanted.group_by(_value.linked, _value.standing))
    return {(Linked(row.linked), Standing(row.standing)): int(row.number) for row in rows}


def load_problems(
    session: WorkspaceSession, connection_id: ConnectionId, *, after: str | None, limit: int
) -> list[tuple[Key, Stored]]:
    """What needs somebody: conflicts, frozen values and those that stay apart, by id of their rows."""
    needy = [one.value for one in (Standing.CONFLICT, Standing.FROZEN, Standing.APART)]
    wanted = select(two_way_value).where(_value.connection_id == connection_id, _value.standing.in_(needy))
    if after is not None:
        wanted = wanted.where(_value.id > after)
    rows = session.rows(wanted.order_by(_value.id).limit(limit))
    return [(Key(PlanId(row.plan_id), Linked(row.linked)), _stored(session, row)) for row in rows]
