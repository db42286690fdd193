"""Values of an org's first trust: the link, what an admin's sign-in proved, and what is written down of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from accord.core.ids import ConnectionId, MemberId, OrgId, UserId, WorkspaceId
from accord.features.connections.model import Connection, PrivateKey
from accord.salesforce.model import AccessToken
from accord.salesforce.oauth import UserInfo
from accord.settings import Secret


class TrustKind(StrEnum):
    """What is written down when trust is given, refused or taken away."""

    LINK_MADE = "link_made"
    SIGN_IN_REFUSED = "sign_in_refused"
    ADMIN_PROVED = "admin_proved"
    ORG_CONNECTED = "org_connected"
    ORG_CHANGE_SEEN = "org_change_seen"
    ORG_CONFIRMED = "org_confirmed"
    ORG_DISCONNECTED = "org_disconnected"
    CERTIFICATE_REGISTERED = "certificate_registered"
    CERTIFICATE_RETIRED = "certificate_retired"
    INTEGRATION_CHANGED = "integration_changed"
    CLIENT_MADE = "client_made"
    CLIENT_ENDED = "client_ended"


@dataclass(frozen=True, slots=True)
class TrustEvent:
    """One decision. `by_user` is a Salesforce user, `by_member` one of ours; neither: the operator, or the product.

    `detail` is a code, an id or a fingerprint, never a text of the customer.
    """

    kind: TrustKind
    at: datetime
    detail: str = ""
    by_user: UserId | None = None
    by_member: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the operator tells of an org before its admin has signed in: where to ask, and as which app.

    The org's id, address and kind are not in it: they are read from Salesforce. Without a private key the integration
    owner signs in by the app's client credentials.
    """

    label: str
    login_url: str
    consumer_key: str
    consumer_secret: Secret
    integration_username: str
    private_key: PrivateKey | None = None


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link as it was made. The code is shown this once; its digest is kept."""

    address: str
    code: AccessToken
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A link, as far as its sign-in has come. `connection_id` None: its org is not connected yet."""

    workspace_id: WorkspaceId
    id: str
    connection_id: ConnectionId | None
    sealed_proposal: bytes | None = None
    sealed_verifier: bytes | None = None
    sealed_proof: bytes | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was begun: digests of what the browser brings back, and the sealed PKCE verifier."""

    state_digest: str
    browser_digest: str
    sealed_verifier: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the admin's browser goes, and the secret that his browser keeps for the way back."""

    authorize_url: str
    browser: AccessToken


@dataclass(frozen=True, slots=True)
class Evidence:
    """What Salesforce said, each by a way of its own: the signed token answer, userinfo, and the org's own rows.

    `expected` is the connection that the link is for; `taken` says that another connection has this org already.
    """

    login_url: str
    instance_url: str
    answer_org: OrgId
    answer_user: UserId
    owner: UserInfo
    org_row_id: str
    user_is_active: bool
    user_type: str
    rights: frozenset[str]
    expected: Connection | None
    taken: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """An admin of this org signed in, and Salesforce itself has said all of it."""

    org_id: OrgId
    instance_url: str
    org_name: str
    is_sandbox: bool
    user_id: UserId
    user_name: str


class Step(StrEnum):
    """What the admin decides next, after his sign-in."""

    CONNECT = "connect"  # the org is not connected yet
    CONFIRM = "confirm"  # the connection is on hold: go on, with this org from now on, or end it
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class TrustSession:
    """An admin's proved sign-in, bound to his browser. `connection` is None before he has said "connect"."""

    link: Link
    proof: Proof
    connection: Connection | None
    step: Step
    form_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShownCertificate:
    """A certificate before it is registered: what the admin compares with Setup."""

    pem: str
    fingerprint: str
    not_after: datetime
