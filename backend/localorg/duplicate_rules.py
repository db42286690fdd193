"""Duplicate rules: which existing records a save would duplicate, and whether it is refused for that."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from localorg.errors import Code, Problem, RefusedError
from localorg.records import Row
from localorg.row_checks import visible
from localorg.row_view import view
from localorg.schema import SObject

if TYPE_CHECKING:
    from localorg.org import Org
    from localorg.transaction import Transaction

HEADER = "sforce-duplicate-rule-header"
USUAL_ALERT = "Use one of these records?"
# Recorded with v51.0 to v56.0: the key is misspelt. Answers without a version have it right.
_LAST_MISSPELT_VERSION = 56


class OnDuplicate(StrEnum):
    """What a rule does: nothing but a report, a refusal that the caller may overrule, a refusal."""

    REPORT = "report"
    ALERT = "alert"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class DuplicateRule:
    """Records match when all of `fields` are equal, capitals ignored; an empty field matches nothing."""

    name: str
    sobject: str
    fields: tuple[str, ...]
    on_create: OnDuplicate = OnDuplicate.ALERT
    on_edit: OnDuplicate = OnDuplicate.ALERT
    alert: str = USUAL_ALERT


@dataclass(frozen=True, slots=True)
class DuplicateOptions:
    """What a request says of duplicates, and the version that it speaks."""

    allow_save: bool = False
    include_record_details: bool = False
    version: str = "0.0"

    @classmethod
    def of_header(cls, text: str, *, version: str) -> "DuplicateOptions":
        """From `allowSave=true; includeRecordDetails=true`. Everything that is not said is false."""
        pairs = (part.partition("=") for part in text.replace(",", ";").split(";"))
        said = {name.strip().lower(): value.strip().lower() == "true" for name, _, value in pairs}
        return cls(said.get("allowsave", False), said.get("includerecorddetails", False), version)


class DuplicateRules:
    """The org's duplicate rules; one of the same name replaces the older one. Thread-safe."""

    def __init__(self) -> None:
        self._rules: dict[str, DuplicateRule] = {}
        self._lock = threading.Lock()

    def add(self, rule: DuplicateRule, *, org: "Org") -> None:
        """Raises ValueError for a rule that names what the org does not have."""
        sobject = org.schema.find(rule.sobject)
        missing = [name for name in rule.fields if sobject is None or name not in sobject.fields]
        if sobject is None or sobject.event is not None or missing or not rule.fields:
            raise ValueError(f"There is no {rule.sobject} with the fields {', '.join(rule.fields) or '(none)'} here.")
        with self._lock:
            self._rules[rule.name] = rule

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def of(self, sobject: str) -> list[DuplicateRule]:
        with self._lock:
            return [rule for rule in self._rules.values() if rule.sobject == sobject]


def check(tx: "Transaction", sobject: SObject, row: Row, *, before: Row | None) -> None:
    """Raises RefusedError for a save that a rule stops. An edit is looked at only when it touches a rule's fields."""
    for rule in tx.org.duplicate_rules.of(sobject.name):
        action = rule.on_create if before is None else rule.on_edit
        untouched = before is not None and all(before.get(name) == row.get(name) for name in rule.fields)
        overruled = action is OnDuplicate.ALERT and tx.duplicates.allow_save
        if action is OnDuplicate.REPORT or untouched or overruled:
            continue
        found = _matches(tx, sobject, rule, row)
        if found:
            raise RefusedError(_problem(tx, sobject, rule, found, may_save=action is OnDuplicate.ALERT))


def _matches(tx: "Transaction", sobject: SObject, rule: DuplicateRule, row: Row) -> list[Row]:
    wanted = [_comparable(row.get(name)) for name in rule.fields]
    if None in wanted:
        return []
    return [
        one
        for one in tx.org.records.all(sobject.name)
        if one["Id"] != row["Id"]
        and [_comparable(one.get(name)) for name in rule.fields] == wanted
        and visible(tx, sobject, one)
    ]


def _comparable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _problem(tx: "Transaction", sobject: SObject, rule: DuplicateRule, found: list[Row], *, may_save: bool) -> Problem:
    options = tx.duplicates
    names = ["Id", "Name", *rule.fields] if options.include_record_details else ["Id"]
    access = tx.org.access(tx.user_id)
    root = f"/services/data/v{options.version}"
    shown = [
        field
        for field in (sobject.find(name) for name in dict.fromkeys(names))
        if field is not None and access.field(sobject.name, field.name).read
    ]
    result = {
        "allowSave": may_save,
        "duplicateRule": rule.name,
        "duplicateRuleEntityType": sobject.name,
        "errorMessage": rule.alert,
        "matchResults": [
            {
                "entityType": sobject.name,
                "errors": [],
                "matchEngine": "ExactMatchEngine",
                "matchRecords": [
                    {
                        "additionalInformation": [],
                        "fieldDiffs": [],
                        "matchConfidence": 100.0,
                        "record": view(access, sobject, one, root=root, fields=shown),
                    }
                    for one in found
                ],
                "rule": f"{rule.name}_Match",
                "size": len(found),
                "success": True,
            }
        ],
    }
    misspelt = int(options.version.partition(".")[0]) <= _LAST_MISSPELT_VERSION
    return Problem(
        Code.DUPLICATES_DETECTED,
        rule.alert,
        fields=None,
        extra={"duplicateResut" if misspelt else "duplicateResult": result},
    )


def duplicate_rule_from_json(body: Mapping[str, Any]) -> DuplicateRule:
    """From the door: name, object, fields, and as wanted on_create, on_edit ("report", "alert", "block"), alert.

    Raises ValueError.
    """
    known = {"name", "object", "fields", "on_create", "on_edit", "alert"}
    fields = body.get("fields")
    if set(body) - known or not isinstance(fields, list) or not all(isinstance(one, str) for one in fields):
        raise ValueError(f'A duplicate rule has {", ".join(sorted(known))}; "fields" is a list of field names.')
    if not isinstance(body.get("name"), str) or not isinstance(body.get("object"), str):
        raise ValueError('A duplicate rule needs "name" and "object" as text.')  # noqa: TRY004 - wrong input
    return DuplicateRule(
        name=body["name"],
        sobject=body["object"],
        fields=tuple(fields),
        on_create=OnDuplicate(body.get("on_create", "alert")),
        on_edit=OnDuplicate(body.get("on_edit", "alert")),
        alert=str(body.get("alert", USUAL_ALERT)),
    )
