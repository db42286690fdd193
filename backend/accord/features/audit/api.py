"""The audit over HTTP, for admins."""

from typing import Any

from flask import Response
from flask.views import MethodView

from accord.core.identity import Role
from accord.features.audit.schemas import (
    AuditFilterSchema,
    AuditKindsSchema,
    AuditLinesSchema,
    AuditOneLineSchema,
    AuditPageSchema,
    line_json,
    read_filter,
)
from accord.features.audit.service import Audit
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def audit_blueprint(audit: Audit) -> JsonBlueprint:
    blueprint = JsonBlueprint("audit", __name__, url_prefix="/api/v1", description="Who changed what, and when")

    @blueprint.route("/audit")
    class Lines(MethodView):
        @blueprint.doc(operationId="getAudit")
        @blueprint.arguments(AuditPageSchema, location="query")
        @blueprint.response(200, AuditLinesSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> dict[str, Any]:
            """Changes of settings, newest first: who, when, what was and what is."""
            page = audit.page(identity(), read_filter(given), most=given["limit"])
            return {"lines": [line_json(each) for each in page.lines], "next_before": page.next_before}

    @blueprint.route("/audit/kinds")
    class Kinds(MethodView):
        @blueprint.doc(operationId="getAuditKinds")
        @blueprint.response(200, AuditKindsSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """What the lines may be about, for a filter."""
            settings = {each.kind for each in audit.settings}
            kinds = [
                {"kind": kind, "title": title, "can_put_back": kind in settings} for kind, title in audit.titles.items()
            ]
            return {"kinds": kinds}

    @blueprint.route("/audit.csv")
    class File(MethodView):
        @blueprint.doc(operationId="getAuditFile")
        @blueprint.arguments(AuditFilterSchema, location="query")
        @blueprint.response(200, {"type": "string"}, content_type="text/csv")
        @access(Role.ADMIN)
        def get(self, given: dict[str, Any]) -> Response:
            """The same as a file for a spreadsheet, at most 10,000 lines."""
            name = "attachment; filename=accord-audit.csv"
            text = audit.file(identity(), read_filter(given))
            return Response(text, mimetype="text/csv", headers={"Content-Disposition": name})

    @blueprint.route("/audit/<line_id>/put-back")
    class PutBack(MethodView):
        @blueprint.doc(operationId="putSettingBack")
        @blueprint.response(200, AuditOneLineSchema)
        @access(Role.ADMIN)
        def post(self, line_id: str) -> dict[str, Any]:
            """Sets the settings of a line to what they were before it, unless somebody has changed them since."""
            return {"line": line_json(audit.put_back(identity(), line_id))}

    return blueprint
