"""How lines of writes are called and put into a file. Values in, values out."""

from collections.abc import Iterable, Mapping
from typing import Final

from accord.core import spreadsheet
from accord.core.written import Before, WriteLine, Writer, WrittenValue
from accord.delivery.parts import Part, part_of
from accord.features.writes.model import ShownLine
from accord.salesforce.sight import Kept, Sight

COLUMNS: Final = (
    "at",
    "object",
    "record",
    "field",
    "old",
    "new",
    "fate",
    "rule",
    "cause",
    "by",
    "login",
    "reason",
    "reference",
)
HIDDEN: Final = "(hidden)"
EMPTY: Final = "(empty)"
NO_VALUES: Final = "(no values)"
BEFORE: Final[Mapping[Before, str]] = {Before.NEW_RECORD: "(new record)", Before.NOT_KNOWN: "(not known)"}
_PANEL: Final = "Panel"
_RULES: Final[Mapping[Part, str]] = {
    Part.ACTIVITY: "Activity as Tasks",
    Part.FIELDS: "Synced fields",
    Part.TWO_WAY: "Values that run both ways",
    Part.CONTACTS: "Contacts",
    Part.EVENTS: "Events for flows",
    Part.MESSAGES: "Messages by Salesforce's bell",
}


def rule_of(line: WriteLine) -> str:
    """Which of Accord's rules wrote it."""
    if line.writer is Writer.PANEL:
        return _PANEL  # it writes at once, not through the outbox
    if line.writer is Writer.FIELD_SYNC:
        return _RULES[Part.FIELDS]  # also where a row of an admin goes to a Contact
    return _RULES[part_of(line.sobject, line.kind)]


def kept_by(lines: Iterable[WriteLine]) -> list[Kept]:
    """The values that these lines would show."""
    return [
        Kept(line.sobject, line.record_id, [value.field for value in line.values])
        for line in lines
        if line.values and line.record_id is not None
    ]


def hidden_of(line: WriteLine, sight: Sight) -> frozenset[str]:
    """The fields of a line whose values the reader is not told."""
    names = (value.field for value in line.values)
    return frozenset(name for name in names if not sight.sees(line.sobject, name, line.record_id))


def labels_of(line: WriteLine, sight: Sight) -> dict[str, str]:
    """What Salesforce calls the fields of a line that the reader sees, by name."""
    found = ((value.field, sight.label(line.sobject, value.field)) for value in line.values)
    return {name: label for name, label in found if label is not None}


def cause_of(line: WriteLine) -> str:
    """What set it off, without the words by which delivery tells fields of plans apart."""
    return line.kind.removeprefix("fields_after_")


def csv_of(lines: Iterable[ShownLine]) -> str:
    """A row for each value, or one for a write whose values nobody keeps. What is no value is a word in brackets."""
    rows = []
    for shown in lines:
        line = shown.line
        about = (line.at.isoformat(), line.sobject, line.record_id or "")
        how = (
            line.fate.value, rule_of(line), cause_of(line), shown.by or "", shown.login or "", line.reason or "",
            line.reference or "",
        )  # fmt: skip
        for value in line.values:
            old, new = (HIDDEN, HIDDEN) if value.field in shown.hidden else (_old(value), value.new or EMPTY)
            rows.append((*about, value.field, old, new, *how))
        if not line.values:
            rows.append((*about, NO_VALUES, "", "", *how))
    return spreadsheet.csv_of(COLUMNS, rows)


def _old(value: WrittenValue) -> str:
    return BEFORE.get(value.before) or value.old or EMPTY
