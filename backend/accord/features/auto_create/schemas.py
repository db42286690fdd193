"""Rules on the wire."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marshmallow import Schema, fields, validate

from accord.core.ids import PlanId, PlaybookId, UserId
from accord.features.auto_create import rules
from accord.features.auto_create.model import Deal, PlaybookRef, Reason, Rule, Settings, Standing, Tried
from accord.features.auto_create.setup import Offered, SettingsView, WaitingRow
from accord.features.auto_create.store import rule_values
from accord.infra.json_body import SentBack, load_as

_AMOUNT = validate.Regexp(r"^-?[0-9]{1,18}(\.[0-9]{1,6})?$", error="An amount is decimal text, such as 125000.50.")
_REASON = validate.OneOf([one.value for one in Reason])


class NewAutoCreateRuleSchema(SentBack):
    shown_only = frozenset({"made", "waiting", "is_looking_back", "since"})

    id = fields.String(load_default=None, allow_none=True, metadata={"description": "Left out for a new rule."})
    name = fields.String(required=True)
    enabled = fields.Boolean(required=True)
    stages = fields.List(fields.String(), required=True)
    types = fields.List(fields.String(), required=True, metadata={"description": "Empty: of any type."})
    amount_from = fields.String(required=True, allow_none=True, validate=_AMOUNT)
    amount_to = fields.String(required=True, allow_none=True, validate=_AMOUNT)
    currency = fields.String(
        required=True, allow_none=True, metadata={"description": "Of the amounts, in an org with several."}
    )
    point_person = fields.String(
        required=True, allow_none=True, metadata={"description": "A Salesforce user; null: the owner of the deal."}
    )
    template_id = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The plan that is duplicated; null, and no playbook: a plan of one stage."},
    )
    playbook = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": "Id or title of the playbook that the plan begins with, instead of a template."},
    )
    title = fields.String(required=True, metadata={"description": "{deal} stands for the name of the deal."})
    stage_title = fields.String(required=True, metadata={"description": "Of a plan without a template."})
    also_existing = fields.Boolean(
        load_default=False,
        metadata={"description": "When the rule is switched on by this: deals that are there already get plans, too."},
    )


class NewAutoCreateSettingsSchema(SentBack):
    shown_only = frozenset({"changed_at", "changed_by"})

    rules = fields.List(fields.Nested(NewAutoCreateRuleSchema), required=True)


class AutoCreateRuleSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    enabled = fields.Boolean(required=True)
    stages = fields.List(fields.String(), required=True)
    types = fields.List(fields.String(), required=True)
    amount_from = fields.String(required=True, allow_none=True)
    amount_to = fields.String(required=True, allow_none=True)
    currency = fields.String(required=True, allow_none=True)
    point_person = fields.String(required=True, allow_none=True)
    template_id = fields.String(required=True, allow_none=True)
    playbook = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    stage_title = fields.String(required=True)
    since = fields.AwareDateTime(required=True, allow_none=True)
    made = fields.Integer(required=True, metadata={"description": "How many plans it has made."})
    waiting = fields.Integer(required=True, metadata={"description": "How many deals wait for their point person."})
    is_looking_back = fields.Boolean(required=True, metadata={"description": "It still looks at deals there already."})


class AutoCreateSettingsSchema(Schema):
    rules = fields.List(fields.Nested(AutoCreateRuleSchema), required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)


class AutoCreateTrySchema(Schema):
    rule = fields.Nested(NewAutoCreateRuleSchema, required=True)
    above = fields.List(
        fields.String(validate=validate.Length(max=64)),
        load_default=list,
        validate=validate.Length(max=rules.MOST_RULES),
        metadata={"description": "Ids of the rules above it, in their order: those that are on decide first."},
    )
    after = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(r"^[A-Za-z0-9]{18}$", error="This is no id of a record."),
        metadata={"description": "`next` of the page before."},
    )


class AutoCreateTriedDealSchema(Schema):
    opportunity_id = fields.String(required=True)
    name = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True, validate=_REASON)
    sentence = fields.String(required=True, allow_none=True, metadata={"description": "Why it would wait."})


class AutoCreateTriedSchema(Schema):
    would_make = fields.Integer(required=True)
    would_wait = fields.Integer(required=True)
    had_one = fields.Integer(required=True, metadata={"description": "They have a plan, or had one."})
    other_currency = fields.Integer(required=True)
    by_others = fields.Integer(required=True, metadata={"description": "A rule above it gives them their plan."})
    looked_at = fields.Integer(required=True)
    next = fields.String(
        required=True, allow_none=True, metadata={"description": "There are more deals: `after` of the next look."}
    )
    calls = fields.Integer(required=True, metadata={"description": "What giving these deals plans costs."})
    deals = fields.List(fields.Nested(AutoCreateTriedDealSchema), required=True)


class AutoCreateStageSchema(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)
    is_won = fields.Boolean(required=True)
    is_lost = fields.Boolean(required=True)


class AutoCreateChoiceSchema(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)


class AutoCreateChoicesSchema(Schema):
    stages = fields.List(fields.Nested(AutoCreateStageSchema), required=True)
    types = fields.List(fields.Nested(AutoCreateChoiceSchema), required=True)
    currencies = fields.List(fields.String(), required=True)
    people = fields.List(fields.Nested(AutoCreateChoiceSchema), required=True)
    playbooks = fields.List(fields.Nested(AutoCreateChoiceSchema), required=True)
    templates = fields.List(fields.Nested(AutoCreateChoiceSchema), required=True)


class AutoCreateWaitingOfSchema(Schema):
    after = fields.String(load_default=None, validate=[validate.Length(max=36), validate.Regexp("^[0-9a-f-]*$")])


class AutoCreateWaitingRowSchema(Schema):
    opportunity_id = fields.String(required=True)
    rule = fields.String(required=True)
    reason = fields.String(required=True, validate=_REASON)
    sentence = fields.String(required=True)
    user_id = fields.String(required=True, metadata={"description": "Who has to be an active member first."})
    since = fields.AwareDateTime(required=True)


class AutoCreateWaitingSchema(Schema):
    deals = fields.List(fields.Nested(AutoCreateWaitingRowSchema), required=True)
    next_after = fields.String(required=True, allow_none=True)


def read_rule(given: Mapping[str, Any]) -> Rule:
    """One rule of a checked request."""
    lowest, highest = given["amount_from"], given["amount_to"]
    return Rule(
        id=given["id"] or "",
        name=given["name"].strip(),
        enabled=given["enabled"],
        stages=tuple(dict.fromkeys(given["stages"])),
        types=tuple(dict.fromkeys(given["types"])),
        amount_from=None if lowest is None else Decimal(lowest),
        amount_to=None if highest is None else Decimal(highest),
        currency=given["currency"],
        point_person=UserId(given["point_person"]) if given["point_person"] else None,
        template=PlanId(given["template_id"]) if given["template_id"] else None,
        title=given["title"].strip(),
        stage_title=given["stage_title"].strip(),
        playbook=PlaybookRef(PlaybookId(given["playbook"])) if given["playbook"] else None,
    )


def read_settings(given: Mapping[str, Any], *, version: int) -> Settings:
    """The rules in a checked request, in the place of this version."""
    return Settings(tuple(read_rule(one) for one in given["rules"]), version)


def also_existing(given: Mapping[str, Any]) -> frozenset[int]:
    """The places of rules that are to look at the deals that are there, too."""
    return frozenset(place for place, one in enumerate(given["rules"]) if one["also_existing"])


def read_values(values: Any, *, version: int) -> Settings:
    """Stored or foreign rules, in the place of this version. Raises RejectedError."""
    return read_settings(load_as(NewAutoCreateSettingsSchema(), values), version=version)


def settings_json(view: SettingsView) -> dict[str, Any]:
    return {
        "rules": [
            {
                "id": one.id,
                **rule_values(one),
                "playbook": one.playbook and one.playbook.id,
                "since": one.since,
                "made": view.counts.get((one.id, Standing.MADE), 0),
                "waiting": view.counts.get((one.id, Standing.WAITING), 0),
                "is_looking_back": one.id in view.busy,
            }
            for one in view.settings.rules
        ],
        "changed_at": view.settings.changed_at,
        "changed_by": view.changed_by,
    }


def choices_json(offered: Offered) -> dict[str, Any]:
    choices = offered.choices
    return {
        "stages": [
            {"value": one.value, "label": one.label, "is_won": one.is_won, "is_lost": one.is_lost}
            for one in choices.stages
        ],
        "types": [{"value": one.value, "label": one.label} for one in choices.types or ()],
        "currencies": list(choices.currencies),
        "people": [{"value": one.salesforce_user_id, "label": one.name} for one in offered.people],
        "playbooks": [{"value": one.id, "label": one.title} for one in offered.playbooks],
        "templates": [{"value": one.id, "label": one.title} for one in offered.templates],
    }


def tried_json(tried: Tried) -> dict[str, Any]:
    return {
        "would_make": tried.would_make,
        "would_wait": tried.would_wait,
        "had_one": tried.had_one,
        "by_others": tried.by_others,
        "other_currency": tried.other_currency,
        "looked_at": tried.looked_at,
        "next": tried.after,
        "calls": tried.calls,
        "deals": [_tried_deal(deal, reason) for deal, reason in tried.named],
    }


def _tried_deal(deal: Deal, reason: Reason | None) -> dict[str, Any]:
    sentence = rules.SENTENCES[reason] if reason else None
    return {"opportunity_id": deal.id, "name": deal.name, "reason": reason and reason.value, "sentence": sentence}


def waiting_json(rows: Sequence[WaitingRow], *, page: int) -> dict[str, Any]:
    shown = [
        {
            "opportunity_id": row.opportunity_id,
            "rule": row.rule,
            "reason": row.reason.value,
            "sentence": rules.SENTENCES[row.reason],
            "user_id": row.for_user,
            "since": row.since,
        }
        for row in rows
    ]
    return {"deals": shown, "next_after": rows[-1].id if len(rows) == page else None}
