"""What each of Salesforce's error codes means for us: one row a code, a test per row.

Codes: SOAP API Developer Guide, "Core Data Types: StatusCode and ExceptionCode"; REST API Developer Guide, "Status
Codes and Error Responses". Advice is for an admin of the org, who has never read either.
"""

from dataclasses import dataclass
from enum import StrEnum

from accord.core.outcomes import Recovery


class Retry(StrEnum):
    """When the same request makes sense again."""

    NEVER = "never"  # not before a person has changed something
    RENEWED = "renewed"  # with a renewed login, once
    SOON = "soon"  # within seconds, with jitter
    FEW = "few"  # a try or two, then a person looks
    LATER = "later"  # in an hour: people or the platform have to finish something
    SPACE = "space"  # when the org's storage has room again: until then no record is made
    MAINTENANCE = "maintenance"  # when the org is not read-only any more
    NEXT_DAY = "next_day"  # when the limit of 24 hours has room again


@dataclass(frozen=True, slots=True)
class ErrorRow:
    code: str
    recovery: Recovery
    retry: Retry
    advice: str
    of_a_field: bool = False  # about the fields that it names alone: the others can be written without them


_T, _Q, _A = Recovery.TRANSIENT, Recovery.QUOTA, Recovery.AUTH
_D, _S, _U = Recovery.DATA, Recovery.SCHEMA, Recovery.UNKNOWN
_NEVER, _RENEWED, _SOON = Retry.NEVER, Retry.RENEWED, Retry.SOON
_FEW, _LATER, _NEXT_DAY = Retry.FEW, Retry.LATER, Retry.NEXT_DAY

