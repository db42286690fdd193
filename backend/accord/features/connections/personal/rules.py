"""Decisions about a member's own login: values in, values out."""

from datetime import datetime, timedelta
from hashlib import sha256

from accord.core.errors import AccordError, AuthorizationLostError
from accord.features.connections.personal.model import LoginRow, Lost, Offer

CALLBACK_PATH = "/oauth/salesforce/callback"
ATTEMPT_LIFE = timedelta(minutes=10)
COOL_DOWN = timedelta(minutes=1)
"""So long a refusal that did not end the login is believed, instead of asking Salesforce at every call."""

IN_DOUBT = "LOGIN_IN_DOUBT"

SILENCE = timedelta(days=90)
"""So long a member is left in peace who has said "not now", or has given his login back."""


def decide_offer(offer: Offer | None, *, connected: bool, now: datetime) -> bool:
    """Whether a member is asked for a login of his own: there is a reason to, and he has not declined it of late."""
    if connected or offer is None or offer.first_activity_at is None:
        return False
    return offer.dismissed_at is None or now >= offer.dismissed_at + SILENCE


def state_digest(state: str) -> str:
    """What is kept of the state: it gives nothing back."""
    return sha256(f"login_state|{state}".encode()).hexdigest()


def decide_lease_over(row: LoginRow, *, now: datetime) -> Lost | None:
    """What a renewal that was begun and never finished means for the login; None when it can be begun again.

    Nobody knows whether its refresh token was used up. A second use would end the login at Salesforce and look like
    theft there, so that only a login whose refresh token is known to stay may be tried again.
    """
    if row.rotates is False:
        return None
    message = "The renewal of your Salesforce login was cut off, and it cannot be used any more. Connect it again."
    return Lost(IN_DOUBT, message, now)


def lost_by(error: AccordError, *, certain: bool, now: datetime) -> Lost:
    """Why the login is gone, in words for its owner."""
    if certain:
        return Lost(error.code, error.message, now)
    message = "Salesforce's answer to the renewal of your login was lost. It cannot be used any more: connect it again."
    return Lost(IN_DOUBT, message, now)


def as_error(lost: Lost | None) -> AuthorizationLostError:
    if lost is None:
        return AuthorizationLostError("This member has no Salesforce login of his own any more.", code="NO_LOGIN")
    return AuthorizationLostError(lost.message, code=lost.code)


def is_cooling(lost: Lost | None, *, now: datetime) -> bool:
    return lost is not None and now < lost.at + COOL_DOWN
