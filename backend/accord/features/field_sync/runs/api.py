"""Dry runs, back-fills, their undoing, and why a field has its value, over HTTP."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.core.ids import PlanId
from accord.features.field_sync.dry_run.service import DryRuns
from accord.features.field_sync.runs.schemas import (
    FieldSyncDryRunSchema,
    FieldSyncDryRunWishSchema,
    FieldSyncKeptSchema,
    FieldSyncKeptWishSchema,
    FieldSyncRunSchema,
    FieldSyncRunsSchema,
    FieldSyncRunWishSchema,
    FieldSyncUndoPreviewSchema,
    FieldSyncWhyPlanSchema,
    dry_run_json,
    kept_json,
    preview_json,
    run_json,
    why_json,
)
from accord.features.field_sync.runs.service import Runs
from accord.features.field_sync.schemas import rows_of
from accord.features.field_sync.why.service import Why
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def dry_run_blueprint(dry_runs: DryRuns) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "field_sync_dry_run",
        __name__,
        url_prefix="/api/v1/settings/field-sync",
        description="What a back-fill would do",
    )

    @blueprint.route("/dry-run")
    class FieldSyncDryRun(MethodView):
        @blueprint.doc(operationId="tryFieldSync")
        @blueprint.arguments(FieldSyncDryRunWishSchema)
        @blueprint.response(200, FieldSyncDryRunSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """What would be written, what is left alone and why, and the calls it costs. Writes nothing."""
            rows = None if given["rows"] is None else rows_of(given["rows"])
            after = PlanId(given["after"]) if given["after"] else None
            return dry_run_json(dry_runs.look(identity(), rows, after=after, limit=given["limit"]))

    return blueprint


def field_sync_blueprint(runs: Runs, why: Why) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "field_sync", __name__, url_prefix="/api/v1/field-sync", description="Back-fills, and why a field has its value"
    )

    @blueprint.route("/runs")
    class AllRuns(MethodView):
        @blueprint.doc(operationId="getFieldSyncRuns")
        @blueprint.response(200, FieldSyncRunsSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """The runs, the newest first."""
            return {"runs": [run_json(one) for one in runs.all(identity())]}

        @blueprint.doc(operationId="startFieldSyncRun")
        @blueprint.arguments(FieldSyncRunWishSchema)
        @blueprint.response(201, FieldSyncRunSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Begins a back-fill: every connected plan is looked at, in the lowest priority, for all rows or some."""
            return run_json(runs.start(identity(), given["row_ids"]))

    @blueprint.route("/runs/<run_id>")
    class OneRun(MethodView):
        @blueprint.doc(operationId="getFieldSyncRun")
        @blueprint.response(200, FieldSyncRunSchema)
        @access(Role.ADMIN)
        def get(self, run_id: str) -> dict[str, Any]:
            """How far a run is."""
            return run_json(runs.get(identity(), run_id))

    @blueprint.route("/runs/<run_id>/stop")
    class StoppedRun(MethodView):
        @blueprint.doc(operationId="stopFieldSyncRun")
        @blueprint.response(200, FieldSyncRunSchema)
        @access(Role.ADMIN)
        def post(self, run_id: str) -> dict[str, Any]:
            """Nothing more of the run is begun."""
            return run_json(runs.stop(identity(), run_id))

    @blueprint.route("/runs/<run_id>/resume")
    class ResumedRun(MethodView):
        @blueprint.doc(operationId="resumeFieldSyncRun")
        @blueprint.response(200, FieldSyncRunSchema)
        @access(Role.ADMIN)
        def post(self, run_id: str) -> dict[str, Any]:
            """A stopped run goes on where it was."""
            return run_json(runs.resume(identity(), run_id))

    @blueprint.route("/runs/<run_id>/undo")
    class UndoneRun(MethodView):
        @blueprint.doc(operationId="previewFieldSyncUndo")
        @blueprint.response(200, FieldSyncUndoPreviewSchema)
        @access(Role.ADMIN)
        def get(self, run_id: str) -> dict[str, Any]:
            """What taking the run back would cost, and what it cannot promise."""
            return preview_json(runs.preview_undo(identity(), run_id))

        @blueprint.doc(operationId="undoFieldSyncRun")
        @blueprint.response(201, FieldSyncRunSchema)
        @access(Role.ADMIN)
        def post(self, run_id: str) -> dict[str, Any]:
            """Takes the run back, but for values that somebody has changed since. Its values are not written again."""
            return run_json(runs.undo(identity(), run_id))

    @blueprint.route("/runs/<run_id>/kept")
    class KeptOfRun(MethodView):
        @blueprint.doc(operationId="getFieldSyncKept")
        @blueprint.arguments(FieldSyncKeptWishSchema, location="query")
        @blueprint.response(200, FieldSyncKeptSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any], run_id: str) -> dict[str, Any]:
            """What an undo has left alone, and why."""
            kept, is_whole = runs.kept(identity(), run_id, after=given["after"])
            return kept_json(kept, is_whole=is_whole)

    @blueprint.route("/plans/<plan_id>")
    class WhyOfPlan(MethodView):
        @blueprint.doc(operationId="getFieldSyncOfPlan")
        @blueprint.response(200, FieldSyncWhyPlanSchema)
        @access(Role.ADMIN, Role.USER)
        def get(self, plan_id: str) -> dict[str, Any]:
            """Why each synced field of a plan has its value: who or what wrote it, when, or why it was not written."""
            return why_json(why.of(identity(), PlanId(plan_id)))

    return blueprint
