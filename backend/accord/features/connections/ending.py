"""Logins are ended at Salesforce too, as far as it answers; here they are gone already."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from accord.core.errors import TransientError
from accord.salesforce.model import AccessToken
from accord.salesforce.oauth import revoke_token
from accord.salesforce.transport import HttpOptions

log = structlog.get_logger()
UNANSWERED = 3  # so many in a row, and the rest is not asked: each could take the whole time-out


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token that ends a login: the refresh token where there is one, which takes its access tokens along."""

    instance_url: str
    token: AccessToken


@dataclass(frozen=True, slots=True)
class Receipt:
    """How many logins Salesforce has ended. `not_confirmed` are to be ended there by hand."""

    ended: int
    not_confirmed: int


def end_logins(tokens: Sequence[StoredToken], *, http: HttpOptions) -> Receipt:
    """One call for each login. A token that Salesforce does not know (any more) is ended."""
    ended, unanswered = 0, 0
    for each in tokens:
        try:
            revoke_token(each.instance_url, each.token, http=http)
        except TransientError:
            unanswered += 1
            log.warning("token_not_revoked")
            if unanswered == UNANSWERED:
                break
        else:
            ended, unanswered = ended + 1, 0
    return Receipt(ended, len(tokens) - ended)
