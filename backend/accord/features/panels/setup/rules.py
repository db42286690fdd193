"""Decisions about a panel's set-up: values in, values out."""

import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from accord.core.errors import Problem
from accord.core.text import is_clean, printable
from accord.core.troubles import Cause, Trouble, rows_trouble
from accord.features.panels.model import RowSpec, TabRule, TabSpec
from accord.features.panels.paths import MOST_STEPS, field_of, goes_over_several
from accord.features.panels.row_types import CHOSEN, TypeOf, row_type
from accord.features.panels.setup.model import (
    TAB_KEYS,
    Checked,
    Fault,
    FieldChoice,
    RowCheck,
    RowStatus,
    RuleChoices,
)
from accord.salesforce.model import FieldDescribe, SObjectDescribe
from accord.salesforce.paths import NAME_OBJECT, Describes

MOST_ROWS = 50
LONGEST_ROW_LABEL = 80
LONGEST_TAB_LABEL = 40
CHECK_HOUR = 2  # UTC
SIX_TYPES = "The panel shows fields of six types: Date, Currency, Number, Picklist, Text (255) and Long text area."
_TYPE_WORDS = {
    "address": "an address",
    "anyType": "of no fixed type",
    "base64": "a file",
    "boolean": "a checkbox",
    "combobox": "a combo box",
    "datetime": "a date with a time",
    "email": "an email address",
    "encryptedstring": "encrypted text",
    "id": "a record id",
    "location": "a geolocation",
    "multipicklist": "a picklist of several values",
    "percent": "a percentage",
    "phone": "a phone number",
    "reference": "a lookup",
    "string": "text of more than 255 characters",
    "textarea": "rich text",
    "time": "a time of day",
    "url": "a URL",
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """The types that may stand in a place, and a sentence that names them."""

    type_of: TypeOf
    words: str


SIX: Final = Allowed(row_type, SIX_TYPES)


def why_not(describe: FieldDescribe, allowed: Allowed = SIX) -> str | None:
    """Why a field cannot be a row (A14) or what else is allowed; None when it can."""
    if allowed.type_of(describe) is not None:
        return None
    word = _TYPE_WORDS.get(describe.type, f"of the type {describe.type}")
    return f"{describe.label} ({describe.name}) is {word}. {allowed.words}"


def takes_codes(name: str, holder: SObjectDescribe) -> str | None:
    """Why a state or country that is typed as text is no row (W8); None when it may be one, as behind a path.

    Salesforce: with state and country picklists a text that is no listed name is refused (FIELD_INTEGRITY_EXCEPTION),
    and the picklist stands beside it as `<field>Code`.
    """
    coded = holder.fields.get(f"{name}Code")
    if coded is None or coded.type != "picklist":
        return None
    field = holder.fields[name]
    return (
        f"{field.label} ({name}) takes only the names that Salesforce lists in this org. "
        f"Choose {coded.label} ({coded.name}), which offers them."
    )


def _no_choice(field: FieldDescribe, holder: SObjectDescribe, *, over: str, allowed: Allowed) -> str | None:
    return why_not(field, allowed) or (None if over else takes_codes(field.name, holder))


def choices_of(describe: SObjectDescribe, *, over: str = "", allowed: Allowed = SIX) -> list[FieldChoice]:
    """All fields of an object for a picker, by label. `over`: the path that leads to the object."""
    fields = sorted(describe.fields.values(), key=lambda one: (one.label.casefold(), one.name))
    prefix = f"{over}." if over else ""
    return [
        FieldChoice(
            f"{prefix}{one.name}",
            one,
            None if reason else allowed.type_of(one),
            reason,
            f"{prefix}{leads}" if leads else None,
        )
        for one, reason, leads in (
            (field, _no_choice(field, describe, over=over, allowed=allowed), _leads(field)) for field in fields
        )
    ]


def _leads(field: FieldDescribe) -> str | None:
    """The relationship of a lookup."""
    return field.relationship_name if field.reference_to else None


def tidied(tabs: Sequence[TabSpec]) -> tuple[TabSpec, ...]:
    """The tabs as they are kept: without spaces around labels, with their keys by place."""
    return tuple(
        TabSpec(
            key=key,
            label=tab.label.strip(),
            rows=tuple(replace(row, label=row.label.strip()) for row in tab.rows),
            rule=TabRule(tuple(dict.fromkeys(tab.rule.record_types)), tuple(dict.fromkeys(tab.rule.stages))),
        )
        for key, tab in zip(TAB_KEYS, tabs, strict=False)
    )


def values_of(tabs: Sequence[TabSpec]) -> dict[str, Any]:
    """The set-up as a JSON value with which it can be set again."""
    return {
        "tabs": [
            {
                "label": tab.label,
                "rows": [
                    {"sobject": row.sobject, "field": row.field, "label": row.label, "is_open": row.is_open}
                    for row in tab.rows
                ],
                "rule": {"record_types": list(tab.rule.record_types), "stages": list(tab.rule.stages)},
            }
            for tab in tabs
        ]
    }


def problems_of_form(tabs: Sequence[TabSpec]) -> tuple[Problem, ...]:
    """What is wrong with a set-up that nobody needs to ask Salesforce about."""
    if not 1 <= len(tabs) <= len(TAB_KEYS):
        return (problem("tabs", "tabs", "The panel has one tab or two."),)
    return tuple(_form_problems(tidied(tabs)))


def _form_problems(tabs: Sequence[TabSpec]) -> Iterator[Problem]:
    if sum(len(tab.rows) for tab in tabs) > MOST_ROWS:
        yield problem("tabs", "rows", f"The panel has at most {MOST_ROWS} rows.")
    names: set[str] = set()
    keys: set[str] = set()
    for number, tab in enumerate(tabs):
        place = f"tabs.{number}"
        yield from label_problems(place, tab.label, LONGEST_TAB_LABEL)
        if tab.label.casefold() in names:
            yield problem(place, "label", f"Both tabs are called {tab.label}. Give them different names.")
        names.add(tab.label.casefold())
        for line, row in enumerate(tab.rows):
            yield from label_problems(f"{place}.rows.{line}", row.label, LONGEST_ROW_LABEL)
            if row.key in keys:
                message = f"{row.key} is in the panel already. A field has one row, in one of the tabs."
                yield problem(f"{place}.rows.{line}", "field", message)
            keys.add(row.key)


def label_problems(place: str, label: str, longest: int) -> Iterator[Problem]:
    """What is wrong with a label at this place."""
    if not 0 < len(label) <= longest:
        yield problem(place, "label", f"A label has 1 to {longest} characters; this one has {len(label)}.")
    if not is_clean(label) or any(unicodedata.category(letter) == "Cc" for letter in label):
        yield problem(place, "label", "A label is one line of plain text, without control characters.")


def problems_of_rows(tabs: Sequence[TabSpec], describes: Describes, standing: Container[str]) -> tuple[Problem, ...]:
    """Rows whose field does not exist, or is none of the six types, as the describes show it.

    `standing`: keys of rows that are in the panel already. They are no reason to refuse another change: the check marks
    what is bad of them.
    """
    return tuple(
        problem(f"tabs.{number}.rows.{line}", "field", reason)
        for number, tab in enumerate(tabs)
        for line, row in enumerate(tab.rows)
        if (reason := refusal(row, describes, standing)) is not None
    )


def refusal(row: RowSpec, describes: Describes, standing: Container[str], *, allowed: Allowed = SIX) -> str | None:
    """Why the field of one row is none that may stand there; `standing` as in `problems_of_rows`."""
    if row.key in standing:
        return None
    if len(row.steps) > MOST_STEPS:
        return f"{row.key} goes over too many records: a row goes over at most {MOST_STEPS - 1}."
    found = field_of(row, describes)
    if found is None and goes_over_several(row, describes.get):
        given = ", ".join(sorted(NAME_OBJECT.fields))
        return (
            f"{row.key} goes over a lookup to records of several kinds. Through such a lookup Salesforce gives {given} "
            "and nothing else: choose one of these."
        )
    if found is None:
        return f"There is no field {row.key}, or this Salesforce login may not see it. Choose one from the list."
    return why_not(found, allowed) or takes_codes(row.field, describes[row.sobject])


def problems_of_rules(tabs: Sequence[TabSpec], choices: RuleChoices) -> tuple[Problem, ...]:
    """Record types and stages that a rule names and the org does not have."""
    types, stages = {one.value for one in choices.record_types}, {one.value for one in choices.stages}
    found = [
        problem(f"tabs.{number}", "rule", f"{what} {value} is not one of this org's. Choose one from the list.")
        for number, tab in enumerate(tabs)
        for what, named, known in (
            ("The record type", tab.rule.record_types, types),
            ("The stage", tab.rule.stages, stages),
        )
        for value in named
        if value not in known
    ]
    return tuple(found)


def can_edit(describe: FieldDescribe) -> bool:
    return describe.updateable and not describe.calculated


def decide_check(  # noqa: PLR0913 - by name
    row: RowSpec,
    describe: FieldDescribe | None,
    before: RowCheck,
    user_id: str,
    *,
    has_values: bool = True,
    allowed: Allowed = SIX,
) -> RowCheck:
    """What to keep of a row (D8), as one user's describe shows it now. `has_values`: a picklist offers something."""
    if describe is None:
        if user_id not in before.seen_by:
            return before  # this user has never seen it: that he does not see it now says nothing
        words = f"Salesforce does not know {row.key} any more, or closed it to the login that looked. Remove the row."
        return replace(before, status=RowStatus.BAD, fault=Fault.FIELD_GONE, message=words)
    seen = replace(before, seen_by=before.seen_by | {user_id})
    wrong_type = why_not(describe, allowed)
    if wrong_type is not None:
        return replace(seen, status=RowStatus.BAD, fault=Fault.TYPE_NOT_ALLOWED, message=wrong_type)
    was_editable = before.editable and user_id in before.seen_by and not row.is_related
    if was_editable and not can_edit(describe):
        words = f"{describe.label} ({row.key}) can no longer be edited: it became a formula or read-only in Salesforce."
        return replace(seen, status=RowStatus.BAD, fault=Fault.NO_EDIT_RIGHT, message=words)
    if allowed.type_of(describe) in CHOSEN and not has_values:
        words = f"{describe.label} ({row.key}) offers no value any more. Add values in Salesforce, or remove the row."
        return replace(seen, status=RowStatus.BAD, fault=Fault.NO_VALUES, message=words)
    editable = can_edit(describe) if not before.seen_by or user_id in before.seen_by else before.editable
    return RowCheck(RowStatus.OK, seen_by=seen.seen_by, editable=editable)


def coded(check: RowCheck, words: str | None) -> RowCheck:
    """The check of a row of which `takes_codes` says these words. What is wrong besides stays the reason."""
    if words is None or check.status is RowStatus.BAD:
        return check
    return replace(check, status=RowStatus.BAD, fault=Fault.TAKES_CODES, message=words)


def troubles_of(*found: tuple[Sequence[RowSpec], Checked]) -> list[Trouble]:
    """What admins are told of the rows that the last checks found bad, before a rep meets them (D8)."""
    rows = [(row, checked.of(row.key)) for specs, checked in found for row in specs]
    bad = [(row.label, check.message or "") for row, check in rows if check.status is RowStatus.BAD]
    return rows_trouble(Cause.PANEL_ROWS_BAD, bad, where="the panel")


def is_due(checked: Checked, now: datetime) -> bool:
    """Whether this night's check is still to come: one a day, at the first look after two o'clock UTC."""
    tonight = now.replace(hour=CHECK_HOUR, minute=0, second=0, microsecond=0)
    latest = tonight if tonight <= now else tonight - timedelta(days=1)
    return checked.at is None or checked.at < latest


def problem(key: str, field: str, message: str) -> Problem:
    """What is wrong with one field of the request; `key` is its place."""
    return Problem(code="INVALID_VALUE", key=key, field=field, message=printable(message))
