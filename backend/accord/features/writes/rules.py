"""How lines of writes are called and put into a file. Values in, values out."""

from collections.abc import Iterable, Mapping
from typing import Final

from accord.core import spreadsheet
from accord.core.written import WriteLine, Writer
from accord.features.writes.model import ShownLine

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
_RULES: Final[Mapping[Writer, str]] = {
    Writer.PANEL: "Panel",
    Writer.FIELD_SYNC: "Synced fields",
    Writer.TWO_WAY: "Values that run both ways",
}
# of what delivery alone knows, by the object that is written
_OBJECTS: Final[Mapping[str, str]] = {
    "Task": "Activity as Tasks",
    "Contact": "Contacts",
    "OpportunityContactRole": "Contacts",
    "Accord_Plan_Event__e": "Events for flows",
    "CustomNotification": "Messages by Salesforce's bell",
}


def rule_of(line: WriteLine) -> str:
    """Which of Accord's rules wrote it."""
    if line.writer is not None:
        return _RULES[line.writer]
    if line.kind.startswith("two_way_"):
        return _RULES[Writer.TWO_WAY]
    return _OBJECTS.get(line.sobject, _RULES[Writer.FIELD_SYNC])


def cause_of(line: WriteLine) -> str:
    """What set it off, without the words by which delivery tells fields of plans apart."""
    return line.kind.removeprefix("fields_after_")


def csv_of(lines: Iterable[ShownLine]) -> str:
    """A row for each value, or one for a write whose values nobody keeps."""
    rows = []
    for shown in lines:
        line = shown.line
        about = (line.at.isoformat(), line.sobject, line.record_id or "")
        how = (
            line.fate.value, rule_of(line), cause_of(line), shown.by or "", shown.login or "", line.reason or "",
            line.reference or "",
        )  # fmt: skip
        for value in line.values:
            old, new = (HIDDEN, HIDDEN) if value.field in shown.hidden else (value.old or "", value.new or "")
            rows.append((*about, value.field, old, new, *how))
        if not line.values:
            rows.append((*about, "", "", "", *how))
    return spreadsheet.csv_of(COLUMNS, rows)
