"""Deliveries over HTTP, for admins."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from accord.core.identity import Role
from accord.features.health.schemas import (
    ExplanationSchema,
    ForecastSchema,
    OverviewSchema,
    RetriedSchema,
    RetrySchema,
    explanation_json,
    forecast_json,
    overview_json,
    parked_of,
)
from accord.features.health.service import Health
from accord.infra.http import access, identity


def health_blueprint(health: Health) -> Blueprint:
    blueprint = Blueprint(
        "deliveries", __name__, url_prefix="/api/v1/deliveries", description="What goes to Salesforce"
    )

    @blueprint.route("")
    class Deliveries(MethodView):
        @blueprint.doc(operationId="getDeliveries")
        @blueprint.response(200, OverviewSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """How much waits, and what is parked, by cause."""
            return overview_json(health.overview(identity()))

    @blueprint.route("/retry")
    class Retry(MethodView):
        @blueprint.doc(operationId="retryDeliveries")
        @blueprint.arguments(RetrySchema)
        @blueprint.response(200, RetriedSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, int]:
            """Tries what is parked again, all of one cause or everything."""
            return {"retried": health.retry(identity(), parked_of(given))}

    @blueprint.route("/forecast")
    class CallsLeft(MethodView):
        @blueprint.doc(operationId="getForecast")
        @blueprint.response(200, ForecastSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """The org's API calls: how many are left, how fast they go, and when they will be used up."""
            return forecast_json(health.forecast(identity()))

    @blueprint.route("/<reference>")
    class OneDelivery(MethodView):
        @blueprint.doc(operationId="getDelivery")
        @blueprint.response(200, ExplanationSchema)
        @access(Role.ADMIN)
        def get(self, reference: str) -> dict[str, Any]:
            """Why one delivery is as it is: who, with which login and why, when, and what came of it."""
            return explanation_json(health.explain(identity(), reference))

    return blueprint
