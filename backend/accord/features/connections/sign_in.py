"""Who is calling: a signed request, a token of Apex, a token of ours, or an application with its secret."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from accord.core.clock import Clock
from accord.core.errors import NotAllowedError
from accord.core.identity import Identity, Role
from accord.core.ids import OrgId, SessionId, new_id
from accord.features.connections import apex_jwt, canvas, client_secrets, store, tokens
from accord.features.connections.model import (
    ApiClient,
    CanvasRequest,
    CanvasSecret,
    Certificate,
    Connection,
    ConnectionStatus,
    NoAccessError,
    RefusedTokenError,
    ShortToken,
)
from accord.features.connections.personal import store as personal_store
from accord.features.connections.rules import PERMISSION_SETS, is_standard, role_of, used_digest
from accord.features.connections.safe import Safe
from accord.features.connections.trust import store as trust_store
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import AccessToken, Gateway, Login, LoginKind
from accord.salesforce.oauth import UserInfo
from accord.salesforce.soql import eq, in_, select
from accord.workspace.members.model import Member, MemberStatus, NewMember
from accord.workspace.members.store import TEXT, add_member, find_by_user, find_member, set_person, set_role

KEPT = timedelta(hours=24)
ROLE_KEPT = timedelta(hours=12)
FROZEN = "This Salesforce org is on hold in Accord. An Accord admin must confirm it first."
LEFT = "This Salesforce org is disconnected from Accord. Whoever runs Accord can connect it again."


@dataclass(frozen=True, slots=True)
class CanvasSignIn:
    """What the page needs of a sign-in. The rep's own token is not in it."""

    request: CanvasRequest
    member: Member
    short_token: ShortToken


