"""Each refusal of Salesforce has a recovery, a time to try again and advice; odd answers are never a success."""

import pytest

from accord.core.errors import AuthorizationLostError, RejectedError
from accord.core.ids import widen
from accord.core.outcomes import Done, Recovery, Refused
from accord.salesforce.error_table import TABLE, Retry
from accord.salesforce.errors import (
    ODD_ANSWER,
    Said,
    SalesforceUnavailableError,
    as_error,
    call_refused,
    no_answer,
    odd_answer,
    read_errors,
    refused,
    retry_for,
    upsert_refused,
)
from localorg.errors import Code

EXPECTED = {
    "INVALID_SESSION_ID": ("auth", "renewed"),
    "INVALID_LOGIN": ("auth", "never"),
    "INACTIVE_USER": ("auth", "never"),
    "API_DISABLED_FOR_ORG": ("auth", "never"),
    "API_CURRENTLY_DISABLED": ("auth", "never"),
    "FUNCTIONALITY_NOT_ENABLED": ("schema", "never"),
    "REQUEST_LIMIT_EXCEEDED": ("quota", "next_day"),
    "SERVER_UNAVAILABLE": ("transient", "soon"),
    "UNABLE_TO_LOCK_ROW": ("transient", "soon"),
    "ENTITY_IS_LOCKED": ("transient", "later"),
    "STORAGE_LIMIT_EXCEEDED": ("quota", "space"),
    "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE": ("quota", "maintenance"),
    "LIMIT_EXCEEDED": ("transient", "later"),
    "UNKNOWN_EXCEPTION": ("unknown", "few"),
    "QUERY_TIMEOUT": ("data", "never"),
    "INVALID_QUERY_LOCATOR": ("transient", "soon"),
    "JOB_NOT_COMPLETE": ("transient", "soon"),
    "ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE": ("data", "never"),
    "INVALID_FIELD": ("schema", "never"),
    "INVALID_TYPE": ("schema", "never"),
    "INVALID_FIELD_FOR_INSERT_UPDATE": ("schema", "never"),
    "NOT_FOUND": ("data", "never"),
    "UNSUPPORTED_API_VERSION": ("schema", "never"),
    "METHOD_NOT_ALLOWED": ("schema", "never"),
    "MISSING_ARGUMENT": ("schema", "never"),
    "MALFORMED_QUERY": ("schema", "never"),
    "MALFORMED_SEARCH": ("schema", "never"),
    "INSUFFICIENT_ACCESS_OR_READONLY": ("data", "never"),
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": ("data", "never"),
    "INSUFFICIENT_ACCESS": ("data", "never"),
    "REQUIRED_FIELD_MISSING": ("data", "never"),
    "STRING_TOO_LONG": ("data", "never"),
    "NUMBER_OUTSIDE_VALID_RANGE": ("data", "never"),
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST": ("data", "never"),
    "INVALID_TYPE_ON_FIELD_IN_RECORD": ("data", "never"),
    "INVALID_EMAIL_ADDRESS": ("data", "never"),
    "JSON_PARSER_ERROR": ("data", "never"),
    "MALFORMED_ID": ("data", "never"),
    "FIELD_INTEGRITY_EXCEPTION": ("data", "never"),
    "INVALID_CURRENCY_ISO": ("data", "never"),
    "INACTIVE_OWNER_OR_USER": ("data", "never"),
    "FIELD_CUSTOM_VALIDATION_EXCEPTION": ("data", "never"),
    "FIELD_FILTER_VALIDATION_EXCEPTION": ("data", "never"),
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY": ("data", "never"),
    "CANNOT_EXECUTE_FLOW_TRIGGER": ("data", "never"),
    "APEX_ERROR": ("data", "never"),
    "DUPLICATES_DETECTED": ("data", "never"),
    "DUPLICATE_VALUE": ("data", "never"),
    "DUPLICATE_EXTERNAL_ID": ("data", "never"),
    "ENTITY_IS_DELETED": ("data", "never"),
    "INVALID_CROSS_REFERENCE_KEY": ("data", "never"),
    "CANNOT_UPDATE_CONVERTED_LEAD": ("data", "never"),
    "DELETE_FAILED": ("data", "never"),
    "UNDELETE_FAILED": ("data", "never"),
    "INVALID_PERSON_ACCOUNT_OPERATION": ("data", "never"),
    "STANDARD_PRICE_NOT_DEFINED": ("data", "never"),
    "EXCEEDED_ID_LIMIT": ("data", "never"),
    "INVALID_REPLICATION_DATE": ("data", "never"),
    "PROCESSING_HALTED": ("transient", "soon"),
    "BATCH_PROCESSING_HALTED": ("transient", "soon"),
    "ALL_OR_NONE_OPERATION_ROLLED_BACK": ("transient", "soon"),
}


