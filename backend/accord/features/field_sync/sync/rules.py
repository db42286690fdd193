"""What is done about one plan: values in, a decision out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accord.core.ids import RecordId
from accord.features.field_sync import rules
from accord.features.field_sync.model import PlanValues, Row, RowHealth
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.sync.model import Copy, Fresh
from accord.mapping.changeset import Change
from accord.mapping.decide import decide_changes
from accord.mapping.values import Canonical, same


@dataclass(frozen=True, slots=True)
class Decision:
    """By row: what is written to which record, what is so already, and what is left alone and why.

    `needs_reading`: nothing can be decided about some row before Salesforce was read.
    """

    changes: Mapping[str, Change] = field(default_factory=dict)
    records: Mapping[str, RecordId] = field(default_factory=dict)
    agreed: Mapping[str, Canonical] = field(default_factory=dict)
    skips: Mapping[str, FieldSkip] = field(default_factory=dict)
    needs_reading: bool = False


def decide_plan(
    rows: Sequence[tuple[Row, RowHealth]],
    plan: PlanValues,
    copy: Copy,
    fresh: Fresh | None,
    *,
    insists: bool = False,
) -> Decision:
    """What to do about a connected plan, by its rows and how they stand.

    `fresh` is what was read just now; without it the shadow counts, but where something was taken back that the plan
    has moved on from. `insists`: refused values are tried again.
    """
    wanted: dict[str, Canonical] = {}
    known: dict[str, Canonical] = {}
    records: dict[str, RecordId] = {}
    skips: dict[str, FieldSkip] = {}
    for row, health in rows:
        value, skip = rules.wanted_of(row, health, plan)
        if skip is None and not insists and _was_refused(copy, row.id, value):
            skip = FieldSkip.REFUSED
        if skip is None and _is_held(row, plan, copy, fresh, value):
            skip = FieldSkip.TAKEN_BACK
        if skip is None and fresh is not None and (row.id not in fresh or fresh[row.id].record_id is None):
            skip = FieldSkip.NO_RECORD
        if skip is not None:
            skips[row.id] = skip
            continue
        wanted[row.id] = value
        found = _known(row, plan, copy, fresh) if fresh is not None or row.id not in copy.holds else None
        if found is not None:
            records[row.id], known[row.id] = found
    decided = decide_changes(wanted, known)
    skips.update(dict.fromkeys(decided.unchanged, FieldSkip.UNCHANGED))
    # whose record a path leads to may have changed since, so nothing is written over one without a look
    moved = {row.id for row, _ in rows if row.path} & decided.changes.keys()
    return Decision(
        changes=decided.changes,
        records=records,
        agreed={key: wanted[key] for key in decided.unchanged},
        skips=skips,
        needs_reading=fresh is None and bool(decided.unknown or moved),
    )


def _is_held(row: Row, plan: PlanValues, copy: Copy, fresh: Fresh | None, value: Canonical) -> bool:
    """Whether this very value was taken back from the record that the row leads to now."""
    hold = copy.holds.get(row.id)
    if hold is None:
        return False
    if fresh is not None:
        record_id = fresh[row.id].record_id if row.id in fresh else None
    elif not row.path:
        record_id = plan.opportunity_id
    else:
        record_id = copy.held[row.id].record_id if row.id in copy.held else None
    return record_id == hold.record_id and same(value, hold.value)


def _was_refused(copy: Copy, row_id: str, value: Canonical) -> bool:
    return row_id in copy.refused and same(copy.refused[row_id].value, value)


def _known(row: Row, plan: PlanValues, copy: Copy, fresh: Fresh | None) -> tuple[RecordId, Canonical] | None:
    if fresh is not None:
        record_id = fresh[row.id].record_id
        return None if record_id is None else (record_id, fresh[row.id].value)
    held = copy.held.get(row.id)
    if held is None or (not row.path and held.record_id != plan.opportunity_id):
        return None
    return held.record_id, held.value


def is_look_due(read_at: datetime | None, now: datetime, check_minutes: int) -> bool:
    """Whether a plan that is viewed has its fields in Salesforce read again: once in the set interval at most (D13)."""
    return read_at is None or now - read_at >= timedelta(minutes=check_minutes)
