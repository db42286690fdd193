"""The sealed secrets of sign-in: what goes in, what comes out, and which row each is bound to."""

from dataclasses import dataclass

import orjson
import structlog

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError
from accord.core.ids import MemberId, SessionId, UserId, new_id
from accord.features.connections import store
from accord.features.connections.model import CanvasSecret, Connection, PersonalLogin, PrivateKey, Purpose
from accord.features.connections.trust import store as trust_store
from accord.features.connections.trust.model import TrustEvent
from accord.infra.db import Database, SealBrokenError, SealContext
from accord.salesforce.model import AccessToken
from accord.settings import Secret

log = structlog.get_logger()

CANVAS_SECRETS = 2  # the new one, and the old one while it is being rotated
_DEPLOYMENT = "deployment"  # the owner of a connection's integration key


@dataclass(frozen=True, slots=True)
class Safe:
    """Seals secrets into rows, and opens them. A row that was altered or moved does not open."""

    database: Database
    clock: Clock

    def put_canvas_secret(
        self, connection: Connection, secret: str, *, keep_old: bool, event: TrustEvent | None = None
    ) -> None:
        """Makes `secret` the one that signs. `keep_old` lets the one before it sign too, until the next change."""
        owner = new_id(self.clock())
        with self.database.reading(connection.workspace_id) as session:
            older = store.load_credentials(session, connection.id, Purpose.CANVAS_SECRET)
        self._put(connection, Purpose.CANVAS_SECRET, owner, secret, event)
        with self.database.workspace(connection.workspace_id) as session:
            for row in older[CANVAS_SECRETS - 1 if keep_old else 0 :]:
                store.drop_credential(session, connection.id, Purpose.CANVAS_SECRET, owner=row.owner)

    def canvas_secrets(self, connection: Connection) -> list[CanvasSecret]:
        """The secrets that may sign for this org. One that does not open is passed over and logged."""
        with self.database.reading(connection.workspace_id) as session:
            rows = store.load_credentials(session, connection.id, Purpose.CANVAS_SECRET)
        found = []
        for row in rows:
            try:
                text = self._open(connection, Purpose.CANVAS_SECRET, row)
            except AuthorizationLostError:
                continue
            found.append(
                CanvasSecret(
                    org_id=connection.org_id,
                    consumer_key=connection.consumer_key,
                    instance_url=connection.instance_url,
                    secret=Secret(text.encode()),
                )
            )
        return found

    def put_integration_key(
        self, connection: Connection, private_key: PrivateKey, *, event: TrustEvent | None = None
    ) -> None:
        self._put(connection, Purpose.INTEGRATION_KEY, _DEPLOYMENT, private_key.value.decode(), event)

    def find_integration_key(self, connection: Connection) -> Secret | None:
        """The private key of the integration login. Raises AuthorizationLostError when it does not open."""
        row = self._find(connection, Purpose.INTEGRATION_KEY, _DEPLOYMENT)
        return None if row is None else Secret(self._open(connection, Purpose.INTEGRATION_KEY, row).encode())

    def seal_personal_login(self, connection: Connection, member_id: MemberId, login: PersonalLogin) -> store.SealedRow:
        """The row of a member's own login, for the transaction that stores it."""
        content = {
            "user_id": login.user_id,
            "instance_url": login.instance_url,
            "access_token": login.access_token.reveal(),
            "refresh_token": login.refresh_token.reveal() if login.refresh_token else None,
        }
        return self._seal(connection, Purpose.PERSONAL_LOGIN, member_id, orjson.dumps(content).decode())

    def find_personal_login(self, connection: Connection, member_id: MemberId) -> PersonalLogin | None:
        """A member's own login. Raises AuthorizationLostError when it does not open."""
        row = self._find(connection, Purpose.PERSONAL_LOGIN, member_id)
        return None if row is None else self.open_personal_login(connection, row)

    def open_personal_login(self, connection: Connection, row: store.SealedRow) -> PersonalLogin:
        """What a row holds. Raises AuthorizationLostError when it does not open."""
        content = orjson.loads(self._open(connection, Purpose.PERSONAL_LOGIN, row))
        refresh_token = content["refresh_token"]
        return PersonalLogin(
            user_id=UserId(content["user_id"]),
            instance_url=content["instance_url"],
            access_token=AccessToken(content["access_token"]),
            refresh_token=AccessToken(refresh_token) if refresh_token else None,
        )

    def seal_canvas_token(
        self, connection: Connection, member_id: MemberId, session_id: SessionId, token: AccessToken
    ) -> bytes:
        context = _session_context(connection, member_id, session_id)
        return self.database.vault.seal(connection.workspace_id, token.reveal(), context)

    def open_canvas_token(self, connection: Connection, row: store.CanvasSessionRow) -> AccessToken:
        """The rep's token of this very session. Raises AuthorizationLostError when it does not open."""
        context = _session_context(connection, row.member_id, row.id)
        return AccessToken(self._unseal(connection, row.sealed, context))

    def _put(self, connection: Connection, purpose: Purpose, owner: str, plain: str, event: TrustEvent | None) -> None:
        """Stores a secret, and with it the line of the audit when there is one."""
        row = self._seal(connection, purpose, owner, plain)
        with self.database.workspace(connection.workspace_id) as session:
            store.put_credential(session, connection.id, purpose, row, now=self.clock())
            if event is not None:
                trust_store.add_event(session, connection.id, event)

    def _seal(self, connection: Connection, purpose: Purpose, owner: str, plain: str) -> store.SealedRow:
        context = _credential_context(connection, purpose, owner)
        return store.SealedRow(owner=owner, sealed=self.database.vault.seal(connection.workspace_id, plain, context))

    def _find(self, connection: Connection, purpose: Purpose, owner: str) -> store.SealedRow | None:
        with self.database.reading(connection.workspace_id) as session:
            return store.find_credential(session, connection.id, purpose, owner=owner)

    def _open(self, connection: Connection, purpose: Purpose, row: store.SealedRow) -> str:
        return self._unseal(connection, row.sealed, _credential_context(connection, purpose, row.owner))

    def _unseal(self, connection: Connection, sealed: bytes, context: SealContext) -> str:
        try:
            return self.database.vault.open(connection.workspace_id, sealed, context)
        except SealBrokenError:
            log.exception("seal_broken", connection_id=connection.id, kind=context.purpose.partition(":")[0])
            raise AuthorizationLostError(
                "A stored Salesforce login cannot be read any more. Connect again.", code="LOGIN_UNREADABLE"
            ) from None


def _credential_context(connection: Connection, purpose: Purpose, owner: str) -> SealContext:
    return SealContext(table="credential", connection_id=connection.id, user_id=owner, purpose=purpose.value)


def _session_context(connection: Connection, member_id: MemberId, session_id: SessionId) -> SealContext:
    return SealContext(
        table="canvas_session", connection_id=connection.id, user_id=member_id, purpose=f"canvas_token:{session_id}"
    )
