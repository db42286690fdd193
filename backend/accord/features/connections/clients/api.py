"""The applications of a connection over HTTP, for its admins."""

from typing import Any

from flask.views import MethodView

from accord.core.identity import Role
from accord.features.connections.admin.service import ConnectionAdmin
from accord.features.connections.clients.acting import ActingTokens, Named
from accord.features.connections.clients.schemas import (
    ActingTokenSchema,
    ClientsSchema,
    ClientWantedSchema,
    MadeClientSchema,
    NamedSchema,
    client_json,
)
from accord.features.connections.page_key import read_page_key, shown
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


def clients_blueprint(admin: ConnectionAdmin, acting: ActingTokens) -> JsonBlueprint:
    blueprint = JsonBlueprint("clients", __name__, url_prefix="/api/v1", description="Applications that sign in")

    @blueprint.route("/connection/clients")
    class Clients(MethodView):
        @blueprint.doc(operationId="getClients")
        @blueprint.response(200, ClientsSchema)
        @access(Role.ADMIN)
        def get(self) -> dict[str, Any]:
            """The applications that sign in by themselves, newest first; no secret is shown again."""
            return {"clients": [client_json(one) for one in admin.clients(identity())]}

        @blueprint.doc(operationId="makeClient")
        @blueprint.arguments(ClientWantedSchema)
        @blueprint.response(201, MadeClientSchema)
        @access(Role.ADMIN)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """Makes a client for /oauth/token. Its secret is in this answer and nowhere else."""
            page_key = read_page_key(given["public_key"])
            made = admin.make_client(identity(), Role(given["role"]))
            secret = shown(made.secret, page_key, name="client_secret")
            return {"client_id": made.client_id, **secret, "role": given["role"]}

    @blueprint.route("/connection/clients/<client_id>")
    class OneClient(MethodView):
        @blueprint.doc(operationId="endClient")
        @blueprint.response(204)
        @access(Role.ADMIN)
        def delete(self, client_id: str) -> None:
            """Puts a client out of use: its secret and its tokens are refused from now on."""
            admin.end_client(identity(), client_id)

    @blueprint.route("/member-tokens")
    class MemberTokens(MethodView):
        @blueprint.doc(operationId="makeMemberToken")
        @blueprint.arguments(NamedSchema)
        @blueprint.response(201, ActingTokenSchema)
        @access(Role.SERVICE)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            """A token of fifteen minutes for one of the org's own people, to show him the panel in the application."""
            member, short = acting.issue(identity(), Named(**given))
            return {"access_token": short.token.reveal(), "expires_at": short.expires_at, "member_id": member.id}

    return blueprint
