"""How far an org's leaving is, and its copies in every table there is, by what the tables declare.

A table that is added later is emptied like all others, unless it is named here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)

from accord.core.ids import ConnectionId, MemberId, OrgId, WorkspaceId, new_id
from accord.delivery.store import STOPPED
from accord.features.uninstall.model import Kept, LoginEnd, Receipt
from accord.infra.db import SystemSession, UtcDateTime, WorkspaceSession, metadata, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.infra.db.types import Json
from accord.workspace.members.model import Person
from accord.workspace.members.store import set_person

BATCH: Final = 500  # rows of one transaction: others write meanwhile

uninstall = tenant_table(
    "uninstall",
    *belongs_to_connection(),
    Column("started_at", UtcDateTime, nullable=False),
    Column("by_member", String(36)),
    Column("deletes_plans", Boolean(create_constraint=False), nullable=False),
    Column("unwritten", Integer, nullable=False),
    Column("logins", Json, nullable=False),
    Column("deleted", Json, nullable=False),
    Column("copies_left", Integer, nullable=False),
    Column("finished_at", UtcDateTime),
    UniqueConstraint("workspace_id", "connection_id"),
    system_columns=frozenset({"connection_id", "finished_at"}),
)

# what says who left and how, and what a token of the org is told afterwards
_RECORD: Final = frozenset({"connection", "uninstall", "trust_event", "org_certificate"})
PLAN_TABLES: Final = frozenset(
    {
        *("plan", "plan_stage", "plan_step", "plan_stakeholder", "plan_resource", "plan_comment", "plan_member"),
        *("plan_criterion", "criterion", "score_weights", "playbook"),
    }
)
# what lies on a row of another table, and by which column
_PARENTS: Final = {"plan_id": "plan", "outbox_id": "outbox"}
# columns of plans that may name a member of ours
_NAMING: Final = {
    "plan": ("created_by", "point_person"),
    "plan_step": ("owner", "completed_by"),
    "plan_member": ("member_id",),
    "plan_resource": ("added_by",),
    "plan_comment": ("author",),
    "playbook": ("saved_by",),
}


def begin(session: WorkspaceSession, connection_id: ConnectionId, new: Receipt) -> bool:
    """Notes that an org leaves. False when that was noted before."""
    values = {
        "id": new_id(new.started_at),
        "connection_id": connection_id,
        "started_at": new.started_at,
        "by_member": new.by_member,
        "deletes_plans": new.plans_deleted,
        "unwritten": new.unwritten,
        "logins": [],
        "deleted": {},
        "copies_left": 0,
    }
    return session.insert_once(uninstall, values)


def find(session: WorkspaceSession, connection_id: ConnectionId, *, lock: bool = False) -> Receipt | None:
    """`lock`: nobody else goes on with it before this transaction is over."""
    found = select(uninstall).where(uninstall.c.connection_id == connection_id)
    row = session.first(found.with_for_update() if lock else found)
    return None if row is None else _receipt(row)


def note_login(session: WorkspaceSession, connection_id: ConnectionId, end: LoginEnd) -> None:
    known = find(session, connection_id, lock=True)
    assert known is not None, "it was begun"
    ends = [*known.logins, end]
    _set(session, connection_id, logins=[{"whose": one.whose, "confirmed": one.confirmed} for one in ends])


def finish(session: WorkspaceSession, connection_id: ConnectionId, *, left: int, now: datetime) -> None:
    _set(session, connection_id, finished_at=now, copies_left=left)


def load_unfinished(session: SystemSession) -> list[tuple[WorkspaceId, ConnectionId]]:
    found = select(uninstall.c.workspace_id, uninstall.c.connection_id).where(uninstall.c.finished_at.is_(None))
    return [(WorkspaceId(row.workspace_id), ConnectionId(row.connection_id)) for row in session.rows(found)]


def load_workspaces(session: SystemSession) -> list[WorkspaceId]:
    """Those of orgs that left or are leaving."""
    return [WorkspaceId(row.workspace_id) for row in session.rows(select(uninstall.c.workspace_id).distinct())]


def load_receipts(session: WorkspaceSession) -> list[Kept]:
    connection = metadata.tables["connection"]
    same = and_(connection.c.workspace_id == uninstall.c.workspace_id, connection.c.id == uninstall.c.connection_id)
    rows = session.rows(select(uninstall, connection.c.org_id, connection.c.label).join(connection, same))
    return [Kept(OrgId(row.org_id), row.label, _receipt(row)) for row in rows]


def count_backfills(session: WorkspaceSession, connection_id: ConnectionId) -> int:
    """Back-fills, and undoings of them, that are not over."""
    run = metadata.tables["field_sync_run"].c
    open_ones = select(func.count()).where(run.connection_id == connection_id, run.ended_at.is_(None))
    return int(session.rows(open_ones)[0][0])


def count_copies(session: WorkspaceSession, connection_id: ConnectionId, *, plans_too: bool) -> Mapping[str, int]:
    """How many rows of which table would go, those with any."""
    counts = {
        table.name: int(session.rows(_mine(table, connection_id, func.count()))[0][0])
        for table in _tables(plans_too=plans_too)
    }
    return {name: number for name, number in counts.items() if number}


def delete_some(session: WorkspaceSession, connection_id: ConnectionId, *, plans_too: bool) -> bool:
    """Deletes up to BATCH copies and counts them in the same transaction. False when there are none left."""
    known = find(session, connection_id, lock=True)
    assert known is not None, "it was begun"
    for table in _tables(plans_too=plans_too):
        ids = [row.id for row in session.rows(_mine(table, connection_id, table.c.id).limit(BATCH))]
        if ids:
            gone = delete(table).where(table.c.id.in_(ids)).execution_options(forgets=True)
            _count(session, connection_id, known, {table.name: session.execute(gone).rowcount})
            return True
    return False


def empty_kept(session: WorkspaceSession, connection_id: ConnectionId, *, plans_too: bool) -> None:
    """Takes out of what stays whatever came from the org: ids, who signed in, and contacts who were never invited.
    Members stay as far as a plan names them, by their names alone.
    """
    known = find(session, connection_id, lock=True)
    assert known is not None, "it was begun"
    counts = {} if plans_too else _empty_plans(session, connection_id)
    events, gates = metadata.tables["trust_event"], metadata.tables["delivery_gate"]
    mine = (events.c.connection_id == connection_id, events.c.by_user.is_not(None))
    session.execute(update(events).where(*mine).values(by_user=None))
    session.execute(delete(gates).where(gates.c.connection_id == connection_id, gates.c.login_key != STOPPED))
    connection = metadata.tables["connection"]
    bare = {"integration_username": "", "found_org_id": None}
    session.execute(update(connection).where(connection.c.id == connection_id).values(bare))
    _count(session, connection_id, known, counts)


def _empty_plans(session: WorkspaceSession, connection_id: ConnectionId) -> dict[str, int]:
    plan, taking_part = metadata.tables["plan"], metadata.tables["plan_member"]
    with_deal = (plan.c.connection_id == connection_id, plan.c.opportunity_id.is_not(None))
    emptied = update(plan).where(*with_deal).values(opportunity_id=None, deal_stage=None, deal_stage_name=None)
    counts = {"plan": session.execute(emptied).rowcount, "plan_member": 0}
    from_the_org = or_(taking_part.c.contact_id.is_not(None), taking_part.c.member_id.is_not(None))
    for one in session.rows(_mine(taking_part, connection_id, taking_part).where(from_the_org)):
        row = taking_part.c.id == one.id
        if one.member_id is None and one.invited_at is None and one.accepted_at is None:
            session.execute(delete(taking_part).where(row))
        else:
            person = session.open(taking_part, one.id, one.person)
            if one.member_id is not None:  # one of our own people: his address is his user's
                person = {**person, "email": ""}
            values = {"contact_id": None, "person": session.seal(taking_part, one.id, person)}
            session.execute(update(taking_part).where(row).values(values))
        counts["plan_member"] += 1
    return {**counts, "member": _empty_members(session, connection_id)}


def _empty_members(session: WorkspaceSession, connection_id: ConnectionId) -> int:
    member = metadata.tables["member"]
    named = _named_members(session, connection_id)
    everybody = session.rows(select(member).where(member.c.connection_id == connection_id))
    for row in everybody:
        if row.id not in named:
            session.execute(delete(member).where(member.c.id == row.id))
            continue
        name = session.open(member, row.id, row.person)["name"]
        set_person(session, MemberId(row.id), Person(name, "", ""))
        nobody = f"x{row.id.replace('-', '')[-17:]}"  # unique, and no id of Salesforce
        session.execute(update(member).where(member.c.id == row.id).values(salesforce_user_id=nobody))
    return len(everybody)


def _named_members(session: WorkspaceSession, connection_id: ConnectionId) -> set[str]:
    found: set[str] = set()
    for name, columns in _NAMING.items():
        table = metadata.tables[name]
        rows = session.rows(_mine(table, connection_id, *(table.c[column] for column in columns)))
        found.update(value for row in rows for value in row if value is not None)
    return found


def _tables(*, plans_too: bool) -> Iterator[Table]:
    """Tables whose rows of a connection are deleted, those before that others lie on. The stop brake stays on."""
    kept = _RECORD | {"delivery_gate"} | (frozenset() if plans_too else PLAN_TABLES | {"member"})
    for table in reversed(metadata.sorted_tables):
        if table.info.get("tenant") and table.name not in kept and way_of(table) is not None:
            yield table


def way_of(table: Table) -> str | None:
    """The column by which a row of the table belongs to a connection; None: it belongs to none."""
    return next((name for name in ("connection_id", *_PARENTS) if name in table.c), None)


def _mine(table: Table, connection_id: ConnectionId, *what: Any) -> Select[Any]:
    way = way_of(table)
    if way == "connection_id":
        return select(*what).select_from(table).where(table.c.connection_id == connection_id)
    assert way is not None
    parent = metadata.tables[_PARENTS[way]]
    lies_on = and_(parent.c.workspace_id == table.c.workspace_id, parent.c.id == table.c[way])
    return select(*what).select_from(table).join(parent, lies_on).where(parent.c.connection_id == connection_id)


def _count(session: WorkspaceSession, connection_id: ConnectionId, known: Receipt, more: Mapping[str, int]) -> None:
    names = {*known.deleted, *more}
    sums = {name: known.deleted.get(name, 0) + more.get(name, 0) for name in sorted(names)}
    _set(session, connection_id, deleted={name: number for name, number in sums.items() if number})


def _set(session: WorkspaceSession, connection_id: ConnectionId, **values: Any) -> None:
    session.execute(update(uninstall).where(uninstall.c.connection_id == connection_id).values(values))


def _receipt(row: Row[Any]) -> Receipt:
    return Receipt(
        started_at=row.started_at,
        by_member=MemberId(row.by_member) if row.by_member else None,
        plans_deleted=row.deletes_plans,
        unwritten=row.unwritten,
        finished_at=row.finished_at,
        logins=_ends(row.logins),
        deleted=row.deleted,
        left=row.copies_left,
    )


def _ends(kept: Sequence[Mapping[str, Any]]) -> list[LoginEnd]:
    return [LoginEnd(one["whose"], one["confirmed"]) for one in kept]
