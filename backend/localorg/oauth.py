"""OAuth of the org: the token endpoint (JWT bearer, client credentials), revocation, identity and discovery."""

import base64
import binascii
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, request

from localorg.assertion import TokenRefused, verify_assertion
from localorg.identity import identity, identity_url, userinfo
from localorg.ids import looks_like_id, widen
from localorg.org import Org, User
from localorg.setup import ConnectedApp, OrgSetup

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
NOT_BUILT_GRANTS = ("authorization_code", "refresh_token", "password", "urn:ietf:params:oauth:grant-type:device_code")
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
        if self._org.sessions.revoke(request.values.get("token", "")):
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

    def authorize(self) -> _Answer:
        return _not_built("the authorize page")

    def introspect(self) -> _Answer:
        return _not_built("token introspection")

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
            case "client_credentials":
                app, user = self._client_credentials()
            case _ if grant == JWT_BEARER:
                app, user = self._jwt_bearer()
            case _:
                raise TokenRefused("unsupported_grant_type", "grant type not supported")
        answer = {
            "access_token": self._org.sessions.issue(user.id, client=app.name),
            "scope": "api id web",
            "instance_url": self._base,
            "id": identity_url(self._org, user, base=self._base),
            "token_type": "Bearer",
            "api_instance_url": self._base,
        }
        return jsonify(answer)

    def _jwt_bearer(self) -> tuple[ConnectedApp, User]:
        found = verify_assertion(
            request.form.get("assertion", ""),
            find_app=self._setup.find_app,
            audiences=self._audiences,
            now=self._org.clock(),
        )
        user = self._org.users.by_username(found.username)
        if user is None or not found.app.approves(frozenset(user.permission_sets)):
            raise TokenRefused("invalid_grant", "user hasn't approved this consumer")
        if not user.is_active:
            raise TokenRefused("inactive_user", "user is inactive")
        return found.app, user

    def _client_credentials(self) -> tuple[ConnectedApp, User]:
        key, secret = _client_login()
        app = self._setup.find_app(key)
        if app is None:
            raise TokenRefused("invalid_client_id", "client identifier invalid")
        if secret != app.consumer_secret:
            raise TokenRefused("invalid_client", "invalid client credentials")
        user = self._org.users.by_username(app.run_as) if app.run_as else None
        if user is None or not user.is_active:
            raise TokenRefused("invalid_grant", "no client credentials user enabled")
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


def _refusal(text: str) -> Response:
    return Response(text, status=403, content_type="text/html;charset=UTF-8")
