"""Where the rules of a connection are kept, and what became of the deals that they met: one row a deal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    LargeBinary,
    Row,
    String,
    UniqueConstraint,
    and_,
    delete,
    func,
    select,
    update,
)

from accord.core.ids import ConnectionId, MemberId, PlaybookId, RecordId, UserId, new_id
from accord.features.auto_create.model import Page, PlaybookRef, Rule, Settings, Standing, Waits
from accord.infra.db import UtcDateTime, WorkspaceSession, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.members.model import MemberStatus
from accord.workspace.members.store import find_by_user, find_member, member
from accord.workspace.plans.playbooks.store import load
from accord.workspace.settings.store import SettingsStore, settings_table

auto_create_settings = settings_table(
    "auto_create_settings",
    Column("is_on", Boolean(create_constraint=False), nullable=False),  # any rule is
    Column("sealed", LargeBinary, nullable=False),  # the rules
)
auto_create_deal = tenant_table(
    "auto_create_deal",
    *belongs_to_connection(),
    Column("opportunity_id", String(18), nullable=False),
    Column("standing", String(20), nullable=False),
    Column("rule_id", String(36)),
    Column("reason", String(40)),
    Column("for_user", String(18)),  # who has to be a member first
    Column("since", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "connection_id", "opportunity_id"),
    Index("ix_auto_create_deal_standing", "workspace_id", "connection_id", "standing", "for_user"),
)
auto_create_page = tenant_table(
    "auto_create_page",
    *belongs_to_connection(),
    Column("rule_id", String(36), nullable=False),
    Column("since", UtcDateTime),
    Column("after_deal", String(18)),
    UniqueConstraint("workspace_id", "connection_id", "rule_id"),
)

_deal = auto_create_deal.c
_page = auto_create_page.c


def _read_settings(session: WorkspaceSession, row: Row[Any]) -> Settings:
    rules = session.open(auto_create_settings, row.connection_id, row.sealed)["rules"]
    by = MemberId(row.changed_by) if row.changed_by else None
    named = any(one.get("playbook") for one in rules)
    titles = {one.id: one.title for one in load(session, row.connection_id)} if named else {}
    return Settings(tuple(_rule(session, one, titles) for one in rules), row.version, row.changed_at, by)


def _columns(session: WorkspaceSession, connection_id: ConnectionId, new: Settings) -> dict[str, Any]:
    rules = [_stored(session, connection_id, one) for one in new.rules]
    return {
        "is_on": bool(new.enabled),
        "sealed": session.seal(auto_create_settings, connection_id, {"rules": rules}),
    }


def _stored(session: WorkspaceSession, connection_id: ConnectionId, rule: Rule) -> dict[str, Any]:
    """A point person is kept as the member that he is: one who is forgotten is named nowhere."""
    person = find_by_user(session, connection_id, rule.point_person) if rule.point_person is not None else None
    return {
        **asdict(rule),
        **amounts_json(rule),
        "point_person": person.id if person else None if rule.point_person is None else "",
        "since": rule.since.isoformat() if rule.since else None,
        "playbook": rule.playbook.id if rule.playbook else None,
    }


def _rule(session: WorkspaceSession, stored: Mapping[str, Any], titles: Mapping[PlaybookId, str]) -> Rule:
    """Rules of before there were playbooks name none."""
    playbook = stored.get("playbook")
    since, person_id = stored["since"], stored["point_person"]
    person = find_member(session, MemberId(person_id)) if person_id else None
    lowest, highest = (None if one is None else Decimal(one) for one in (stored["amount_from"], stored["amount_to"]))
    typed = {
        "since": datetime.fromisoformat(since) if since else None,
        "amount_from": lowest,
        "amount_to": highest,
        "stages": tuple(stored["stages"]),
        "types": tuple(stored["types"]),
        "point_person": person.salesforce_user_id if person else None if person_id is None else UserId(""),
        "playbook": PlaybookRef(playbook, titles.get(playbook, "")) if playbook else None,
    }
    return Rule(**{**stored, **typed})


def amounts_json(rule: Rule) -> dict[str, str | None]:
    """The bounds as decimal text."""
    bounds = {"amount_from": rule.amount_from, "amount_to": rule.amount_to}
    return {name: None if one is None else format(one, "f") for name, one in bounds.items()}


def rule_values(rule: Rule) -> dict[str, Any]:
    """A rule as a JSON value with which it can be set again. Its id is of this org alone."""
    return {
        "name": rule.name,
        "enabled": rule.enabled,
        "stages": list(rule.stages),
        "types": list(rule.types),
        **amounts_json(rule),
        "currency": rule.currency,
        "point_person": rule.point_person,
        "playbook": rule.playbook.title if rule.playbook else None,
        "template_id": rule.template,
        "title": rule.title,
        "stage_title": rule.stage_title,
    }


SETTINGS: Final = SettingsStore(
    kind="settings.auto_create",
    table=auto_create_settings,
    default=Settings(),
    read=_read_settings,
    columns=_columns,
    values_of=lambda settings: {"rules": [rule_values(one) for one in settings.rules]},
)
load_settings = SETTINGS.load


def is_on(session: WorkspaceSession, connection_id: ConnectionId) -> bool:
    """Whether any rule is, without reading them."""
    table = auto_create_settings.c
    return (
        session.first(select(table.id).where(table.connection_id == connection_id, table.is_on.is_(True))) is not None
    )


def find_settled(
    session: WorkspaceSession, connection_id: ConnectionId, deals: Sequence[RecordId]
) -> dict[RecordId, Standing]:
    """What is remembered of these deals; any number of them."""
    found: dict[RecordId, Standing] = {}
    for start in range(0, len(deals), 500):
        wanted = select(_deal.opportunity_id, _deal.standing).where(
            _deal.connection_id == connection_id, _deal.opportunity_id.in_(deals[start : start + 500])
        )
        found |= {RecordId(row.opportunity_id): Standing(row.standing) for row in session.rows(wanted)}
    return found


def note_waiting(
    session: WorkspaceSession, connection_id: ConnectionId, deal: RecordId, waits: Waits, *, now: datetime
) -> None:
    """The deal waits from now on, or goes on waiting for this."""
    values = {"rule_id": waits.rule_id, "reason": waits.reason.value, "for_user": waits.for_user}
    row = {"connection_id": connection_id, "opportunity_id": deal, "standing": Standing.WAITING.value, "since": now}
    if not session.insert_once(auto_create_deal, {"id": new_id(now), **row, **values}):
        session.execute(update(auto_create_deal).where(*_is_waiting(connection_id, [deal])).values(values))


def forget_waiting(session: WorkspaceSession, connection_id: ConnectionId, deals: Iterable[RecordId]) -> None:
    """These deals wait for nothing any more; any number of them."""
    listed = list(deals)
    for start in range(0, len(listed), 500):
        page = listed[start : start + 500]
        session.execute(delete(auto_create_deal).where(*_is_waiting(connection_id, page)))


def note_made(
    session: WorkspaceSession, connection_id: ConnectionId, deal: RecordId, rule_id: str, *, now: datetime
) -> bool:
    """A rule made the deal's plan. False when it has got one before: then it gets none."""
    values = {"standing": Standing.MADE.value, "rule_id": rule_id, "reason": None, "for_user": None, "since": now}
    row = {"id": new_id(now), "connection_id": connection_id, "opportunity_id": deal}
    if session.insert_once(auto_create_deal, {**row, **values}):
        return True
    waiting = update(auto_create_deal).where(*_is_waiting(connection_id, [deal]))
    return session.execute(waiting.values(values)).rowcount == 1


