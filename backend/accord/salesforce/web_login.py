"""A user's own login: the web-server flow with PKCE, and the renewal of what it gave.

Salesforce help, "OAuth 2.0 Web Server Flow" and "OAuth 2.0 Refresh Token Flow". With rotation (an app's setting) each
renewal uses the refresh token up and gives the next one; a used one that comes again ends the login (help article
005316711). So a renewal answers with a value that says what became of the token.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from accord.core.errors import AccordError, AuthorizationLostError, RejectedError
from accord.core.ids import OrgId, UserId
from accord.salesforce import signin_errors
from accord.salesforce.guard import check_org_url, check_page_origin
from accord.salesforce.model import AccessToken
from accord.salesforce.oauth import ask, read_identity
from accord.salesforce.signin_errors import NoSignInAnswerError
from accord.salesforce.transport import HttpOptions
from accord.settings import Secret

SCOPES = "api id refresh_token"  # the least that keeps a login: no `full`, no `web`
ONCE = "api id"  # for a sign-in of which nothing is kept
LONGEST_TOKEN = 8192
_TOKEN_PATH = "/services/oauth2/token"  # noqa: S105 - a path
_AUTHORIZE_PATH = "/services/oauth2/authorize"
_NOT_CARRIED_OUT = {429, 503}


@dataclass(frozen=True, slots=True)
class WebApp:
    """What the org knows this deployment by. `redirect_uri` is registered there, letter by letter."""

    consumer_key: str
    consumer_secret: Secret
    login_url: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class ProofKey:
    """RFC 7636: the verifier stays here, its challenge goes through the browser."""

    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class UserTokens:
    """A checked token answer: whose it is, by the signed identity URL, and the tokens."""

    org_id: OrgId
    user_id: UserId
    instance_url: str
    access_token: AccessToken
    refresh_token: AccessToken | None


@dataclass(frozen=True, slots=True)
class Renewed:
    """The new tokens. Without a refresh token among them, the one that was sent stays good."""

    tokens: UserTokens


@dataclass(frozen=True, slots=True)
class NotRenewed:
    """Salesforce did not renew. `still_good`: the refresh token was not used up, and may be sent again.

    `certain`: Salesforce itself said that the login is over, or that it is not; else nobody knows.
    """

    error: AccordError
    still_good: bool
    certain: bool = True


def fetch_authorize_address(login_url: str, *, http: HttpOptions) -> str:
    """Where a browser goes to sign in, as the org announces it. One call.

    It has to lie on the login host itself, or be an allowed loopback entry. Raises TransientError,
    AuthorizationLostError (an address that is not the org's) or UnsafeAddressError.
    """
    origin = check_org_url(login_url, allowed_loopback=http.allowed_loopback)
    status, body = ask("GET", f"{origin}/.well-known/openid-configuration", http=http)
    if status >= 500:
        raise signin_errors.refusal(status, body)
    found = body.get("authorization_endpoint") if isinstance(body, dict) else None
    if status != 200 or not isinstance(found, str):
        return f"{origin}{_AUTHORIZE_PATH}"
    page = found.removesuffix(_AUTHORIZE_PATH)
    try:
        announced = check_page_origin(page, allowed_loopback=http.allowed_loopback)
    except RejectedError as problem:
        raise signin_errors.odd_answer("names a sign-in page that is not Salesforce's") from problem
    if page == found or (announced != origin and announced.partition("://")[2] not in http.allowed_loopback):
        raise signin_errors.odd_answer("names a sign-in page that is not the org's")
    return f"{announced}{_AUTHORIZE_PATH}"


def authorize_url(address: str, app: WebApp, *, state: str, challenge: str, scopes: str = SCOPES) -> str:
    """The address that the user's browser opens."""
    asked = {
        "response_type": "code",
        "client_id": app.consumer_key,
        "redirect_uri": app.redirect_uri,
        "scope": scopes,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{address}?{urlencode(asked)}"


def exchange_code(app: WebApp, code: str, verifier: str, *, http: HttpOptions) -> UserTokens:
    """The tokens for a code. One call.

    Raises AuthorizationLostError when Salesforce refuses or its answer is not to be trusted, TransientError.
    """
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": app.redirect_uri,
        "code_verifier": verifier,
        **_own(app),
    }
    status, body = ask("POST", _token_address(app, http), http=http, form=form)
    if status != 200:
        raise signin_errors.refusal(status, body)
    return read_tokens(body, app, http=http)


def renew(app: WebApp, refresh_token: AccessToken, *, http: HttpOptions) -> Renewed | NotRenewed:
    """Asks for a new access token, once. One call; raises UnsafeAddressError only."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token.reveal(), **_own(app)}
    try:
        status, body = ask("POST", _token_address(app, http), http=http, form=form)
    except NoSignInAnswerError as unanswered:
        return NotRenewed(unanswered, still_good=not unanswered.sent, certain=not unanswered.sent)
    if status == 200:
        try:
            return Renewed(read_tokens(body, app, http=http))
        except AuthorizationLostError as odd:
            return NotRenewed(odd, still_good=False)
    error = signin_errors.refusal(status, body)
    if status >= 500 or status == 429:
        carried_out = status not in _NOT_CARRIED_OUT
        return NotRenewed(error, still_good=not carried_out, certain=not carried_out)
    said = body.get("error") if isinstance(body, dict) else None
    return NotRenewed(error, still_good=said not in {"invalid_grant", "inactive_user"})


def read_tokens(body: Any, app: WebApp, *, http: HttpOptions) -> UserTokens:
    """A token answer after every check: kind, signature, identity, address. Raises AuthorizationLostError."""
    if not isinstance(body, dict):
        raise signin_errors.odd_answer("is not a token answer")
    token = _token(body.get("access_token"))
    if token is None:
        raise signin_errors.odd_answer("holds no token")
    if str(body.get("token_type")).lower() != "bearer":
        raise signin_errors.odd_answer("holds a token that is no bearer token")
    if not _is_signed(body, app):
        raise signin_errors.odd_answer("is not signed with our consumer secret")
    try:
        instance_url = check_org_url(str(body.get("instance_url")), allowed_loopback=http.allowed_loopback)
        org_id, user_id = read_identity(body.get("id"), http=http)
    except (AccordError, ValueError) as problem:
        raise signin_errors.odd_answer("names an address or an id that is not Salesforce's") from problem
    refresh_token = _token(body.get("refresh_token"))
    return UserTokens(org_id, user_id, instance_url, token, refresh_token)


def _is_signed(body: dict[str, Any], app: WebApp) -> bool:
    """Salesforce: signature = Base64(HMAC-SHA256(consumer secret, id + issued_at))."""
    identity, issued_at, signature = (body.get(name) for name in ("id", "issued_at", "signature"))
    if not (isinstance(identity, str) and isinstance(issued_at, str) and isinstance(signature, str)):
        return False
    signed = (identity + issued_at).encode(errors="surrogatepass")  # JSON may hold halves of characters
    digest = hmac.digest(app.consumer_secret.value, signed, "sha256")
    return hmac.compare_digest(base64.b64encode(digest), signature.encode(errors="surrogatepass"))


def _token(value: Any) -> AccessToken | None:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TOKEN or not value.isprintable() or " " in value:
        return None
    return AccessToken(value)


def _token_address(app: WebApp, http: HttpOptions) -> str:
    return check_org_url(app.login_url, allowed_loopback=http.allowed_loopback) + _TOKEN_PATH


def _own(app: WebApp) -> dict[str, str]:
    return {"client_id": app.consumer_key, "client_secret": app.consumer_secret.value.decode()}
