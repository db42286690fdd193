"""Automations of the org that run inside a save: record-triggered flows and Apex triggers.

They write as the saving user in the same transaction, past his own rights but not past validation rules, and what they
write can start automations again. When one fails the save fails, with the inner error wrapped in the automation's own.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from localorg import automation_faults, criteria, row_derived
from localorg.errors import Code, Problem, RefusedError
from localorg.flows import FlowFault, merged
from localorg.records import Row
from localorg.schema import SObject
from localorg.values import BadValueError, stored

if TYPE_CHECKING:
    from localorg.org import Org
    from localorg.transaction import Transaction

DEEPEST = 16  # Salesforce, Apex Developer Guide, Execution Governors: stack depth of a trigger that fires itself


class AutomationKind(StrEnum):
    """In the order of the platform's order of execution."""

    BEFORE_SAVE_FLOW = "before_save_flow"
    APEX_TRIGGER = "apex_trigger"
    AFTER_SAVE_FLOW = "after_save_flow"


@dataclass(frozen=True, slots=True)
class Automation:
    """What happens when a record of `sobject` is saved and `condition` (SOQL criteria, None for always) holds.

    `values` are set on the record itself, `related` on the record that a lookup field names, `events` are published.
    Texts may hold `{!$Record.Field}`. `refusal` is the admin's own error (message, field); `fault` is the text of an
    error that nobody catches.
    """

    name: str
    sobject: str
    kind: AutomationKind
    on: frozenset[str] = frozenset({"insert", "update"})
    condition: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    related: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    events: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    refusal: tuple[str, str | None] | None = None
    fault: str | None = None

    def __post_init__(self) -> None:
        if self.kind is AutomationKind.BEFORE_SAVE_FLOW and (self.related or self.events):
            raise ValueError("A before-save flow changes its own record only.")
        if not self.on or not self.on <= {"insert", "update"}:
            raise ValueError('"on" is a list of "insert" and "update".')


class Automations:
    """The org's automations; one of the same name replaces the older one. Thread-safe."""

    def __init__(self) -> None:
        self._known: dict[str, Automation] = {}
        self._lock = threading.Lock()

    def add(self, automation: Automation, *, org: "Org") -> None:
        """Raises ValueError for one that names what the org does not have, SoqlError for a wrong condition."""
        sobject = org.schema.find(automation.sobject)
        if sobject is None or sobject.event is not None:
            raise ValueError(f"There is no object {automation.sobject} in this org.")
        _check_merge_fields(sobject, [automation.values, automation.related, automation.events])
        _check_fields(sobject, automation.values)
        _check_fields(sobject, automation.related)
        for name, values in automation.events.items():
            event = org.schema.find(name)
            if event is None or event.event is None:
                raise ValueError(f"There is no event {name} in this org.")
            _check_fields(event, values)
        if automation.condition:
            criteria.check(org, automation.sobject, automation.condition)
        with self._lock:
            self._known[automation.name] = automation

    def clear(self) -> None:
        with self._lock:
            self._known.clear()

    def of(self, sobject: str, *, op: str, before_save: bool) -> list[Automation]:
        """Those that a save has to ask, in their order of execution."""
        with self._lock:
            fitting = [one for one in self._known.values() if one.sobject == sobject and op in one.on]
        early = AutomationKind.BEFORE_SAVE_FLOW
        order = list(AutomationKind)
        chosen = [one for one in fitting if (one.kind is early) == before_save]
        return sorted(chosen, key=lambda one: order.index(one.kind))


