"""The settings of synced fields over HTTP, for admins (A38 to A41, A60, A77 to A83)."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.field_sync.model import Settings
from accord.features.field_sync.schemas import (
    FieldSyncSettingsSchema,
    NewFieldSyncSchema,
    SectionsSchema,
    SyncFieldsOfSchema,
    SyncFieldsSchema,
    choice_json,
    sections_json,
    settings_json,
    setup_of,
)
from accord.features.field_sync.setup import FieldSyncSetup
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def field_sync_settings_blueprint(setup: FieldSyncSetup) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "field_sync_settings",
        __name__,
        url_prefix="/api/v1/settings/field-sync",
        description="Which data of plans go to which fields of Salesforce",
    )

    @blueprint.route("")
    class FieldSyncSettings(MethodView):
        @blueprint.doc(operationId="getFieldSyncSettings")
        @blueprint.response(200, FieldSyncSettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """Whether fields are synced, the rows, and which of them do not write. The ETag names this version."""
            return _tagged(setup.load(identity()))

        @blueprint.doc(operationId="putFieldSyncSettings", parameters=[IF_MATCH])
        @blueprint.arguments(NewFieldSyncSchema)
        @blueprint.response(200, FieldSyncSettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the set-up as a whole; every row is checked against the org first. It writes no field yet."""
            return _tagged(setup.save(identity(), setup_of(given, version=if_match())))

    @blueprint.route("/data")
    class FieldSyncData(MethodView):
        @blueprint.doc(operationId="getFieldSyncData")
        @blueprint.response(200, SectionsSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """What a row may name: Accord's data, then the execution criteria."""
            return sections_json(setup.data(identity()))

    @blueprint.route("/fields")
    class FieldSyncFields(MethodView):
        @blueprint.doc(operationId="getFieldSyncFields")
        @blueprint.arguments(SyncFieldsOfSchema, location="query")
        @blueprint.response(200, SyncFieldsSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """The fields of the Opportunity or of a related record for a picker, and why some cannot take the datum."""
            choices = setup.fields(identity(), path=given["path"], datum=given["datum"])
            return {"path": given["path"], "fields": [choice_json(one) for one in choices]}

    @blueprint.route("/rows/<row_id>/resume")
    class FieldSyncRow(MethodView):
        @blueprint.doc(operationId="resumeFieldSyncRow")
        @blueprint.response(200, FieldSyncSettingsSchema)
        @access(Role.ADMIN)
        def post(self, row_id: str) -> Tagged:
            """A row that was paused or bad is looked at again and goes on, if it can."""
            return _tagged(setup.resume(identity(), row_id))

    return blueprint


def _tagged(settings: Settings) -> Tagged:
    # how rows stand is no new version: a pause must not refuse an admin's change
    return tagged(settings_json(settings), settings.setup.version)
