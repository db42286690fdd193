"""Linked values and their settings on the wire."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marshmallow import Schema, fields, validate

from accord.features.two_way.model import Linked, LinkSettings, Origin, Settings, Standing
from accord.features.two_way.service import ProblemRow, Shown
from accord.features.two_way.setup import SettingsView
from accord.infra.json_body import SentBack, load_as
from accord.mapping.merge import Policy
from accord.mapping.values import Canonical

_POLICY = validate.OneOf([one.value for one in Policy])
_LINKED = validate.OneOf([one.value for one in Linked])
_STANDING = validate.OneOf([one.value for one in Standing])
_CHOICES = {"salesforce": Origin.SALESFORCE, "accord": Origin.OURS}


class NewTwoWayLinkSchema(SentBack):
    shown_only = frozenset({"counts"})

    enabled = fields.Boolean(required=True)
    policy = fields.String(required=True, validate=_POLICY, metadata={"description": "Who wins a conflict."})
    ask_days = fields.Integer(required=True, strict=True, metadata={"description": "How long a conflict waits."})
    ask_default = fields.String(
        required=True, validate=_POLICY, metadata={"description": "What is done then; not ask."}
    )


class NewTwoWaySettingsSchema(SentBack):
    shown_only = frozenset({"known_currency", "is_default", "changed_at", "changed_by"})

    close_date = fields.Nested(NewTwoWayLinkSchema, required=True)
    amount = fields.Nested(NewTwoWayLinkSchema, required=True)
    org_currency = fields.String(
        required=True, allow_none=True, metadata={"description": "The currency of an org that has one alone."}
    )


class TwoWayLinkSchema(NewTwoWayLinkSchema):
    counts = fields.Dict(
        keys=fields.String(validate=_STANDING),
        values=fields.Integer(),
        required=True,
        metadata={"description": "How many values stand how."},
    )


class TwoWaySettingsSchema(Schema):
    close_date = fields.Nested(TwoWayLinkSchema, required=True)
    amount = fields.Nested(TwoWayLinkSchema, required=True)
    org_currency = fields.String(required=True, allow_none=True)
    known_currency = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "What the org says of its one currency; it comes before org_currency."},
    )
    is_default = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)


class TwoWayProblemsOfSchema(Schema):
    after = fields.String(load_default=None, validate=[validate.Length(max=36), validate.Regexp("^[0-9a-f-]*$")])


class TwoWayProblemSchema(Schema):
    plan_id = fields.String(required=True)
    opportunity_id = fields.String(required=True)
    linked = fields.String(required=True, validate=_LINKED)
    standing = fields.String(required=True, validate=_STANDING)
    sentence = fields.String(required=True, allow_none=True)
    since = fields.AwareDateTime(required=True, allow_none=True)


class TwoWayProblemsSchema(Schema):
    problems = fields.List(fields.Nested(TwoWayProblemSchema), required=True)
    next_after = fields.String(required=True, allow_none=True)


class TwoWayThawSchema(Schema):
    plan_id = fields.String(required=True)
    linked = fields.String(required=True, validate=_LINKED)


class TwoWayThawedSchema(Schema):
    linked = fields.String(required=True)


class TwoWayConflictSchema(Schema):
    accord = fields.Raw(required=True, allow_none=True, metadata={"description": "The plan's value."})
    salesforce = fields.Raw(required=True, allow_none=True)
    currency = fields.String(required=True, allow_none=True)


class LinkedValueSchema(Schema):
    linked = fields.String(required=True, validate=_LINKED)
    is_enabled = fields.Boolean(required=True)
    standing = fields.String(required=True, validate=_STANDING)
    sentence = fields.String(required=True, allow_none=True)
    is_visible = fields.Boolean(required=True, metadata={"description": "Salesforce shows you this field."})
    may_write = fields.Boolean(required=True)
    comes_from_products = fields.Boolean(required=True)
    conflict = fields.Nested(TwoWayConflictSchema, required=True, allow_none=True)
    since = fields.AwareDateTime(required=True, allow_none=True)
    advice = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class LinkedValuesSchema(Schema):
    values_ = fields.List(fields.Nested(LinkedValueSchema), required=True, data_key="values", attribute="values")


class TwoWayDecisionSchema(Schema):
    choose = fields.String(required=True, validate=validate.OneOf(sorted(_CHOICES)))
    version = fields.Integer(required=True, strict=True, metadata={"description": "The version that you have seen."})


def read_settings(given: Mapping[str, Any], *, version: int) -> Settings:
    """The settings in a checked request, in the place of this version."""
    links = {
        linked: LinkSettings(one["enabled"], Policy(one["policy"]), one["ask_days"], Policy(one["ask_default"]))
        for linked, one in ((each, given[each.value]) for each in Linked)
    }
    return Settings(links=links, org_currency=given["org_currency"], version=version)


def read_values(values: Any, *, version: int) -> Settings:
    """Stored or foreign settings, in the place of this version. Raises RejectedError."""
    return read_settings(load_as(NewTwoWaySettingsSchema(), values), version=version)


def chosen(given: Mapping[str, Any]) -> Origin:
    return _CHOICES[given["choose"]]


def settings_json(view: SettingsView) -> dict[str, Any]:
    settings = view.settings
    shown: dict[str, Any] = {
        linked.value: {
            "enabled": one.enabled,
            "policy": one.policy.value,
            "ask_days": one.ask_days,
            "ask_default": one.ask_default.value,
            "counts": {how.value: view.counts.get((linked, how), 0) for how in Standing},
        }
        for linked, one in settings.links.items()
    }
    return {
        **shown,
        "org_currency": settings.org_currency,
        "known_currency": view.known_currency,
        "is_default": settings.version == 0,
        "changed_at": settings.changed_at,
        "changed_by": view.changed_by,
    }


def problems_json(rows: Sequence[ProblemRow], *, page: int) -> dict[str, Any]:
    shown = [
        {
            "plan_id": row.plan_id,
            "opportunity_id": row.opportunity_id,
            "linked": row.linked.value,
            "standing": row.standing.value,
            "sentence": row.sentence,
            "since": row.since,
        }
        for row in rows
    ]
    return {"problems": shown, "next_after": rows[-1].id if len(rows) == page else None}


def shown_json(shown: Sequence[Shown]) -> dict[str, Any]:
    return {"values": [_value_json(one) for one in shown]}


def _value_json(one: Shown) -> dict[str, Any]:
    conflict = None
    if one.conflict is not None:
        conflict = {
            "accord": _plain(one.conflict.ours),
            "salesforce": _plain(one.conflict.theirs),
            "currency": one.currency,
        }
    return {
        "linked": one.linked.value,
        "is_enabled": one.is_enabled,
        "standing": one.standing.value,
        "sentence": one.sentence,
        "is_visible": one.is_visible,
        "may_write": one.may_write,
        "comes_from_products": one.is_inbound,
        "conflict": conflict,
        "since": one.since,
        "advice": one.advice,
        "version": one.version,
    }


def _plain(value: Canonical) -> Any:
    """Amounts are decimal text, dates are text such as 2026-12-31."""
    return format(value, "f") if isinstance(value, Decimal) else value
