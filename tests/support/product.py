"""The whole product in this process: a local org and Accord, joined without sockets, set up as an admin would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accord.app import create_app
from accord.core.identity import Identity, Role
from accord.core.ids import OrgId
from accord.delivery.model import DrainReport
from accord.features.connections import client_secrets
from accord.features.connections.connecting import OrgSecrets, connect_org
from accord.features.connections.model import Connection, NewClient, NewConnection
from accord.infra.db import Database
from accord.parts import Parts, build_parts
from accord.salesforce.transport import HttpOptions
from accord.settings import Secret
from localorg.app import create_app as create_org_app
from localorg.canvas import Placement, View, sign, signed_request_payload
from localorg.counter import RequestCounter
from localorg.faults import Fault, FaultScript
from localorg.grants import Approval
from localorg.org import Org
from localorg.rules import ValidationRule
from localorg.sessions import Session
from localorg.setup import ConnectedApp, OrgSetup
from support.builders import NOON, AClock, some_settings
from support.kept_org import another_org, usual_org
from support.kept_setup import is_empty, set_up
from support.local_org import HTTPS_BASE, WsgiAdapter
from support.quick_routes import quick_routes
from support.running_org import BRIGHTWATER, RILEY, KeyPair, a_key_pair, an_app

INTEGRATION = "integration@halden.example"
PAGE = "http://127.0.0.1:8100"
ASSETS = Path(__file__).parents[2] / "build" / "panel"
SETTINGS = {"ACCORD_ALLOWED_LOOPBACK": "localhost:8143,127.0.0.1:8100", "ACCORD_ASSETS_DIR": str(ASSETS)}


@dataclass
class Product:
    """Both sides and their insides. `client` is a browser without cookies in front of Accord."""

    org: Org
    org_app: Flask
    setup: OrgSetup
    setup_app: ConnectedApp
    faults: FaultScript
    counter: RequestCounter
    clock: AClock
    parts: Parts
    app: Flask
    connection: Connection
    client: FlaskClient
    flow_client: NewClient = field(repr=False)
    issued: list[str] = field(repr=False)

    def deal(self, name: str = BRIGHTWATER) -> str:
        return next(str(row["Id"]) for row in self.org.records.all("Opportunity") if row["Name"] == name)

    def record(self, sobject: str, record_id: str) -> dict[str, Any]:
        row = self.org.records.find(sobject, record_id)
        assert row is not None
        return dict(row)

    def tasks(self) -> list[dict[str, Any]]:
        """The Tasks that Accord wrote."""
        return [dict(row) for row in self.org.records.all("Task") if row.get("Accord_Id__c")]

    def change_in_salesforce(self, sobject: str, record_id: str, **values: Any) -> None:
        """Somebody else changes a record in the org."""
        admin = self.org.users.by_username("admin@halden.example")
        assert admin is not None
        with self.org.transaction(user_id=admin.id, client="somebody else") as tx:
            tx.update(sobject, record_id, values)

    def org_app_without_rotation(self) -> None:
        """The org's admin switches refresh token rotation off."""
        self.setup.register(replace(self.setup_app, rotate_refresh_tokens=False))

    def refuse_deals(self, condition: str, message: str, *, field: str | None = None) -> None:
        """A validation rule on Opportunity, as the org's admin would write it."""
        self.org.rules.add(ValidationRule("no", "Opportunity", condition, message, field=field))

    def give_products(self, deal: str) -> None:
        """From now on the deal's amount comes from its products."""
        with self.org.transaction(user_id=self.org.users.by_username(RILEY).id, client="seed") as tx:
            tx.update("Opportunity", deal, {"HasOpportunityLineItem": True}, enforce=False)

    def deal_account(self) -> str:
        return str(self.record("Opportunity", self.deal())["AccountId"])

    def change_org(self, sobject: str, field: str, **facts: Any) -> None:
        """The org's admin changes a field (`type="boolean"`), or deletes it when no facts are given."""
        schema = self.org._full_schema
        found = schema.objects[sobject]
        fields = dict(found.fields)
        if facts:
            fields[field] = type(fields[field])(facts={**fields[field].facts, **facts})
        else:
            del fields[field]
        changed = type(found)(found.name, found.facts, fields, found.children)
        self.org._full_schema = schema.with_object(changed)
        self.org.refresh_schema()

    def journal(self, after: int = 0) -> list[Any]:
        return [entry for entry in self.org.journal.entries(after=after) if entry.client == "Accord"]

    def journal_end(self) -> int:
        return max((entry.seq for entry in self.org.journal.entries(after=0)), default=0)

    def calls(self) -> int:
        """How often Accord has called the org's API so far."""
        report = self.counter.report(since=0)
        return sum(count for path, count in report["by_path"].items() if path.startswith("/services/data"))

    def signed_request(self, username: str = RILEY, deal: str | None = None, *, dated: bool = True) -> str:
        user = self.org.users.by_username(username)
        assert user is not None
        placement = Placement(PAGE, f"{PAGE}/lightning", deal or self.deal(), "Opportunity")
        self.clock.advance(seconds=1)  # two requests of one second would be the same request
        view = View(
            app=self.setup_app,
            user=user,
            access_token=self.org.sessions.issue(user.id, client="Accord"),
            instance_url=HTTPS_BASE,
            placement=placement,
            issued_at=self.clock() if dated else None,
        )
        return sign(signed_request_payload(self.org, view), consumer_secret=self.setup_app.consumer_secret)

    def sign_in(self, username: str = RILEY) -> dict[str, str]:
        """Headers of a rep who opened the panel."""
        signed_in = self.parts.connections.sign_in.canvas(self.signed_request(username))
        return {"Authorization": f"Bearer {signed_in.short_token.token.reveal()}"}

    def sign_in_flow(self) -> dict[str, str]:
        answer = self.client.post(
            "/oauth/token",
            data={
                "grant_type": "client_credentials",
                "client_id": self.flow_client.client_id,
                "client_secret": self.flow_client.secret.reveal(),
            },
        )
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json['access_token']}"}

    def session_tokens(self) -> list[str]:
        """Every login to the org that was handed out so far."""
        return list(self.issued)

    def sign_in_the_owner(self) -> None:
        """The integration owner is signed in from now on, as after the first delivery."""
        self.parts.zones.read(self.connection.workspace_id, self.connection.id)

    def deliver(self) -> DrainReport:
        """Delivers what is due, in this thread."""
        return self.parts.drain.drain(self.connection.workspace_id, self.connection.id)

    def arm(self, **fault: Any) -> None:
        self.faults.arm(Fault.from_json(fault))


