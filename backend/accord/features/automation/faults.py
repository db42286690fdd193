"""The numbers of faults: a closed list, so that a Flow's error mail can be looked up (docs/flow.md explains each).

One form everywhere: `Accord: <plain sentence>. <what to do>. [ACC-nnn] ref <id>`. A number keeps its meaning for ever.
"""

from collections.abc import Mapping
from typing import Final

NUMBERS: Final[Mapping[str, int]] = {
    # an input of the action
    "INVALID_VALUE": 101,
    "INVALID_RECORD": 102,
    "INVALID_KIND": 103,
    "SUBJECT_MISSING": 104,
    "INVALID_TEXT": 105,
    "INVALID_TIME": 106,
    "INVALID_ACTOR": 107,
    "INVALID_CONTACT": 108,
    "KEY_TOO_LONG": 109,
    "KEY_REUSED": 110,
    "NOTHING_NAMED": 111,
    "UNKNOWN_ACTION": 112,
    # how things stand
    "DEAL_NOT_FOUND": 201,
    "REFERENCE_NOT_FOUND": 202,
    "DELIVERY_STOPPED": 203,
    "PLAN_NOT_FOUND": 204,
    "NOT_IN_PLAN": 205,
    "PLAN_ARCHIVED": 206,
    "CONTACT_NOT_FOUND": 207,
    "ALREADY_CONNECTED": 208,
    "DEAL_LOCKED": 209,
    # the call as a whole
    "SIGN_IN_AGAIN": 301,
    "NOT_ALLOWED": 302,
    "BAD_REQUEST": 303,
    "NOT_JSON": 304,
    "TOO_LARGE": 305,
    "TOO_MANY_REQUESTS": 306,
    "METHOD_NOT_ALLOWED": 307,
    # Salesforce
    "SALESFORCE_UNAVAILABLE": 401,
    "SALESFORCE_LOGIN_LOST": 402,
    "SALESFORCE_REFUSED": 403,
    # said by the actions inside the org alone
    "NOT_PUBLISHED": 501,
    # ours
    "INTERNAL_ERROR": 900,
    "DATABASE_AWAY": 901,
}


# sign-in has finer codes of its own, which stand in the error: here each is one of these
OF_STATUS: Final[Mapping[int, str]] = {
    401: "SIGN_IN_AGAIN",
    403: "NOT_ALLOWED",
    502: "SALESFORCE_LOGIN_LOST",
    503: "SALESFORCE_UNAVAILABLE",
}


def number_of(code: str, *, status: int = 500) -> str:
    """'ACC-101'. What is in no list is an accident of ours, or what the HTTP status of the whole call says."""
    known = code if code in NUMBERS else OF_STATUS.get(status, "INTERNAL_ERROR")
    return f"ACC-{NUMBERS[known]}"


def sentence(code: str, *parts: str | None, reference: str, status: int = 500) -> str:
    """The one form. `parts` are sentences: what is wrong, what to do. `status`: of a call that failed as a whole."""
    said = " ".join(f"{part.strip().rstrip('.')}." for part in parts if part and part.strip())
    return f"Accord: {said} [{number_of(code, status=status)}] ref {reference}"
