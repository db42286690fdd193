"""Signing in to an org, and asking who a token belongs to.

JWT bearer: Salesforce help, "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration". There is no refresh token: a
new login is a new assertion, made with the key of this deployment. Client credentials are the other way of an
integration owner.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, cast

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from accord.core.clock import Clock
from accord.core.errors import AccordError, TransientError
from accord.core.ids import ConnectionId, OrgId, UserId, widen
from accord.salesforce import signin_errors
from accord.salesforce.guard import UnsafeAddressError, check_org_url
from accord.salesforce.model import AccessToken, Login, LoginKind
from accord.salesforce.transport import HttpOptions, never_sent, open_session
from accord.settings import Secret

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ASSERTION_LIFE = timedelta(seconds=180)  # the platform refuses more than a few minutes; sources name three and five
PRODUCTION_AUDIENCE = "https://login.salesforce.com"
SANDBOX_AUDIENCE = "https://test.salesforce.com"
_IDENTITY_PATH = re.compile(r"/id/([a-zA-Z0-9]{15,18})/([a-zA-Z0-9]{15,18})/?")
_TEST_PARTITIONS = {"sandbox", "scratch"}


@dataclass(frozen=True, slots=True)
class JwtApp:
    """What the org knows this deployment by: its app's consumer key, the key of the certificate there, the user."""

    consumer_key: str
    private_key_pem: Secret
    username: str
    login_url: str  # https://login.salesforce.com, https://test.salesforce.com or the org's My Domain


@dataclass(frozen=True, slots=True)
class UserInfo:
    """Who a token belongs to, in Salesforce's own words."""

    user_id: UserId
    org_id: OrgId
    username: str
    name: str
    email: str | None
    user_type: str  # STANDARD, or another word for portal and guest users
    locale: str | None
    language: str | None
    time_zone: str | None
    active: bool


def jwt_login(
    app: JwtApp,
    *,
    connection_id: ConnectionId,
    http: HttpOptions,
    clock: Clock,
    expected_org: OrgId | None = None,
) -> Login:
    """A live login as the app's user. One call.

    Raises UnsafeAddressError for a login address that is not Salesforce's, AuthorizationLostError with advice when
    Salesforce refuses or its answer is not to be trusted, TransientError when it could not be asked.
    """
    login_url = check_org_url(app.login_url, allowed_loopback=http.allowed_loopback)
    form = {"grant_type": JWT_BEARER, "assertion": _assertion(app, audience=audience_of(login_url), clock=clock)}
    status, body = ask("POST", f"{login_url}/services/oauth2/token", http=http, form=form)
    if status != 200:
        raise signin_errors.refusal(status, body)
    return _login_of(body, connection_id=connection_id, http=http, expected_org=expected_org)


@dataclass(frozen=True, slots=True)
class CredentialsApp:
    """What the org knows this deployment by, where the app itself signs in as the run-as user of its policies."""

    consumer_key: str
    consumer_secret: Secret
    instance_url: str  # the org's My Domain: the login hosts refuse this flow


def client_credentials_login(
    app: CredentialsApp, *, connection_id: ConnectionId, http: HttpOptions, expected_org: OrgId | None = None
) -> Login:
    """A live login as the app's run-as user. One call; raises as `jwt_login` does.

    Salesforce help, "OAuth 2.0 Client Credentials Flow": no refresh token, and no user is named by us.
    """
    origin = check_org_url(app.instance_url, allowed_loopback=http.allowed_loopback)
    form = {
        "grant_type": "client_credentials",
        "client_id": app.consumer_key,
        "client_secret": app.consumer_secret.value.decode(),
    }
    status, body = ask("POST", f"{origin}/services/oauth2/token", http=http, form=form)
    if status != 200:
        raise signin_errors.refusal(status, body)
    return _login_of(body, connection_id=connection_id, http=http, expected_org=expected_org)


def audience_of(login_url: str) -> str:
    """The `aud` of an assertion, by the host: sandboxes and scratch orgs take the test one, all else the login one."""
    host = login_url.removeprefix("https://").partition(":")[0]
    is_test = host == "test.salesforce.com" or not _TEST_PARTITIONS.isdisjoint(host.split("."))
    return SANDBOX_AUDIENCE if is_test else PRODUCTION_AUDIENCE


def fetch_user_info(instance_url: str, token: AccessToken, *, http: HttpOptions) -> UserInfo:
    """Who this token belongs to, asked of the org itself. One call; also the proof that a token is alive.

    Raises UnsafeAddressError, AuthorizationLostError or TransientError as `jwt_login` does.
    """
    origin = check_org_url(instance_url, allowed_loopback=http.allowed_loopback)
    status, body = ask("GET", f"{origin}/services/oauth2/userinfo", http=http, token=token)
    if status in {401, 403}:
        raise signin_errors.dead_token()
    if status != 200:
        raise signin_errors.refusal(status, body)
    try:
        return _user_info(body)
    except (KeyError, TypeError, ValueError) as problem:
        raise signin_errors.odd_answer("does not say who the user is") from problem


