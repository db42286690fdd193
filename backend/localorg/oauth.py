"""OAuth of the org: the token endpoint with its grants, revocation, introspection, identity and discovery."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as BaseResponse

from localorg.assertion import verify_assertion
from localorg.authorize import AuthorizePage, fits_challenge
from localorg.grants import Approval, Made
from localorg.identity import identity, identity_url, userinfo
from localorg.ids import looks_like_id, widen
from localorg.org import Org, User
from localorg.setup import ConnectedApp, OrgSetup
from localorg.sign_in import Refusal, TokenRefused, require_app, require_user

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
NOT_BUILT_GRANTS = ("password", "urn:ietf:params:oauth:grant-type:device_code")
_LOGIN_HOSTS = ("https://login.salesforce.com", "https://test.salesforce.com")

_Answer = Response | tuple[Response, int]


@dataclass(frozen=True, slots=True)
class OAuthAddresses:
    """The org's own addresses: `https_base` is what clients are told, `http_base` is where a browser stays."""

    https_base: str
    http_base: str


def oauth_blueprint(org: Org, setup: OrgSetup, addresses: OAuthAddresses) -> Blueprint:
    endpoints = _Endpoints(org, setup, addresses)
    routes = Blueprint("oauth", __name__)
    both = ["GET", "POST"]
    routes.add_url_rule("/services/oauth2/token", view_func=endpoints.token, methods=["POST"])
    routes.add_url_rule("/services/oauth2/revoke", view_func=endpoints.revoke, methods=both)
    routes.add_url_rule("/services/oauth2/userinfo", view_func=endpoints.userinfo, methods=both)
    routes.add_url_rule("/services/oauth2/authorize", view_func=endpoints.authorize, methods=both)
    routes.add_url_rule("/services/oauth2/introspect", view_func=endpoints.introspect, methods=["POST"])
    routes.add_url_rule("/id/<org_id>/<user_id>", view_func=endpoints.identity, methods=both)
    routes.add_url_rule("/.well-known/openid-configuration", view_func=endpoints.discovery)
    return routes


