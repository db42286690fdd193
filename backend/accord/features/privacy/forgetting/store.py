"""Finds copies in every table there is, by what the tables declare, and deletes them.

A table that is added later is looked through like all others: its texts, and what it keeps sealed under its row's id.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, LargeBinary, Row, String, Table, delete, or_, select, update

from accord.core.ids import ConnectionId, MemberId
from accord.delivery.lanes import load_heads, lock_heads
from accord.delivery.model import State
from accord.delivery.outbox import Outbox
from accord.delivery.store import attempt, outbox
from accord.features.privacy.forgetting.model import Wanted
from accord.features.privacy.forgetting.people.store import empty_people, find_awaiting, find_folds, load_people
from accord.features.privacy.forgetting.playbooks.store import empty_playbooks, find_lines, find_playbooks
from accord.features.privacy.forgetting.rules import is_named, is_same_person, text_of
from accord.infra.db import SealBrokenError, WorkspaceSession, metadata
from accord.workspace.members.model import MemberStatus, Person
from accord.workspace.members.store import member, set_person, set_status
from accord.workspace.plans.tables import plan_member

_KEYS: Final = frozenset({"workspace_id", "id", "connection_id"})
# what is the customer's own and not a copy from the org: the id in it is taken away, and what came along
_EMPTIED: Final[Mapping[str, tuple[str, ...]]] = {
    "plan": ("opportunity_id", "deal_stage", "deal_stage_name"),
    "plan_member": ("contact_id",),
    "trust_event": ("by_user",),
    "auto_create_page": ("after_deal",),  # it begins anew
}
# the customer's own words, settings and logins, and what is handled by itself
_KEPT: Final = frozenset(
    {
        *("plan", "plan_stage", "plan_step", "plan_stakeholder", "plan_resource", "plan_comment", "plan_member"),
        *("plan_criterion", "plan_request", "criterion", "score_weights", "member", "trust_event"),
        *("connection", "credential", "org_certificate", "api_client", "connect_link"),
        *("outbox", "attempt", "claim", "playbook"),
    }
)
# copies of what a plan's deal had, by the plan's id
_OF_A_PLAN: Final = ("field_sync_copy",)
# what people send us in words, in which a name may stand
_IN_WORDS: Final = frozenset({"flow_call", "member", "plan_member", "playbook"})
_OF_A_MEMBER: Final = (
    *("canvas_session", "login_attempt", "login_offer", "panel_draft", "panel_try", "personal_login", "task_fold"),
    *("plan_follower", "awaited_contact"),
)
NAMELESS: Final = Person("Forgotten member", "", "")


@dataclass(frozen=True, slots=True)
class Copies:
    """What is to be forgotten, by table: ids of rows that go, and of rows of the customer's own that are emptied."""

    gone: Mapping[str, AbstractSet[str]]
    emptied: Mapping[str, AbstractSet[str]]

    @property
    def counts(self) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for rows in (self.gone, self.emptied):
            counts.update({name: len(ids) for name, ids in rows.items() if ids})
        return dict(counts)


def lock_plans(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted) -> None:
    """Nobody else changes the plans that are about it before the end of the transaction. They come before their writes,
    as with everybody who changes a plan: two who take them the other way round would wait for each other.
    """
    plan = metadata.tables["plan"]
    of_record = _ids(session, plan, plan.c.connection_id == connection_id, plan.c.opportunity_id.in_(wanted.ids))
    of_person = {one.plan_id for one in wanted.people}
    in_order = select(plan.c.id).order_by(plan.c.id).with_for_update()
    for _ in _by_ids(session, in_order, plan.c.id, of_record | of_person):
        pass  # they are locked by being read


def is_being_written(session: WorkspaceSession, connection_id: ConnectionId, copies: Copies, *, lock: bool) -> bool:
    """Whether one of the writes that would go is under way: its row must not go before the answer is there. With `lock`
    none of them is begun before the end of the transaction.
    """
    writes = _by_ids(session, select(outbox.c.lane), outbox.c.id, copies.gone["outbox"])
    heads = (lock_heads if lock else load_heads)(session, connection_id, sorted({row.lane for row in writes}))
    return any(head.state == State.IN_FLIGHT for head in heads.values())


