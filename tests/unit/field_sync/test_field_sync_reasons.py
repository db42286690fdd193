"""Why a field was not written: the whole list, each with a case that brings it on (D6)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from accord.core.ids import PlanId, RecordId
from accord.features.field_sync.model import Fault, FieldFacts, Row, RowHealth, RowState, Settings, Setup
from accord.features.field_sync.needs import needs
from accord.features.field_sync.reasons import ANY_CAUSE, CAUSES, FieldSkip, cause_sentence
from accord.features.field_sync.sync.model import (
    ASKED,
    BACK_FILL,
    FOLLOWED,
    IN_DOUBT,
    UNDONE,
    Copy,
    Held,
    Hold,
    Read,
    RefusedValue,
)
from accord.features.field_sync.sync.rules import decide_plan
from accord.features.field_sync.why.service import decide_reason
from accord.mapping.changeset import Change
from accord.mapping.decide import decide_undo
from accord.workspace.plans.data import PlanData
from accord.workspace.plans.events import PlanEventKind
from support.builders import NOON

DEAL = RecordId("006000000000001AAA")
ROW = Row("r", "accord_status", "Status", "", "X__c", FieldFacts("Opportunity", "X", "string", 80, 0, 0))
PLAN = PlanData(PlanId("p"), DEAL, True, {"accord_status": "On Track"})
COPY = Copy(PlanId("p"))
SETTINGS = Settings(Setup(enabled=True, rows=(ROW,)), {"r": RowHealth(RowState.OK)})


def told(plan: PlanData | None = PLAN, copy: Copy = COPY, row: Row = ROW, **settings: object) -> FieldSkip | None:
    return decide_reason(row, replace(SETTINGS, **settings), plan, copy)  # type: ignore[arg-type]


def standing(fault: Fault, state: RowState = RowState.BAD) -> FieldSkip | None:
    return told(health={"r": RowHealth(state, fault)})


def decided(
    copy: Copy = COPY, record: RecordId | None = DEAL, value: str | None = None, **plan: object
) -> FieldSkip | None:
    found = decide_plan([(ROW, RowHealth(RowState.OK))], replace(PLAN, **plan), copy, {"r": Read(record, value)})  # type: ignore[arg-type]
    return found.skips.get("r")


def changed_since() -> FieldSkip | None:
    undoing = decide_undo({"r": Change(None, "On Track")}, {"r": "theirs"})
    return FieldSkip.CHANGED_SINCE if "r" in undoing.changed_since else None


def kept_from(skip: FieldSkip) -> FieldSkip | None:
    """What the last look has noted."""
    return told(copy=replace(COPY, skips={"r": skip}, looked_at=NOON))


REFUSED = replace(COPY, refused={"r": RefusedValue("On Track", "STRING_TOO_LONG", NOON)})
HELD = replace(COPY, holds={"r": Hold(DEAL, "On Track")})
CASES: dict[FieldSkip, Callable[[], FieldSkip | None]] = {
    FieldSkip.SYNC_OFF: lambda: told(setup=Setup(rows=(ROW,))),
    FieldSkip.NOT_CONNECTED: lambda: told(replace(PLAN, opportunity_id=None)),
    FieldSkip.NOT_PUBLISHED: lambda: told(replace(PLAN, values={"accord_status": None})),
    FieldSkip.UNCHANGED: lambda: decided(value="On Track"),
    FieldSkip.ROW_BAD: lambda: standing(Fault.FIELD_GONE),
    FieldSkip.ROW_PAUSED: lambda: standing(Fault.REFUSED, RowState.PAUSED),
    FieldSkip.CRITERION_GONE: lambda: standing(Fault.CRITERION_GONE),
    FieldSkip.DOES_NOT_FIT: lambda: told(replace(PLAN, values={"accord_status": "https://" + "x" * 80})),
    FieldSkip.NO_RECORD: lambda: decided(record=None),
    FieldSkip.NEWER_PLAN: lambda: kept_from(FieldSkip.NEWER_PLAN),
    FieldSkip.REFUSED: lambda: decided(REFUSED),
    FieldSkip.CHANGED_SINCE: changed_since,
    FieldSkip.TAKEN_BACK: lambda: decided(HELD),
    FieldSkip.NEVER_LOOKED: told,
}


@pytest.mark.parametrize("reason", list(FieldSkip))
def test_each_reason_is_told(reason: FieldSkip) -> None:
    assert CASES[reason]() is reason


def test_what_was_taken_back_is_held_for_that_value_on_that_record_alone() -> None:
    """D16."""
    elsewhere = RecordId("006000000000002AAA")
    assert decided(HELD, record=elsewhere) is None
    assert decided(HELD, values={"accord_status": "Late"}) is None

    def without_a_look(copy: Copy, **plan: object) -> tuple[bool, FieldSkip | None]:
        shadow = replace(copy, held={"r": Held(DEAL, "Late", NOON)})
        found = decide_plan([(ROW, RowHealth(RowState.OK))], replace(PLAN, **plan), shadow, None)  # type: ignore[arg-type]
        return found.needs_reading, found.skips.get("r")

    assert without_a_look(HELD) == (False, FieldSkip.TAKEN_BACK)
    assert without_a_look(HELD, opportunity_id=elsewhere)[0]
    # the shadow may be older than the taking back: what is there is read before anything is written over it
    assert without_a_look(HELD, values={"accord_status": "Done"}) == (True, None)
    assert without_a_look(COPY, values={"accord_status": "Done"}) == (False, None)


def test_a_field_that_was_written_has_no_reason() -> None:
    assert told(copy=replace(COPY, held={"r": Held(DEAL, "On Track", NOON, "w")}, looked_at=NOON)) is None


def test_the_owner_needs_what_is_synced_and_nothing_while_it_is_off() -> None:
    assert [one.name for one in needs(SETTINGS.setup)] == ["Opportunity", "Opportunity.X__c"]
    assert needs(replace(SETTINGS.setup, enabled=False)) == ()


def test_whatever_sets_a_write_off_is_told_in_words() -> None:
    kinds = {*map(str, PlanEventKind), ASKED, BACK_FILL, IN_DOUBT, UNDONE, *FOLLOWED}

    assert set(CAUSES) == kinds
    assert cause_sentence("step_completed", "Riley") == "Accord wrote it after a step was completed by Riley."
    assert cause_sentence("of a later version", None) == f"Accord wrote it after {ANY_CAUSE}."
