"""Decisions of the panel: values in, values out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from accord.core.errors import Problem, RejectedError
from accord.core.ids import RecordId
from accord.features.panels import entries
from accord.features.panels.entries import invalid
from accord.features.panels.model import (
    ACCOUNT,
    CURRENCY,
    DEAL,
    Change,
    Controller,
    DealRecord,
    Layout,
    Locked,
    Panel,
    Row,
    RowSpec,
    RowType,
    TabRule,
)
from accord.features.panels.row_types import CHOSEN, TypeOf, row_type
from accord.salesforce.canonical import canonical, choices_of
from accord.salesforce.model import FieldDescribe, PicklistValue

MOST_ALSO = 10
_FIELD_KEY = re.compile(rf"(?:{DEAL}|{ACCOUNT})\.[A-Za-z][A-Za-z0-9_]{{0,79}}", re.ASCII)
LOCKED_WORDS = {
    Locked.NOT_VISIBLE: "You have no access to this field in Salesforce. Ask your Salesforce admin.",
    Locked.FORMULA: "Salesforce works this value out by a formula.",
    Locked.NO_EDIT_RIGHT: "You may see this field but not edit it. Ask your Salesforce admin.",
    Locked.RECORD_READ_ONLY: "You may see this record but not edit it in Salesforce.",
    Locked.LOCKED_BY_APPROVAL: "This record waits for an approval and is locked until that is decided.",
    Locked.RELATED: "This value belongs to a related record. Change it there.",
    Locked.COMES_FROM_PRODUCTS: "The amount comes from the products of this opportunity. Change it there.",
    Locked.TYPE_NOT_ALLOWED: "A field of this type cannot be shown here. Ask your Accord admin to choose another.",
    Locked.FIELD_GONE: "Salesforce does not know this field any more. Your Accord admin sees it in the settings.",
    Locked.NO_ACCOUNT: "This deal has no account, or you may not see that account in Salesforce.",
    Locked.NOT_READ: "Accord's integration owner may not see this field in Salesforce. Ask your Accord admin.",
    Locked.WRITE_OFF: (
        "Your Accord admin lets this be read here and not written. Change it in Salesforce, or ask your Accord admin."
    ),
    Locked.NO_LOGIN: "Your Accord admin shows this to everybody. Connect your own Salesforce login to change it.",
}


def decide_row(  # noqa: PLR0913 - by name
    spec: RowSpec,
    describe: FieldDescribe | None,
    deal: DealRecord,
    options: Sequence[PicklistValue] | None,
    *,
    gone: bool = False,
    type_of: TypeOf = row_type,
    write: bool = True,
) -> Row:
    """The row of one configured field for this user and this deal: his rights, or less.

    `gone`: nobody finds the field any more. `type_of` says which types may stand here, `write` whether an admin lets it
    be written here.
    """
    record_id = deal.record_id if spec.sobject == DEAL else deal.account_id
    if describe is None:
        return Row(spec, record_id, RowType.TEXT, locked=Locked.FIELD_GONE if gone else Locked.NOT_VISIBLE)
    if record_id is None:
        return Row(spec, None, RowType.TEXT, locked=Locked.NO_ACCOUNT)
    found = type_of(describe)
    if found is None:
        return Row(spec, record_id, RowType.TEXT, locked=Locked.TYPE_NOT_ALLOWED)
    locked = _lock(spec, describe, deal, record_id) or (None if write else Locked.WRITE_OFF)
    return Row(
        spec=spec,
        record_id=record_id,
        type=found,
        value=canonical(describe, deal.values.get(spec.key)),
        locked=locked,
        locked_since=deal.approvals.get(record_id) if locked is Locked.LOCKED_BY_APPROVAL else None,
        place=deal.values.get(spec.beside("Id").key) if locked is Locked.RELATED else None,
        describe=describe,
        currency=_currency(spec, deal) if found is RowType.CURRENCY else None,
        options=tuple(options) if found in CHOSEN and options is not None else None,
        controller=_controller(spec, describe, deal),
    )


def _currency(spec: RowSpec, deal: DealRecord) -> str | None:
    """W14: an amount is in the currency of its own record."""
    if spec.is_related:
        currency: str | None = deal.values.get(spec.beside(CURRENCY).key)
        return currency
    return deal.currency if spec.sobject == DEAL else deal.account_currency


def _controller(spec: RowSpec, describe: FieldDescribe, deal: DealRecord) -> Controller | None:
    """None also where this user may not see the controlling field."""
    key = f"{spec.sobject}.{describe.controller}"
    if key not in deal.values:
        return None
    value = deal.values[key]
    # Salesforce: UI API guide, "Picklist Values": a checkbox controls by the words true and false
    return Controller(key, str(value).lower() if isinstance(value, bool) else value)


def _lock(spec: RowSpec, describe: FieldDescribe, deal: DealRecord, record_id: RecordId) -> Locked | None:
    if spec.is_related:
        return Locked.RELATED
    if describe.calculated:
        return Locked.FORMULA
    if not describe.updateable:
        return Locked.NO_EDIT_RIGHT
    if record_id not in deal.editable:
        # who may edit in spite of an approval is told apart by Salesforce: an approval alone locks nothing here
        return Locked.LOCKED_BY_APPROVAL if record_id in deal.approvals else Locked.RECORD_READ_ONLY
    # Salesforce: an API write of Amount answers 204 and changes nothing while products exist (help 004052228)
    if spec.key == "Opportunity.Amount" and deal.has_products:
        return Locked.COMES_FROM_PRODUCTS
    return None


def with_also(layout: Layout, keys: Sequence[str], *, typed: Sequence[str] = ()) -> Layout:
    """The layout with fields outside it, by their keys. Raises RejectedError for a key that can be none of a field.

    `typed`: keys of a draft, of which those are taken that can be.
    """
    # what an admin has limited as a variable is not opened by naming it
    known = {row.key for row in (*layout.rows, *(one.row for one in layout.variables))}
    wanted = [key for key in dict.fromkeys(keys) if key not in known]
    if len(wanted) > MOST_ALSO or not all(_FIELD_KEY.fullmatch(key) for key in wanted):
        raise RejectedError(f"Name at most {MOST_ALSO} fields of the deal and its account, such as Opportunity.Type.")
    wanted += [key for key in dict.fromkeys(typed) if key not in {*known, *wanted} and _FIELD_KEY.fullmatch(key)]
    specs = [RowSpec(sobject, name, name) for sobject, name in (key.split(".") for key in wanted[:MOST_ALSO])]
    return replace(layout, also=tuple(specs))


def is_shown(rule: TabRule, deal: DealRecord) -> bool:
    """Whether a tab belongs to the deal as it is now (D7). A stage that this user may not see hides nothing."""
    if rule.record_types and deal.record_type_id not in rule.record_types:
        return False
    return not rule.stages or deal.stage is None or deal.stage in rule.stages


@dataclass(frozen=True, slots=True)
class Write:
    """One field to be written, with the canonical value and what it replaces."""

    row: Row
    value: Any


@dataclass(frozen=True, slots=True)
class Decision:
    """What a save will do: nothing is written unless `problems` and `stale` are empty."""

    writes: tuple[Write, ...]
    unchanged: tuple[str, ...]
    stale: tuple[Problem, ...]
    problems: tuple[Problem, ...]

    @property
    def wanted(self) -> set[str]:
        """The keys of what the caller wants to be another value than Salesforce has."""
        return {write.row.spec.key for write in self.writes} | {one.key for one in self.stale if one.key is not None}


def decide_save(panel: Panel, changes: Sequence[Change]) -> Decision:
    """Compares each edit with what Salesforce has now.

    An edit whose field moved since the rep saw it is stale, unless both want the same value (then it is unchanged).
    So is one of an amount that is in another currency by now, whatever its digits.
    """
    writes: list[Write] = []
    unchanged: list[str] = []
    stale: list[Problem] = []
    problems: list[Problem] = []
    for change in changes:
        row = panel.row(change.key)
        refusal = _refusal(row, change, changes)
        if row is None or row.describe is None or refusal is not None:
            problems.append(refusal or invalid(change.key, None, "The panel does not show this field."))
            continue
        value, wrong = entries.parse(row, change.value)
        wrong = wrong or _misfit(row, value, changes)
        if wrong is not None:
            problems.append(wrong)
            continue
        # W14: the same digits in another currency are another amount
        is_currency_seen = row.type is not RowType.CURRENCY or change.seen_currency == row.currency
        if value == row.value and is_currency_seen:
            unchanged.append(change.key)
        elif not (is_currency_seen and _saw(row, change.seen)):
            stale.append(
                Problem(
                    code="STALE_EDIT",
                    key=change.key,
                    field=row.spec.field,
                    message=f"{row.spec.label} was changed in Salesforce after you opened it. Choose a value.",
                    yours=wire(value),
                    theirs=wire(row.value),
                    theirs_currency=row.currency,
                )
            )
        else:
            writes.append(Write(row, value))
    return Decision(tuple(writes), tuple(unchanged), tuple(stale), tuple(problems))


def _misfit(row: Row, value: Any, changes: Sequence[Change]) -> Problem | None:
    """What is wrong with a value that is not offered beside the controlling field's value, as this save leaves that."""
    if row.controller is None or value is None:
        return None
    known = {change.key: change.value for change in changes}
    beside = known.get(row.controller.key, row.controller.value)
    chosen = choices_of(value) if row.type is RowType.MULTIPICKLIST else [value]
    misfits = [
        one.value
        for one in row.options or ()
        if one.value in chosen and one.valid_for is not None and beside not in one.valid_for
    ]
    if not misfits:
        return None
    message = (
        f"{row.spec.label} has no value {misfits[0]} beside the field that controls it. Choose one that is offered."
    )
    return invalid(row.spec.key, row.spec.field, message)