def find(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted, box: Outbox) -> Copies:
    """Every copy that there is now; nothing is written."""
    gone: dict[str, set[str]] = defaultdict(set, outbox=_writes_of(session, connection_id, wanted, box))
    emptied: dict[str, set[str]] = defaultdict(set)
    plan = metadata.tables["plan"]
    plans = {row.id for row in session.rows(select(plan.c.id).where(plan.c.opportunity_id.in_(wanted.ids)))}
    for name in _OF_A_PLAN:
        copies = metadata.tables[name].c.id
        gone[name] = {row.id for row in _by_ids(session, select(copies), copies, plans)}
    gone["task_fold"] = find_folds(session, connection_id, wanted.people)
    gone["awaited_contact"] = find_awaiting(session, connection_id, wanted.people)
    for one in wanted.people:
        emptied[one.table].add(one.id)
    for table in metadata.sorted_tables:
        if table.name in _EMPTIED:
            about = table.c[_EMPTIED[table.name][0]].in_(wanted.ids)
            emptied[table.name] |= _ids(session, table, about)
        elif _is_searched(table) and table.name not in _KEPT:
            gone[table.name] |= {row.id for row in _rows_that_name(session, connection_id, table, wanted)}
    gone["audit_line"] |= find_lines(session, connection_id, wanted)
    emptied["playbook"] = find_playbooks(session, connection_id, wanted)
    gone.pop("record_intent", None)  # goes with its write, and is nothing besides
    if wanted.member_id is not None:
        _find_of_member(session, connection_id, wanted.member_id, gone, emptied)
    return Copies(gone, emptied)


def _find_of_member(
    session: WorkspaceSession,
    connection_id: ConnectionId,
    member_id: MemberId,
    gone: dict[str, set[str]],
    emptied: dict[str, set[str]],
) -> None:
    for name in _OF_A_MEMBER:
        table = metadata.tables[name]
        mine = table.c.member_id == member_id
        if name == "task_fold":  # those of the integration owner name whoever did it; a repeat begins a new one
            mine = or_(mine, table.c.member_id.is_(None))
        gone[name] |= _ids(session, table, table.c.connection_id == connection_id, mine)
    credential = metadata.tables["credential"]
    own = (credential.c.connection_id == connection_id, credential.c.owner == member_id)
    gone["credential"] |= _ids(session, credential, *own)
    emptied["plan_member"] |= _ids(session, plan_member, plan_member.c.member_id == member_id)
    emptied["member"].add(member_id)


def forget(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted, copies: Copies) -> None:
    """Deletes and empties what was found, in the transaction in which it was found."""
    writes = copies.gone["outbox"] | _intents_of(session, connection_id, wanted)
    _delete(session, attempt, writes, by="outbox_id")
    _delete(session, metadata.tables["record_intent"], writes)
    # which deals were read in the last half hour: without it they are read once more
    position = metadata.tables["two_way_position"]
    session.execute(update(position).where(position.c.connection_id == connection_id).values(seen={}))
    empty_people(session, wanted.people)
    empty_playbooks(session, copies.emptied["playbook"], wanted)
    for table in reversed(metadata.sorted_tables):
        if table.name in _EMPTIED:
            _empty(session, table, wanted)
        _delete(session, table, copies.gone.get(table.name, frozenset()))
    if wanted.member_id is not None:
        _empty_member(session, wanted.member_id)


def count_left(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted, box: Outbox) -> int:
    """How many rows of any table still name it, in the clear or under a seal."""
    named = sum(
        1
        for table in metadata.sorted_tables
        if _is_searched(table)
        for _ in _rows_that_name(session, connection_id, table, wanted)
    )
    people = (
        [one for one in load_people(session, connection_id) if is_same_person(one, wanted)] if wanted.people else []
    )
    return named + len(people) + len(_holding(session, connection_id, wanted, box))


def _is_searched(table: Table) -> bool:
    return bool(table.info.get("tenant")) and "connection_id" in table.c


def _writes_of(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted, box: Outbox) -> set[str]:
    ids = _intents_of(session, connection_id, wanted) | _holding(session, connection_id, wanted, box)
    mine = outbox.c.connection_id == connection_id
    if wanted.member_id is not None:
        ids |= _ids(session, outbox, mine, outbox.c.login_key == wanted.member_id)
    lanes = {row.lane for row in _by_ids(session, select(outbox.c.lane).where(mine), outbox.c.id, ids)}
    # the whole of a lane: what follows would wait for ever for what is gone
    return {row.id for row in _by_ids(session, select(outbox.c.id).where(mine), outbox.c.lane, lanes)}


