"""The web-server flow from our side: where a browser is sent, which token answers are believed, what a renewal means.

Reliability-security 4.5.
"""

import base64
import hashlib
import hmac
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from accord.core.errors import AuthorizationLostError, TransientError
from accord.salesforce import web_login
from accord.salesforce.model import AccessToken
from accord.salesforce.transport import HttpOptions
from accord.salesforce.web_login import NotRenewed, ProofKey, Renewed, WebApp
from accord.settings import Secret
from support.scripted_org import INSTANCE, ORG_ID, RILEY, Answer, ScriptedOrg, http_to

APP = WebApp("3MVG9.accord", Secret(b"a consumer secret"), INSTANCE, "https://accord.example/oauth/salesforce/callback")
IDENTITY = f"https://login.salesforce.com/id/{ORG_ID}/{RILEY}"
ISSUED = "1779900000000"


def signature(text: str, secret: bytes = b"a consumer secret") -> str:
    return base64.b64encode(hmac.digest(secret, text.encode(), "sha256")).decode()


def an_answer(**changes: Any) -> Answer:
    body = {
        "access_token": "00D!fresh",
        "refresh_token": "5Aep.fresh",
        "token_type": "Bearer",
        "instance_url": INSTANCE,
        "id": IDENTITY,
        "issued_at": ISSUED,
        "signature": signature(IDENTITY + ISSUED),
        "scope": "refresh_token api id",
        **changes,
    }
    return Answer(body={name: value for name, value in body.items() if value is not None})


def exchange(*answers: Answer) -> web_login.UserTokens:
    return web_login.exchange_code(APP, "aPrx.code", "v" * 43, http=http_to(ScriptedOrg(*answers)))


def renew(answer: Answer) -> Renewed | NotRenewed:
    return web_login.renew(APP, AccessToken("5Aep.old"), http=http_to(ScriptedOrg(answer)))


def test_a_code_is_exchanged_with_secret_and_verifier_for_checked_tokens() -> None:
    org = ScriptedOrg(an_answer())
    found = web_login.exchange_code(APP, "aPrx.code", "v" * 43, http=http_to(org))

    form = parse_qs(org.asked[0].body)
    assert org.asked[0].url == f"{INSTANCE}/services/oauth2/token"
    assert form["code_verifier"] == ["v" * 43]
    assert form["client_secret"] == ["a consumer secret"]
    assert form["redirect_uri"] == [APP.redirect_uri]
    assert (found.org_id, found.user_id, found.instance_url) == (ORG_ID, RILEY, INSTANCE)
    assert "Aep.fresh" not in repr(found)
    assert "00D!fresh" not in repr(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"access_token": None},
        {"access_token": ""},
        {"access_token": "two words"},
        {"access_token": "x" * 9000},
        {"token_type": "DPoP"},
        {"token_type": None},
        {"signature": None},
        {"signature": signature(IDENTITY + ISSUED, b"another secret")},
        {"signature": signature(IDENTITY)},
        {"signature": "ünsigned"},
        {"signature": "\ud800"},
        {"issued_at": "\ud800"},
        {"issued_at": "1779900000001"},
        {"issued_at": None},
        {"issued_at": 1779900000000},
        {"id": IDENTITY.replace(RILEY, "005000000000009AAA")},
        {"instance_url": "https://evil.example"},
        {"instance_url": "http://halden.my.salesforce.com"},
        {"instance_url": "https://169.254.169.254"},
        {"instance_url": "https://halden.my.salesforce.com.evil.example"},
        {"instance_url": None},
    ],
)
def test_a_token_answer_that_does_not_hold_together_is_not_believed(changes: Any) -> None:
    with pytest.raises(AuthorizationLostError) as refused:
        exchange(an_answer(**changes))

    assert refused.value.code == "UNTRUSTED_SIGN_IN"


def test_an_identity_on_a_foreign_host_is_not_believed_even_when_signed() -> None:
    """The signature proves the secret, not the address."""
    foreign = f"https://evil.example/id/{ORG_ID}/{RILEY}"

    with pytest.raises(AuthorizationLostError):
        exchange(an_answer(id=foreign, signature=signature(foreign + ISSUED)))


@pytest.mark.parametrize("body", [None, [], "x", 7])
def test_what_is_no_token_answer_is_not_believed(body: Any) -> None:
    with pytest.raises(AuthorizationLostError):
        exchange(Answer(body=body))


def test_a_redirect_instead_of_tokens_is_not_followed() -> None:
    with pytest.raises(AuthorizationLostError):
        exchange(Answer(302, None, {"Location": "https://evil.example"}))


