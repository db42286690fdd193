"""The platform's refusals: codes, texts and HTTP statuses. Each code and its proof stand in ledger.toml."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """Every error code that this org answers."""

    ALL_OR_NONE_OPERATION_ROLLED_BACK = "ALL_OR_NONE_OPERATION_ROLLED_BACK"
    API_DISABLED_FOR_ORG = "API_DISABLED_FOR_ORG"
    BATCH_PROCESSING_HALTED = "BATCH_PROCESSING_HALTED"
    CANNOT_EXECUTE_FLOW_TRIGGER = "CANNOT_EXECUTE_FLOW_TRIGGER"
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
    CANNOT_UPDATE_CONVERTED_LEAD = "CANNOT_UPDATE_CONVERTED_LEAD"
    DELETE_FAILED = "DELETE_FAILED"
    DUPLICATES_DETECTED = "DUPLICATES_DETECTED"
    DUPLICATE_EXTERNAL_ID = "DUPLICATE_EXTERNAL_ID"
    DUPLICATE_VALUE = "DUPLICATE_VALUE"
    ENTITY_IS_DELETED = "ENTITY_IS_DELETED"
    ENTITY_IS_LOCKED = "ENTITY_IS_LOCKED"
    EXCEEDED_ID_LIMIT = "EXCEEDED_ID_LIMIT"
    FIELD_CUSTOM_VALIDATION_EXCEPTION = "FIELD_CUSTOM_VALIDATION_EXCEPTION"
    FIELD_INTEGRITY_EXCEPTION = "FIELD_INTEGRITY_EXCEPTION"
    INACTIVE_OWNER_OR_USER = "INACTIVE_OWNER_OR_USER"
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY = "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"
    INSUFFICIENT_ACCESS_OR_READONLY = "INSUFFICIENT_ACCESS_OR_READONLY"
    INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE = "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE"
    INVALID_CROSS_REFERENCE_KEY = "INVALID_CROSS_REFERENCE_KEY"
    INVALID_CURRENCY_ISO = "INVALID_CURRENCY_ISO"
    INVALID_EMAIL_ADDRESS = "INVALID_EMAIL_ADDRESS"
    INVALID_FIELD = "INVALID_FIELD"
    INVALID_FIELD_FOR_INSERT_UPDATE = "INVALID_FIELD_FOR_INSERT_UPDATE"
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST = "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    INVALID_PERSON_ACCOUNT_OPERATION = "INVALID_PERSON_ACCOUNT_OPERATION"
    INVALID_QUERY_LOCATOR = "INVALID_QUERY_LOCATOR"
    INVALID_REPLICATION_DATE = "INVALID_REPLICATION_DATE"
    INVALID_SESSION_ID = "INVALID_SESSION_ID"
    INVALID_TYPE = "INVALID_TYPE"
    INVALID_TYPE_ON_FIELD_IN_RECORD = "INVALID_TYPE_ON_FIELD_IN_RECORD"
    JSON_PARSER_ERROR = "JSON_PARSER_ERROR"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    LOCALORG_NOT_BUILT = "LOCALORG_NOT_BUILT"
    MALFORMED_ID = "MALFORMED_ID"
    MALFORMED_QUERY = "MALFORMED_QUERY"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    MISSING_ARGUMENT = "MISSING_ARGUMENT"
    NOT_FOUND = "NOT_FOUND"
    NUMBER_OUTSIDE_VALID_RANGE = "NUMBER_OUTSIDE_VALID_RANGE"
    PROCESSING_HALTED = "PROCESSING_HALTED"
    REQUEST_LIMIT_EXCEEDED = "REQUEST_LIMIT_EXCEEDED"
    REQUIRED_FIELD_MISSING = "REQUIRED_FIELD_MISSING"
    STANDARD_PRICE_NOT_DEFINED = "STANDARD_PRICE_NOT_DEFINED"
    STORAGE_LIMIT_EXCEEDED = "STORAGE_LIMIT_EXCEEDED"
    STRING_TOO_LONG = "STRING_TOO_LONG"
    UNABLE_TO_LOCK_ROW = "UNABLE_TO_LOCK_ROW"
    UNDELETE_FAILED = "UNDELETE_FAILED"


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal. `fields` None means that the answer has no such key at all (queries, unknown resources).

    `parser_text` is what the JSON parser says of the same fault when the record came alone. `extra` are further keys
    of the answer.
    """

    code: str
    message: str
    fields: tuple[str, ...] | None = ()
    parser_text: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_row_error(self) -> dict[str, Any]:
        """The keys of single rows, queries and most other resources."""
        body: dict[str, Any] = {**self.extra, "message": self.message, "errorCode": str(self.code)}
        return body if self.fields is None else {**body, "fields": list(self.fields)}

    def as_save_error(self) -> dict[str, Any]:
        """The keys of collections: statusCode, not errorCode."""
        fields = list(self.fields or ())
        return {**self.extra, "statusCode": str(self.code), "message": self.message, "fields": fields}


