"""The page on which a user allows an app, and the redirect with the code.

Salesforce help, "OAuth 2.0 Web Server Flow for Web App Integration". Who is signed in to the browser is whoever the
menu of the org's bar says: here everybody is signed in. What cannot be sent back to the app safely (an unknown app, a
foreign redirect address) is said on a page; everything else goes back to the app as `error`.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from localorg.door import refusal_of_strangers
from localorg.grants import Approval
from localorg.org import Org, User
from localorg.page_shell import message_screen, nobody_screen, protected, screen
from localorg.setup import ConnectedApp, OrgSetup
from localorg.sign_in import Refusal
from localorg.viewers import current_viewer

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # base64url of 32 bytes, RFC 7636 section 4.2
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
SCOPE_WORDS = {
    "id": "Access the identity URL service",
    "profile": "Access your basic information",
    "email": "Access your e-mail address",
    "openid": "Access unique user identifiers",
    "api": "Manage user data via APIs",
    "web": "Manage user data via Web browsers",
    "full": "Full access",
    "refresh_token": "Perform requests at any time",
    "offline_access": "Perform requests at any time",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that may be answered by a redirect."""

    app: ConnectedApp
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str | None

    def back(self, **answer: str) -> BaseResponse:
        state = request.values.get("state")
        answer = {**answer, **({"state": state} if state is not None else {})}
        joint = "&" if urlsplit(self.redirect_uri).query else "?"
        return redirect(f"{self.redirect_uri}{joint}{urlencode(answer)}", code=302)


class RefusedOnPageError(Exception):
    """What must not be sent to the redirect address that the request names."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description


class _SentBackError(Exception):
    def __init__(self, answer: BaseResponse) -> None:
        super().__init__("sent back")
        self.answer = answer


class AuthorizePage:
    def __init__(self, org: Org, setup: OrgSetup) -> None:
        self._org = org
        self._setup = setup

    def answer(self) -> BaseResponse:
        """GET shows the page, or goes on at once for an app that needs no asking; POST is the user's decision."""
        stranger = refusal_of_strangers(request)
        if stranger:
            return Response(stranger, status=403, content_type="text/plain")
        viewer = current_viewer(self._org)
        if viewer is None:
            return nobody_screen(self._org)
        try:
            return protected(self._decide(viewer))
        except RefusedOnPageError as refused:
            text = f"{refused.error}: {refused.description}. The app asks in a way that this org does not allow."
            return message_screen(
                self._org, title="We can't authorize you because of an OAuth error", text=text, status=400
            )
        except _SentBackError as sent:
            return protected(sent.answer)

    def _decide(self, viewer: User) -> BaseResponse:
        asked = self._read()
        if not viewer.is_active or asked.app.approved == "none":
            return asked.back(error="access_denied", error_description="end-user denied authorization")
        pre_authorized = asked.app.approves(frozenset(viewer.permission_sets))
        if asked.app.approved == "admin" and not pre_authorized:
            return asked.back(
                error="OAUTH_APP_ACCESS_DENIED",
                error_description="user is not admin approved to access this app",
            )
        if request.method == "POST" and request.form.get("user_id") == viewer.id:
            if request.form.get("decision") != "allow":
                return asked.back(error="access_denied", error_description="end-user denied authorization")
            return self._hand_out(asked, viewer)
        known = pre_authorized or self._org.grants.has_approved(viewer.id, asked.app.consumer_key, asked.scopes)
        if request.method == "GET" and known and "consent" not in request.args.get("prompt", "").split():
            return self._hand_out(asked, viewer)
        return self._page(asked, viewer)

    def _page(self, asked: _Asked, viewer: User) -> BaseResponse:
        words = dict.fromkeys(SCOPE_WORDS.get(scope, scope) for scope in asked.scopes)
        kept = {name: value for name, value in request.values.items() if name not in {"decision", "user_id"}}
        return screen(
            self._org,
            viewer,
            "consent.html",
            app_name=asked.app.name,
            app_host=urlsplit(asked.redirect_uri).netloc,
            username=viewer.username,
            user_id=viewer.id,
            scopes=list(words),
            kept=kept,
        )

    def _hand_out(self, asked: _Asked, viewer: User) -> BaseResponse:
        app = asked.app
        approval = Approval(viewer.id, app.consumer_key, app.name, " ".join(asked.scopes))
        code = self._org.grants.issue_code(approval, redirect_uri=asked.redirect_uri, challenge=asked.challenge)
        return asked.back(code=code)

    def _read(self) -> _Asked:
        app = self._setup.find_app(request.values.get("client_id", ""))
        if app is None:
            raise RefusedOnPageError(*Refusal.UNKNOWN_CLIENT.value)
        if not app.installed:
            raise RefusedOnPageError(*Refusal.NOT_INSTALLED.value)
        redirect_uri = request.values.get("redirect_uri", "")
        if redirect_uri not in app.redirect_uris:
            raise RefusedOnPageError(*Refusal.WRONG_REDIRECT.value)
        wanted = request.values.get("scope", "").split()
        allowed = tuple(scope for scope in app.scopes if scope in wanted or not wanted)
        challenge = request.values.get("code_challenge")
        asked = _Asked(app, redirect_uri, allowed, challenge)
        if request.values.get("response_type") != "code":
            raise _SentBackError(
                asked.back(error="unsupported_response_type", error_description="response type not supported")
            )
        if not set(wanted) <= set(app.scopes):
            raise _SentBackError(
                asked.back(error="invalid_scope", error_description="the requested scope is not allowed")
            )
        problem = _challenge_problem(app, challenge, request.values.get("code_challenge_method"))
        if problem:
            raise _SentBackError(asked.back(error="invalid_request", error_description=problem))
        return asked


def _challenge_problem(app: ConnectedApp, challenge: str | None, method: str | None) -> str | None:
    if challenge is None:
        return "missing required code challenge" if app.require_pkce else None
    if method not in {None, "S256"}:
        return "code challenge method not supported"
    return None if _CHALLENGE.fullmatch(challenge) else "invalid code challenge"


def fits_challenge(verifier: str, challenge: str) -> bool:
    """RFC 7636, section 4.6, method S256."""
    if not _VERIFIER.fullmatch(verifier):
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
