"""The two sides in one form: a plan's own values, and what a deal's row says. Values in, values out."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from accord.core.money import Money
from accord.features.two_way import rules
from accord.features.two_way.model import CURRENCY, FIELDS, HAS_PRODUCTS, LAST_CHANGES, JudgedBy, Linked, Reason, Theirs
from accord.mapping.values import Canonical
from accord.salesforce.canonical import canonical
from accord.salesforce.model import FieldDescribe, SObjectDescribe
from accord.workspace.plans.two_way import TwoWay

STAGE: Final = "Probability"  # how far a deal is, in percent
STAGE_NAME: Final = "StageName"


def plain_ours(plan: TwoWay, linked: Linked) -> Canonical:
    """A plan's value before anybody has asked what Salesforce would keep of it. A date stays the day that it is."""
    if linked is Linked.CLOSE_DATE:
        return plan.end_date.isoformat() if plan.end_date else None
    return plan.value.amount if plan.value else None


def ours_at(plan: TwoWay, linked: Linked) -> datetime | None:
    """When our side was changed last, by our clock."""
    return plan.end_date_changed_at if linked is Linked.CLOSE_DATE else plan.value_changed_at


def our_currency(plan: TwoWay, linked: Linked) -> str | None:
    return plan.value.currency if linked is Linked.AMOUNT and plan.value else None


def as_money(amount: Canonical, currency: str | None) -> Money | None:
    if amount is None or currency is None:
        return None
    assert isinstance(amount, Decimal), "an amount is a number"
    return Money(amount, currency)


def fields_to_read(describe: SObjectDescribe) -> tuple[str, ...]:
    """What is read of each deal with this login: a field that it may not see would fail the whole query."""
    stages, known = (STAGE, STAGE_NAME), ("AccountId", "LastModifiedDate")
    wanted = (*FIELDS.values(), CURRENCY, HAS_PRODUCTS, *stages, *known, *LAST_CHANGES.values())
    return ("Id", *(name for name in wanted if name in describe.fields))


def read_theirs(
    describe: SObjectDescribe,
    row: Mapping[str, Any],
    linked: Linked,
    org_currency: str | None,
    changes: Mapping[str, datetime] = MappingProxyType({}),
) -> Theirs | Reason:
    """One value of a deal's row, or why there is none to compare with. `changes`: when which row of history was made.

    An org with several currencies has the currency in each row; one with a single currency does not tell it (W14).
    """
    field = describe.fields.get(FIELDS[linked])
    if field is None:
        return Reason.NOT_VISIBLE
    is_amount = linked is Linked.AMOUNT
    currency = (row.get(CURRENCY) if CURRENCY in describe.fields else org_currency) if is_amount else None
    if is_amount and currency is None:
        return Reason.ORG_CURRENCY_UNKNOWN
    changed_at = row.get("LastModifiedDate")
    in_history = changes.get(row.get(LAST_CHANGES[linked]) or "")
    return Theirs(
        value=canonical(field, row.get(field.name)),
        changed_at=in_history or (datetime.fromisoformat(changed_at) if changed_at else None),
        judged_by=JudgedBy.FIELD if in_history else JudgedBy.RECORD,
        currency=currency,
        is_inbound=is_amount and row.get(HAS_PRODUCTS) is True,
        is_editable=field.updateable,
        may_be_empty=field.nillable and not rules.is_required(linked),
    )


def read_ours(field: FieldDescribe, plan: TwoWay, linked: Linked) -> Canonical | Reason:
    """A plan's value as Salesforce would keep it, or why it would not."""
    try:
        found: Canonical = canonical(field, plain_ours(plan, linked))
    except ValueError:
        return Reason.NOT_KEPT
    return found
