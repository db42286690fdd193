"""Forgetting over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.privacy.forgetting.schemas import (
    ForgetForGoodSchema,
    ForgetPreviewSchema,
    ForgetSchema,
    ForgottenSchema,
    preview_json,
    read_subject,
    receipt_json,
)
from accord.features.privacy.forgetting.service import Forgetting
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def forgetting_blueprint(forgetting: Forgetting) -> JsonBlueprint:
    blueprint = JsonBlueprint("forgetting", __name__, url_prefix="/api/v1", description="Copies of the org's data")

    @blueprint.route("/forget")
    class Forget(MethodView):
        @blueprint.doc(operationId="forget")
        @blueprint.arguments(ForgetForGoodSchema)
        @blueprint.response(200, ForgottenSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Deletes every copy of a record, or everything that says who a person was; it cannot be undone."""
            return receipt_json(forgetting.forget(identity(), read_subject(given)))

    @blueprint.route("/forget/preview")
    class ForgetPreview(MethodView):
        @blueprint.doc(operationId="previewForget")
        @blueprint.arguments(ForgetSchema)
        @blueprint.response(200, ForgetPreviewSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """What forgetting would delete now, by place. Nothing is deleted."""
            return preview_json(forgetting.preview(identity(), read_subject(given)))

    return blueprint
