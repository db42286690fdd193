"""What sign-in asks of an org, asked of the local one: whose token this is, which permission sets, a login."""

import pytest

from accord.core.identity import Role
from accord.features.connections.model import NewConnection, NoAccessError, PrivateKey
from accord.features.connections.service import Connections
from accord.salesforce.describe import DescribeCache
from accord.salesforce.model import LoginKind
from accord.settings import Secret
from localorg.app import create_app
from localorg.canvas import Placement, View, sign, signed_request_payload
from localorg.setup import ConnectedApp, OrgSetup
from support.builders import some_settings
from support.local_org import WsgiAdapter, an_org
from support.scripted_org import http_to
from support.sfdx import accord_source
from support.signed import AUDIENCE, CONSUMER_KEY, INSTANCE, SECRET, a_signer

DEAL = "006000000000001AAA"


class World:
    def __init__(self, database, tmp_path, *permission_sets):
        self.local = an_org(metadata_dirs=[accord_source(tmp_path)], permission_sets=permission_sets)
        self.app = ConnectedApp(
            name="Accord",
            consumer_key=CONSUMER_KEY,
            consumer_secret=SECRET,
            certificate_pem=a_signer("deployment").certificate_pem,
        )
        setup = OrgSetup()
        setup.register(self.app)
        door = create_app(self.local.org, https_base=INSTANCE, http_base=INSTANCE, setup=setup)
        self.connections = Connections(
            settings=some_settings({"ACCORD_PUBLIC_URL": AUDIENCE}),
            database=database,
            clock=self.local.clock,
            http=http_to(WsgiAdapter(door)),
            describes=DescribeCache(),
        )
        self.workspace_id = self.connections.create_workspace("Halden")
        self.connection = self.connections.create_connection(
            self.workspace_id,
            NewConnection(
                org_id=self.local.org.id,
                label="Halden",
                instance_url=INSTANCE,
                is_sandbox=False,
                integration_username=self.local.admin.username,
                consumer_key=CONSUMER_KEY,
                login_url=INSTANCE,
            ),
        )
        self.connections.set_canvas_secret(self.connection, SECRET)
        self.connections.set_integration_key(
            self.connection, PrivateKey(Secret(a_signer("deployment").private_pem.encode()))
        )

    def signed_request(self, *, dated=True):
        view = View(
            app=self.app,
            user=self.local.rep,
            access_token=self.local.token(client="Accord"),
            instance_url=INSTANCE,
            placement=Placement("https://halden.lightning.force.com", INSTANCE, DEAL, "Opportunity"),
            issued_at=self.local.clock() if dated else None,
        )
        return sign(signed_request_payload(self.local.org, view), consumer_secret=SECRET)


@pytest.mark.parametrize("dated", [True, False])
def test_a_rep_of_the_local_org_signs_in_by_his_permission_set(database, tmp_path, dated):
    world = World(database, tmp_path, "Accord_Rep")

    found = world.connections.sign_in.canvas(world.signed_request(dated=dated))

    assert (found.member.role, found.member.salesforce_user_id) == (Role.USER, world.local.rep.id)
    assert found.request.record_id == DEAL


def test_a_rep_of_the_local_org_without_the_permission_set_stays_out(database, tmp_path):
    world = World(database, tmp_path)

    with pytest.raises(NoAccessError):
        world.connections.sign_in.canvas(world.signed_request())


def test_the_integration_owner_logs_in_to_the_local_org(database, tmp_path):
    world = World(database, tmp_path)

    login = world.connections.logins.integration_login(world.workspace_id, world.connection.id)
    rows = world.connections.gateway_for(world.workspace_id, world.connection.id, None).query("SELECT Id FROM User")

    assert (login.kind, login.user_id, login.org_id) == (
        LoginKind.INTEGRATION,
        world.local.admin.id,
        world.connection.org_id,
    )
    assert rows
