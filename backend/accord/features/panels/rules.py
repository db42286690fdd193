"""Decisions of the panel: values in, values out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from accord.core.dates import FIRST_DAY, LAST_DAY, is_kept_day
from accord.core.errors import Problem
from accord.core.ids import RecordId
from accord.core.text import is_clean
from accord.features.panels.model import DEAL, Change, DealRecord, Locked, Panel, Row, RowSpec, RowType, TabRule
from accord.salesforce.canonical import canonical
from accord.salesforce.model import FieldDescribe, PicklistValue

TEXT_LENGTH = 255
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
LOCKED_WORDS = {
    Locked.NOT_VISIBLE: "You have no access to this field in Salesforce. Ask your Salesforce admin.",
    Locked.FORMULA: "Salesforce works this value out by a formula.",
    Locked.NO_EDIT_RIGHT: "You may see this field but not edit it. Ask your Salesforce admin.",
    Locked.RECORD_READ_ONLY: "You may see this record but not edit it in Salesforce.",
    Locked.COMES_FROM_PRODUCTS: "The amount comes from the products of this opportunity. Change it there.",
    Locked.TYPE_NOT_ALLOWED: "A field of this type cannot be shown here. Ask your Accord admin to choose another.",
    Locked.FIELD_GONE: "Salesforce does not know this field any more. Your Accord admin sees it in the settings.",
    Locked.NO_ACCOUNT: "This opportunity has no account, or you may not see that account in Salesforce.",
}


def row_type(describe: FieldDescribe) -> RowType | None:
    """The panel's type of a field, or None when it is none of the six."""
    match describe.type:
        case "date":
            return RowType.DATE
        case "currency":
            return RowType.CURRENCY
        case "double" | "int":
            return RowType.NUMBER
        case "picklist":
            return RowType.PICKLIST
        case "string" if describe.length <= TEXT_LENGTH:
            return RowType.TEXT
        case "textarea" if describe.extra_type_info != "richtextarea":
            return RowType.LONG_TEXT
        case _:
            return None


def decide_row(
    spec: RowSpec,
    describe: FieldDescribe | None,
    deal: DealRecord,
    options: Sequence[PicklistValue] | None,
    *,
    gone: bool = False,
) -> Row:
    """The row of one configured field for this user and this deal. `gone`: nobody finds the field any more."""
    record_id = deal.record_id if spec.sobject == DEAL else deal.account_id
    if describe is None:
        return Row(spec, record_id, RowType.TEXT, locked=Locked.FIELD_GONE if gone else Locked.NOT_VISIBLE)
    if record_id is None:
        return Row(spec, None, RowType.TEXT, locked=Locked.NO_ACCOUNT)
    found = row_type(describe)
    if found is None:
        return Row(spec, record_id, RowType.TEXT, locked=Locked.TYPE_NOT_ALLOWED)
    return Row(
        spec=spec,
        record_id=record_id,
        type=found,
        value=canonical(describe, deal.values.get(spec.key)),
        locked=_lock(spec, describe, deal, record_id),
        describe=describe,
        # W14: an amount is in the currency of its own record
        currency=(deal.currency if spec.sobject == DEAL else deal.account_currency)
        if found is RowType.CURRENCY
        else None,
        options=tuple(options) if found is RowType.PICKLIST and options is not None else None,
    )


def _lock(spec: RowSpec, describe: FieldDescribe, deal: DealRecord, record_id: RecordId) -> Locked | None:
    if describe.calculated:
        return Locked.FORMULA
    if not describe.updateable:
        return Locked.NO_EDIT_RIGHT
    if record_id not in deal.editable:
        return Locked.RECORD_READ_ONLY
    # Salesforce: an API write of Amount answers 204 and changes nothing while products exist (help 004052228)
    if spec.key == "Opportunity.Amount" and deal.has_products:
        return Locked.COMES_FROM_PRODUCTS
    return None


def is_shown(rule: TabRule, deal: DealRecord) -> bool:
    """Whether a tab belongs to the deal as it is now (D7). A stage that this user may not see hides nothing."""
    if rule.record_types and deal.record_type_id not in rule.record_types:
        return False
    return not rule.stages or deal.stage is None or deal.stage in rule.stages


def required(row: Row) -> bool:
    describe = row.describe
    return describe is not None and not describe.nillable and not describe.defaulted_on_create


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


def decide_save(panel: Panel, changes: Sequence[Change]) -> Decision:
    """Compares each edit with what Salesforce has now.

    An edit whose field moved since the rep saw it is stale, unless both want the same value (then it is unchanged).
    """
    writes: list[Write] = []
    unchanged: list[str] = []
    stale: list[Problem] = []
    problems: list[Problem] = []
    for change in changes:
        row = panel.row(change.key)
        refusal = _refusal(row, change, changes)
        if row is None or row.describe is None or refusal is not None:
            problems.append(refusal or _problem(change.key, None, "The panel does not show this field."))
            continue
        value, wrong = parse(row, change.value)
        if wrong is not None:
            problems.append(wrong)
            continue
        if value == row.value:
            unchanged.append(change.key)
        elif not _saw(row, change.seen):
            stale.append(
                Problem(
                    code="STALE_EDIT",
                    key=change.key,
                    field=row.spec.field,
                    message=f"{row.spec.label} was changed in Salesforce after you opened it. Choose a value.",
                    yours=wire(value),
                    theirs=wire(row.value),
                )
            )
        else:
            writes.append(Write(row, value))
    return Decision(tuple(writes), tuple(unchanged), tuple(stale), tuple(problems))


