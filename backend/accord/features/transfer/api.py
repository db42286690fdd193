"""Settings as a file, over HTTP, for admins."""

from collections.abc import Sequence
from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.transfer.schemas import (
    GivenFileSchema,
    SettingsAppliedSchema,
    SettingsComparisonSchema,
    SettingsFileSchema,
    TakenFileSchema,
    comparison_json,
    file_json,
    read_file,
)
from accord.features.transfer.service import Transfer
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def transfer_blueprint(transfer: Transfer) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "settings_file", __name__, url_prefix="/api/v1/settings-file", description="Settings moved to another org"
    )

    @blueprint.route("")
    class File(MethodView):
        @blueprint.doc(operationId="getSettingsFile")
        @blueprint.response(200, SettingsFileSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """The settings of this org, to be kept as a file and taken to another one."""
            return file_json(transfer.export(identity()))

    @blueprint.route("/check")
    class Check(MethodView):
        @blueprint.doc(operationId="checkSettingsFile")
        @blueprint.arguments(GivenFileSchema)
        @blueprint.response(200, SettingsComparisonSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """What a file would change here, and what this org lacks for it. Nothing is changed."""
            return comparison_json(transfer.compare(identity(), read_file(given["file"])))

    @blueprint.route("/apply")
    class Apply(MethodView):
        @blueprint.doc(operationId="applySettingsFile")
        @blueprint.arguments(TakenFileSchema)
        @blueprint.response(200, SettingsAppliedSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Sequence[str]]:
            """Takes a file over that was checked: all of it or nothing."""
            return {"applied": transfer.take_over(identity(), read_file(given["file"]), given["ticket"])}

    return blueprint