_ROWS = (
    # the login
    ErrorRow("INVALID_SESSION_ID", _A, _RENEWED, "The Salesforce login has ended. Connect again."),
    ErrorRow("INVALID_LOGIN", _A, _NEVER, "Salesforce refused the login. Connect again."),
    ErrorRow("INACTIVE_USER", _A, _NEVER, "The Salesforce user is inactive. Activate the user or connect another one."),
    ErrorRow(
        "API_DISABLED_FOR_ORG",
        _A,
        _NEVER,
        "This user or this edition may not use the API. Give the user the permission 'API Enabled'.",
    ),
    ErrorRow(
        "API_CURRENTLY_DISABLED",
        _A,
        _NEVER,
        "The API is switched off for this user or org. Give the user 'API Enabled', or ask Salesforce.",
    ),
    ErrorRow(
        "FUNCTIONALITY_NOT_ENABLED",
        _S,
        _NEVER,
        "The org does not have this feature, or the user no licence for it. Enable it in Setup.",
    ),
    # limits, locks, outages
    ErrorRow(
        "REQUEST_LIMIT_EXCEEDED",
        _Q,
        _NEXT_DAY,
        "The org has used up its API calls of the last 24 hours. Accord goes on as soon as there is room;"
        " see Setup > Company Information for who uses them.",
    ),
    ErrorRow(
        "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
        _Q,
        Retry.MAINTENANCE,
        "The org is read-only while Salesforce moves or upgrades it. Accord goes on when that is over; see"
        " status.salesforce.com.",
    ),
    ErrorRow(
        "SERVER_UNAVAILABLE",
        _T,
        _SOON,
        "Salesforce is busy or in maintenance. Accord tries again by itself; see status.salesforce.com.",
    ),
    ErrorRow(
        "UNABLE_TO_LOCK_ROW",
        _T,
        _SOON,
        "Somebody else was changing the same record. Accord tries again by itself.",
    ),
    ErrorRow(
        "ENTITY_IS_LOCKED",
        _T,
        _LATER,
        "The record is locked, most often by an approval. Accord tries again when it was changed, and every"
        " hour; it goes through when the approval ends or somebody unlocks the record.",
    ),
    ErrorRow(
        "STORAGE_LIMIT_EXCEEDED",
        _Q,
        Retry.SPACE,
        "The org's data storage is full, so no record can be made. Delete what is not needed or buy storage;"
        " changes of existing records still go through.",
    ),
    ErrorRow("LIMIT_EXCEEDED", _T, _LATER, "A limit of the org is reached. Accord tries again every hour."),
    ErrorRow(
        "UNKNOWN_EXCEPTION",
        _U,
        _FEW,
        "Salesforce had an error of its own. If it stays, give the ErrorId of the message to Salesforce support.",
    ),
    ErrorRow("QUERY_TIMEOUT", _D, _NEVER, "The query took Salesforce too long. Narrow its filter."),
    ErrorRow("JOB_NOT_COMPLETE", _T, _SOON, "The job in Salesforce has not ended yet. Accord asks again by itself."),
    ErrorRow("INVALID_QUERY_LOCATOR", _T, _SOON, "The query was too long ago to go on. Accord begins it again."),
    ErrorRow(
        "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE",
        _D,
        _NEVER,
        "Somebody changed the record in the meantime. Look at it and save again.",
    ),
    # fields, objects, rights: an admin mends the org or the mapping
    ErrorRow(
        "INVALID_FIELD",
        _S,
        _NEVER,
        "A field does not exist in the org or this login may not see it. Give it the permission set of Accord,"
        " or take the field out of the mapping.",
        of_a_field=True,
    ),
    ErrorRow(
        "INVALID_TYPE",
        _S,
        _NEVER,
        "An object does not exist in the org or this login may not see it. Give it the permission set of Accord.",
    ),
    ErrorRow(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        _S,
        _NEVER,
        "A field is read-only for this login. Give it edit access by a permission set, or take the field out of the"
        " mapping.",
        of_a_field=True,
    ),
    ErrorRow(
        "NOT_FOUND",
        _D,
        _NEVER,
        "The record does not exist any more, or this login may not see it. Restore it or share it.",
    ),
    ErrorRow("UNSUPPORTED_API_VERSION", _S, _NEVER, "The org does not have this version of the API. Update Accord."),
    ErrorRow("METHOD_NOT_ALLOWED", _S, _NEVER, "Salesforce does not allow this for the object. Tell support."),
    ErrorRow("MISSING_ARGUMENT", _S, _NEVER, "The request lacks a value that Salesforce wants. Tell support."),
    ErrorRow("MALFORMED_QUERY", _S, _NEVER, "Salesforce cannot read the query. Correct it."),
    ErrorRow("MALFORMED_SEARCH", _S, _NEVER, "Salesforce cannot read the search. Correct it."),
    # rights on one record
    ErrorRow(
        "INSUFFICIENT_ACCESS_OR_READONLY",
        _D,
        _NEVER,
        "This login may not edit the record. Share it with edit access, or let its owner make the change.",
    ),
    ErrorRow(
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        _D,
        _NEVER,
        "This login may not use a record that is named here (the deal, the contact or the owner). Share it.",
    ),
    ErrorRow("INSUFFICIENT_ACCESS", _D, _NEVER, "This login lacks a right for this. Give it by a permission set."),
    # values
    ErrorRow("REQUIRED_FIELD_MISSING", _D, _NEVER, "A required field is empty. Fill it in, or map a value to it."),
    ErrorRow("STRING_TOO_LONG", _D, _NEVER, "A text is longer than its field allows. Shorten it.", of_a_field=True),
    ErrorRow(
        "NUMBER_OUTSIDE_VALID_RANGE",
        _D,
        _NEVER,
        "A number has more digits than its field allows.",
        of_a_field=True,
    ),
    ErrorRow(
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        _D,
        _NEVER,
        "The picklist does not offer this value. Add it to the picklist (and the record type), or map another one.",
        of_a_field=True,
    ),
    ErrorRow(
        "INVALID_TYPE_ON_FIELD_IN_RECORD",
        _D,
        _NEVER,
        "A value does not fit the type of its field. Correct the mapping.",
        of_a_field=True,
    ),
    ErrorRow("INVALID_EMAIL_ADDRESS", _D, _NEVER, "An e-mail address is not valid. Correct it.", of_a_field=True),
    ErrorRow("JSON_PARSER_ERROR", _D, _NEVER, "Salesforce cannot read a value. Correct it, or tell support."),
    ErrorRow("MALFORMED_ID", _D, _NEVER, "An id does not name a record of the right kind. Correct it."),
    ErrorRow(
        "FIELD_INTEGRITY_EXCEPTION",
        _D,
        _NEVER,
        "Values do not fit each other, or an address names a state or country that the org's lists do not have.",
    ),
    ErrorRow(
        "INVALID_CURRENCY_ISO",
        _D,
        _NEVER,
        "The currency is not active in the org. Activate it, or use the record's own.",
    ),
    ErrorRow(
        "INACTIVE_OWNER_OR_USER",
        _D,
        _NEVER,
        "The owner is an inactive user. Choose an active one, or activate the user.",
    ),
    # rules and automation of the org
    ErrorRow("FIELD_CUSTOM_VALIDATION_EXCEPTION", _D, _NEVER, "A validation rule of the org refused the change."),
    ErrorRow("FIELD_FILTER_VALIDATION_EXCEPTION", _D, _NEVER, "A lookup filter of the org refused the value."),
    ErrorRow(
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        _D,
        _NEVER,
        "Automation of the org (an Apex trigger) failed. Show the message to whoever looks after it.",
    ),
    ErrorRow(
        "CANNOT_EXECUTE_FLOW_TRIGGER",
        _D,
        _NEVER,
        "A flow of the org failed. Show the message to whoever looks after it.",
    ),
    ErrorRow("APEX_ERROR", _D, _NEVER, "Apex code of the org failed. Show the message to whoever looks after it."),
    # duplicates
    ErrorRow(
        "DUPLICATES_DETECTED",
        _D,
        _NEVER,
        "A duplicate rule found a record like this one. Use the existing record, or save anyway.",
    ),
    ErrorRow("DUPLICATE_VALUE", _D, _NEVER, "Another record already has this value in a unique field."),
    ErrorRow(
        "DUPLICATE_EXTERNAL_ID",
        _D,
        _NEVER,
        "Several records carry the same external id. Keep one and empty the field of the others.",
    ),
    # records that are gone
    ErrorRow("ENTITY_IS_DELETED", _D, _NEVER, "The record is in the recycle bin. Restore it, or connect another one."),
    ErrorRow(
        "INVALID_CROSS_REFERENCE_KEY",
        _D,
        _NEVER,
        "A record that is named here does not exist, or this login may not see it.",
    ),
    ErrorRow(
        "CANNOT_UPDATE_CONVERTED_LEAD",
        _D,
        _NEVER,
        "The lead was converted. Write to the contact, account or deal that it became.",
    ),
    ErrorRow("DELETE_FAILED", _D, _NEVER, "Other records hold this one. Remove or move them, then delete it again."),
    ErrorRow("UNDELETE_FAILED", _D, _NEVER, "The record is not in the recycle bin, so it cannot be brought back."),
    ErrorRow(
        "INVALID_PERSON_ACCOUNT_OPERATION",
        _D,
        _NEVER,
        "The contact belongs to a person account. Write to the account instead.",
    ),
    ErrorRow("STANDARD_PRICE_NOT_DEFINED", _D, _NEVER, "Give the product a standard price first."),
    # reading in steps
    ErrorRow("EXCEEDED_ID_LIMIT", _D, _NEVER, "Too many records changed in this time. Read shorter spans."),
    ErrorRow("INVALID_REPLICATION_DATE", _D, _NEVER, "The span of time is too long ago or ends before it begins."),
    # a neighbour's fault: this record is tried by itself
    ErrorRow("PROCESSING_HALTED", _T, _SOON, "Another part of the same change was refused, so this one was undone."),
    ErrorRow("BATCH_PROCESSING_HALTED", _T, _SOON, "An earlier part of the batch was refused; this one was not done."),
    ErrorRow("ALL_OR_NONE_OPERATION_ROLLED_BACK", _T, _SOON, "Another record was refused, so this one was undone."),
)

TABLE = {row.code: row for row in _ROWS}

CONCURRENT = ErrorRow(
    "REQUEST_LIMIT_EXCEEDED",
    _T,
    _SOON,
    "Too many long requests run in the org at this moment. Accord tries again in seconds.",
)
NO_KEY_FIELD = ErrorRow(
    "NOT_FOUND",
    _S,
    _NEVER,
    "The field that holds Accord's key is missing in the org, or this login may not see it. Install the package and"
    " assign its permission set.",
)
NO_FOREIGN_RECORD = ErrorRow(
    "INVALID_FIELD", _D, _NEVER, "A record that is named by its external id does not exist in the org."
)
AUTOMATION_LIMIT = ErrorRow(
    "APEX_ERROR",
    _U,
    _FEW,
    "Automation of the org ran into a governor limit. Show the message to whoever looks after it.",
)
UNLISTED = ErrorRow("UNKNOWN", _U, _FEW, "Salesforce answered with something that Accord does not know. Tell support.")
