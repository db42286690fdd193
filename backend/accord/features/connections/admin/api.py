"""A connection over HTTP, for its admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.connections.admin.schemas import (
    ConnectionSchema,
    EventsSchema,
    ForPageSchema,
    LinkSchema,
    NoticesSchema,
    SettingsSchema,
    VisitSchema,
    event_json,
    link_json,
    notice_json,
    overview_json,
    settings_json,
    settings_of,
    visit_json,
)
from accord.features.connections.admin.service import ConnectionAdmin
from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.page_key import read_page_key
from accord.infra.etags import IF_MATCH, Tagged, if_match, tagged
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def connection_blueprint(admin: ConnectionAdmin) -> JsonBlueprint:
    blueprint = JsonBlueprint("connection", __name__, url_prefix="/api/v1", description="The connection to the org")

    @blueprint.route("/connection")
    class OneConnection(MethodView):
        @blueprint.doc(operationId="getConnection")
        @blueprint.response(200, ConnectionSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """Which org is connected, how, and with which certificates Apex signs."""
            return overview_json(admin.overview(identity()))

    @blueprint.route("/connection/certificates/<fingerprint>")
    class OneCertificate(MethodView):
        @blueprint.doc(operationId="retireCertificate")
        @blueprint.response(204)
        @access(Role.ADMIN)
        def delete(self, fingerprint: str) -> None:
            """Puts a certificate out of use: what Apex signs with it is refused from now on."""
            admin.retire_certificate(identity(), fingerprint)

    @blueprint.route("/connection/links")
    class Links(MethodView):
        @blueprint.doc(operationId="makeConnectLink")
        @blueprint.arguments(ForPageSchema)
        @blueprint.response(201, LinkSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """A one-time code with which an administrator of the org signs in and registers a certificate."""
            page_key = read_page_key(given["public_key"])
            return link_json(admin.make_link(identity()), page_key)

    @blueprint.route("/connection/events")
    class Events(MethodView):
        @blueprint.doc(operationId="getTrustEvents")
        @blueprint.response(200, EventsSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """Who gave or took trust in this org, newest first."""
            return {"events": [event_json(event, by_name) for event, by_name in admin.events(identity())]}

    @blueprint.route("/connection/doctor")
    class DoctorVisit(MethodView):
        @blueprint.doc(operationId="visitConnection")
        @blueprint.response(200, VisitSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """Looks now what the connection may and may not do; each lack with its fix. About ten Salesforce calls."""
            return visit_json(admin.visit(identity()))

    @blueprint.route("/connection/notices")
    class Endings(MethodView):
        @blueprint.doc(operationId="getConnectionNotices")
        @blueprint.response(200, NoticesSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """What ends within 30 days: a certificate, a secret, a key, a way of signing in, a member's login."""
            return {"notices": [notice_json(notice) for notice in admin.notices(identity())]}

    @blueprint.route("/settings/connection")
    class ConnectionSettingsView(MethodView):
        @blueprint.doc(operationId="getConnectionSettings")
        @blueprint.response(200, SettingsSchema)
        @access(Role.ADMIN)
        def get(self) -> Tagged:
            """How the integration owner signs in, and the ends that an admin has declared."""
            return _tagged(admin.settings(identity()))

        @blueprint.doc(operationId="putConnectionSettings", parameters=[IF_MATCH])
        @blueprint.arguments(SettingsSchema)
        @blueprint.response(200, SettingsSchema)
        @access(Role.ADMIN)
        def put(self, given: dict[str, Any]) -> Tagged:
            """Replaces the settings; another way of signing in has to work before it is stored."""
            return _tagged(admin.save_settings(identity(), settings_of(given, version=if_match())))

    return blueprint


def _tagged(settings: ConnectionSettings) -> Tagged:
    return tagged(settings_json(settings), settings.version)