class RefusedError(Exception):
    """A request, or one record of it, was refused; nothing of it is written."""

    def __init__(self, *problems: Problem, status: int = 400) -> None:
        super().__init__("; ".join(f"{problem.code}: {problem.message}" for problem in problems))
        self.problems = problems
        self.status = status


class SeveralRecordsError(Exception):
    """An external id that several records carry: HTTP 300 with their addresses."""

    def __init__(self, *, sobject: str, field: str, ids: Sequence[str]) -> None:
        super().__init__(f"{len(ids)} records")
        self.sobject = sobject
        self.ids = tuple(ids)
        self.problem = Problem(
            Code.DUPLICATE_EXTERNAL_ID,
            f"{field}: more than one record found for external id field: [{', '.join(i[:15] for i in ids)}]",
        )


def not_built(what: str) -> RefusedError:
    """Valid on the platform, absent here: never disguised as an answer of the platform."""
    return RefusedError(Problem(Code.LOCALORG_NOT_BUILT, f"The local org does not have {what} yet.", None), status=501)


def not_found() -> RefusedError:
    return RefusedError(Problem(Code.NOT_FOUND, "The requested resource does not exist", None), status=404)


def unknown_key_field(name: str) -> RefusedError:
    text = f"Provided external ID field does not exist or is not accessible: {name}"
    return RefusedError(Problem(Code.NOT_FOUND, text, None), status=404)


def method_not_allowed(method: str, allowed: Iterable[str]) -> RefusedError:
    text = f"HTTP Method '{method}' not allowed. Allowed are {','.join(sorted(allowed))}"
    return RefusedError(Problem(Code.METHOD_NOT_ALLOWED, text, None), status=405)


def invalid_session() -> RefusedError:
    return RefusedError(Problem(Code.INVALID_SESSION_ID, "Session expired or invalid", None), status=401)


def api_disabled() -> RefusedError:
    text = "The REST API is not enabled for this Organization."
    return RefusedError(Problem(Code.API_DISABLED_FOR_ORG, text, None), status=403)


def request_limit() -> RefusedError:
    text = "TotalRequests Limit exceeded."
    return RefusedError(Problem(Code.REQUEST_LIMIT_EXCEEDED, text, None), status=403)


def entity_is_deleted() -> RefusedError:
    return RefusedError(Problem(Code.ENTITY_IS_DELETED, "entity is deleted"), status=404)


def no_access() -> RefusedError:
    text = "insufficient access rights on object id"
    return RefusedError(Problem(Code.INSUFFICIENT_ACCESS_OR_READONLY, text))


def locked() -> RefusedError:
    text = "This record is locked. If you need to edit it, contact your admin."
    return RefusedError(Problem(Code.ENTITY_IS_LOCKED, text))


def json_error(text: str) -> RefusedError:
    return RefusedError(Problem(Code.JSON_PARSER_ERROR, text, None))


def unknown_column(name: str, sobject: str) -> Problem:
    return Problem(Code.INVALID_FIELD, f"No such column '{name}' on sobject of type {sobject}", None)


def not_writable(names: Sequence[str]) -> Problem:
    text = (
        f"Unable to create/update fields: {', '.join(names)}. Please check the security settings of this field and "
        "verify that it is read/write for your profile or permission set."
    )
    return Problem(Code.INVALID_FIELD_FOR_INSERT_UPDATE, text, tuple(names))