def before_save(tx: "Transaction", sobject: SObject, row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:
    """Lets before-save flows change `row`, which is on its way to the validation rules."""
    changed: dict[str, Any] = {}
    for one in _starting(tx, sobject, row, before=before, before_save=True):
        _stop(one, before=before)
        try:
            changed |= _typed(sobject, one.values, row)
        except RefusedError as inner:
            raise RefusedError(automation_faults.of_flow_update(one.name, inner.problems[0])) from inner
        row.update(changed)
    if changed:
        row_derived.derive(tx, sobject, row, before=before, given={**given, **changed})


def after_save(tx: "Transaction", sobject: SObject, row: Row, *, before: Row | None) -> None:
    """Runs triggers, then after-save flows, for a record that has been written."""
    for one in _starting(tx, sobject, row, before=before, before_save=False):
        if tx.depth >= DEEPEST:
            raise RefusedError(automation_faults.too_deep(one.name, creating=before is None))
        _stop(one, before=before)
        tx.depth += 1
        try:
            _act(tx, one, sobject, row, before=before)
        finally:
            tx.depth -= 1


def _starting(
    tx: "Transaction", sobject: SObject, row: Row, *, before: Row | None, before_save: bool
) -> list[Automation]:
    op = "insert" if before is None else "update"
    return [
        one
        for one in tx.org.automations.of(sobject.name, op=op, before_save=before_save)
        if one.condition is None or criteria.holds(tx.org, sobject.name, one.condition, row, user_id=tx.user_id)
    ]


def _stop(one: Automation, *, before: Row | None) -> None:
    if one.refusal is not None:
        message, name = one.refusal
        raise RefusedError(Problem(Code.FIELD_CUSTOM_VALIDATION_EXCEPTION, message, (name,) if name else ()))
    if one.fault is not None:
        if one.kind is AutomationKind.APEX_TRIGGER:
            raise RefusedError(automation_faults.of_trigger(one.name, one.fault, creating=before is None))
        raise RefusedError(automation_faults.of_flow(one.name, one.fault))


def _act(tx: "Transaction", one: Automation, sobject: SObject, row: Row, *, before: Row | None) -> None:
    writes = [(sobject, row["Id"], one.values)]
    for lookup, values in one.related.items():
        target = tx.org.schema.of_id(row.get(lookup) or "")
        if target is not None:
            writes.append((target, row[lookup], values))
    for target, record_id, values in writes:
        stands = tx.org.records.find(target.name, record_id) or {}
        try:
            wanted = _typed(target, values, row)
            if any(stands.get(name) != value for name, value in wanted.items()):
                tx.update(target.name, record_id, wanted, enforce=False)
        except RefusedError as inner:
            raise RefusedError(_wrapped(one, record_id, inner.problems[0], creating=before is None)) from inner
    for event, values in one.events.items():
        tx.publish_as_flow(event, merged(dict(values), {"Record": row}))


def _wrapped(one: Automation, record_id: str, inner: Problem, *, creating: bool) -> Problem:
    if one.kind is AutomationKind.APEX_TRIGGER:
        return automation_faults.of_trigger_update(one.name, record_id, inner, creating=creating)
    return automation_faults.of_flow_update(one.name, inner)


def _typed(sobject: SObject, values: Mapping[str, Any], record: Row) -> dict[str, Any]:
    plain = merged(dict(values), {"Record": record})
    try:
        return {name: stored(sobject.fields[name], value) for name, value in plain.items()}
    except BadValueError as error:
        raise RefusedError(error.problem) from error


def _check_fields(sobject: SObject, values: Mapping[str, Any]) -> None:
    for name in values:
        if name not in sobject.fields:
            raise ValueError(f"There is no field {name} of {sobject.name} in this org.")


def _check_merge_fields(sobject: SObject, texts: Sequence[Any]) -> None:
    for one in texts:
        try:
            merged(_as_json(one), {"Record": dict.fromkeys(sobject.fields)})
        except FlowFault as fault:
            raise ValueError(str(fault)) from fault


def _as_json(value: Any) -> Any:
    return {key: _as_json(one) for key, one in value.items()} if isinstance(value, Mapping) else value


def automation_from_json(body: Mapping[str, Any]) -> Automation:
    """From the door: name, object, kind, and as wanted on, condition, set, update_related, publish, refuse, fail.

    Raises ValueError.
    """
    known = {"name", "object", "kind", "on", "condition", "set", "update_related", "publish", "refuse", "fail"}
    unknown = sorted(set(body) - known)
    if unknown:
        raise ValueError(f"Unknown: {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
    kinds = [kind.value for kind in AutomationKind]
    if not isinstance(body.get("name"), str) or not isinstance(body.get("object"), str):
        raise ValueError('An automation needs "name" and "object" as text.')  # noqa: TRY004 - wrong input
    if body.get("kind") not in kinds:
        raise ValueError(f'"kind" is one of {", ".join(kinds)}.')
    refuse = body.get("refuse")
    if refuse is not None and not (isinstance(refuse, Mapping) and isinstance(refuse.get("message"), str)):
        raise ValueError('"refuse" is an object with "message" and, if wanted, "field".')
    return Automation(
        name=body["name"],
        sobject=body["object"],
        kind=AutomationKind(body["kind"]),
        on=frozenset(map(str, body.get("on", ["insert", "update"]))),
        condition=body.get("condition"),
        values=_object(body, "set"),
        related={name: _object(body["update_related"], name) for name in _object(body, "update_related")},
        events={name: _object(body["publish"], name) for name in _object(body, "publish")},
        refusal=(refuse["message"], refuse.get("field")) if refuse is not None else None,
        fault=None if body.get("fail") is None else str(body["fail"]),
    )


def _object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name, {})
    if not isinstance(value, Mapping):
        raise ValueError(f'"{name}" is an object.')  # noqa: TRY004 - wrong input, not a wrong call
    return value
