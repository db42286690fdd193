"""Which fields are exported, and how a record becomes a line. Values in, values out."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from accord.core.text import plain
from accord.features.uninstall.named import NamedField
from accord.salesforce.model import FieldDescribe
from accord.salesforce.soql import Condition, Query, any_of, eq, gt, ne, select

PAGE: Final = 2000  # Salesforce: the most records that one call of a query gives
# Salesforce: such fields cannot stand in WHERE (SOQL, "Condition Expression Syntax")
_UNFILTERED: Final = frozenset({"address", "base64", "encryptedstring", "location"})
_LONG: Final = 255
OF_THE_PACKAGE: Final = (
    *(
        NamedField("Opportunity", (), name, is_written=True)
        for name in (
            "Accord_Status__c", "Accord_URL__c", "Customer_Accepted_Num__c", "Customer_Invited_Num__c",
            "Accord_Missing_Criteria__c", "Execution_Score__c", "Progress__c",
            "Stage_Name__c",
        )
    ),
    *(NamedField(name, (), "Accord_Id__c", is_written=True) for name in ("Contact", "OpportunityContactRole", "Task")),
)  # fmt: skip


def path_of(named: NamedField) -> str:
    return ".".join((*named.steps, named.field))


def by_object(named: Iterable[NamedField]) -> dict[str, list[NamedField]]:
    """The fields into which data of plans are written, by object; those of the package first, each once."""
    found: dict[str, dict[str, NamedField]] = {}
    for one in (*OF_THE_PACKAGE, *named):
        if one.is_written and one.field != "Id":
            found.setdefault(one.sobject, {}).setdefault(path_of(one).casefold(), one)
    return {sobject: list(fields.values()) for sobject, fields in found.items()}


def with_a_value(fields: Mapping[str, FieldDescribe]) -> Condition | None:
    """Met by records that have a value in one of the fields, by their paths; None: they cannot be asked for it."""
    conditions = []
    for path, field in fields.items():
        if field.type in _UNFILTERED or (field.type == "textarea" and field.length > _LONG):
            return None
        conditions.append(eq(path, True) if field.type == "boolean" else ne(path, None))
    return any_of(*conditions)


def sheet_query(sobject: str, fields: Mapping[str, FieldDescribe], *, after: str | None) -> Query:
    """The next page of a sheet, in the order of ids."""
    query = _narrowed(select("Id", *fields).from_(sobject), fields)
    return (query.where(gt("Id", after)) if after else query).ordered("Id").limited(PAGE)


def count_query(sobject: str, fields: Mapping[str, FieldDescribe], counted: Query) -> Query:
    """`counted` is the beginning of a count over `sobject`."""
    assert counted.sobject == sobject
    return _narrowed(counted, fields)


def calls_for(records: int) -> int:
    """The last page is known to be the last when it is not full."""
    return records // PAGE + 1


def _narrowed(query: Query, fields: Mapping[str, FieldDescribe]) -> Query:
    condition = with_a_value(fields)
    return query if condition is None else query.where(condition)


def csv_of(rows: Iterable[Mapping[str, Any]], fields: Sequence[str], *, with_header: bool) -> str:
    """RFC 4180; no spreadsheet takes a cell of text for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    if with_header:
        writer.writerow(["Id", *fields])
    for row in rows:
        writer.writerow([row["Id"], *(cell_of(row, field) for field in fields)])
    return out.getvalue()


def cell_of(row: Mapping[str, Any], path: str) -> str:
    """The value behind a path, in the platform's own spelling; empty where there is none."""
    value: Any = row
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | date | datetime):
        return str(value)
    return plain(str(value))
