"""The budget of calls on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from accord.delivery.allowance import values_of
from accord.delivery.budget import CallBudget
from accord.features.call_budget.service import BudgetView
from accord.infra.json_body import SentBack, load_as


def _percent(description: str) -> fields.Integer:
    return fields.Integer(required=True, strict=True, metadata={"description": description})


class NewCallBudgetSchema(SentBack):
    shown_only = frozenset({"is_default", "changed_at", "changed_by"})

    own_share = _percent("Of the calls that others leave, how many percent Accord may make; 100: all of them.")
    kept_for_people = _percent("Of the org's calls of 24 hours, the last percents that only people's saves use.")
    backfill_stops_at = _percent("At how many percent of the org's calls, whoever used them, back-fills stop.")


class CallBudgetSchema(Schema):
    own_share = fields.Integer(required=True)
    kept_for_people = fields.Integer(required=True)
    backfill_stops_at = fields.Integer(required=True)
    is_default = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)


def read_budget(given: Mapping[str, Any], *, version: int) -> CallBudget:
    return CallBudget(given["own_share"], given["kept_for_people"], given["backfill_stops_at"], version)


def read_values(values: Any, *, version: int) -> CallBudget:
    """Stored or foreign settings, in the place of this version. Raises RejectedError."""
    return read_budget(load_as(NewCallBudgetSchema(), values), version=version)


def budget_json(view: BudgetView) -> dict[str, Any]:
    budget = view.budget
    return {
        **values_of(budget),
        "is_default": budget.version == 0,
        "changed_at": budget.changed_at,
        "changed_by": view.changed_by,
    }