@pytest.mark.parametrize("code", sorted(set(TABLE) | set(EXPECTED)))
def test_each_code_has_its_recovery_and_its_advice(code):
    refusal = refused((Said(code, "said so", ("Amount",)),))

    assert (refusal.recovery.value, retry_for(refusal).value) == EXPECTED[code]
    assert (refusal.code, refusal.message, refusal.fields) == (code, "said so", ("Amount",))
    assert refusal.advice.endswith(".")
    assert len(refusal.advice.split()) >= 5
    assert code not in refusal.advice
    assert not refusal.in_doubt


def test_every_code_of_the_local_org_is_in_the_table():
    assert set(Code) - {Code.LOCALORG_NOT_BUILT} <= set(TABLE)


@pytest.mark.parametrize(
    ("said", "recovery", "retry"),
    [
        (Said("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), Recovery.QUOTA, Retry.NEXT_DAY),
        (
            Said("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded."),
            Recovery.TRANSIENT,
            Retry.SOON,
        ),
        (
            Said("NOT_FOUND", "Provided external ID field does not exist or is not accessible: Accord_Id__c"),
            Recovery.SCHEMA,
            Retry.NEVER,
        ),
        (
            Said(
                "INVALID_FIELD", "Foreign key external ID: 0116 not found for field Ext__c in entity blng__Invoice__c"
            ),
            Recovery.DATA,
            Retry.NEVER,
        ),
        (Said("SOMETHING_NEW", "words"), Recovery.UNKNOWN, Retry.FEW),
    ],
)
def test_a_code_of_several_meanings_is_told_by_its_text(said, recovery, retry):
    refusal = refused((said,))

    assert (refusal.recovery, retry_for(refusal)) == (recovery, retry)
    assert refusal.code == said.code


@pytest.mark.parametrize("code", ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER", "APEX_ERROR"])
@pytest.mark.parametrize(
    ("inner", "recovery", "retry"),
    [
        ("first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access", Recovery.TRANSIENT, Retry.SOON),
        ("first error: ENTITY_IS_LOCKED, the entity is locked for editing", Recovery.TRANSIENT, Retry.LATER),
        ("first error: STORAGE_LIMIT_EXCEEDED, storage limit exceeded", Recovery.QUOTA, Retry.SPACE),
        (
            "first error: INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE, Updates can't be made",
            Recovery.QUOTA,
            Retry.MAINTENANCE,
        ),
        ("System.LimitException: Too many SOQL queries: 101", Recovery.UNKNOWN, Retry.FEW),
        ("first error: REQUIRED_FIELD_MISSING, [Reason__c]", Recovery.DATA, Retry.NEVER),
        ("System.NullPointerException", Recovery.DATA, Retry.NEVER),
    ],
)
def test_w13_failed_automation_is_told_by_its_inner_text(code, inner, recovery, retry):
    refusal = refused((Said(code, f"AccordDeal: execution of AfterUpdate caused by: {inner}"),))

    assert (refusal.recovery, retry_for(refusal)) == (recovery, retry)


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        ("No such column 'Gone__c' on sobject of type Task", ("Gone__c",)),
        ("No such column 'Gone__c' on entity 'Task'. If you are attempting to use a custom field, ...", ("Gone__c",)),
        (
            "Unable to create/update fields: Amount, Closed__c. Please check the security settings of this field",
            ("Amount", "Closed__c"),
        ),
        ("Something else about 'Gone__c'", ()),
    ],
)
def test_d63_the_field_is_told_where_salesforce_names_it_in_words_alone(message, fields):
    (said,) = read_errors([{"errorCode": "INVALID_FIELD", "message": message}])

    assert said.fields == fields


def test_d63_a_field_can_be_left_out_where_the_refusal_is_about_its_value_or_the_right_to_it():
    """Not where another value depends on it: money on its currency, a Task on its deal; nor rules and duplicates."""
    assert {code for code, row in TABLE.items() if row.of_a_field} == {
        "INVALID_EMAIL_ADDRESS",
        "INVALID_FIELD",
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "INVALID_TYPE_ON_FIELD_IN_RECORD",
        "NUMBER_OUTSIDE_VALID_RANGE",
        "STRING_TOO_LONG",
    }


def test_of_several_errors_the_one_that_waiting_does_not_mend_decides():
    both = refused((Said("UNABLE_TO_LOCK_ROW", "busy"), Said("STRING_TOO_LONG", "long", ("Name",))))

    assert (both.recovery, both.code, both.fields) == (Recovery.DATA, "STRING_TOO_LONG", ("Name",))


KEY = "7b0e6a52-0d0f-5a60-9a6e-3f6d5c4b2a10"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (
            Said(
                "DUPLICATE_VALUE", "duplicate value found: Accord_Id__c duplicates value on record with id: <unknown>"
            ),
            Done(None, created=False),
        ),
        (
            Said(
                "DUPLICATE_VALUE",
                "duplicate value found: ACCORD_ID__C duplicates value on record with id: 00T000000000001",
            ),
            Done(widen("00T000000000001"), created=False),
        ),
        (
            Said(
                "DUPLICATE_VALUE",
                "duplicate value found: <unknown> duplicates value on record with id: <unknown>",
                ("Accord_Id__c",),
            ),
            Done(None, created=False),
        ),
    ],
)
def test_w1_a_duplicate_of_our_own_key_is_a_success(said, outcome):
    assert upsert_refused((said,), key_field="Accord_Id__c", key=KEY) == outcome


