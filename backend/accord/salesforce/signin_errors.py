"""What Salesforce's token endpoint says, and what the admin does about it. One row a text; a test per row.

Texts: recorded answers ("user hasn't approved this consumer", "expired authorization code", "authentication failure",
"expired access/refresh token") and Salesforce help, "OAuth Authorization Errors" (the others).
"""

from dataclasses import dataclass
from typing import Any

from accord.core.errors import AccordError, AuthorizationLostError, TransientError
from accord.core.ids import OrgId


class NoSignInAnswerError(TransientError):
    """The sign-in was asked and gave no answer. `sent`: Salesforce may have carried it out all the same."""

    code = "SALESFORCE_UNAVAILABLE"
    in_doubt = False  # no record was written

    def __init__(self, why: str, *, sent: bool) -> None:
        super().__init__(f"Salesforce did not answer the sign-in ({why}). Try again in a few minutes.")
        self.sent = sent


class OtherOrgError(AuthorizationLostError):
    """The login leads to another org than the one that it is for. `found` is that other org's id."""

    code = "OTHER_ORG"

    def __init__(self, found: OrgId) -> None:
        super().__init__(
            "This login now leads to another Salesforce org (a refreshed sandbox?). An admin must confirm it first."
        )
        self.found = found


@dataclass(frozen=True, slots=True)
class SignInText:
    """`said` is looked for in error and description, in lower case; the first row that fits wins."""

    said: str
    code: str
    advice: str


TABLE: tuple[SignInText, ...] = (
    SignInText(
        "user hasn't approved this consumer",
        "USER_NOT_APPROVED",
        "The app may not act for this user yet. In Salesforce set the app's policy to 'Admin approved users are"
        " pre-authorized' and assign the user the permission set Accord_Integration.",
    ),
    SignInText(
        "audience is invalid",
        "WRONG_AUDIENCE",
        "The login address does not fit the org: use https://test.salesforce.com for a sandbox,"
        " https://login.salesforce.com for production.",
    ),
    SignInText(
        "is not installed in this org",
        "APP_NOT_INSTALLED",
        "The app is not installed in this org. Install or create it there, then connect again.",
    ),
    SignInText(
        "app must be installed into org",
        "APP_NOT_INSTALLED",
        "The app is not installed in this org. Install or create it there, then connect again.",
    ),
    SignInText(
        "cross-org oauth flows are not supported",
        "APP_NOT_INSTALLED",
        "The app is not installed in this org. Install or create it there, then connect again.",
    ),
    SignInText(
        "expired authorization code",
        "ASSERTION_EXPIRED",
        "Salesforce took the login request for expired. Check that the clock of this server is right.",
    ),
    SignInText(
        "expired access/refresh token",
        "LOGIN_EXPIRED",
        "The stored login has expired or was revoked. Connect again.",
    ),
    SignInText(
        "invalid assertion",
        "INVALID_ASSERTION",
        "Salesforce does not accept our signature. Upload the certificate of this deployment to the app again.",
    ),
    SignInText(
        "user is locked",
        "USER_LOCKED",
        "The Salesforce user is locked. Unlock the user in Setup > Users.",
    ),
    SignInText(
        "inactive_user",
        "USER_INACTIVE",
        "The Salesforce user is inactive or frozen. Activate the user, or connect with another one.",
    ),
    SignInText(
        "user is inactive",
        "USER_INACTIVE",
        "The Salesforce user is inactive or frozen. Activate the user, or connect with another one.",
    ),
    SignInText(
        "invalid_client_id",
        "UNKNOWN_APP",
        "Salesforce does not know the consumer key. Copy it from the app again; a new app needs about ten minutes.",
    ),
    SignInText(
        "invalid_client",
        "WRONG_SECRET",
        "Consumer key or secret are wrong. Copy both from the app again.",
    ),
    SignInText(
        "invalid_app_access",
        "APP_BLOCKED",
        "The org's administrators have not allowed this user to use the app. Assign it by profile or permission set.",
    ),
    SignInText(
        "ip restricted",
        "IP_RESTRICTED",
        "The org refuses logins from this server's network address. Relax the app's IP policy or allow the address.",
    ),
    SignInText(
        "no client credentials user enabled",
        "NO_RUN_AS_USER",
        "The app has no run-as user for client credentials. Choose one in the app's policies.",
    ),
    SignInText(
        "authentication failure",
        "AUTHENTICATION_FAILURE",
        "Salesforce refused the login without a reason. Its login history (Setup > Users) has the reason.",
    ),
    SignInText(
        "unsupported_grant_type",
        "FLOW_NOT_ENABLED",
        "The app does not allow this way of signing in. Enable the connection's flow in the app's settings.",
    ),
    SignInText(
        "invalid_grant",
        "LOGIN_REFUSED",
        "Salesforce refused the login. Its login history (Setup > Users) has the reason; then connect again.",
    ),
)


def refusal(status: int, body: Any) -> AccordError:
    """The error for an answer that is not a token: what to raise. `body` is JSON or None."""
    fields = body if isinstance(body, dict) else {}
    error, description = fields.get("error"), fields.get("error_description")
    if status >= 500 or status == 429 or error in {"server_error", "temporarily_unavailable"}:
        return TransientError(
            "Salesforce cannot sign us in now. Try again in a few minutes.", code="SALESFORCE_UNAVAILABLE"
        )
    said = f"{error} {description}".lower().replace("\u2019", "'")
    for row in TABLE:
        if row.said in said:
            return AuthorizationLostError(row.advice, code=row.code)
    if 300 <= status < 400:
        return odd_answer("sends us to another address")
    return AuthorizationLostError(
        f"Salesforce refused the login (HTTP {status}). Connect again; its login history has the reason.",
        code="LOGIN_REFUSED",
    )


def dead_token() -> AuthorizationLostError:
    return AuthorizationLostError("Salesforce no longer accepts this login. Open the page again or connect again.")


def odd_answer(what: str) -> AuthorizationLostError:
    """An answer with the status of a success that must not be trusted."""
    return AuthorizationLostError(
        f"The answer to the sign-in {what}. Check the login address of the connection.", code="UNTRUSTED_SIGN_IN"
    )
