"""A user's way through the web-server flow of a local org, as his browser and the app's server take it."""

import base64
import hashlib
import html
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from localorg.app import create_app
from localorg.org import Org
from localorg.seed import DEMO_SEED, load_seed
from localorg.setup import OrgSetup
from support.builders import AClock
from support.running_org import FORCE_APP, RILEY, an_app

REDIRECT = "http://localhost:8000/oauth/salesforce/callback"
KEY = "3MVG9.tests"
SECRET = "canvas secret"
ORG_BASE = "https://localhost:8143"
AUTHORIZE = "/services/oauth2/authorize"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@dataclass
class Verifier:
    """RFC 7636: a secret, and what is told of it in the first request."""

    text: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.text.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorize_query(verifier: Verifier | None = None, **changes: Any) -> dict[str, str]:
    pkce = {"code_challenge": verifier.challenge, "code_challenge_method": "S256"} if verifier else {}
    usual = {
        "response_type": "code",
        "client_id": KEY,
        "redirect_uri": REDIRECT,
        "scope": "api refresh_token",
        "state": "a state",
        **pkce,
        **changes,
    }
    return {name: value for name, value in usual.items() if value is not None}


def hidden_fields(page: str) -> dict[str, str]:
    return {html.unescape(name): html.unescape(value) for name, value in _HIDDEN.findall(page)}


def decide(browser: FlaskClient, page: TestResponse, decision: str = "allow") -> TestResponse:
    """Presses one of the two buttons of the consent page."""
    form = {**hidden_fields(page.text), "decision": decision}
    return browser.post("/services/oauth2/authorize", data=form)


def redirected(answer: TestResponse) -> dict[str, str]:
    """What a redirect to the app carries."""
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def view_as(browser: FlaskClient, username: str) -> None:
    browser.post("/lightning/viewing-as", data={"username": username})


def allow(browser: FlaskClient, location: str) -> TestResponse:
    """Follows an authorize URL as the browser's user, allows when asked, and gives the redirect to the app."""
    parts = urlsplit(location)
    answer = browser.get(f"{parts.path}?{parts.query}")
    return decide(browser, answer) if answer.status_code == 200 else answer


def exchange(server: FlaskClient, code: str, verifier: Verifier | None = None, **changes: Any) -> TestResponse:
    usual = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "client_id": KEY,
        "client_secret": SECRET,
        "code_verifier": verifier.text if verifier else None,
        **changes,
    }
    form = {name: value for name, value in usual.items() if value is not None}
    return server.post("/services/oauth2/token", data=form)


def refresh(server: FlaskClient, token: str, **changes: Any) -> TestResponse:
    usual = {"grant_type": "refresh_token", "refresh_token": token, "client_id": KEY, "client_secret": SECRET}
    return server.post("/services/oauth2/token", data={**usual, **changes})


class WebLoginWorld:
    """An org with one app, which every user allows himself, and the browser of Riley."""

    def __init__(self, data_file: Path | None = None, **app: Any) -> None:
        self.clock = AClock()
        self.org = Org.create(metadata_dirs=[FORCE_APP], clock=self.clock, data_file=data_file)
        load_seed(self.org, DEMO_SEED)
        self.setup = OrgSetup()
        self.setup.register(an_app(**{"approved": "self", "redirect_uris": (REDIRECT,), **app}))
        self.flask = create_app(self.org, https_base=ORG_BASE, http_base="http://127.0.0.1:8100", setup=self.setup)
        self.browser = self.flask.test_client()
        self.server = self.flask.test_client(use_cookies=False)
        view_as(self.browser, RILEY)
        self.verifier = Verifier()

    def ask(self, **changes: Any) -> TestResponse:
        return self.browser.get(AUTHORIZE, query_string=authorize_query(self.verifier, **changes))

    def code(self, **changes: Any) -> str:
        answer = self.ask(**changes)
        return redirected(decide(self.browser, answer) if answer.status_code == 200 else answer)["code"]

    def log_in(self) -> dict[str, str]:
        answer = exchange(self.server, self.code(), self.verifier)
        assert answer.status_code == 200, answer.text
        return dict(answer.get_json())

    def works(self, access_token: str) -> bool:
        headers = {"Authorization": f"Bearer {access_token}"}
        return self.server.get("/services/data/v67.0/limits", headers=headers).status_code == 200
