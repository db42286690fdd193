"""The settings of activity over HTTP, for admins (A86, D24, D26)."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.activities.model import ActivitySettings
from accord.features.activities.schemas import (
    ActivitySettingsSchema,
    NewActivitySettingsSchema,
    PreviewSchema,
    SampleSchema,
    preview_json,
    read_sample,
    read_settings,
    settings_json,
)
from accord.features.activities.setup import ActivitySetup
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def activity_settings_blueprint(setup: ActivitySetup) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "activity_settings",
        __name__,
        url_prefix="/api/v1/settings/activity",
        description="Which activity becomes Tasks, and how",
    )

    @blueprint.route("")
    class ActivitySettingsView(MethodView):
        @blueprint.doc(operationId="getActivitySettings")
        @blueprint.response(200, ActivitySettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """On or off, and each kind. The ETag names this version."""
            return _tagged(setup.load(identity()))

        @blueprint.doc(operationId="putActivitySettings", parameters=[IF_MATCH])
        @blueprint.arguments(NewActivitySettingsSchema)
        @blueprint.response(200, ActivitySettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the settings as a whole."""
            return _tagged(setup.save(identity(), read_settings(given, version=if_match())))

    @blueprint.route("/preview")
    class ActivityPreview(MethodView):
        @blueprint.doc(operationId="previewActivityTask")
        @blueprint.arguments(SampleSchema)
        @blueprint.response(200, PreviewSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """The very Task that a sample becomes. Nothing is written."""
            unsaved = given["settings"]
            new = None if unsaved is None else read_settings(unsaved, version=0)
            return preview_json(setup.preview(identity(), read_sample(given), new=new, times=given["times"]))

    return blueprint


def _tagged(settings: ActivitySettings) -> Tagged:
    return tagged(settings_json(settings), settings.version)