@cache
def the_keys() -> KeyPair:
    """One pair for all tests: making one takes a third of a second. Its certificate ends a day after their noon."""
    return a_key_pair(ends=NOON + timedelta(days=1))


def _written_down(org: Org) -> list[str]:
    """The org keeps digests of its tokens only; here each is written down as it is handed out."""
    tokens: list[str] = []
    issue = org.sessions.issue_session

    def issue_and_write_down(session: Session) -> str:
        tokens.append(issue(session))
        return tokens[-1]

    org.sessions.issue_session = issue_and_write_down  # type: ignore[method-assign]
    refresh = org.grants._refresh_token

    def refresh_and_write_down(approval: Approval, *, grant: str) -> str:
        tokens.append(refresh(approval, grant=grant))
        return tokens[-1]

    org.grants._refresh_token = refresh_and_write_down  # type: ignore[method-assign]
    return tokens


def turn_activity_on(parts: Parts, connection: Connection) -> None:
    """Activity is off until an admin wants it; here one does, with everything else as it comes."""
    admin = Identity(connection.workspace_id, connection.id, Role.ADMIN)
    parts.activity_setup.save(admin, replace(parts.activity_setup.load(admin), enabled=True))


def _connect(parts: Parts, org: Org, app: ConnectedApp, keys: KeyPair) -> tuple[Connection, NewClient]:
    """What an admin does first."""
    new = NewConnection(
        org_id=OrgId(org.id),
        label="Halden",
        instance_url=HTTPS_BASE,
        is_sandbox=True,
        integration_username=INTEGRATION,
        consumer_key=app.consumer_key,
        login_url=HTTPS_BASE,
    )
    org_secrets = OrgSecrets(Secret(app.consumer_secret.encode()), Secret(keys.private_pem.encode()))
    made = connect_org(parts.connections, "Halden Instruments", new, org_secrets, clock=parts.clock)
    turn_activity_on(parts, made[0])
    return made


@contextmanager
def cheap_tries() -> Iterator[None]:
    """One try of a client's secret takes 50 ms on purpose, and tests make a thousand of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(client_secrets._COST, "n", 2**4)
        yield


@contextmanager
def a_product(database: Database, *, environ: dict[str, str] | None = None) -> Iterator[Product]:
    with cheap_tries():
        yield _a_product(database, environ or {})


def _a_product(database: Database, environ: dict[str, str]) -> Product:
    clock = AClock()
    is_first = is_empty(database)
    org = usual_org(clock) if is_first else another_org(clock)
    issued = _written_down(org)
    keys = the_keys()
    app = an_app(
        consumer_secret="s" * 32,
        certificate_pem=keys.certificate_pem,
        canvas_url="http://localhost:8000/canvas",
        redirect_uris=("http://localhost:8000/oauth/salesforce/callback",),
    )
    setup, faults, counter = OrgSetup(), FaultScript(), RequestCounter()
    setup.register(app)
    with quick_routes():
        org_app = create_org_app(
            org, https_base=HTTPS_BASE, http_base=PAGE, faults=faults, counter=counter, setup=setup
        )
    settings = some_settings({**SETTINGS, **environ})
    http = HttpOptions(timeout=5, allowed_loopback=settings.allowed_loopback, adapter=WsgiAdapter(org_app))
    parts = build_parts(settings, database, clock=clock, http=http)
    connect = partial(_connect, parts, org, app, keys)
    connection, flow_client = set_up(database, connect) if is_first else connect()
    with quick_routes():
        web = create_app(parts)
    return Product(
        org=org,
        org_app=org_app,
        setup=setup,
        setup_app=app,
        faults=faults,
        counter=counter,
        clock=clock,
        parts=parts,
        app=web,
        connection=connection,
        client=web.test_client(use_cookies=False),
        flow_client=flow_client,
        issued=issued,
    )
