"""The lock over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.deal_lock.schemas import DealLockSchema, NewDealLockSchema, lock_json, read_settings
from accord.features.deal_lock.service import LockSetup, LockView
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def deal_lock_blueprint(setup: LockSetup) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "deal_lock",
        __name__,
        url_prefix="/api/v1/settings/deal-lock",
        description="Whether a plan's deal may be changed",
    )

    @blueprint.route("")
    class DealLockView(MethodView):
        @blueprint.doc(operationId="getDealLock")
        @blueprint.response(200, DealLockSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """'Allow Modifying Connected Deal after Creation'. The ETag names this version."""
            return _tagged(setup.load(identity()))

        @blueprint.doc(operationId="putDealLock", parameters=[IF_MATCH])
        @blueprint.arguments(NewDealLockSchema)
        @blueprint.response(200, DealLockSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Switches it; from then on it holds for everybody, admins included."""
            return _tagged(setup.save(identity(), read_settings(given, version=if_match())))

    return blueprint


def _tagged(view: LockView) -> Tagged:
    return tagged(lock_json(view), view.settings.version)
