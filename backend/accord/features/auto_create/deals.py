"""Deals as they are read for rules, with the integration owner's login."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from accord.core.ids import ConnectionId, RecordId, UserId, widen
from accord.features.auto_create.model import (
    AMOUNT,
    CHANGED,
    CURRENCY,
    DEAL,
    OWNER,
    STAGE,
    TYPE,
    Deal,
    People,
    Person,
    Rule,
)
from accord.infra.db import WorkspaceSession
from accord.salesforce.model import SObjectDescribe
from accord.salesforce.soql import Condition, Query, in_, select
from accord.workspace.members.model import MemberStatus
from accord.workspace.members.store import load_everybody

_WANTED: Final = ("Name", STAGE, TYPE, AMOUNT, CURRENCY, OWNER, CHANGED)


def query_deals(describe: SObjectDescribe, *conditions: Condition) -> Query:
    """What rules need to know of deals: a field that this login may not see would fail the whole query."""
    fields = (name for name in _WANTED if name in describe.fields)
    return select("Id", *fields).from_(DEAL).where(*conditions)


def within(rule: Rule) -> tuple[Condition, ...]:
    """The stages and types of a rule. Amounts are compared here, not there: Salesforce would convert currencies."""
    of_stages = in_(STAGE, rule.stages)
    return (of_stages, in_(TYPE, rule.types)) if rule.types else (of_stages,)


def deal_of(row: Mapping[str, Any]) -> Deal:
    """A row as Salesforce gives it."""
    amount, owner = row.get(AMOUNT), row.get(OWNER)
    return Deal(
        id=RecordId(widen(row["Id"])),
        name=row.get("Name") or "",
        stage=row.get(STAGE) or "",
        type=row.get(TYPE),
        amount=None if amount is None else Decimal(str(amount)),
        currency=row.get(CURRENCY),
        owner_id=UserId(widen(owner)) if owner else None,
        changed_at=datetime.fromisoformat(row[CHANGED]),
    )


def deals_of(rows: Iterable[Mapping[str, Any]]) -> list[Deal]:
    return [deal_of(row) for row in rows]


def load_people(session: WorkspaceSession, connection_id: ConnectionId) -> People:
    """Who could be a point person."""
    return {
        one.salesforce_user_id: Person(one.id, one.status is MemberStatus.ACTIVE)
        for one in load_everybody(session, connection_id)
    }