def note_had(session: WorkspaceSession, connection_id: ConnectionId, deal: RecordId, *, now: datetime) -> None:
    """A person took the deal's plan away: no rule gives it another one."""
    values = {"standing": Standing.HAD.value, "reason": None, "for_user": None, "since": now}
    row = {"id": new_id(now), "connection_id": connection_id, "opportunity_id": deal, "rule_id": None}
    if not session.insert_once(auto_create_deal, {**row, **values}):
        mine = (_deal.connection_id == connection_id, _deal.opportunity_id == deal)
        session.execute(update(auto_create_deal).where(*mine).values(values))


def load_due(session: WorkspaceSession, connection_id: ConnectionId, *, limit: int) -> list[RecordId]:
    """Deals that wait for somebody who is an active member by now."""
    there = and_(
        member.c.workspace_id == _deal.workspace_id,
        member.c.connection_id == _deal.connection_id,
        member.c.salesforce_user_id == _deal.for_user,
        member.c.status == MemberStatus.ACTIVE.value,
    )
    waiting = (_deal.connection_id == connection_id, _deal.standing == Standing.WAITING.value)
    wanted = select(_deal.opportunity_id).join(member, there).where(*waiting).order_by(_deal.id).limit(limit)
    return [RecordId(row.opportunity_id) for row in session.rows(wanted)]


