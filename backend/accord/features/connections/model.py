"""The values of sign-in: orgs, their keys, and what a verified request says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from accord.core.errors import NotAllowedError, SignInAgainError
from accord.core.identity import Role
from accord.core.ids import ConnectionId, OrgId, RecordId, UserId, WorkspaceId
from accord.salesforce.model import AccessToken
from accord.settings import Secret
from accord.workspace.members.model import Person

PrivateKey = NewType("PrivateKey", Secret)  # PEM text that was checked: RSA, long enough, no pass phrase


class ConnectionStatus(StrEnum):
    LIVE = "live"
    FROZEN = "frozen"  # nobody signs in and nothing is delivered until an admin confirms the org
    DISCONNECTED = "disconnected"


class IntegrationFlow(StrEnum):
    """How the integration owner signs in."""

    JWT_BEARER = "jwt_bearer"  # with the key of this deployment, as a named user
    CLIENT_CREDENTIALS = "client_credentials"  # with the app's secret, as the run-as user of the app


class Purpose(StrEnum):
    """What a sealed secret is for."""

    CANVAS_SECRET = "canvas_secret"  # noqa: S105 - a name; the app's consumer secret: it signs what Salesforce posts
    INTEGRATION_KEY = "integration_key"  # the private key (PEM) of the integration login
    PERSONAL_LOGIN = "personal_login"  # a member's own login


@dataclass(frozen=True, slots=True)
class Connection:
    """Our permission to talk to one org. `login_url` takes the token request: My Domain, or the login host.

    `found_org_id` is the other org that a login led to: the connection is on hold then. `currency` is that of an org
    with one alone, as the org's own signed words say it; None: it has not been heard yet, or there are several.
    """

    workspace_id: WorkspaceId
    id: ConnectionId
    org_id: OrgId
    label: str
    instance_url: str
    is_sandbox: bool
    status: ConnectionStatus
    integration_username: str
    consumer_key: str
    login_url: str
    found_org_id: OrgId | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class NewConnection:
    """What an admin tells about an org."""

    org_id: OrgId
    label: str
    instance_url: str
    is_sandbox: bool
    integration_username: str
    consumer_key: str
    login_url: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of an org that signs what Apex sends. `fingerprint` is SHA-256 in hex, `key_id` is its `kid`."""

    org_id: OrgId
    key_id: str
    pem: str
    fingerprint: str
    active: bool


@dataclass(frozen=True, slots=True)
class CanvasSecret:
    """A consumer secret that is active for one org, and what a request signed with it must agree with."""

    org_id: OrgId
    consumer_key: str
    instance_url: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class CanvasRequest:
    """A verified signed request. The token is the rep's own: it shows in no repr and leaves no server."""

    org_id: OrgId
    user_id: UserId
    instance_url: str
    target_origin: str
    token: AccessToken
    proved_fresh: bool  # it carried issuedAt; without it the token must be proved by one call
    person: Person
    locale: str
    currency: str
    record_id: RecordId | None
    object_api_name: str | None
    wants_settings: bool  # it stands on the settings tab; signed, which makes nobody an admin
    org_currency: str | None = None  # of an org with one currency alone


@dataclass(frozen=True, slots=True)
class ApexClaims:
    """A verified token that Apex made: the user that the org's own key vouches for.

    `record_id` is the record that he may see, as Apex found out for this very call, `visible_fields` and
    `editable_fields` are fields of it that he may see and edit there. `currency` is that of an org with one alone.
    """

    org_id: OrgId
    user_id: UserId
    role: Role
    person: Person
    record_id: RecordId | None = None
    visible_fields: frozenset[str] = frozenset()
    editable_fields: frozenset[str] = frozenset()
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class ApiClient:
    """An application that signs in by itself. `role` is flow or service."""

    workspace_id: WorkspaceId
    connection_id: ConnectionId
    client_id: str
    role: Role
    secret_hash: bytes


@dataclass(frozen=True, slots=True)
class PersonalLogin:
    """A member's own login as Salesforce gave it to him."""

    user_id: UserId
    instance_url: str
    access_token: AccessToken
    refresh_token: AccessToken | None


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client as it was made. The secret is shown this once; we keep its hash."""

    client_id: str
    secret: AccessToken


@dataclass(frozen=True, slots=True)
class ShortToken:
    """A token of ours and when it ends."""

    token: AccessToken
    expires_at: datetime


class RefusedTokenError(SignInAgainError):
    """A request or token that is not to be believed. `check` names the check that it failed; it is safe to log."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


class NoAccessError(NotAllowedError):
    """The person is who he says, and nobody has given him access."""

    code = "NO_ACCESS"