def locked_row(ids: Sequence[str]) -> Problem:
    """`ids` are the records that somebody else holds; the platform names none when it knows none."""
    named = f" or {len(ids)} records: {','.join(ids)}" if ids else ""
    return Problem(Code.UNABLE_TO_LOCK_ROW, f"unable to obtain exclusive access to this record{named}")


def in_maintenance() -> Problem:
    apostrophe = "\N{RIGHT SINGLE QUOTATION MARK}"
    text = f"Updates can{apostrophe}t be made during maintenance. Try again when maintenance is complete."
    return Problem(Code.INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE, text)


def storage_full() -> Problem:
    return Problem(Code.STORAGE_LIMIT_EXCEEDED, "storage limit exceeded")


def required_missing(names: Sequence[str]) -> Problem:
    return Problem(Code.REQUIRED_FIELD_MISSING, f"Required fields are missing: [{', '.join(names)}]", tuple(names))


def too_long(label: str, name: str, value: str, limit: int) -> Problem:
    return Problem(Code.STRING_TOO_LONG, f"{label}: data value too large: {value} (max length={limit})", (name,))


def bad_picklist_value(label: str, name: str, value: str) -> Problem:
    text = f"{label}: bad value for restricted picklist field: {value}"
    return Problem(Code.INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, text, (name,))


def date_out_of_range(label: str, name: str, day: date) -> Problem:
    text = f"{label}: invalid date: {day:%a %b %d} 00:00:00 GMT {day.year}"
    return Problem(Code.FIELD_INTEGRITY_EXCEPTION, text, (name,))


def bad_currency(label: str, name: str, value: str) -> Problem:
    """A currency that the org has not, or has no longer in use."""
    return Problem(Code.INVALID_CURRENCY_ISO, f"{label}: invalid or inactive currency: {value}", (name,))


def out_of_range(label: str, name: str, value: object) -> Problem:
    text = f"{label}: value outside of valid range on numeric field: {value}"
    return Problem(Code.NUMBER_OUTSIDE_VALID_RANGE, text, (name,))


def wrong_type(name: str, kind: str, value: object) -> Problem:
    text = f"{name}: value not of required type: {value}"
    tokens = {bool: f"VALUE_{str(value).upper()}", str: "VALUE_STRING", dict: "START_OBJECT", list: "START_ARRAY"}
    token = tokens.get(type(value), "VALUE_NUMBER")
    parser_text = (
        f"Cannot deserialize instance of {kind} from {token} value {value} or request may be missing a required field "
        "at [line:1, column:2]"
    )
    return Problem(Code.INVALID_TYPE_ON_FIELD_IN_RECORD, text, (name,), parser_text)


def wrong_id(label: str, name: str, value: object) -> Problem:
    return Problem(Code.MALFORMED_ID, f"{label}: id value of incorrect type: {value}", (name,))


def wrong_object(label: str, name: str, value: object) -> Problem:
    """An id that is one, of a record that the lookup does not take."""
    return Problem(Code.FIELD_INTEGRITY_EXCEPTION, f"{label}: id value of incorrect type: {value}", (name,))


def unknown_reference(name: str) -> Problem:
    return Problem(Code.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id", (name,))


def duplicate_value(name: str, holder: str) -> Problem:
    """`holder` is the record that has the value, or `<unknown>` when the writer may not see that record."""
    text = f"duplicate value found: {name} duplicates value on record with id: {holder}"
    return Problem(Code.DUPLICATE_VALUE, text)


def same_key_twice(value: object) -> Problem:
    return Problem(Code.DUPLICATE_VALUE, f"Duplicate external id specified: {value}")


def rolled_back() -> Problem:
    text = "Record rolled back because not all records were valid and the request was using AllOrNone header"
    return Problem(Code.ALL_OR_NONE_OPERATION_ROLLED_BACK, text)


def halted() -> Problem:
    text = "The transaction was rolled back since another operation in the same transaction failed."
    return Problem(Code.PROCESSING_HALTED, text, None)
