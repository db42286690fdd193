"""How criteria and the weights of the score look on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from accord.infra.json_body import SentBack, load_as
from accord.workspace.plans.criteria.model import CriteriaSettings
from accord.workspace.plans.criteria.rules import wish_of
from accord.workspace.plans.criteria.setup import CriteriaView, WeightsView
from accord.workspace.plans.criteria.store import weights_json
from accord.workspace.plans.model import Criterion, Factor, Weights
from accord.workspace.plans.rules import KEY
from accord.workspace.plans.schemas import KINDS
from accord.workspace.plans.score import CUSTOMERS_FOR_ALL

_STAGES = {"description": "At which stages of the deal it is required: values of its picklist; none: at each."}


def _stages(**options: Any) -> Any:
    return fields.List(fields.String(validate=validate.Length(1, 255)), metadata=_STAGES, **options)


class NewCriterionSchema(SentBack):
    shown_only = frozenset({"id", "plans"})

    key = fields.String(required=True, validate=validate.Regexp(f"^{KEY.pattern}$"))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = fields.String(required=True)
    stages = _stages(load_default=list)


class CriterionChangesSchema(Schema):
    title = fields.String()
    stages = _stages()
    position = fields.Integer(strict=True, metadata={"description": "From 0."})


class CriterionSchema(Schema):
    id = fields.String(required=True)
    key = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = fields.String(required=True)
    stages = _stages(required=True)


class CriteriaSchema(Schema):
    criteria = fields.List(fields.Nested(CriterionSchema), required=True)


class SetCriterionSchema(CriterionSchema):
    plans = fields.Integer(required=True, metadata={"description": "How many plans have something for it."})


class NewCriteriaSettingsSchema(SentBack):
    shown_only = frozenset({"is_default", "changed_at", "changed_by"})

    criteria = fields.List(fields.Nested(NewCriterionSchema), required=True)


class CriteriaSettingsSchema(Schema):
    criteria = fields.List(fields.Nested(SetCriterionSchema), required=True)
    is_default = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)


WeightsOfFactors = Schema.from_dict(
    {str(factor): fields.Integer(required=True, strict=True, validate=validate.Range(0, 100)) for factor in Factor},
    name="WeightsOfFactors",
)


class NewWeightsSchema(SentBack):
    shown_only = frozenset({"version", "changed_at", "changed_by", "is_default", "customers_for_all"})

    weights = fields.Nested(WeightsOfFactors, required=True, metadata={"description": "Together 100."})


class WeightsSchema(Schema):
    weights = fields.Nested(WeightsOfFactors, required=True)
    version = fields.Integer(required=True)
    is_default = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)
    customers_for_all = fields.Integer(
        required=True, metadata={"description": "So many customers invited, or accepted, are all the points for it."}
    )


def criteria_of(given: Mapping[str, Any], *, version: int) -> CriteriaSettings:
    """The list in a checked request, in the place of this version."""
    return CriteriaSettings(tuple(wish_of(one, number) for number, one in enumerate(given["criteria"])), version)


def read_criteria(values: Any, *, version: int) -> CriteriaSettings:
    """A stored or foreign list, in the place of this version. Raises RejectedError."""
    return criteria_of(load_as(NewCriteriaSettingsSchema(), values), version=version)


def weights_of(given: Mapping[str, Any], *, version: int) -> Weights:
    return Weights(version, {factor: given["weights"][str(factor)] for factor in Factor})


def read_weights(values: Any, *, version: int) -> Weights:
    """Stored or foreign weights, in the place of this version. Raises RejectedError."""
    return weights_of(load_as(NewWeightsSchema(), values), version=version)


def criterion_json(one: Criterion) -> dict[str, Any]:
    return {"id": one.id, "key": one.key, "kind": str(one.kind), "title": one.title, "stages": list(one.stages)}


def criteria_json(view: CriteriaView) -> dict[str, Any]:
    settings = view.settings
    return {
        "criteria": [{**criterion_json(one), "plans": view.plans.get(one.id, 0)} for one in settings.criteria],
        "is_default": settings.version == 0,
        "changed_at": settings.changed_at,
        "changed_by": view.changed_by,
    }


def weights_view_json(view: WeightsView) -> dict[str, Any]:
    weights = view.weights
    return {
        "weights": weights_json(weights),
        "version": weights.version,
        "is_default": weights.version == 0,
        "changed_at": weights.changed_at,
        "changed_by": view.changed_by,
        "customers_for_all": CUSTOMERS_FOR_ALL,
    }
