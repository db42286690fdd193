"""A workspace that is connected to an org whose answers a test writes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask.testing import FlaskClient

from accord.core.identity import Role
from accord.core.ids import MemberId, UserId, WorkspaceId
from accord.features.connections.api import connections_blueprints
from accord.features.connections.model import Connection, NewConnection, PrivateKey
from accord.features.connections.service import Connections
from accord.infra.db import Database
from accord.infra.http import access, identity, set_up_http
from accord.salesforce.describe import DescribeCache
from accord.settings import Secret
from accord.workspace.members.model import Member, NewMember, Person
from accord.workspace.members.store import add_member, find_by_user
from support.builders import AClock, some_settings
from support.scripted_org import Answer, ScriptedOrg, http_to
from support.signed import AUDIENCE, CONSUMER_KEY, HALDEN, INSTANCE, RILEY, SECRET, a_signer

TEMPLATE = '<script nonce="{{nonce}}">{{imports}}</script><script id="accord-session">{{session}}</script>'


@dataclass
class Connected:
    """The feature, its one connection, the org behind it, and a clock."""

    database: Database
    connections: Connections
    connection: Connection
    org: ScriptedOrg
    clock: AClock

    @property
    def workspace_id(self) -> WorkspaceId:
        return self.connection.workspace_id

    def member(self, user_id: str = RILEY, role: Role = Role.USER) -> Member:
        """A member who has been here before."""
        new = NewMember(
            self.connection.id, UserId(user_id), role, Person("Riley Okafor", "riley@halden.example", "UTC")
        )
        with self.database.workspace(self.workspace_id) as session:
            return add_member(session, new, now=self.clock())

    def find_member(self, user_id: str = RILEY) -> Member | None:
        with self.database.reading(self.workspace_id) as session:
            return find_by_user(session, self.connection.id, UserId(user_id))

    def client(self) -> FlaskClient:
        """A browser at the doors, and two routes behind them."""
        app = Flask("doors")
        set_up_http(app, authenticate=self.connections.authenticate, max_body_bytes=200_000)
        for blueprint in connections_blueprints(self.connections):
            app.register_blueprint(blueprint)

        @app.route("/api/v1/things", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
        @access(Role.ADMIN, Role.USER, Role.SERVICE, Role.FLOW)
        def things() -> dict[str, Any]:
            return {"role": identity().role, "member_id": identity().member_id, "sent": request.get_data(as_text=True)}

        return app.test_client()


def connected(database: Database, *answers: Answer, assets: Any = None, **changes: Any) -> Connected:
    """`answers` are what the org says, the last one again and again; `changes` are those of the connection."""
    clock, org = AClock(), ScriptedOrg(*(answers or (Answer(500),)))
    environ = {"ACCORD_PUBLIC_URL": AUDIENCE, **({"ACCORD_ASSETS_DIR": str(assets)} if assets else {})}
    connections = Connections(
        settings=some_settings(environ),
        database=database,
        clock=clock,
        http=http_to(org),
        describes=DescribeCache(),
    )
    if assets:
        (assets / "panel.html").write_text(TEMPLATE)
        (assets / "importmap.json").write_text(json.dumps({"imports": {"accord/main": "/panel-assets/js/main.js"}}))
    workspace_id = connections.create_workspace("Halden")
    connection = connections.create_connection(workspace_id, a_new_connection(**changes))
    connections.set_canvas_secret(connection, SECRET)
    connections.set_integration_key(connection, PrivateKey(Secret(a_signer("deployment").private_pem.encode())))
    connections.decisions.register_certificate(connection, a_signer().certificate_pem, key_id="Accord_JWT", by=None)
    return Connected(database, connections, connection, org, clock)


def a_new_connection(**changes: Any) -> NewConnection:
    facts: dict[str, Any] = {
        "org_id": HALDEN,
        "label": "Halden",
        "instance_url": INSTANCE,
        "is_sandbox": False,
        "integration_username": "integration@halden.example",
        "consumer_key": CONSUMER_KEY,
        "login_url": INSTANCE,
    }
    return NewConnection(**{**facts, **changes})


def permission_sets(*names: str) -> Answer:
    """The answer to the question which of our permission sets a user has."""
    records = [{"attributes": {}, "PermissionSet": {"attributes": {}, "Name": name}} for name in names]
    return Answer(body={"totalSize": len(records), "done": True, "records": records})


def user_info(changes: Mapping[str, Any] | None = None) -> Answer:
    facts = {"user_id": RILEY, "organization_id": HALDEN, "preferred_username": "riley@halden.example"}
    return Answer(body={**facts, "user_type": "STANDARD", "active": True, **(changes or {})})


def a_token_answer(token: str = "00D!integration", **changes: Any) -> Answer:
    facts = {
        "access_token": token,
        "token_type": "Bearer",
        "instance_url": INSTANCE,
        "id": f"https://login.salesforce.com/id/{HALDEN}/005000000000008AAA",
    }
    return Answer(body={**facts, **changes})


def member_id(found: Member | None) -> MemberId:
    assert found is not None
    return found.id