def _saw(row: Row, seen: Any) -> bool:
    """Whether the rep was shown the present value. It is not judged as an edit is: it may be offered no longer."""
    assert row.describe is not None
    try:
        return bool(canonical(row.describe, seen) == row.value)
    except ValueError:
        return False


def _refusal(row: Row | None, change: Change, changes: Sequence[Change]) -> Problem | None:
    if row is None:
        return invalid(change.key, None, "The panel does not show this field. Reload it.")
    if sum(other.key == change.key for other in changes) > 1:
        return invalid(change.key, row.spec.field, f"{row.spec.label} was sent twice.")
    if row.locked is not None:
        return Problem(code=str(row.locked), key=change.key, field=row.spec.field, message=LOCKED_WORDS[row.locked])
    return None


def wire(value: Any) -> Any:
    """A canonical value as JSON: an amount is decimal text, never a float; a checkbox is the word true or false."""
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, "f") if isinstance(value, Decimal) else value


def assumed(panel: Panel, writes: Sequence[Write]) -> Panel:
    """The panel as it must be after these writes, as far as we know without reading it again."""
    written = {write.row.spec.key: write.value for write in writes}

    def after(row: Row) -> Row:
        return replace(row, value=written[row.spec.key]) if row.spec.key in written else row

    tabs = tuple(replace(tab, rows=tuple(map(after, tab.rows))) for tab in panel.tabs)
    return replace(panel, tabs=tabs, also=tuple(map(after, panel.also)), variables=tuple(map(after, panel.variables)))


def ignored_by_platform(writes: Sequence[Write], fresh: Panel) -> Mapping[str, bool]:
    """For each write: True when Salesforce said yes and kept the old value."""
    result: dict[str, bool] = {}
    for write in writes:
        row = fresh.row(write.row.spec.key)
        result[write.row.spec.key] = row is not None and row.value == write.row.value != write.value
    return result
