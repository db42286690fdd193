"""Validation rules of the org: an error condition in SOQL's criteria language, tried on the new values of a record."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from localorg.errors import Code, Problem


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """`condition` is what may stand after WHERE and is true when the record is to be refused, for example
    `Amount > 1000000 AND NextStep = null`. `field` is where the message is shown; None means the top of the page.
    """

    name: str
    sobject: str
    condition: str
    message: str
    field: str | None = None
    active: bool = True

    def problem(self) -> Problem:
        """Salesforce: the admin's own text, with the field's API name in `fields`, or an empty list."""
        fields = (self.field,) if self.field else ()
        return Problem(Code.FIELD_CUSTOM_VALIDATION_EXCEPTION, self.message, fields)


class ValidationRules:
    """The registered rules; a rule of the same name replaces the older one."""

    def __init__(self) -> None:
        self._rules: dict[str, ValidationRule] = {}
        self._lock = threading.Lock()

    def add(self, rule: ValidationRule) -> None:
        with self._lock:
            self._rules[rule.name] = rule

    def remove(self, name: str) -> None:
        with self._lock:
            self._rules.pop(name, None)

    def all(self) -> list[ValidationRule]:
        with self._lock:
            return list(self._rules.values())

    def of(self, sobject: str) -> list[ValidationRule]:
        return [rule for rule in self.all() if rule.active and rule.sobject == sobject]


def rule_from_json(body: Mapping[str, Any]) -> ValidationRule:
    """From the door's JSON: name, object, condition, message, and field and active if wanted. Raises ValueError."""
    missing = [name for name in ("name", "object", "condition", "message") if not isinstance(body.get(name), str)]
    if missing:
        raise ValueError(f"A rule needs {', '.join(missing)} as text.")
    return ValidationRule(
        name=str(body["name"]),
        sobject=str(body["object"]),
        condition=str(body["condition"]),
        message=str(body["message"]),
        field=body.get("field"),
        active=bool(body.get("active", True)),
    )