def fetch_server_time(instance_url: str, *, http: HttpOptions) -> datetime | None:
    """What time it is at the org, by the Date of an answer; None when it does not say. One call, without a login."""
    origin = check_org_url(instance_url, allowed_loopback=http.allowed_loopback)
    with open_session(http) as session:
        try:
            said = session.get(f"{origin}/services/data/").headers.get("Date", "")
        except requests.RequestException:
            return None
    try:
        there = parsedate_to_datetime(said)
    except ValueError:
        return None
    return None if there.tzinfo is None else there


def revoke_token(instance_url: str, token: AccessToken, *, http: HttpOptions) -> bool:
    """Ends a token at the org. False when Salesforce did not know it (any more). Raises TransientError."""
    origin = check_org_url(instance_url, allowed_loopback=http.allowed_loopback)
    status, _ = ask("POST", f"{origin}/services/oauth2/revoke", http=http, form={"token": token.reveal()})
    if status >= 500:
        raise TransientError("Salesforce cannot end the login now. Try again in a few minutes.")
    return status == 200


def _assertion(app: JwtApp, *, audience: str, clock: Clock) -> str:
    claims = {
        "iss": app.consumer_key,
        "sub": app.username,
        "aud": audience,
        "exp": int((clock() + ASSERTION_LIFE).timestamp()),
    }
    # its numbers were checked when it was stored, which takes longer than everything else here together
    key = load_pem_private_key(app.private_key_pem.value, password=None, unsafe_skip_rsa_key_validation=True)
    return jwt.encode(claims, cast("RSAPrivateKey", key), algorithm="RS256")


def ask(
    method: str,
    url: str,
    *,
    http: HttpOptions,
    form: Mapping[str, str] | None = None,
    token: AccessToken | None = None,
) -> tuple[int, Any]:
    """Status and body (None when it is no JSON) of one request. Raises NoSignInAnswerError when there is no answer."""
    headers = {"Authorization": f"Bearer {token.reveal()}"} if token is not None else {}
    with open_session(http) as session:
        try:
            answer = session.request(method, url, data=form, headers=headers)
        except requests.RequestException as problem:
            # not `from problem`: its text carries the address, and with some errors the request itself
            raise signin_errors.NoSignInAnswerError(type(problem).__name__, sent=not never_sent(problem)) from None
        try:
            return answer.status_code, answer.json()
        except (ValueError, RecursionError):
            return answer.status_code, None


def _login_of(body: Any, *, connection_id: ConnectionId, http: HttpOptions, expected_org: OrgId | None) -> Login:
    if not isinstance(body, dict):
        raise signin_errors.odd_answer("is not a token answer")
    token, token_type = body.get("access_token"), body.get("token_type")
    if not isinstance(token, str) or not token or not token.isprintable() or " " in token:
        raise signin_errors.odd_answer("holds no token")
    if not isinstance(token_type, str) or token_type.lower() != "bearer":
        raise signin_errors.odd_answer("holds a token that is no bearer token")
    try:
        instance_url = check_org_url(str(body.get("instance_url")), allowed_loopback=http.allowed_loopback)
        org_id, user_id = read_identity(body.get("id"), http=http)
    except (AccordError, ValueError) as problem:
        raise signin_errors.odd_answer("names an address or an id that is not Salesforce's") from problem
    if expected_org is not None and org_id != expected_org:
        raise signin_errors.OtherOrgError(org_id)
    return Login(
        connection_id=connection_id,
        org_id=org_id,
        user_id=user_id,
        instance_url=instance_url,
        access_token=AccessToken(token),
        kind=LoginKind.INTEGRATION,
    )


def read_identity(url: Any, *, http: HttpOptions) -> tuple[OrgId, UserId]:
    """Org and user of an identity URL (https://login.salesforce.com/id/00D.../005...)."""
    host_end = url.find("/id/") if isinstance(url, str) else -1
    if host_end < 0:
        raise UnsafeAddressError("no identity URL")
    check_org_url(url[:host_end], allowed_loopback=http.allowed_loopback)
    found = _IDENTITY_PATH.fullmatch(url[host_end:])
    if found is None:
        raise UnsafeAddressError("no identity URL")
    return _org_id(found[1]), _user_id(found[2])


def _org_id(text: str) -> OrgId:
    if not text.startswith("00D"):
        raise ValueError("the id of an org begins with 00D")
    return OrgId(widen(text))


def _user_id(text: str) -> UserId:
    if not text.startswith("005"):
        raise ValueError("the id of a user begins with 005")
    return UserId(widen(text))


def _user_info(body: Mapping[str, Any]) -> UserInfo:
    def text(name: str) -> str | None:
        value = body.get(name)
        return value if isinstance(value, str) and value else None

    return UserInfo(
        user_id=_user_id(body["user_id"]),
        org_id=_org_id(body["organization_id"]),
        username=str(body["preferred_username"]),
        name=text("name") or str(body["preferred_username"]),
        email=text("email"),
        user_type=str(body.get("user_type") or "").upper(),
        locale=text("locale"),
        language=text("language"),
        time_zone=text("zoneinfo"),
        active=body.get("active") is not False,
    )