@pytest.mark.parametrize(
    ("answer", "still_good", "certain", "kind"),
    [
        (Answer(400, {"error": "invalid_grant", "error_description": "expired access/refresh token"}), False, True, 1),
        (Answer(400, {"error": "inactive_user", "error_description": "user is inactive"}), False, True, 1),
        (Answer(400, {"error": "invalid_client", "error_description": "invalid client credentials"}), True, True, 1),
        (Answer(400, {"error": "invalid_client_id", "error_description": "client identifier invalid"}), True, True, 1),
        (Answer(403, b"<html>blocked"), True, True, 1),
        (Answer(429, None), True, True, 2),
        (Answer(503, b"maintenance"), True, True, 2),
        (Answer(500, None), False, False, 2),
        (Answer(502, b"bad gateway"), False, False, 2),
        (Answer(504, None), False, False, 2),
    ],
)
def test_a_refused_renewal_says_whether_the_token_may_be_sent_again(
    *, answer: Answer, still_good: bool, certain: bool, kind: int
) -> None:
    found = renew(answer)

    assert isinstance(found, NotRenewed)
    assert (found.still_good, found.certain) == (still_good, certain)
    assert isinstance(found.error, (AuthorizationLostError, TransientError)[kind - 1])


def test_a_renewal_whose_answer_is_not_to_be_believed_has_used_the_token_up() -> None:
    found = renew(an_answer(signature="x"))

    assert isinstance(found, NotRenewed)
    assert (found.still_good, found.error.code) == (False, "UNTRUSTED_SIGN_IN")


@pytest.mark.parametrize(
    ("problem", "still_good"),
    [(requests.ConnectTimeout(), True), (requests.ReadTimeout(), False), (requests.ConnectionError("reset"), False)],
)
def test_a_renewal_without_an_answer_leaves_doubt_unless_nothing_was_sent(
    *, problem: Exception, still_good: bool
) -> None:
    class Silent(ScriptedOrg):
        def send(self, request: requests.PreparedRequest, **_options: Any) -> requests.Response:
            raise problem

    found = web_login.renew(APP, AccessToken("5Aep.old"), http=HttpOptions(timeout=1, adapter=Silent(Answer())))

    assert isinstance(found, NotRenewed)
    assert (found.still_good, found.certain) == (still_good, still_good)
    assert "5Aep.old" not in str(found.error)


def test_without_rotation_no_new_refresh_token_comes() -> None:
    found = renew(an_answer(refresh_token=None))

    assert isinstance(found, Renewed)
    assert found.tokens.refresh_token is None


def test_a_proof_key_has_the_form_of_rfc_7636_and_shows_in_no_repr() -> None:
    key = ProofKey()
    digest = base64.urlsafe_b64encode(hashlib.sha256(key.verifier.encode()).digest()).rstrip(b"=").decode()

    assert re.fullmatch(r"[A-Za-z0-9_-]{43,128}", key.verifier)
    assert key.challenge == digest
    assert key.verifier not in repr(key)
    assert ProofKey().verifier != key.verifier


def test_the_browser_is_sent_with_everything_that_the_flow_needs() -> None:
    url = web_login.authorize_url(f"{INSTANCE}/services/oauth2/authorize", APP, state="s", challenge="c")

    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert asked == {
        "response_type": "code",
        "client_id": APP.consumer_key,
        "redirect_uri": APP.redirect_uri,
        "scope": "api id refresh_token",
        "state": "s",
        "code_challenge": "c",
        "code_challenge_method": "S256",
    }


def discovered(announced: Any, *, status: int = 200, loopback: frozenset[str] = frozenset()) -> str:
    http = http_to(ScriptedOrg(Answer(status, {"authorization_endpoint": announced})))
    http = HttpOptions(timeout=1, allowed_loopback=loopback, adapter=http.adapter)
    return web_login.fetch_authorize_address(INSTANCE, http=http)


@pytest.mark.parametrize(
    ("announced", "status"), [(f"{INSTANCE}/services/oauth2/authorize", 200), (None, 200), ("x", 404)]
)
def test_the_sign_in_page_is_the_orgs_own(announced: Any, status: int) -> None:
    assert discovered(announced, status=status) == f"{INSTANCE}/services/oauth2/authorize"


def test_a_loopback_entry_of_the_settings_may_show_the_sign_in_page() -> None:
    local = "http://127.0.0.1:8100/services/oauth2/authorize"

    assert discovered(local, loopback=frozenset({"127.0.0.1:8100"})) == local


@pytest.mark.parametrize(
    "announced",
    [
        "https://evil.example/services/oauth2/authorize",
        "http://halden.my.salesforce.com/services/oauth2/authorize",
        "https://other.my.salesforce.com/services/oauth2/authorize",
        "https://halden.my.site.com/services/oauth2/authorize",
        f"{INSTANCE}/services/oauth2/authorize?next=https://evil.example",
        f"{INSTANCE}/else",
        "http://127.0.0.1:8100/services/oauth2/authorize",
        "javascript:alert(1)",
        "//evil.example/services/oauth2/authorize",
        "https://[bad/services/oauth2/authorize",
    ],
)
def test_a_sign_in_page_anywhere_else_is_refused(announced: str) -> None:
    """Mix-up and open redirects: nobody is sent to an address that an answer invents."""
    with pytest.raises(AuthorizationLostError):
        discovered(announced)