def _saw(row: Row, seen: Any) -> bool:
    """Whether the rep was shown the present value. It is not judged as an edit is: it may be offered no longer."""
    assert row.describe is not None
    try:
        return bool(canonical(row.describe, seen) == row.value)
    except ValueError:
        return False


def _refusal(row: Row | None, change: Change, changes: Sequence[Change]) -> Problem | None:
    if row is None:
        return _problem(change.key, None, "The panel does not show this field. Reload it.")
    if sum(other.key == change.key for other in changes) > 1:
        return _problem(change.key, row.spec.field, f"{row.spec.label} was sent twice.")
    if row.locked is not None:
        return Problem(code=str(row.locked), key=change.key, field=row.spec.field, message=LOCKED_WORDS[row.locked])
    return None


def _problem(key: str, field: str | None, message: str) -> Problem:
    return Problem(code="INVALID_VALUE", key=key, field=field, message=message)


def parse(row: Row, given: Any) -> tuple[Any, Problem | None]:
    """The canonical value of what came over the wire, or what is wrong with it."""
    assert row.describe is not None
    try:
        if given is None or (isinstance(given, str) and not given.strip()):
            _require_value(row)
            return None, None
        if not isinstance(given, str):
            raise ValueError("must be sent as text.")  # noqa: TRY004, TRY301 - the caller's fault, told like the others
        if not is_clean(given):
            raise ValueError("holds a character that cannot be stored. Type it anew.")  # noqa: TRY301 - as above
        return _PARSERS[row.type](row, row.describe, given), None
    except ValueError as error:
        return None, _problem(row.spec.key, row.spec.field, f"{row.spec.label} {error}")


def _require_value(row: Row) -> None:
    if required(row):
        raise ValueError("cannot be empty in Salesforce. Fill it in.")


def _date(_row: Row, _describe: FieldDescribe, given: str) -> str:
    try:
        day = date.fromisoformat(given if _DATE.fullmatch(given) else "")
    except ValueError:
        raise ValueError("must be a date such as 2026-12-31.") from None
    if not is_kept_day(day):
        raise ValueError(f"must lie between {FIRST_DAY} and {LAST_DAY}: Salesforce keeps no other day.")
    return day.isoformat()


def _number(_row: Row, describe: FieldDescribe, given: str) -> Any:
    if not _NUMBER.fullmatch(given.strip()):
        raise ValueError("must be a number such as 125000.50.")
    number = Decimal(given.strip())
    whole = max(describe.precision - describe.scale, 0) if describe.precision else 18
    limit = Decimal(10) ** whole
    # rounding may add a digit, so it is asked before and after
    if abs(number) >= limit or abs(rounded := canonical(describe, number)) >= limit:
        raise ValueError(f"may have {whole} digits before the point.")
    return rounded


def _choice(row: Row, _describe: FieldDescribe, given: str) -> str:
    # a value that is no longer offered may stay, but not be chosen anew
    if given not in {option.value for option in row.options or ()} and given != row.value:
        raise ValueError("has no such value: choose one of the values that are offered.")
    return given


def _text(row: Row, describe: FieldDescribe, given: str) -> Any:
    limit = min(describe.length, TEXT_LENGTH) if row.type is RowType.TEXT else describe.length
    if len(given) > limit:
        raise ValueError(f"may have {limit} characters; this text has {len(given)}.")
    return canonical(describe, given)


_PARSERS: Mapping[RowType, Callable[[Row, FieldDescribe, str], Any]] = {
    RowType.DATE: _date,
    RowType.CURRENCY: _number,
    RowType.NUMBER: _number,
    RowType.PICKLIST: _choice,
    RowType.TEXT: _text,
    RowType.LONG_TEXT: _text,
}


def wire(value: Any) -> Any:
    """A canonical value as JSON: an amount is decimal text, never a float."""
    return format(value, "f") if isinstance(value, Decimal) else value


def assumed(panel: Panel, writes: Sequence[Write]) -> Panel:
    """The panel as it must be after these writes, as far as we know without reading it again."""
    written = {write.row.spec.key: write.value for write in writes}

    def after(row: Row) -> Row:
        return replace(row, value=written[row.spec.key]) if row.spec.key in written else row

    return replace(panel, tabs=tuple(replace(tab, rows=tuple(map(after, tab.rows))) for tab in panel.tabs))


def ignored_by_platform(writes: Sequence[Write], fresh: Panel) -> Mapping[str, bool]:
    """For each write: True when Salesforce said yes and kept the old value."""
    result: dict[str, bool] = {}
    for write in writes:
        row = fresh.row(write.row.spec.key)
        result[write.row.spec.key] = row is not None and row.value == write.row.value != write.value
    return result
