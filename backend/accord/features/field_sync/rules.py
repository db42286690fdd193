"""Decisions about rows: whether a datum fits a field, and in which form it goes there. Values in, values out."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from accord.core.errors import Problem
from accord.core.text import printable
from accord.features.field_sync.model import (
    CRITERION,
    DEAL,
    STATUS,
    UNCHECKED,
    Criterion,
    Datum,
    Fault,
    FieldChoice,
    FieldFacts,
    PlanValues,
    Row,
    RowHealth,
    RowState,
    Setup,
    Value,
    ValueKind,
)
from accord.features.field_sync.reasons import FieldSkip
from accord.mapping.values import Canonical
from accord.salesforce.canonical import canonical
from accord.salesforce.model import FieldDescribe, SObjectDescribe
from accord.salesforce.paths import Describes, follow
from accord.workspace.plans.rules import KEY

MOST_ROWS: Final = 100
MOST_STEPS: Final = 4  # Salesforce: SOQL goes up five relationships; one is kept for the id behind the last
SHORTEST_URL: Final = 100  # A50
LONGEST_STATUS: Final = len("Not Started")
CHECK_MINUTES_FROM: Final = 1
CHECK_MINUTES_TO: Final = 1440
_TEXTS: Final = frozenset({"string", "textarea", "combobox"})
_TYPES: Final[Mapping[ValueKind, frozenset[str]]] = {
    ValueKind.URL: _TEXTS | {"url"},
    ValueKind.TEXT: _TEXTS | {"picklist"},
    ValueKind.COUNT: frozenset({"double", "int"}),
    ValueKind.PERCENT: frozenset({"double", "int", "percent"}),
    ValueKind.DATE: _TEXTS | {"date"},
    ValueKind.CHECKBOX: frozenset({"boolean"}),
}
_WANTS: Final[Mapping[ValueKind, str]] = {
    ValueKind.URL: f"a URL, or text of at least {SHORTEST_URL} characters",
    ValueKind.TEXT: "text, or a picklist that is not restricted",
    ValueKind.COUNT: "a number",
    ValueKind.PERCENT: "a number or a percentage with at least three digits",
    ValueKind.DATE: "a date",
    ValueKind.CHECKBOX: "a checkbox",
}


def facts_of(sobject: str, field: FieldDescribe) -> FieldFacts:
    return FieldFacts(sobject, field.label, field.type, field.length, field.precision, field.scale)


def describe_of(row: Row, facts: FieldFacts) -> FieldDescribe:
    """As much of a describe as comparing and writing values needs."""
    return FieldDescribe(
        name=row.field,
        label=facts.label,
        type=facts.type,
        length=facts.length,
        precision=facts.precision,
        scale=facts.scale,
        createable=True,
        updateable=True,
        nillable=True,
        defaulted_on_create=False,
        calculated=False,
        restricted_picklist=False,
        extra_type_info=None,
        reference_to=(),
        relationship_name=None,
        external_id=False,
        unique=False,
    )


def misfit(datum: Datum, sobject: SObjectDescribe, field: FieldDescribe) -> tuple[Fault, str] | None:
    """Why a datum cannot go to a field, with what to do; None when it can."""
    name = f"{field.label} ({sobject.name}.{field.name})"
    if field.calculated:
        return (
            Fault.NO_EDIT_RIGHT,
            f"{name} is a formula or a roll-up, so nothing can be written there. Choose another.",
        )
    if not (field.updateable and sobject.updateable):
        return (
            Fault.NO_EDIT_RIGHT,
            (
                f"The integration owner may not edit {name}. Give it the permission set Accord_Integration, or edit"
                " access to the object and the field; or choose another field."
            ),
        )
    return None if _takes(datum, field) else (Fault.TYPE_DOES_NOT_FIT, f"{name} {_why(datum, field)}")


def _takes(datum: Datum, field: FieldDescribe) -> bool:
    if datum.is_criterion and field.type == "boolean":
        return True  # whether it is fulfilled (D19)
    return field.type in _TYPES[datum.kind] and not field.restricted_picklist and _is_large_enough(datum, field)


def _is_large_enough(datum: Datum, field: FieldDescribe) -> bool:
    if field.type in _TEXTS | {"url", "picklist"}:
        shortest = {ValueKind.URL: SHORTEST_URL, ValueKind.DATE: len("2026-12-31")}.get(datum.kind, 1)
        return field.length >= (LONGEST_STATUS if datum.key == STATUS else shortest)
    if field.type in {"double", "percent"}:
        return field.precision - field.scale >= (3 if datum.kind is ValueKind.PERCENT else 1)
    return True


def _why(datum: Datum, field: FieldDescribe) -> str:
    wants = _WANTS[datum.kind] + (", or a checkbox that says whether it is fulfilled" if datum.is_criterion else "")
    if field.type in _TYPES[datum.kind] and field.restricted_picklist:
        has = "is a restricted picklist"
    elif field.type in _TYPES[datum.kind] and field.length:
        has = f"holds {field.length} characters"
    elif field.type in _TYPES[datum.kind]:
        has = f"holds {field.precision - field.scale} digits before the point"
    else:
        has = f"is of the type {field.type}"
    return f"{has}; {datum.label} needs {wants}. Choose another field, or change this one in Salesforce."


def choices_of(datum: Datum | None, sobject: SObjectDescribe, *, path: str) -> list[FieldChoice]:
    """All fields of an object for a picker, by label. Without a datum only whether they can be written is said."""
    fields = sorted(sobject.fields.values(), key=lambda one: (one.label.casefold(), one.name))
    found = []
    for field in fields:
        fault = misfit(datum, sobject, field) if datum is not None else None
        leads = field.relationship_name if len(field.reference_to) == 1 else None
        over = (f"{path}.{leads}" if path else leads) if leads else None
        found.append(FieldChoice(facts_of(sobject.name, field), field.name, fault[1] if fault else None, over))
    return found


def values_of(setup: Setup) -> dict[str, Any]:
    """The set-up as a JSON value with which it can be set again."""
    return {
        "enabled": setup.enabled,
        "check_minutes": setup.check_minutes,
        "rows": [{"datum": row.datum, "path": row.path, "field": row.field} for row in setup.rows],
    }


def problems_of_form(setup: Setup, data: Container[str], standing: Container[str]) -> tuple[Problem, ...]:
    """What is wrong with a set-up that nobody needs to ask Salesforce about. `standing`: ids of rows that are kept."""
    return tuple(_form_problems(setup, data, standing))


def _form_problems(setup: Setup, data: Container[str], standing: Container[str]) -> Iterator[Problem]:
    if len(setup.rows) > MOST_ROWS:
        yield _problem("rows", "rows", f"At most {MOST_ROWS} fields are synced.")
    if not CHECK_MINUTES_FROM <= setup.check_minutes <= CHECK_MINUTES_TO:
        words = f"Choose from {CHECK_MINUTES_FROM} to {CHECK_MINUTES_TO} minutes."
        yield _problem("check_minutes", "check_minutes", words)
    targets: set[str] = set()
    for number, row in enumerate(setup.rows):
        place = f"rows.{number}"
        if row.datum not in data and row.id not in standing:
            yield _problem(place, "datum", _unknown(row.datum))
        if len(row.steps) > MOST_STEPS:
            yield _problem(place, "path", f"{row.path} goes over too many records: at most {MOST_STEPS}.")
        if row.target.lower() in targets:
            words = f"{row.target} is in another row already. A field takes one datum."
            yield _problem(place, "field", words)
        targets.add(row.target.lower())


def _unknown(datum: str) -> str:
    key = datum.removeprefix(CRITERION)
    if key == datum or not KEY.fullmatch(key):
        return "There is no such datum or criterion any more. Choose one from the list."
    return f"This org has no execution criterion with the key {key}. Create it first, or bring it along in the file."


def by_ids(rows: Sequence[Row], criteria: Sequence[Criterion]) -> tuple[Row, ...]:
    """Rows that name a criterion by its key, as a file does, name it by its id; the others stay."""
    ids = {f"{CRITERION}{one.key}": f"{CRITERION}{one.id}" for one in criteria if one.is_live}
    return tuple(replace(row, datum=ids.get(row.datum, row.datum)) for row in rows)


def portable(setup: Setup, criteria: Sequence[Criterion]) -> Setup:
    """The set-up as another org can read it: criteria by their keys, and without rows whose criterion was deleted."""
    keys = {f"{CRITERION}{one.id}": f"{CRITERION}{one.key}" for one in criteria if one.is_live}
    kept = [row for row in setup.rows if not row.datum.startswith(CRITERION) or row.datum in keys]
    return replace(setup, rows=tuple(replace(row, datum=keys.get(row.datum, row.datum)) for row in kept))


def standing_of(
    rows: Sequence[Row], known: Mapping[str, RowHealth], criteria: Sequence[Criterion]
) -> dict[str, RowHealth]:
    """How rows stand now, by id: one whose criterion is gone is broken at once, and no more when it is back (A83)."""
    live = {f"{CRITERION}{one.id}" for one in criteria if one.is_live}
    found = dict(known)
    for row in rows:
        if not row.datum.startswith(CRITERION):
            continue
        health, is_gone = known.get(row.id, UNCHECKED), row.datum not in live
        if is_gone == (health.fault is Fault.CRITERION_GONE):
            continue
        found[row.id] = replace(_gone(row), checked_at=health.checked_at) if is_gone else UNCHECKED
    return found


def _gone(row: Row) -> RowHealth:
    kind = "execution criterion" if row.datum.startswith(CRITERION) else "datum"
    words = f"The {kind} {row.label} was deleted. Remove this row, or choose another one for the field."
    return RowHealth(RowState.BAD, Fault.CRITERION_GONE, words)


def check_row(row: Row, datum: Datum | None, describes: Describes) -> tuple[Row, RowHealth]:
    """The row with what the describe says of its field now, and how it stands."""
    if datum is None:
        return row, _gone(row)
    holder = follow(DEAL, row.steps, describes.get)
    field = None if holder is None else holder.fields.get(row.field)
    if holder is None or field is None:
        words = (
            f"There is no field {row.target} on the {DEAL}, or the integration owner may not see it. Create it in"
            " Salesforce first or install the package, give the owner access, or choose one from the list."
        )
        return row, RowHealth(RowState.BAD, Fault.FIELD_GONE, printable(words))
    fault = misfit(datum, holder, field)
    known = replace(row, facts=facts_of(holder.name, field), label=datum.label)
    return known, RowHealth(RowState.OK) if fault is None else RowHealth(RowState.BAD, fault[0], printable(fault[1]))


def refusals(checked: Sequence[tuple[Row, RowHealth]], standing: Container[str]) -> tuple[Problem, ...]:
    """Why a set-up is not saved: new or changed rows that are bad (A81). `standing`: ids of rows that are kept already;
    that one of them went bad is shown, and refuses no other change (A83).
    """
    return tuple(
        _problem(f"rows.{number}", "datum" if health.fault is Fault.CRITERION_GONE else "field", health.message)
        for number, (row, health) in enumerate(checked)
        if health.state is RowState.BAD and row.id not in standing
    )


def wanted_of(row: Row, health: RowHealth, plan: PlanValues) -> tuple[Canonical, FieldSkip | None]:
    """The value that a row's field should have for a plan, or why it is left alone."""
    if health.fault is Fault.CRITERION_GONE:
        return None, FieldSkip.CRITERION_GONE
    if row.facts is None or health.state is RowState.BAD:
        return None, FieldSkip.ROW_BAD
    if health.state is RowState.PAUSED:
        return None, FieldSkip.ROW_PAUSED
    if row.datum not in plan.values:
        return None, FieldSkip.CRITERION_GONE if row.datum.startswith(CRITERION) else FieldSkip.ROW_BAD
    value = plan.values[row.datum]
    if row.datum == STATUS and value is None:
        return None, FieldSkip.NOT_PUBLISHED
    return fitted(row, row.facts, value)


def fitted(row: Row, facts: FieldFacts, value: Value) -> tuple[Canonical, FieldSkip | None]:
    """The value in the form in which the field keeps it. Text is cut where it is too long, a URL never (it would lead
    nowhere).
    """
    given: Value = value
    if facts.type == "boolean":
        given = value not in (None, False, "")
    elif isinstance(value, date) and facts.type in _TEXTS:
        given = value.isoformat()
    try:
        form: Canonical = canonical(describe_of(row, facts), given)
    except ValueError:
        return None, FieldSkip.DOES_NOT_FIT
    if isinstance(form, str) and facts.type in _TEXTS | {"url"} and len(form) > facts.length:
        if facts.type == "url" or "://" in form:
            return None, FieldSkip.DOES_NOT_FIT
        form = form[: facts.length - 1].rstrip() + "…" if facts.length > 1 else form[: facts.length]
    if isinstance(form, Decimal) and facts.precision and abs(form) >= Decimal(10) ** (facts.precision - facts.scale):
        return None, FieldSkip.DOES_NOT_FIT
    return form, None


def _problem(key: str, field: str, message: str) -> Problem:
    return Problem(code="INVALID_VALUE", key=key, field=field, message=printable(message))
