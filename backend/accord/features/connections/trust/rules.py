"""Decisions of an org's first trust: values in, values out."""

import hmac
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from accord.features.connections.checks import Check
from accord.features.connections.model import Connection, ConnectionStatus
from accord.features.connections.rules import is_standard, widened
from accord.features.connections.trust.model import Evidence, Step

CONNECT_PATH = "/connect"
STATE_PREFIX = "connect."
"""A state of this flow begins so: one redirect address serves it and members' own logins."""

LINK_LIFE = timedelta(hours=1)
SIGN_IN_LIFE = timedelta(minutes=10)
SESSION_LIFE = timedelta(minutes=15)

ADMIN_RIGHTS = frozenset({"ModifyAllData", "CustomizeApplication"})
"""What makes an administrator: whoever has both could change the app, its certificate and every record anyhow."""

_LOGIN_HOSTS = {"login.salesforce.com", "test.salesforce.com"}


def digest(kind: str, secret: str) -> str:
    """What is kept of a code, a state or a browser's secret: it gives nothing back."""
    return sha256(f"connect_{kind}|{secret}".encode()).hexdigest()


def is_admins_state(state: str) -> bool:
    """Whether a state was begun here; the digest decides whether it is open."""
    return state.startswith(STATE_PREFIX)


def form_token(browser: str) -> str:
    """What each form of the session carries: a page of a stranger cannot know it."""
    return digest("form", browser)


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="surrogatepass"), other.encode(errors="surrogatepass"))


_AGAIN = "Sign out of Salesforce, then start again with the link."
_OTHER = "Salesforce's answers do not agree about who signed in. Nothing was connected; start again with the link."

CHECKS: tuple[Check[Evidence], ...] = (
    Check(
        "login_address",
        lambda it: _is_from(it.instance_url, it.login_url),
        "The sign-in came back from another address than the one that it was begun at. Check the login address.",
    ),
    Check("token_org", lambda it: it.owner.org_id == it.answer_org, _OTHER),
    Check("token_user", lambda it: it.owner.user_id == it.answer_user, _OTHER),
    Check("org_row", lambda it: widened(it.org_row_id) == it.answer_org, _OTHER),
    Check("active", lambda it: it.owner.active and it.user_is_active, f"This Salesforce user is not active. {_AGAIN}"),
    Check(
        "user_type",
        lambda it: is_standard(it.owner.user_type) and is_standard(it.user_type),
        f"Only the company's own users can connect an org, not customers, partners or guests. {_AGAIN}",
    ),
    Check(
        "admin_right",
        lambda it: it.rights >= ADMIN_RIGHTS,
        "You are not an administrator of this Salesforce org: Modify All Data and Customize Application are needed."
        f" {_AGAIN}",
    ),
    Check(
        "expected_org",
        lambda it: it.expected is None or is_expected(it.expected, it.answer_org),
        f"This is another Salesforce org than the one that this link is for. {_AGAIN}",
    ),
    Check(
        "org_free",
        lambda it: not it.taken,
        "This Salesforce org is connected to Accord already. To change its connection, ask for a link to that one.",
    ),
)


def is_expected(connection: Connection, org_id: str) -> bool:
    """Whether an admin of this org may decide about the connection: its own org, or the one that a login has found."""
    return org_id == connection.org_id or (
        connection.status is ConnectionStatus.FROZEN and org_id == connection.found_org_id
    )


def next_step(connection: Connection | None) -> Step:
    if connection is None:
        return Step.CONNECT
    return Step.CERTIFICATE if connection.status is ConnectionStatus.LIVE else Step.CONFIRM


def _is_from(instance_url: str, login_url: str) -> bool:
    """Salesforce: login and test send every org's users on; a My Domain signs in its own org's users alone."""
    return urlsplit(login_url).hostname in _LOGIN_HOSTS or instance_url == login_url