def _intents_of(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted) -> set[str]:
    links = metadata.tables["record_intent"].c
    linked = select(links.id).where(links.connection_id == connection_id, links.record_id.in_(wanted.ids))
    written = select(outbox.c.id).where(outbox.c.connection_id == connection_id, outbox.c.record_id.in_(wanted.ids))
    return {row.id for row in (*session.rows(linked), *session.rows(written))}


def _holding(session: WorkspaceSession, connection_id: ConnectionId, wanted: Wanted, box: Outbox) -> set[str]:
    """Writes that hold values which name it: what is not written yet, and what the list of writes tells."""
    sealed = select(outbox.c.id, outbox.c.connection_id, outbox.c.payload)
    holding = sealed.where(outbox.c.connection_id == connection_id, outbox.c.payload.is_not(None))
    found = set()
    for row in session.rows(holding):
        if is_named(text_of(box.values(session, row)), wanted.ids, wanted.names):
            found.add(str(row.id))
    return found


def _rows_that_name(
    session: WorkspaceSession, connection_id: ConnectionId, table: Table, wanted: Wanted
) -> Iterator[Row[Any]]:
    mine = select(table).where(table.c.connection_id == connection_id)
    texts = [column for column in table.columns if isinstance(column.type, String) and column.name not in _KEYS]
    matches = [column.contains(needle, autoescape=True) for column in texts for needle in wanted.ids]
    seen = set()
    for row in session.rows(mine.where(or_(*matches))) if matches else ():
        # LIKE of SQLite is blind to case, and ids of Salesforce are not
        if any(is_named(str(getattr(row, column.name)), wanted.ids) for column in texts):
            seen.add(row.id)
            yield row
    sealed = [column for column in table.columns if isinstance(column.type, LargeBinary)]
    if not sealed or (table.name in _KEPT and table.name not in _IN_WORDS):
        return
    names = wanted.names if table.name in _IN_WORDS else frozenset[str]()
    for row in session.rows(mine):
        if row.id not in seen and any(
            is_named(_opened(session, table, row, column), wanted.ids, names) for column in sealed
        ):
            yield row


def _opened(session: WorkspaceSession, table: Table, row: Row[Any], column: Column[Any]) -> str:
    """The text under a seal that is bound to the row's id; empty for another one's."""
    sealed = getattr(row, column.name)
    if sealed is None:
        return ""
    try:
        return text_of(session.open(table, row.id, sealed))
    except SealBrokenError:
        return ""


def _empty(session: WorkspaceSession, table: Table, wanted: Wanted) -> None:
    emptied = _EMPTIED[table.name]
    session.execute(update(table).where(table.c[emptied[0]].in_(wanted.ids)).values(dict.fromkeys(emptied)))


def _empty_member(session: WorkspaceSession, member_id: MemberId) -> None:
    invited = session.rows(select(plan_member.c.id).where(plan_member.c.member_id == member_id))
    nameless = {"name": NAMELESS.name, "email": NAMELESS.email}
    for row in invited:
        emptied = {"person": session.seal(plan_member, row.id, nameless)}
        session.execute(update(plan_member).where(plan_member.c.id == row.id).values(emptied))
    set_person(session, member_id, NAMELESS)
    set_status(session, member_id, MemberStatus.BLOCKED)
    # his row stays, so that what he did keeps its place; his Salesforce id does not
    nobody = f"x{member_id.replace('-', '')[-17:]}"
    session.execute(update(member).where(member.c.id == member_id).values(salesforce_user_id=nobody))


def _ids(session: WorkspaceSession, table: Table, *where: ColumnElement[bool]) -> set[str]:
    return {row.id for row in session.rows(select(table.c.id).where(*where))}


def _delete(session: WorkspaceSession, table: Table, ids: AbstractSet[str], *, by: str = "id") -> None:
    listed = sorted(ids)
    for start in range(0, len(listed), 500):
        some = delete(table).where(table.c[by].in_(listed[start : start + 500]))
        session.execute(some.execution_options(forgets=True))


def _by_ids(
    session: WorkspaceSession, wanted: Any, column: Column[Any], values: AbstractSet[str]
) -> Iterator[Row[Any]]:
    listed = sorted(values)
    for start in range(0, len(listed), 500):
        yield from session.rows(wanted.where(column.in_(listed[start : start + 500])))
