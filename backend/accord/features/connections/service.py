"""Connections to orgs: setting them up, and the logins and gateways that the rest of the product works with."""

from dataclasses import asdict, replace

import structlog

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError, ConflictError, NotFoundError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, MemberId, OrgId, UserId, WorkspaceId, new_id
from accord.delivery.brakes.service import observe_first
from accord.delivery.meter import CallMeter
from accord.delivery.outbox import Outbox
from accord.delivery.service import Delivery
from accord.features.connections import client_secrets, store
from accord.features.connections.changes import ChangeLogs
from accord.features.connections.clients.service import ApiClients
from accord.features.connections.doctor.service import Doctor
from accord.features.connections.ending import Receipt, end_logins
from accord.features.connections.guarded import Guard
from accord.features.connections.integration.service import IntegrationLogins, consumer_secret
from accord.features.connections.logins import Logins
from accord.features.connections.model import (
    Certificate,
    Connection,
    ConnectionStatus,
    NewConnection,
    PersonalLogin,
    PrivateKey,
    RefusedTokenError,
)
from accord.features.connections.notices.service import Notices
from accord.features.connections.personal import store as personal_store
from accord.features.connections.personal.renewal import Renewal
from accord.features.connections.personal.rules import CALLBACK_PATH
from accord.features.connections.personal.service import PersonalLogins
from accord.features.connections.rules import check_consumer_secret, check_new_connection
from accord.features.connections.safe import Safe
from accord.features.connections.shutting import Shutting
from accord.features.connections.sign_in import SignIn
from accord.features.connections.tokens import TokenKey
from accord.features.connections.trust import store as trust_store
from accord.features.connections.trust.decisions import Decisions
from accord.features.connections.trust.links import Links
from accord.features.connections.trust.model import TrustEvent, TrustKind
from accord.features.connections.trust.sign_in import AdminSignIn
from accord.infra.db import Database, WorkspaceSession
from accord.infra.limits import counters_for
from accord.salesforce.client import Renew
from accord.salesforce.describe import DescribeCache
from accord.salesforce.gateway import open_gateway
from accord.salesforce.model import Gateway, Login, LoginKind
from accord.salesforce.oauth import fetch_user_info
from accord.salesforce.transport import HttpOptions
from accord.salesforce.web_login import WebApp
from accord.settings import Settings
from accord.workspace.members.model import Member
from accord.workspace.members.store import find_member

log = structlog.get_logger()


