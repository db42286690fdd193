"""Reads the mapped fields of up to 200 deals in one query, over their relationship paths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accord.core.errors import RejectedError
from accord.core.ids import RecordId, widen
from accord.features.field_sync.model import DEAL, Fault, Row, RowHealth, RowState
from accord.features.field_sync.rules import describe_of
from accord.features.field_sync.sync.model import Fresh, Read
from accord.mapping.values import Canonical
from accord.salesforce.canonical import from_json
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_, select

GONE = "INVALID_FIELD"


@dataclass(frozen=True, slots=True)
class Reading:
    """By deal: what its rows hold. A deal that is not there has no rows. `paused`: rows whose field cannot be read."""

    deals: Mapping[RecordId, Fresh] = field(default_factory=dict)
    paused: Mapping[str, RowHealth] = field(default_factory=dict)
    calls: int = 0


def read_fields(gateway: Gateway, rows: Sequence[Row], deal_ids: Sequence[RecordId]) -> Reading:
    """Reads these rows (each with its facts). Where Salesforce does not know a field, its row is named and the others
    are read without it (D63). Raises what a gateway raises for a call that failed.
    """
    paused: dict[str, RowHealth] = {}
    left, calls = list(rows), 0
    while left and deal_ids:
        ids = [f"{path}.Id" for path in sorted({row.path for row in left if row.path})]
        query = select("Id", *ids, *(row.target for row in left)).from_(DEAL).where(in_("Id", sorted(deal_ids)))
        calls += 1
        try:
            found = gateway.query(query)
        except RejectedError as error:
            refused = _refused(left, error)
            if not refused:
                raise
            paused.update(refused)
            left = [row for row in left if row.id not in paused]
            continue
        return Reading({RecordId(widen(one["Id"])): _fresh(one, left) for one in found}, paused, calls)
    return Reading({}, paused, calls)


def _refused(rows: Sequence[Row], error: RejectedError) -> Mapping[str, RowHealth]:
    named = {problem.field.lower() for problem in error.problems if problem.field}
    return {
        row.id: paused_by(row, code=error.problems[0].code, advice=error.message)
        for row in rows
        if row.field.lower() in named
    }


def paused_by(row: Row, *, code: str, advice: str) -> RowHealth:
    """How a row stands whose field Salesforce refuses for every record (D63)."""
    message = f"Salesforce refuses {row.target}. {advice} Then let the row go on."
    return RowHealth(RowState.PAUSED, Fault.REFUSED, message, code=code)


def _fresh(answer: Mapping[str, Any], rows: Sequence[Row]) -> Fresh:
    return {row.id: _read(answer, row) for row in rows}


def _read(answer: Mapping[str, Any], row: Row) -> Read:
    record: Any = answer
    for step in row.steps:
        record = record.get(step) if record is not None else None
    if record is None:
        return Read(None)
    return Read(RecordId(widen(record["Id"])), _value(row, record.get(row.field)))


def _value(row: Row, value: Any) -> Canonical:
    assert row.facts is not None, "rows without facts are not read"
    try:
        found: Canonical = from_json(describe_of(row, row.facts), value)
    except ValueError:
        # the field is of another type by now: its words differ from whatever is wanted
        found = str(value)
    return found
