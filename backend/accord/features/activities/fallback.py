"""The one fallback of a Task: what its actor's login may not write, the integration owner writes (W3, A93)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from accord.core.outcomes import Recovery
from accord.delivery.model import Intent, LoginProblem
from accord.features.activities.model import AuthorReason
from accord.features.activities.rules import day_of
from accord.features.activities.store import load_applied
from accord.infra.db import WorkspaceSession

# Salesforce: what a login without the right on the deal, the contact or the owner is told
_NO_RIGHT: Final = frozenset(
    {
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        "INSUFFICIENT_ACCESS_OR_READONLY",
        "INSUFFICIENT_ACCESS",
        "INVALID_CROSS_REFERENCE_KEY",
        "RECORD_MISSING",
        "NOT_FOUND",
    }
)
# nobody writes to the org then, and the login is as good as before
_ON_HOLD: Final = "CONNECTION_FROZEN"
_OF_THE_LOGIN: Final[Mapping[str, AuthorReason]] = {
    "API_DISABLED_FOR_ORG": AuthorReason.NO_API,
    "API_CURRENTLY_DISABLED": AuthorReason.NO_API,
    "INACTIVE_USER": AuthorReason.INACTIVE,
    "INACTIVE_OWNER_OR_USER": AuthorReason.INACTIVE,
}


def owner_writes(session: WorkspaceSession, intent: Intent, problem: LoginProblem) -> Intent | None:
    """The Task as the integration owner writes it, with the reason; None when another login would not help."""
    reason = _reason(problem)
    if reason is None or intent.login_member_id is None:
        return None
    # without an OwnerId a Task belongs to the login that writes it: assigned and created by the owner (A93)
    fields = {name: value for name, value in intent.fields.items() if name != "OwnerId"}
    if "ActivityDate" in fields:
        zone = load_applied(session, intent.connection_id).owner_time_zone
        fields["ActivityDate"] = day_of(intent.occurred_at, zone)
    return replace(intent, fields=fields, login_member_id=None, login_reason=str(reason))


def _reason(problem: LoginProblem) -> AuthorReason | None:
    if problem.code == _ON_HOLD:
        return None
    if problem.code in _OF_THE_LOGIN:
        return _OF_THE_LOGIN[problem.code]
    if problem.recovery is Recovery.AUTH:
        return AuthorReason.LOGIN_LOST
    # rights on fields are given to each user apart, so what one may not see another may
    if problem.recovery is Recovery.SCHEMA or problem.code in _NO_RIGHT:
        return AuthorReason.NO_RIGHT
    return None
