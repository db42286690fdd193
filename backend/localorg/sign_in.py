"""Who gets a token: what the org's sign-in says no with, and the policies of app and user that it asks."""

from enum import Enum
from ipaddress import ip_address, ip_network

from localorg.setup import ConnectedApp
from localorg.users import User


class Refusal(Enum):
    """`error` and `error_description` of a refused token. Each stands in the ledger, which says how it is known."""

    UNKNOWN_CLIENT = ("invalid_client_id", "client identifier invalid")
    WRONG_SECRET = ("invalid_client", "invalid client credentials")
    NOT_INSTALLED = ("invalid_client", "app must be installed into org")
    NOT_APPROVED = ("invalid_grant", "user hasn't approved this consumer")
    IP_RESTRICTED = ("invalid_grant", "ip restricted")
    USER_INACTIVE = ("inactive_user", "user is inactive")
    NO_RUN_AS_USER = ("invalid_grant", "no client credentials user enabled")
    WRONG_AUDIENCE = ("invalid_grant", "audience is invalid")
    WRONG_ASSERTION = ("invalid_grant", "invalid assertion")
    EXPIRED_CODE = ("invalid_grant", "expired authorization code")  # of an assertion that is too old, too
    UNKNOWN_CODE = ("invalid_grant", "invalid authorization code")
    WRONG_VERIFIER = ("invalid_grant", "invalid code verifier")
    WRONG_REDIRECT = ("redirect_uri_mismatch", "redirect_uri must match configuration")
    EXPIRED_TOKEN = ("invalid_grant", "expired access/refresh token")
    UNKNOWN_GRANT = ("unsupported_grant_type", "grant type not supported")


class TokenRefused(Exception):  # noqa: N818 - an answer of the token endpoint
    """`error` and `error_description` of a 400 answer."""

    def __init__(self, refusal: Refusal) -> None:
        self.error, self.description = refusal.value
        super().__init__(f"{self.error}: {self.description}")


def require_app(app: ConnectedApp | None, address: str | None) -> ConnectedApp:
    """The app, if it may ask for tokens of this org at all, and from this address.

    Raises TokenRefused.
    """
    if app is None:
        raise TokenRefused(Refusal.UNKNOWN_CLIENT)
    if not app.installed:
        raise TokenRefused(Refusal.NOT_INSTALLED)
    if app.networks and not _is_within(address, app.networks):
        raise TokenRefused(Refusal.IP_RESTRICTED)
    return app


def require_user(user: User | None) -> User:
    """The user, if a login of this user may be opened or renewed. Raises TokenRefused."""
    if user is None or not user.is_active or user.is_frozen:
        raise TokenRefused(Refusal.USER_INACTIVE)
    return user


def _is_within(address: str | None, networks: tuple[str, ...]) -> bool:
    return address is not None and any(ip_address(address) in ip_network(each) for each in networks)
