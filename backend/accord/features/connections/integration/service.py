"""The login of the integration owner: by JWT bearer with our key, or by the app's own client credentials."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError
from accord.core.ids import ConnectionId, MemberId, OrgId, WorkspaceId
from accord.features.connections.integration import store
from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import Connection, IntegrationFlow
from accord.features.connections.safe import Safe
from accord.features.connections.trust import store as trust_store
from accord.features.connections.trust.model import TrustEvent, TrustKind
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Login
from accord.salesforce.oauth import CredentialsApp, JwtApp, client_credentials_login, jwt_login
from accord.salesforce.signin_errors import OtherOrgError
from accord.salesforce.transport import HttpOptions
from accord.settings import Secret
from accord.workspace.settings.store import Change


@dataclass(frozen=True, slots=True)
class IntegrationLogins:
    """`on_other_org` is told when a login led to another org than the connection's: nothing may be written there."""

    database: Database
    safe: Safe
    http: HttpOptions
    clock: Clock
    on_other_org: Callable[[Connection, OrgId], None]

    def sign_on(self, connection: Connection) -> Login:
        """A fresh login of the integration owner. One call.

        Raises AuthorizationLostError when a person must act (OtherOrgError: the connection is on hold from now on),
        TransientError when Salesforce cannot be asked.
        """
        try:
            return self._sign_on(connection, self.load(connection.workspace_id, connection.id).flow)
        except OtherOrgError as other:
            self.on_other_org(connection, other.found)
            raise

    def load(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> ConnectionSettings:
        with self.database.reading(workspace_id) as session:
            return store.load(session, connection_id)

    def save(self, connection: Connection, new: ConnectionSettings, *, by: MemberId | None) -> ConnectionSettings:
        """Stores settings whose `version` is the one that was changed. Another flow has to work before it is stored.

        Raises OutdatedError when somebody else was first, and what a login raises; nothing was stored then.
        """
        self.prepare(connection, new, by=by).carry_out(self.database, connection.workspace_id)
        return replace(new, version=new.version + 1)

    def prepare(
        self, connection: Connection, new: ConnectionSettings, *, by: MemberId | None, reason: Reason = CHANGED
    ) -> Prepared:
        """The settings, tried and ready to be stored in the place of `new.version`. Raises as `save` does."""
        with self.database.reading(connection.workspace_id) as session:
            known = store.SETTINGS.load_version(session, connection.id, new.version)
        if known.flow is not new.flow:
            self._sign_on(connection, new.flow)

        def keep(session: WorkspaceSession) -> str:
            now = self.clock()
            line_id = store.SETTINGS.change(session, connection.id, Change(new, by, now, reason))
            if known.flow is not new.flow:
                event = TrustEvent(TrustKind.INTEGRATION_CHANGED, now, detail=new.flow.value, by_member=by)
                trust_store.add_event(session, connection.id, event)
            return line_id

        return Prepared(keep)

    def store_first(self, connection: Connection, settings: ConnectionSettings) -> None:
        """The settings of a connection that was made just now; its first login shows whether they work."""
        with self.database.workspace(connection.workspace_id) as session:
            store.SETTINGS.save(session, connection.id, settings, by=None, at=self.clock())

    def _sign_on(self, connection: Connection, flow: IntegrationFlow) -> Login:
        if flow is IntegrationFlow.CLIENT_CREDENTIALS:
            app = CredentialsApp(connection.consumer_key, self._consumer_secret(connection), connection.instance_url)
            return client_credentials_login(
                app, connection_id=connection.id, http=self.http, expected_org=connection.org_id
            )
        jwt_app = JwtApp(
            consumer_key=connection.consumer_key,
            private_key_pem=self._private_key(connection),
            username=connection.integration_username,
            login_url=connection.login_url,
        )
        return jwt_login(
            jwt_app, connection_id=connection.id, http=self.http, clock=self.clock, expected_org=connection.org_id
        )

    def _private_key(self, connection: Connection) -> Secret:
        key = self.safe.find_integration_key(connection)
        if key is None:
            raise AuthorizationLostError(
                "This connection has no key for its integration login. Give it one with `accord connect`.",
                code="NO_INTEGRATION_KEY",
            )
        return key

    def _consumer_secret(self, connection: Connection) -> Secret:
        return consumer_secret(self.safe, connection)


def consumer_secret(safe: Safe, connection: Connection) -> Secret:
    """The newest secret of the org's app. Raises AuthorizationLostError when none is stored here."""
    secrets = safe.canvas_secrets(connection)
    if not secrets:
        raise AuthorizationLostError(
            "The consumer secret of the Accord app is not stored here. An Accord admin must give it first.",
            code="NO_CONSUMER_SECRET",
        )
    return secrets[0].secret
