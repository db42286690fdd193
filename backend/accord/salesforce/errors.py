"""Reads Salesforce's refusals, whatever shape they come in, and says what to do about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from accord.core.errors import AccordError, AuthorizationLostError, Problem, RejectedError, TransientError
from accord.core.ids import RecordId, widen
from accord.core.outcomes import Done, Outcome, Recovery, Refused
from accord.salesforce import error_table
from accord.salesforce.error_table import TABLE, ErrorRow, Retry

UNAVAILABLE = "SALESFORCE_UNAVAILABLE"
NO_ANSWER = "NO_ANSWER"
ODD_ANSWER = "ODD_ANSWER"
_AUTOMATION = {"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER", "APEX_ERROR"}
_CODE = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b", re.ASCII)
# where Salesforce names the field in words alone
_NAMED = (
    re.compile(r"No such column '([A-Za-z0-9_]+)' on (?:sobject of type|entity)", re.ASCII),
    re.compile(r"Unable to create/update fields: ([A-Za-z0-9_]+(?:, [A-Za-z0-9_]+)*)\.", re.ASCII),
)
_DUPLICATE = re.compile(r"duplicate value found: (\S+) duplicates value on record with id: (\S+)", re.IGNORECASE)
_LONGEST_MESSAGE = 2000
_QUOTA_SECONDS = 900  # a limit of 24 hours has no room again at once
_IN_DOUBT_ADVICE = (
    "Salesforce did not answer in time; the change may have been made. Accord looks before it tries again."
)


class SalesforceUnavailableError(TransientError):
    """No usable answer. `in_doubt`: the request may have been carried out all the same."""

    code = UNAVAILABLE

    def __init__(self, message: str, *, in_doubt: bool, retry_after: float | None = None) -> None:
        super().__init__(message, retry_after=retry_after)
        self.in_doubt = in_doubt


@dataclass(frozen=True, slots=True)
class Said:
    """One error as Salesforce said it."""

    code: str
    message: str
    fields: tuple[str, ...] = ()


def read_errors(body: Any) -> tuple[Said, ...]:
    """The errors of an answer: a list or one object, with `errorCode` or `statusCode`. Other shapes give nothing.

    Salesforce: single rows and queries say errorCode, collections and platform events statusCode (recorded answers);
    a refused action has a list of them inside its result.
    """
    items = body if isinstance(body, list) else [body]
    if items and all(isinstance(item, dict) and isinstance(item.get("actionName"), str) for item in items):
        items = [error for item in items for error in item.get("errors") or ()]
    found = (_read_error(item) for item in items if isinstance(item, dict))
    return tuple(said for said in found if said is not None)


def _read_error(item: dict[str, Any]) -> Said | None:
    code = item.get("errorCode") or item.get("statusCode")
    if not isinstance(code, str):
        return None
    message, fields = item.get("message"), item.get("fields")
    text = message.strip()[:_LONGEST_MESSAGE] if isinstance(message, str) else ""
    listed = tuple(str(name) for name in fields) if isinstance(fields, list) else ()
    return Said(code=code, message=text, fields=listed or _named_in(text))


def _named_in(text: str) -> tuple[str, ...]:
    """The fields that a message names when the answer lists none."""
    found = next((match for pattern in _NAMED if (match := pattern.search(text))), None)
    return tuple(found[1].split(", ")) if found else ()


def row_for(said: Said) -> ErrorRow:
    """The row of the table, or of the few codes that mean several things: then the text decides."""
    text = said.message.lower()
    if said.code == "REQUEST_LIMIT_EXCEEDED" and "concurrent" in text:
        return error_table.CONCURRENT
    if said.code == "NOT_FOUND" and "external id field does not exist" in text:
        return error_table.NO_KEY_FIELD
    if said.code == "INVALID_FIELD" and text.startswith("foreign key external id"):
        return error_table.NO_FOREIGN_RECORD
    if said.code in _AUTOMATION:
        return _automation_row(said)
    return TABLE.get(said.code, error_table.UNLISTED)


def _automation_row(said: Said) -> ErrorRow:
    """Triggers and flows wrap what went wrong inside them: a lock or a limit in there passes by itself (W13)."""
    inner = [TABLE[code] for code in _CODE.findall(said.message) if code in TABLE and code not in _AUTOMATION]
    if inner and inner[0].recovery in {Recovery.TRANSIENT, Recovery.QUOTA}:
        return replace(inner[0], advice=f"Automation of the org failed for this reason: {inner[0].advice}")
    if "System.LimitException" in said.message:
        return error_table.AUTOMATION_LIMIT
    return TABLE[said.code]


def refused(errors: Sequence[Said]) -> Refused:
    """One refusal for the errors of one record. The one that lasts longest decides: waiting alone would not help."""
    if not errors:
        return odd_answer("Salesforce refused without saying why.")
    order = (Recovery.AUTH, Recovery.QUOTA, Recovery.SCHEMA, Recovery.DATA, Recovery.UNKNOWN, Recovery.TRANSIENT)
    decisive = min(errors, key=lambda said: order.index(row_for(said).recovery))
    row = row_for(decisive)
    return Refused(
        recovery=row.recovery,
        code=decisive.code,
        message=decisive.message,
        advice=row.advice,
        fields=tuple(dict.fromkeys(name for said in errors for name in said.fields)),
    )


def retry_for(refusal: Refused) -> Retry:
    """When the refused request makes sense again."""
    if refusal.code in {NO_ANSWER, ODD_ANSWER}:
        return Retry.SOON if refusal.recovery is Recovery.TRANSIENT else Retry.FEW
    return row_for(Said(refusal.code, refusal.message)).retry


def is_of_a_field(refusal: Refused) -> bool:
    """Whether the fields that it names were refused, and the others can be written without them (D63)."""
    return row_for(Said(refusal.code, refusal.message)).of_a_field


def odd_answer(message: str, *, in_doubt: bool = False) -> Refused:
    """An answer that is none of the shapes that Salesforce documents."""
    advice = _IN_DOUBT_ADVICE if in_doubt else error_table.UNLISTED.advice
    recovery = Recovery.TRANSIENT if in_doubt else Recovery.UNKNOWN
    return Refused(recovery=recovery, code=ODD_ANSWER, message=message, advice=advice, in_doubt=in_doubt)


def no_answer(*, in_doubt: bool) -> Refused:
    advice = _IN_DOUBT_ADVICE if in_doubt else "Salesforce could not be reached. Accord tries again by itself."
    return Refused(
        recovery=Recovery.TRANSIENT,
        code=NO_ANSWER,
        message="Salesforce did not answer.",
        advice=advice,
        in_doubt=in_doubt,
    )


def call_refused(status: int, body: Any) -> Refused:
    """The refusal of a whole call. A 5xx without words of Salesforce (HTML, empty) leaves in doubt what was done."""
    errors = read_errors(body)
    if errors:
        return refused(errors)
    if status == 401:
        return refused((Said("INVALID_SESSION_ID", "Salesforce answered 401."),))
    if status == 429:
        return refused((Said("SERVER_UNAVAILABLE", "Salesforce answered 429."),))
    if status >= 500:
        return odd_answer(f"Salesforce answered {status} without a reason.", in_doubt=True)
    if 300 <= status < 400:
        return Refused(
            recovery=Recovery.AUTH,
            code="MOVED",
            message=f"Salesforce sends us to another address ({status}).",
            advice="The org's address has changed. Connect again.",
        )
    return odd_answer(f"Salesforce answered {status} without a reason.")


def as_error(refusal: Refused) -> AccordError:
    """What to raise when a call failed as a whole."""
    if refusal.code in {ODD_ANSWER, "UNKNOWN_EXCEPTION"}:
        return SalesforceUnavailableError(refusal.advice, in_doubt=refusal.in_doubt)
    match refusal.recovery:
        case Recovery.AUTH:
            said = Problem(code=refusal.code, message=refusal.message or refusal.advice)
            return AuthorizationLostError(refusal.advice, problems=(said,))
        case Recovery.TRANSIENT:
            return SalesforceUnavailableError(refusal.advice, in_doubt=refusal.in_doubt)
        case Recovery.QUOTA:
            return SalesforceUnavailableError(refusal.advice, in_doubt=refusal.in_doubt, retry_after=_QUOTA_SECONDS)
        case Recovery.DATA | Recovery.SCHEMA | Recovery.UNKNOWN:
            problems = [
                Problem(code=refusal.code, message=refusal.message or refusal.advice, field=name)
                for name in refusal.fields or (None,)
            ]
            return RejectedError(refusal.advice, code="SALESFORCE_REFUSED", problems=tuple(problems))


def upsert_refused(errors: Sequence[Said], *, key_field: str, key: str) -> Outcome:
    """The outcome of a refused upsert. A record that already has our key is what we wanted.

    Salesforce: a user who may not see the record that holds the key gets DUPLICATE_VALUE instead of an update, with the
    id or with <unknown> (W1). "Duplicate external id specified" is another thing: the same key twice in one call.
    """
    if len(errors) == 1 and errors[0].code == "DUPLICATE_VALUE":
        found = _DUPLICATE.search(errors[0].message)
        if found and (_same_field(found[1], key_field) or key_field in errors[0].fields or key in errors[0].message):
            return Done(_record_id(found[2]), created=False)
    return refused(errors)


def _same_field(said: str, field: str) -> bool:
    return said.strip("'\"").lower() == field.lower()


def _record_id(text: str) -> RecordId | None:
    try:
        return RecordId(widen(text.strip("'\".,")))
    except ValueError:
        return None
