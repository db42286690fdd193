"""Leaving over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Identity, Role
from accord.features.uninstall.rules import PlaceOf
from accord.features.uninstall.schemas import (
    DisconnectOrgSchema,
    UninstallReceiptSchema,
    UninstallSchema,
    receipt_json,
    standing_json,
)
from accord.features.uninstall.service import Uninstall
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def uninstall_blueprint(uninstall: Uninstall, place_of: PlaceOf) -> JsonBlueprint:
    """`place_of` says where the rows of a table lie, in words for admins."""
    blueprint = JsonBlueprint("uninstall", __name__, url_prefix="/api/v1", description="An org leaves")

    def name_of(caller: Identity) -> str:
        return uninstall.org_of(caller.workspace_id, caller.connection_id).label

    @blueprint.route("/uninstall")
    class Leaving(MethodView):
        @blueprint.doc(operationId="getUninstall")
        @blueprint.response(200, UninstallSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """What disconnecting would do now: what would never be written, which copies would go. Nothing is done."""
            return standing_json(uninstall.look(identity()), name_of(identity()), place_of)

        @blueprint.doc(operationId="disconnectOrg")
        @blueprint.arguments(DisconnectOrgSchema)
        @blueprint.response(200, UninstallReceiptSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Stops writing, ends every login at Salesforce, deletes every copy and gives a receipt. It cannot be
            undone, and is the last call of this org that is answered.
            """
            receipt = uninstall.leave(identity(), org_name=given["org_name"], delete_plans=given["delete_plans"])
            return receipt_json(receipt, name_of(identity()), place_of)

    return blueprint