@dataclass(frozen=True, slots=True)
class SignIn:
    """The ways in. `fetch_user` and `open_gateway` speak to Salesforce with the login that they are given."""

    database: Database
    safe: Safe
    signer: tokens.TokenKey
    allowed_loopback: frozenset[str]
    fetch_user: Callable[[str, AccessToken], UserInfo]
    open_gateway: Callable[[Login], Gateway]
    wrong_tries: client_secrets.WrongTries
    clock: Clock

    def canvas(self, signed_request: str) -> CanvasSignIn:
        """Signs a rep in by a signed request. A known member with a dated request costs no Salesforce call.

        Raises RefusedTokenError, NoAccessError, NotAllowedError (the connection is frozen), and what a call raises.
        """
        world = canvas.CanvasWorld(
            now=self.clock(),
            secrets_of=self._canvas_secrets,
            first_use=lambda org_id, proof: self._first_use("canvas", org_id, proof),
            allowed_loopback=self.allowed_loopback,
        )
        request = canvas.verify(signed_request, world)
        connection = self._live_connection(request.org_id)
        if not request.proved_fresh:
            self._prove_token(request)
        self._note_currency(connection, request.org_currency)
        member = self._canvas_member(connection, request)
        session_id = self._open_session(connection, member, request)
        ids = tokens.TokenIds(connection.workspace_id, connection.id, member_id=member.id, session_id=session_id)
        return CanvasSignIn(request, member, tokens.issue_token(ids, self.signer, self.clock()))

    def authenticate(self, token: str, *, writes: bool) -> Identity:
        """Whom a bearer token stands for. `writes`: the call changes something, so a token of Apex is good for it once.

        Raises RefusedTokenError, NoAccessError or NotAllowedError.
        """
        return self._by_short_token(token) if tokens.is_ours(token) else self._by_apex_token(token, writes=writes)

    def client(self, client_id: str, secret: str, *, address: str) -> tuple[ApiClient, ShortToken]:
        """A token for an application. Raises RefusedTokenError, or TooManyRequestsError."""
        now = self.clock()
        self.wrong_tries.check(client_id, address, now)
        client = self._find_client(client_id)
        right = client_secrets.fits(secret, client.secret_hash if client else client_secrets.NOBODY)
        if client is None or not right:
            self.wrong_tries.count(client_id, address, now)
            raise RefusedTokenError("client_secret", "The client id or its secret is wrong.")
        self.wrong_tries.forget(client_id, address)
        ids = tokens.TokenIds(client.workspace_id, client.connection_id, client_id=client_id)
        return client, tokens.issue_token(ids, self.signer, now)

    def forget_expired(self) -> int:
        """Deletes sessions and sign-ins that are over and proofs that nobody can use again; says how many."""
        with self.database.system() as session:
            now = self.clock()
            own = personal_store.forget_attempts(session, now) + trust_store.forget_links(session, now)
            return store.forget_expired(session, now) + own

    def _canvas_secrets(self, org_id: OrgId) -> Sequence[CanvasSecret]:
        connection = self.find_connection(org_id)
        return () if connection is None else self.safe.canvas_secrets(connection)

    def _certificates(self, org_id: OrgId) -> Sequence[Certificate]:
        # an org that has left is told so, to whom its own certificate proves; nothing else is answered to him
        connection = self.find_connection(org_id) or self.find_connection(org_id, gone=True)
        if connection is None:
            return ()
        with self.database.reading(connection.workspace_id) as session:
            return store.load_certificates(session, connection.id)

    def _first_use(self, kind: str, org_id: OrgId, proof: str) -> bool:
        connection = self.find_connection(org_id) or self.find_connection(org_id, gone=True)
        if connection is None:
            return False
        with self.database.workspace(connection.workspace_id) as session:
            return store.use_once(session, used_digest(kind, org_id, proof), now=self.clock(), kept=KEPT)

    def find_connection(self, org_id: OrgId, *, gone: bool = False) -> Connection | None:
        """The connection of an org that is not disconnected. `gone`: the one that was disconnected last."""
        with self.database.system_reading() as system:
            place = store.find_org(system, org_id, gone=gone)
        if place is None:
            return None
        with self.database.reading(place.workspace_id) as session:
            return store.find_connection(session, place.connection_id)

    def _live_connection(self, org_id: OrgId) -> Connection:
        connection = self.find_connection(org_id)
        if connection is None and self.find_connection(org_id, gone=True) is not None:
            raise NotAllowedError(LEFT, code="ORG_DISCONNECTED")
        if connection is None or connection.status is not ConnectionStatus.LIVE:
            raise NotAllowedError(FROZEN, code="CONNECTION_FROZEN")
        return connection

    def _prove_token(self, request: CanvasRequest) -> None:
        """Without a date only a living token shows that the request is not an old one, and whose it is."""
        user = self.fetch_user(request.instance_url, request.token)
        same = (user.org_id, user.user_id) == (request.org_id, request.user_id)
        if not (same and user.active and is_standard(user.user_type)):
            raise RefusedTokenError("token_owner", "Reload the page. If it comes again, tell your Salesforce admin.")

    def _note_currency(self, connection: Connection, currency: str | None) -> None:
        """What an org with one currency says of it; its REST API does not."""
        if currency is not None and currency != connection.currency:
            with self.database.workspace(connection.workspace_id) as session:
                store.set_currency(session, connection.id, currency)

    def _canvas_member(self, connection: Connection, request: CanvasRequest) -> Member:
        now = self.clock()
        with self.database.reading(connection.workspace_id) as session:
            member = find_by_user(session, connection.id, request.user_id)
        if member is not None and now - member.role_checked_at > ROLE_KEPT:
            # also when he has no role any more: then this raises, at every sign-in until he has one again
            role = role_of(self._permission_sets(connection, request))
            with self.database.workspace(connection.workspace_id) as session:
                set_role(session, member.id, role, now=now)
            member = replace(member, role=role)
        if member is None:
            role = role_of(self._permission_sets(connection, request))
            new = NewMember(connection.id, request.user_id, role, request.person)
            with self.database.workspace(connection.workspace_id) as session:
                member = add_member(session, new, now=now)
        elif member.name != request.person.name[:TEXT]:
            # a token of Apex may have brought him here without his name
            with self.database.workspace(connection.workspace_id) as session:
                set_person(session, member.id, request.person)
            member = replace(member, name=request.person.name)
        return _admitted(member)

    def _permission_sets(self, connection: Connection, request: CanvasRequest) -> list[str]:
        """Which of our permission sets the rep has, by his own token; one call, at most once in ROLE_KEPT."""
        query = (
            select("PermissionSet.Name")
            .from_("PermissionSetAssignment")
            .where(eq("AssigneeId", request.user_id), in_("PermissionSet.Name", PERMISSION_SETS))
        )
        login = Login(
            connection_id=connection.id,
            org_id=request.org_id,
            user_id=request.user_id,
            instance_url=request.instance_url,
            access_token=request.token,
            kind=LoginKind.CANVAS,
        )
        return [row["PermissionSet"]["Name"] for row in self.open_gateway(login).query(query)]

    def _open_session(self, connection: Connection, member: Member, request: CanvasRequest) -> SessionId:
        now = self.clock()
        session_id = SessionId(new_id(now))
        row = store.CanvasSessionRow(
            id=session_id,
            connection_id=connection.id,
            member_id=member.id,
            instance_url=request.instance_url,
            sealed=self.safe.seal_canvas_token(connection, member.id, session_id, request.token),
            expires_at=now + tokens.LIFE,
        )
        with self.database.workspace(connection.workspace_id) as session:
            store.add_canvas_session(session, row)
        return session_id

    def _by_apex_token(self, token: str, *, writes: bool) -> Identity:
        world = apex_jwt.ApexWorld(
            now=self.clock(),
            audience=self.signer.public_url,
            writes=writes,
            certificates_of=self._certificates,
            first_use=lambda org_id, proof: self._first_use("apex", org_id, proof),
        )
        claims = apex_jwt.verify(token, world)
        connection = self._live_connection(claims.org_id)
        self._note_currency(connection, claims.currency)
        with self.database.reading(connection.workspace_id) as session:
            member = find_by_user(session, connection.id, claims.user_id)
        if member is None or member.role is not claims.role:
            # the org's permission sets say who is an admin; the newest signed word of it holds
            new = NewMember(connection.id, claims.user_id, claims.role, claims.person)
            with self.database.workspace(connection.workspace_id) as session:
                member = add_member(session, new, now=self.clock())
                set_role(session, member.id, claims.role, now=self.clock())
        return replace(
            _identity(_admitted(member), connection, role=claims.role),
            record_id=claims.record_id,
            visible_fields=claims.visible_fields,
            editable_fields=claims.editable_fields,
        )

    def _by_short_token(self, token: str) -> Identity:
        ids = tokens.read_token(token, self.signer, self.clock())
        with self.database.reading(ids.workspace_id) as session:
            connection = store.find_connection(session, ids.connection_id)
            if connection is not None and connection.status is ConnectionStatus.DISCONNECTED:
                raise NotAllowedError(LEFT, code="ORG_DISCONNECTED")
            if connection is None or connection.status is not ConnectionStatus.LIVE:
                raise NotAllowedError(FROZEN, code="CONNECTION_FROZEN")
            client = _client_identity(session, ids.client_id) if ids.client_id is not None else None
            if client is not None and ids.member_id is None:
                return client
            member = find_member(session, ids.member_id) if ids.member_id else None
        if member is None:
            raise RefusedTokenError("short_token_member", "This sign-in is not valid. Reload the page.")
        own = _identity(_admitted(member), connection, role=member.role, session_id=ids.session_id)
        return own if client is None else _for_member(client, own)

    def _find_client(self, client_id: str) -> ApiClient | None:
        with self.database.system_reading() as system:
            workspace_id = store.find_client_workspace(system, client_id)
        if workspace_id is None:
            return None
        with self.database.reading(workspace_id) as session:
            client = store.find_client(session, client_id)
            connection = store.find_connection(session, client.connection_id) if client else None
        return client if connection is not None and connection.status is ConnectionStatus.LIVE else None


def _admitted(member: Member) -> Member:
    if member.status is not MemberStatus.ACTIVE:
        raise NoAccessError("An Accord admin has blocked your access. Ask him to open it again.")
    return member


def _client_identity(session: WorkspaceSession, client_id: str) -> Identity:
    client = store.find_client(session, client_id)
    if client is None:
        raise RefusedTokenError("short_token_client", "This client has been put out of use.")
    return Identity(
        workspace_id=client.workspace_id,
        connection_id=client.connection_id,
        role=client.role,
        client_id=client.client_id,
    )


def _for_member(client: Identity, member: Identity) -> Identity:
    """The member for whom the application's server has asked; what only admins may, it never may."""
    if client.role is not Role.SERVICE:
        raise RefusedTokenError("short_token_client", "This client speaks for nobody.")
    return replace(member, role=Role.USER if member.role is Role.ADMIN else member.role, client_id=client.client_id)


def _identity(member: Member, connection: Connection, *, role: Role, session_id: SessionId | None = None) -> Identity:
    return Identity(
        workspace_id=connection.workspace_id,
        connection_id=connection.id,
        role=role,
        member_id=member.id,
        salesforce_user_id=member.salesforce_user_id,
        session_id=session_id,
    )
