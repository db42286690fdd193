"""Access over HTTP, for admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.access.schemas import (
    AccessPreviewSchema,
    AccessResultsSchema,
    AccessSchema,
    AssignAccessSchema,
    WantedAccessSchema,
    access_json,
    preview_json,
    result_json,
)
from accord.features.access.service import AccessPage
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def access_blueprint(page: AccessPage) -> JsonBlueprint:
    blueprint = JsonBlueprint("access", __name__, url_prefix="/api/v1/access", description="Who may what in Accord")

    @blueprint.route("")
    class Who(MethodView):
        @blueprint.doc(operationId="getAccess")
        @blueprint.response(200, AccessSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """Every active user, what he may do, and what he lacks by its name. Four Salesforce calls, and one more for
            each three hundred people who have a set of ours.
            """
            return access_json(page.load(identity()))

    @blueprint.route("/preview")
    class Shown(MethodView):
        @blueprint.doc(operationId="previewAccess")
        @blueprint.arguments(WantedAccessSchema)
        @blueprint.response(200, AccessPreviewSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Who would get a permission set, and who would not and why. Nothing is assigned."""
            return preview_json(page.preview(identity(), given["user_ids"], given["permission_set"]))

    @blueprint.route("/assign")
    class Assign(MethodView):
        @blueprint.doc(operationId="assignAccess")
        @blueprint.arguments(AssignAccessSchema)
        @blueprint.response(200, AccessResultsSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Gives the permission set to those whom the preview showed, with the admin's own Salesforce login."""
            wanted, ticket = given["permission_set"], given["ticket"]
            results = page.assign(identity(), given["user_ids"], wanted, ticket=ticket)
            return {"results": [result_json(each) for each in results]}

    return blueprint