class Connections:
    """Everything about orgs and sign-in that the roots join with the other features."""

    def __init__(
        self,
        *,
        settings: Settings,
        database: Database,
        clock: Clock,
        http: HttpOptions,
        describes: DescribeCache,
    ) -> None:
        self.settings = settings
        self._database, self._clock = database, clock
        self.meter = CallMeter(database, clock, self.find_by_org)
        self._http = http = replace(http, on_counted=self.meter.note)
        self._describes = describes
        self._safe = Safe(database, clock)
        self._guard = Guard(database, clock)
        self.renewal = Renewal(database=database, safe=self._safe, http=http, clock=clock, app_of=self._web_app)
        self._delivery = Delivery(Outbox(database.vault))
        self.decisions = Decisions(database, self._delivery, clock, find_org=self.find_by_org)
        self.integration = IntegrationLogins(
            database, self._safe, http=http, clock=clock, on_other_org=self.decisions.freeze
        )
        self.logins = Logins(database, self._safe, sign_on=self.integration.sign_on, renewal=self.renewal, clock=clock)
        self.change_log_for = ChangeLogs(self.logins, http, describes, clock)
        self.shutting = Shutting(database, self._safe, self.logins, http, clock)
        self.links = Links(database, clock, settings.public_url, settings.allowed_loopback, self.create_workspace)
        self.clients = ApiClients(database, clock)
        self.notices = Notices(database, self._safe, self.renewal, clock, live_connections=self.live_connections)
        self.doctor = Doctor(database, http, clock, sign_on=self.integration.sign_on, open_gateway=self._open)
        self.admins = AdminSignIn(
            database=database,
            links=self.links,
            http=http,
            clock=clock,
            redirect_uri=settings.public_url + CALLBACK_PATH,
            app_of=self._web_app,
            find_org=self.find_by_org,
            open_gateway=self._open,
        )
        self.personal = PersonalLogins(
            database=database,
            safe=self._safe,
            delivery=self._delivery,
            http=http,
            clock=clock,
            app_of=self._web_app,
        )
        self.sign_in = SignIn(
            database=database,
            safe=self._safe,
            signer=TokenKey(settings.session_key, settings.public_url),
            allowed_loopback=settings.allowed_loopback,
            fetch_user=lambda instance_url, token: fetch_user_info(instance_url, token, http=http),
            open_gateway=self._open,
            wrong_tries=client_secrets.WrongTries(counters_for(database)),
            clock=clock,
        )

    def authenticate(self, token: str, *, writes: bool) -> Identity:
        """Whom a bearer token stands for; `writes` for a change. Raises RefusedTokenError or NotAllowedError."""
        try:
            return self.sign_in.authenticate(token, writes=writes)
        except RefusedTokenError as refused:
            log.info("token_refused", reason=refused.check)
            raise

    def gateway_for_caller(self, caller: Identity) -> Gateway | None:
        """A gateway over the caller's own login; None when he has none here, and then he is given no values."""
        login = self.logins.login_for(caller)
        if login is None:
            return None
        own = self._open_own(caller.workspace_id, caller.member_id, login)
        return self._guard.over(own, caller.workspace_id, caller.connection_id, own_edit=True)

    def gateway_for(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, member_id: MemberId | None
    ) -> Gateway:
        """The gateway of a member's personal login, or of the integration owner (None).

        Raises AuthorizationLostError when that login has to be renewed by a person.
        """
        gateway = self._stored_gateway(workspace_id, connection_id, member_id)
        return self._guard.over(gateway, workspace_id, connection_id, own_edit=False)

    def _stored_gateway(
        self, workspace_id: WorkspaceId, connection_id: ConnectionId, member_id: MemberId | None
    ) -> Gateway:
        if member_id is not None:
            login = self.logins.login_of_member(workspace_id, connection_id, member_id)
            if login is not None:
                return self._open_own(workspace_id, member_id, login)
            raise AuthorizationLostError("This member has no Salesforce login of his own any more.", code="NO_LOGIN")
        login = self.logins.integration_login(workspace_id, connection_id)
        return self._open(
            login, renew=lambda: self.logins.integration_login(workspace_id, connection_id, instead_of=login)
        )

    def has_personal_login(self, session: WorkspaceSession, member: Member) -> bool:
        """Whether this member has connected a Salesforce login of his own."""
        return store.has_personal_login(session, member)

    def name_of(self, caller: Identity) -> str:
        """The name of the member who calls; empty for Flow and applications."""
        if caller.member_id is None:
            return ""
        with self._database.reading(caller.workspace_id) as session:
            member = find_member(session, caller.member_id)
        return "" if member is None else member.name

    def create_workspace(self, name: str) -> WorkspaceId:
        """A new tenant with its data key."""
        workspace_id = WorkspaceId(new_id(self._clock()))
        with self._database.system() as session:
            store.add_workspace(session, workspace_id, name)
            self._database.vault.make_key(session, workspace_id)
        return workspace_id

    def create_connection(self, workspace_id: WorkspaceId, new: NewConnection) -> Connection:
        """A live connection to an org; a production org is only observed at first.

        Raises RejectedError that names each wrong field, ConflictError (ORG_TAKEN) when the org is connected already.
        """
        checked = check_new_connection(new, allowed_loopback=self.settings.allowed_loopback)
        with self._database.workspace(workspace_id) as session:
            connection_id = store.add_connection(session, checked, now=self._clock())
            if connection_id is not None:
                observe_first(session, connection_id, is_sandbox=checked.is_sandbox, now=self._clock())
        if connection_id is None:
            raise ConflictError("This Salesforce org is connected to Accord already.", code="ORG_TAKEN")
        return Connection(workspace_id=workspace_id, id=connection_id, status=ConnectionStatus.LIVE, **asdict(checked))

    def get_connection(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> Connection:
        """Raises NotFoundError."""
        with self._database.reading(workspace_id) as session:
            connection = store.find_connection(session, connection_id)
        if connection is None:
            raise NotFoundError("connection")
        return connection

    def find_by_org(self, org_id: OrgId, *, gone: bool = False) -> Connection | None:
        """The connection of an org (18 characters) that is not disconnected, whoever's it is: for set-up alone.
        `gone`: the one that was disconnected last.
        """
        return self.sign_in.find_connection(org_id, gone=gone)

    def currency_of(self, session: WorkspaceSession, connection_id: ConnectionId) -> str | None:
        """The currency of an org with one alone, as far as the org has said it."""
        return store.find_currency(session, connection_id)

    def load_connections(self, workspace_id: WorkspaceId) -> list[Connection]:
        with self._database.reading(workspace_id) as session:
            return store.load_connections(session)

    def certificates(self, connection: Connection) -> list[Certificate]:
        """Every certificate that was ever registered for the org."""
        with self._database.reading(connection.workspace_id) as session:
            return store.load_certificates(session, connection.id)

    def live_connections(self) -> list[tuple[WorkspaceId, ConnectionId]]:
        """Of every workspace, for what is done on a schedule."""
        with self._database.system_reading() as session:
            return [(place.workspace_id, place.connection_id) for place in store.load_live_places(session)]

    def set_status(self, connection: Connection, status: ConnectionStatus, event: TrustEvent | None = None) -> None:
        """Freezes, thaws or disconnects an org. From this moment no token of it is good unless it is live."""
        with self._database.workspace(connection.workspace_id) as session:
            store.set_status(session, connection.id, status)
            if event is not None:
                trust_store.add_event(session, connection.id, event)
            if status is not ConnectionStatus.LIVE:
                store.drop_canvas_sessions(session, connection.id)
            if status is ConnectionStatus.DISCONNECTED:
                store.drop_credentials(session, connection.id)
                personal_store.forget_connection(session, connection.id)
                trust_store.drop_links_of(session, connection.id)
        self.logins.forget(connection.id)

    def disconnect(
        self, connection: Connection, *, by_user: UserId | None = None, by_member: MemberId | None = None
    ) -> Receipt:
        """Ends a connection: its tokens are no longer good here, its secrets are gone, and its logins are ended at
        Salesforce, as far as that answers. Plans and what was delivered stay. Neither `by`: the operator.
        """
        kept = [*self.personal.stored(connection), *self.logins.kept(connection)]
        event = TrustEvent(TrustKind.ORG_DISCONNECTED, self._clock(), connection.org_id, by_user, by_member)
        self.set_status(connection, ConnectionStatus.DISCONNECTED, event)
        return end_logins(kept, http=self._http)

    def set_canvas_secret(self, connection: Connection, secret: str, *, keep_old: bool = False) -> None:
        """Stores the app's consumer secret. `keep_old`: the one before it is good until the next change (rotation)."""
        check_consumer_secret(secret)
        event = TrustEvent(TrustKind.INTEGRATION_CHANGED, self._clock(), "consumer_secret") if keep_old else None
        self._safe.put_canvas_secret(connection, secret.strip(), keep_old=keep_old, event=event)
        self.renew_owner(connection)

    def set_integration_key(self, connection: Connection, private_key: PrivateKey, *, replaces: bool = False) -> None:
        """Stores the private key whose certificate the org's app has, instead of another when it `replaces` one."""
        event = TrustEvent(TrustKind.INTEGRATION_CHANGED, self._clock(), "private_key") if replaces else None
        self._safe.put_integration_key(connection, private_key, event=event)
        self.renew_owner(connection)

    def renew_owner(self, connection: Connection) -> None:
        """How the integration owner signs in was changed: he does so anew, and what waited for his login goes on."""
        self.logins.forget(connection.id)
        with self._database.workspace(connection.workspace_id) as session:
            self._delivery.resume_login(session, connection.id, None, now=self._clock())

    def store_personal_login(self, connection: Connection, member_id: MemberId, login: PersonalLogin) -> None:
        """Keeps a member's own login, in the place of an older one; what waited for it goes on."""
        self.personal.put(connection, member_id, login)

    def _open(self, login: Login, renew: Renew | None = None) -> Gateway:
        return open_gateway(login, http=self._http, describes=self._describes, clock=self._clock, renew=renew)

    def _open_own(self, workspace_id: WorkspaceId, member_id: MemberId | None, login: Login) -> Gateway:
        """A personal login is renewed when Salesforce refuses it; the token of a Canvas session ends with it."""
        if member_id is None or login.kind is not LoginKind.PERSONAL:
            return self._open(login)
        return self._open(login, renew=lambda: self.logins.renew_personal(workspace_id, member_id, instead_of=login))

    def _web_app(self, connection: Connection) -> WebApp:
        return WebApp(
            consumer_key=connection.consumer_key,
            consumer_secret=consumer_secret(self._safe, connection),
            login_url=connection.login_url,
            redirect_uri=self.settings.public_url + CALLBACK_PATH,
        )
