"""Decisions about variables: values in, values out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from accord.core.errors import Problem
from accord.features.panels.model import VariableSpec
from accord.features.panels.row_types import variable_type
from accord.features.panels.setup.model import Checked, RowCheck
from accord.features.panels.setup.rules import (
    LONGEST_ROW_LABEL,
    Allowed,
    can_edit,
    decide_check,
    label_problems,
    problem,
    refusal,
)
from accord.features.panels.variables.model import VariableSettings
from accord.salesforce.model import FieldDescribe
from accord.salesforce.paths import Describes

MOST_ROWS: Final = 50
TYPES: Final = Allowed(
    variable_type,
    "A variable is of one of nine types: Date, Currency, Number, Percent, Checkbox, Picklist, Multi-select picklist, "
    "Text (255) and Long text area.",
)


def tidied(new: VariableSettings) -> VariableSettings:
    """The settings as they are kept: without spaces around labels."""
    rows = (replace(one, row=replace(one.row, label=one.row.label.strip())) for one in new.rows)
    return replace(new, rows=tuple(rows))


def problems_of_form(settings: VariableSettings) -> tuple[Problem, ...]:
    """What is wrong with tidied settings that nobody needs to ask Salesforce about."""
    return tuple(_form_problems(settings))


def _form_problems(settings: VariableSettings) -> Iterator[Problem]:
    if len(settings.rows) > MOST_ROWS:
        yield problem("rows", "rows", f"There are at most {MOST_ROWS} variables.")
    labels: set[str] = set()
    keys: set[str] = set()
    for number, one in enumerate(settings.rows):
        place, label = f"rows.{number}", one.row.label
        yield from label_problems(place, label, LONGEST_ROW_LABEL)
        if "{" in label or "}" in label:
            yield problem(place, "label", "A variable is written as {{label}}: its label holds no brace.")
        if label.casefold() in labels:
            yield problem(place, "label", f"Another variable is called {label}. Give each a name of its own.")
        labels.add(label.casefold())
        if one.row.is_related:
            words = f"{one.row.key} leads to a related record. Choose a field of the deal or of its account itself."
            yield problem(place, "field", words)
        if one.row.key in keys:
            yield problem(place, "field", f"{one.row.key} is a variable already. A field has one.")
        keys.add(one.row.key)
        if one.write and not one.read:
            yield problem(place, "write", "Write needs Read: turn Read on, or Write off.")


def problems_of_rows(
    settings: VariableSettings, describes: Describes, present: VariableSettings
) -> tuple[Problem, ...]:
    """Rows whose field does not exist, is of no allowed type or cannot be written though it should, as the describes
    show it.

    What stands in the `present` settings is no reason to refuse another change: the check marks it where it is bad.
    """
    return tuple(_row_problems(settings, describes, present))


def _row_problems(settings: VariableSettings, describes: Describes, present: VariableSettings) -> Iterator[Problem]:
    standing = {one.row.key: one for one in present.rows}
    for number, one in enumerate(settings.rows):
        reason = refusal(one.row, describes, standing, allowed=TYPES)
        if reason is not None:
            yield problem(f"rows.{number}", "field", reason)
            continue
        before, field = standing.get(one.row.key), _field(one, describes)
        if one.write and field is not None and not can_edit(field) and not (before and before.write):
            yield problem(f"rows.{number}", "write", _unwritable(one, field))


def _field(one: VariableSpec, describes: Describes) -> FieldDescribe | None:
    holder = describes.get(one.row.sobject)
    return None if holder is None else holder.fields.get(one.row.field)


def _unwritable(one: VariableSpec, field: FieldDescribe) -> str:
    if field.calculated:
        return f"{field.label} ({one.row.key}) is worked out by a formula, so nobody can write it. Turn Write off."
    return (
        f"{field.label} ({one.row.key}) is read-only in Salesforce, or read-only for your own login there. Turn Write "
        "off, or ask your Salesforce admin."
    )


def decide_checks(
    settings: VariableSettings, before: Checked, describes: Describes, user_id: str, *, offers: Mapping[str, bool]
) -> Mapping[str, RowCheck]:
    """What to keep of each variable, as one user's describes show it. `offers`: by key, whether a picklist has values.

    That a field became read-only is no fault of a variable that nobody writes.
    """
    found: dict[str, RowCheck] = {}
    for one in settings.rows:
        known = before.of(one.row.key)
        kept = replace(known, editable=known.editable and one.write)
        describe = _field(one, describes)
        has_values = offers.get(one.row.key, True)
        found[one.row.key] = decide_check(one.row, describe, kept, user_id, has_values=has_values, allowed=TYPES)
    return found
