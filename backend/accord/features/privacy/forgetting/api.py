"""Forgetting over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.privacy.forgetting.schemas import ForgetSchema, ForgottenSchema
from accord.features.privacy.forgetting.service import Forgetting
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def forgetting_blueprint(forgetting: Forgetting) -> JsonBlueprint:
    blueprint = JsonBlueprint("forgetting", __name__, url_prefix="/api/v1", description="Copies of the org's data")

    @blueprint.route("/forget")
    class Forget(MethodView):
        @blueprint.doc(operationId="forget")
        @blueprint.arguments(ForgetSchema)
        @blueprint.response(200, ForgottenSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Deletes every copy of a record, or everything that says who a user was; it cannot be undone."""
            receipt = forgetting.forget(identity(), given["salesforce_id"])
            return {"deleted": receipt.deleted, "left": receipt.left}

    return blueprint
