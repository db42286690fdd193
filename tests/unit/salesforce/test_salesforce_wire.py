"""Bodies with exact numbers, paths from checked parts."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import widen
from accord.salesforce.client import check_path
from accord.salesforce.model import AccessToken
from accord.salesforce.soql import eq, select
from accord.salesforce.wire import encode, query_path, record_path

NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - refused
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON_VALUES)
def test_a_body_is_read_back_as_it_was(value):
    assert json.loads(encode(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_goes_out_digit_by_digit(number):
    found = json.loads(encode({"Amount": number}), parse_float=Decimal, parse_int=Decimal)["Amount"]

    assert found == number


def test_money_is_not_bent_by_a_float():
    assert encode({"Amount": Decimal("123456789012345.67")}) == b'{"Amount":123456789012345.67}'


def test_dates_words_and_lists_have_their_json():
    class Word(StrEnum):
        ONE = "one"

    body = {"a": date(2026, 12, 31), "b": datetime(2026, 12, 31, 9, 30, tzinfo=UTC), "c": (Word.ONE, None)}

    assert json.loads(encode(body)) == {"a": "2026-12-31", "b": "2026-12-31T09:30:00.000+0000", "c": ["one", None]}


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        Decimal("NaN"),
        Decimal("-Infinity"),
        NAIVE,
        b"x",
        object(),
        AccessToken("secret"),
    ],
)
def test_what_has_no_exact_json_is_refused(value):
    with pytest.raises(ValueError) as caught:
        encode({"field": [value]})

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "record_id",
    [
        "",
        "https://evil.example/x",
        "//evil.example/x",
        "../Contact/003000000000001",
        "006000000000001AAB",
        "006 00000000001",
        "006000000000001?x",
    ],
)
def test_a_record_id_that_is_none_makes_no_path(record_id):
    with pytest.raises(ValueError):
        record_path("Opportunity", record_id)


def test_a_record_id_is_widened():
    assert record_path("Opportunity", "006000000000001") == f"sobjects/Opportunity/{widen('006000000000001')}"


def test_a_reference_to_another_part_stays_one_only_where_it_is_asked_for():
    query = select("Id").from_("Account").where(eq("Id", "@{deal.records[0].AccountId}"))

    assert "@{deal.records[0].AccountId}" in query_path(query, with_references=True)
    assert "@{" not in query_path(query)


def test_a_query_is_one_part_of_the_path():
    path = query_path(select("Id").from_("Account").where(eq("Name", "A&B #1/?+%")))

    check_path(path)
    assert path == "query?q=SELECT%20Id%20FROM%20Account%20WHERE%20Name%20%3D%20%27A%26B%20%231%2F%3F%2B%25%27"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/sobjects",
        "//evil.example",
        "https://evil.example",
        "a:b",
        "sobjects/../limits",
        "sobjects/%2e%2e/x",
        "sobjects/.%2E/x",
        *["a//b", "a/", "a b", "a#b", "query?q=a#b", "query?q=a b", "a\\b", "a\nb", "@evil.example/", "query?q=\u00e5"],
    ],
)
def test_a_path_that_could_lead_elsewhere_is_refused(path):
    with pytest.raises(ValueError):
        check_path(path)


@pytest.mark.parametrize("path", ["limits", "sobjects/Account/@{ref.id}", "query?q=a+b%20c", "ui-api/object-info/X"])
def test_a_path_of_the_api_is_let_pass(path):
    check_path(path)