@pytest.mark.parametrize(
    "message",
    [
        "duplicate value found: Other__c duplicates value on record with id: 00T000000000001",
        "duplicate value found: XAccord_Id__c duplicates value on record with id: 00T000000000001",
        "duplicate value found: <unknown> duplicates value on record with id: <unknown>",
        f"Duplicate external id specified: {KEY}",
        "",
    ],
)
def test_w1_a_duplicate_of_anything_else_is_a_refusal(message):
    outcome = upsert_refused((Said("DUPLICATE_VALUE", message),), key_field="Accord_Id__c", key=KEY)

    assert isinstance(outcome, Refused)
    assert outcome.recovery is Recovery.DATA


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ([{"errorCode": "A", "message": "m", "fields": ["F"]}], ["A"]),
        ([{"statusCode": "A", "message": "m", "fields": []}, {"statusCode": "B"}], ["A", "B"]),
        ({"errorCode": "A", "message": "m"}, ["A"]),
        ([{"errorCode": "A", "message": None, "fields": None}], ["A"]),
        ([{"errorCode": 5}, "x", None, {}, []], []),
        ("<html>", []),
        (None, []),
        (7, []),
        ({"error": "invalid_grant"}, []),
    ],
)
def test_both_shapes_of_errors_are_read_and_no_other(body, codes):
    assert [said.code for said in read_errors(body)] == codes


def test_a_message_without_end_is_cut():
    assert len(read_errors([{"errorCode": "A", "message": "x" * 100_000}])[0].message) == 2000


@pytest.mark.parametrize(
    ("status", "body", "recovery", "in_doubt"),
    [
        (401, "", Recovery.AUTH, False),
        (302, "", Recovery.AUTH, False),
        (429, "", Recovery.TRANSIENT, False),
        (500, "<html>oops</html>", Recovery.TRANSIENT, True),
        (502, "", Recovery.TRANSIENT, True),
        (503, "<h1>Down</h1>", Recovery.TRANSIENT, True),
        (504, None, Recovery.TRANSIENT, True),
        (503, [{"errorCode": "SERVER_UNAVAILABLE", "message": "busy"}], Recovery.TRANSIENT, False),
        (500, [{"errorCode": "UNKNOWN_EXCEPTION", "message": "ErrorId: 1"}], Recovery.UNKNOWN, False),
        (400, "", Recovery.UNKNOWN, False),
        (414, "<h1>Bad Message 414</h1>", Recovery.UNKNOWN, False),
        (404, {"unexpected": []}, Recovery.UNKNOWN, False),
    ],
)
def test_a_failed_call_is_read_even_from_pages_of_proxies(status, body, recovery, in_doubt):
    refusal = call_refused(status, body)

    assert (refusal.recovery, refusal.in_doubt) == (recovery, in_doubt)
    assert "<h" not in refusal.message
    assert refusal.advice


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        (refused((Said("INVALID_SESSION_ID", "over"),)), AuthorizationLostError),
        (refused((Said("REQUEST_LIMIT_EXCEEDED", "TotalRequests"),)), SalesforceUnavailableError),
        (refused((Said("UNABLE_TO_LOCK_ROW", "busy"),)), SalesforceUnavailableError),
        (refused((Said("UNKNOWN_EXCEPTION", "ErrorId"),)), SalesforceUnavailableError),
        (no_answer(in_doubt=True), SalesforceUnavailableError),
        (odd_answer("html"), SalesforceUnavailableError),
        (refused((Said("INVALID_FIELD", "No such column"),)), RejectedError),
        (refused((Said("SOMETHING_NEW", "words"),)), RejectedError),
    ],
)
def test_a_failed_call_is_raised_by_its_recovery(refusal, kind):
    assert type(as_error(refusal)) is kind


def test_salesforces_own_words_stand_at_the_field():
    error = as_error(refused((Said("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Too low for EMEA.", ("Amount",)),)))

    assert error.code == "SALESFORCE_REFUSED"
    (problem,) = error.problems
    assert (problem.code, problem.field, problem.message) == (
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "Amount",
        "Too low for EMEA.",
    )


@pytest.mark.parametrize(
    ("refusal", "retry"),
    [
        (no_answer(in_doubt=True), Retry.SOON),
        (odd_answer("odd", in_doubt=True), Retry.SOON),
        (odd_answer("odd"), Retry.FEW),
        (refused(()), Retry.FEW),
    ],
)
def test_what_salesforce_did_not_say_is_tried_again(refusal, retry):
    assert retry_for(refusal) is retry


def test_a_refusal_without_a_reason_is_unknown():
    assert refused(()).code == ODD_ANSWER