def load_waiting(
    session: WorkspaceSession, connection_id: ConnectionId, *, after: str | None, limit: int
) -> Sequence[Any]:
    """Rows of deals that wait, by their ids."""
    wanted = select(auto_create_deal).where(
        _deal.connection_id == connection_id, _deal.standing == Standing.WAITING.value
    )
    if after is not None:
        wanted = wanted.where(_deal.id > after)
    return session.rows(wanted.order_by(_deal.id).limit(limit))


def count_standings(session: WorkspaceSession, connection_id: ConnectionId) -> dict[tuple[str, Standing], int]:
    """By rule."""
    wanted = select(_deal.rule_id, _deal.standing, func.count().label("number")).where(
        _deal.connection_id == connection_id, _deal.rule_id.is_not(None)
    )
    rows = session.rows(wanted.group_by(_deal.rule_id, _deal.standing))
    return {(row.rule_id, Standing(row.standing)): int(row.number) for row in rows}


def put_page(session: WorkspaceSession, connection_id: ConnectionId, page: Page, *, now: datetime) -> None:
    """Deals that are there already are looked at, from the first one on; what was being looked for before is in it."""
    mine = (_page.connection_id == connection_id, _page.rule_id == page.rule_id)
    known = session.first(select(_page.since).where(*mine))
    since = page.since
    if known is not None and since is not None:
        since = None if known.since is None else min(known.since, since)
    values = {"since": since, "after_deal": None}
    row = {"id": new_id(now), "connection_id": connection_id, "rule_id": page.rule_id, **values}
    if not session.insert_once(auto_create_page, row):
        session.execute(update(auto_create_page).where(*mine).values(values))


def load_pages(session: WorkspaceSession, connection_id: ConnectionId) -> list[Page]:
    rows = session.rows(select(auto_create_page).where(_page.connection_id == connection_id).order_by(_page.id))
    return [Page(row.rule_id, row.since, RecordId(row.after_deal) if row.after_deal else None) for row in rows]


def keep_page(session: WorkspaceSession, connection_id: ConnectionId, looked_at: Page, after: RecordId | None) -> None:
    """The page was looked at; None: it was the last. One that was begun anew meanwhile stays as it is."""
    mine = [_page.connection_id == connection_id, _page.rule_id == looked_at.rule_id]
    for column, value in ((_page.since, looked_at.since), (_page.after_deal, looked_at.after)):
        mine.append(column.is_(None) if value is None else column == value)
    if after is None:
        session.execute(delete(auto_create_page).where(*mine))
    else:
        session.execute(update(auto_create_page).where(*mine).values(after_deal=after))


def drop_pages(session: WorkspaceSession, connection_id: ConnectionId, rule_ids: Iterable[str]) -> None:
    """These rules are off."""
    gone = delete(auto_create_page).where(_page.connection_id == connection_id, _page.rule_id.in_(list(rule_ids)))
    session.execute(gone)


def _is_waiting(connection_id: ConnectionId, deals: Iterable[RecordId]) -> tuple[Any, ...]:
    return (
        _deal.connection_id == connection_id,
        _deal.opportunity_id.in_(list(deals)),
        _deal.standing == Standing.WAITING.value,
    )
