"""Leaving over HTTP, for admins."""

from dataclasses import asdict
from typing import Any

from flask.views import MethodView

from accord.core.identity import Identity, Role
from accord.features.uninstall.rules import PlaceOf
from accord.features.uninstall.schemas import (
    DisconnectOrgSchema,
    PartsInUseSchema,
    UninstallReceiptSchema,
    UninstallSchema,
    ValuePageQuerySchema,
    ValuePageSchema,
    ValueSheetsSchema,
    receipt_json,
    sheet_json,
    standing_json,
    uses_json,
)
from accord.features.uninstall.service import Uninstall
from accord.features.uninstall.uses.service import PartsInUse
from accord.features.uninstall.values.service import ValueSheets
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def uninstall_blueprint(
    uninstall: Uninstall, uses: PartsInUse, values: ValueSheets, place_of: PlaceOf
) -> JsonBlueprint:
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

    @blueprint.route("/uninstall/uses")
    class PartUses(MethodView):
        @blueprint.doc(operationId="getPartsInUse")
        @blueprint.response(200, PartsInUseSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """What in the org uses parts of the package, or custom fields that settings name. About eight calls."""
            caller = identity()
            org = uninstall.org_of(caller.workspace_id, caller.connection_id)
            return uses_json(uses.look(caller), org.instance_url)

    @blueprint.route("/uninstall/values")
    class Values(MethodView):
        @blueprint.doc(operationId="getValueSheets")
        @blueprint.response(200, ValueSheetsSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """Which fields and how many records would be exported, and how many calls that takes. One call."""
            return {"sheets": [sheet_json(one) for one in values.plan(identity())]}

    @blueprint.route("/uninstall/values/page")
    class ValuePage(MethodView):
        @blueprint.doc(operationId="getValuePage")
        @blueprint.arguments(ValuePageQuerySchema, location="query")
        @blueprint.response(200, ValuePageSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """Up to 2,000 records as lines of a CSV file, read with the caller's own login in one call."""
            return asdict(values.page(identity(), given["sobject"], after=given["after"]))

    return blueprint
