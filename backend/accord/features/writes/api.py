"""The list of writes over HTTP, for admins."""

from typing import Any

from flask import Response
from flask.views import MethodView

from accord.core.identity import Role
from accord.features.writes.model import MOST_ON_A_PAGE
from accord.features.writes.schemas import (
    WritesFilterSchema,
    WritesPageSchema,
    WritesSchema,
    read_wanted,
    writes_json,
)
from accord.features.writes.service import Writes
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def writes_blueprint(writes: Writes) -> JsonBlueprint:
    blueprint = JsonBlueprint("writes", __name__, url_prefix="/api/v1", description="What Accord wrote to the org")

    @blueprint.route("/writes")
    class List(MethodView):
        @blueprint.doc(operationId="getWrites")
        @blueprint.arguments(WritesPageSchema, location="query")
        @blueprint.response(200, WritesSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """Every write, newest first: who, when, what was and what is, by which rule and login, and why not."""
            return writes_json(writes.page(identity(), read_wanted(given, most=given["limit"])))

    @blueprint.route("/writes.csv")
    class File(MethodView):
        @blueprint.doc(operationId="getWritesFile")
        @blueprint.arguments(WritesFilterSchema, location="query")
        @blueprint.response(200, {"type": "string"}, content_type="text/csv")
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> Response:
            """The same as a file for a spreadsheet, at most 2,000 writes."""
            name = "attachment; filename=accord-writes.csv"
            text = writes.file(identity(), read_wanted(given, most=MOST_ON_A_PAGE))
            return Response(text, mimetype="text/csv", headers={"Content-Disposition": name})

    return blueprint