class _Endpoints:
    def __init__(self, org: Org, setup: OrgSetup, addresses: OAuthAddresses) -> None:
        self._org = org
        self._setup = setup
        self._base = addresses.https_base
        self._browser_base = addresses.http_base
        self._authorize_page = AuthorizePage(org, setup)
        self._audiences = (*_LOGIN_HOSTS, self._base, self._base.replace("//localhost", "//127.0.0.1"))

    def token(self) -> _Answer:
        grant = request.form.get("grant_type", "")
        if grant in NOT_BUILT_GRANTS:
            return _not_built(f"grant_type={grant}")
        try:
            answer = self._grant(grant)
        except TokenRefused as refusal:
            return jsonify(error=refusal.error, error_description=refusal.description), 400
        answer.headers["Cache-Control"] = "no-cache, no-store"
        return answer

    def revoke(self) -> _Answer:
        """Salesforce help, "Revoke OAuth Tokens": a refresh token takes its access tokens along, an access token goes
        alone.
        """
        token = request.values.get("token", "")
        if self._org.sessions.revoke(token) or self._org.grants.revoke(token):
            return Response(status=200)
        return jsonify(error="invalid_token", error_description="the provided token is invalid"), 400

    def userinfo(self) -> Response:
        caller = self._caller()
        return jsonify(userinfo(self._org, caller, base=self._base)) if isinstance(caller, User) else caller

    def identity(self, org_id: str, user_id: str) -> Response:
        caller = self._caller()
        if not isinstance(caller, User):
            return caller
        if not looks_like_id(org_id) or widen(org_id) != self._org.id:
            return _refusal("Wrong_Org")
        # a user is told about himself only
        if not looks_like_id(user_id) or widen(user_id) != caller.id:
            return _refusal("Bad_Id")
        return jsonify(identity(self._org, caller, base=self._base))

    def authorize(self) -> BaseResponse:
        return self._authorize_page.answer()

    def introspect(self) -> _Answer:
        """RFC 7662. An app is told about its own tokens only; of all others it hears that they are not active."""
        try:
            app = self._client(with_secret=True)
        except TokenRefused as refusal:
            return jsonify(error=refusal.error, error_description=refusal.description), 401
        token = request.form.get("token", "")
        session, refresh = self._org.sessions.find(token), self._org.grants.find(token)
        if session is not None and session.consumer_key == app.consumer_key:
            facts = self._introspected(app, session.user_id, session.scope)
            return jsonify({**facts, "token_type": "access_token", "iat": session.issued_at, "nbf": session.issued_at})
        if refresh is not None and refresh.consumer_key == app.consumer_key:
            return jsonify({**self._introspected(app, refresh.user_id, refresh.scope), "token_type": "refresh_token"})
        return jsonify(active=False)

    def _introspected(self, app: ConnectedApp, user_id: str, scope: str) -> dict[str, Any]:
        user = self._org.users.by_id(user_id)
        assert user is not None, "users are never deleted"
        return {
            "active": user.is_active,
            "scope": scope,
            "client_id": app.consumer_key,
            "username": user.username,
            "sub": identity_url(self._org, user, base=self._base),
        }

    def discovery(self) -> Response:
        base = self._base
        return jsonify(
            issuer=base,
            # a person follows this one, so it stays on the address that needs no trust in our authority
            authorization_endpoint=f"{self._browser_base}/services/oauth2/authorize",
            token_endpoint=f"{base}/services/oauth2/token",
            revocation_endpoint=f"{base}/services/oauth2/revoke",
            introspection_endpoint=f"{base}/services/oauth2/introspect",
            userinfo_endpoint=f"{base}/services/oauth2/userinfo",
            jwks_uri=f"{base}/id/keys",
            scopes_supported=["api", "id", "web", "refresh_token", "openid", "profile", "email"],
            response_types_supported=["code"],
            code_challenge_methods_supported=["S256"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["RS256"],
            display_values_supported=["page", "popup", "touch"],
            token_endpoint_auth_methods_supported=["client_secret_post", "client_secret_basic", "private_key_jwt"],
        )

    def _grant(self, grant: str) -> Response:
        match grant:
            case "authorization_code":
                return self._answer(*self._authorization_code())
            case "refresh_token":
                return self._answer(*self._refresh())
            case "client_credentials":
                app, user = self._client_credentials()
                return self._answer(app, Made(self._approval(app, user), self._session(app, user), None))
            case _ if grant == JWT_BEARER:
                app, user = self._jwt_bearer()
                return self._answer(app, Made(self._approval(app, user), self._session(app, user), None), signed=False)
            case _:
                raise TokenRefused(Refusal.UNKNOWN_GRANT)

    def _answer(self, app: ConnectedApp, made: Made, *, signed: bool = True) -> Response:
        """The token answer. Salesforce: `signature` proves that identity URL and time come from whoever has the
        consumer secret; a JWT bearer answer has none.
        """
        user = self._org.users.by_id(made.approval.user_id)
        assert user is not None, "users are never deleted"
        answer = {
            "access_token": made.access_token,
            "scope": made.approval.scope,
            "instance_url": self._base,
            "id": identity_url(self._org, user, base=self._base),
            "token_type": "Bearer",
            "api_instance_url": self._base,
        }
        if made.refresh_token is not None:
            answer["refresh_token"] = made.refresh_token
        if signed:
            answer["issued_at"] = str(round(self._org.clock().timestamp() * 1000))
            answer["signature"] = _signature(app, answer["id"] + answer["issued_at"])
        return jsonify(answer)

    def _authorization_code(self) -> tuple[ConnectedApp, Made]:
        app = self._client(with_secret=self._needs_secret())
        text = request.form.get("code", "")
        code = self._org.grants.take_code(text)
        if code is None or code.approval.consumer_key != app.consumer_key:
            known = code is None and self._org.grants.knew_code(text)
            raise TokenRefused(Refusal.EXPIRED_CODE if known else Refusal.UNKNOWN_CODE)
        if request.form.get("redirect_uri", "") != code.redirect_uri:
            raise TokenRefused(Refusal.WRONG_REDIRECT)
        if code.challenge is not None and not fits_challenge(request.form.get("code_verifier", ""), code.challenge):
            raise TokenRefused(Refusal.WRONG_VERIFIER)
        self._user_of(code.approval)
        return app, self._org.grants.open_grant(code.approval)

    def _refresh(self) -> tuple[ConnectedApp, Made]:
        app = self._client(with_secret=self._needs_secret())
        text = request.form.get("refresh_token", "")
        token = self._org.grants.find(text)
        if token is not None:
            self._user_of(token.approval)
        made = self._org.grants.refresh(text, consumer_key=app.consumer_key, rotate=app.rotate_refresh_tokens)
        if made is None:
            raise TokenRefused(Refusal.EXPIRED_TOKEN)
        return app, made

    def _user_of(self, approval: Approval) -> User:
        return require_user(self._org.users.by_id(approval.user_id))

    def _needs_secret(self) -> bool:
        app = self._setup.find_app(_client_login()[0])
        return app is None or app.require_secret

    def _client(self, *, with_secret: bool) -> ConnectedApp:
        """The app that calls. A secret that is sent has to be right, even where none is needed."""
        key, secret = _client_login()
        app = require_app(self._setup.find_app(key), request.remote_addr)
        if (with_secret or secret) and not hmac.compare_digest(secret.encode(), app.consumer_secret.encode()):
            raise TokenRefused(Refusal.WRONG_SECRET)
        return app

    def _approval(self, app: ConnectedApp, user: User) -> Approval:
        return Approval(user.id, app.consumer_key, app.name, "api id web")

    def _session(self, app: ConnectedApp, user: User) -> str:
        return self._org.sessions.issue(user.id, client=app.name)

    def _jwt_bearer(self) -> tuple[ConnectedApp, User]:
        found = verify_assertion(
            request.form.get("assertion", ""),
            find_app=self._setup.find_app,
            audiences=self._audiences,
            now=self._org.clock(),
        )
        user = self._org.users.by_username(found.username)
        if user is None or not found.app.approves(frozenset(user.permission_sets)):
            raise TokenRefused(Refusal.NOT_APPROVED)
        return require_app(found.app, request.remote_addr), require_user(user)

    def _client_credentials(self) -> tuple[ConnectedApp, User]:
        app = self._client(with_secret=True)
        user = self._org.users.by_username(app.run_as) if app.run_as else None
        if user is None or not user.is_active:
            raise TokenRefused(Refusal.NO_RUN_AS_USER)
        return app, user

    def _caller(self) -> User | Response:
        """The user of the request's token, or the 403 of the identity service (Salesforce help, "Identity URLs")."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() not in {"bearer", "oauth"}:
            token = request.values.get("oauth_token", "") or request.values.get("access_token", "")
        if not token.strip():
            return _refusal("Missing_OAuth_Token")
        session = self._org.sessions.find(token.strip())
        user = self._org.users.by_id(session.user_id) if session else None
        if user is None:
            return _refusal("Bad_OAuth_Token")
        return user if user.is_active else _refusal("Inactive_user")


def _not_built(what: str) -> tuple[Response, int]:
    """501 for what the platform has and this org has not yet; never one of the platform's own codes."""
    return jsonify(error="LOCALORG_NOT_BUILT", error_description=f"The local org does not offer {what} yet."), 501


def _client_login() -> tuple[str, str]:
    """Client id and secret from the Basic header, else from the form."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            key, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return key, secret
    return request.form.get("client_id", ""), request.form.get("client_secret", "")


def _signature(app: ConnectedApp, text: str) -> str:
    digest = hmac.digest(app.consumer_secret.encode(), text.encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()


def _refusal(text: str) -> Response:
    return Response(text, status=403, content_type="text/html;charset=UTF-8")
