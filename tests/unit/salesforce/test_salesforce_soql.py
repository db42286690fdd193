"""Queries are built from checked names and quoted values, and read back as what was meant."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.salesforce import soql
from accord.salesforce.soql import Query, all_of, any_of, count, eq, in_, in_parts, literal, not_, select, starts_with
from localorg.soql import parse
from localorg.soql.literals import like_to_regex
from localorg.soql.nodes import And, Comparison, Or

ANY_TEXT = st.text() | st.text(alphabet="'\\\"%_nrtbfuU0123 \n\r\t\b\f\x00)(-/*")


def _deals(*conditions: soql.Condition) -> Query:
    return select("Id").from_("Opportunity").where(*conditions)


def _only_literal(query: Query):
    where = parse(str(query)).where
    assert isinstance(where, Comparison)
    (found,) = where.values
    return found.value


@given(ANY_TEXT)
def test_every_text_is_read_back_as_one_literal_with_the_same_value(text):
    assert _only_literal(_deals(eq("Name", text))) == text


@given(st.lists(ANY_TEXT, min_size=1, unique=True))
def test_every_list_of_texts_is_read_back_in_its_order(texts):
    where = parse(str(_deals(in_("Name", texts)))).where

    assert [found.value for found in where.values] == texts


@given(ANY_TEXT, ANY_TEXT)
def test_a_beginning_is_taken_letter_by_letter(text, rest):
    pattern = like_to_regex(_only_literal(_deals(starts_with("Name", text))))

    assert pattern.fullmatch(text + rest)


@given(st.text(alphabet="ab%_\\'", min_size=1), st.text(alphabet="ab%_\\'", min_size=1))
def test_a_beginning_matches_nothing_else(text, other):
    pattern = like_to_regex(_only_literal(_deals(starts_with("Name", text))))

    assert (pattern.fullmatch(other) is not None) == other.startswith(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.integers())
def test_every_number_is_read_back_exactly(number):
    assert _only_literal(_deals(eq("Amount", number))) == number


@given(st.dates(min_value=date(1700, 1, 1)))
def test_a_date_is_read_back_as_a_date(day):
    assert _only_literal(_deals(eq("CloseDate", day))) == day


@given(st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(2999, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_a_moment_is_read_back_to_the_millisecond(moment):
    found = _only_literal(_deals(eq("CreatedDate", moment)))

    assert found == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "TRUE"),
        (False, "FALSE"),
        (0, "0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.50"), "-0.50"),
        (date(2026, 12, 31), "2026-12-31"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=2))), "2026-12-31T21:30:00Z"),
        ("O'Brien", "'O\\'Brien'"),
        ("a\\' OR Id != null", "'a\\\\\\' OR Id != null'"),
    ],
)
def test_a_typed_value_has_its_own_literal(value, expected):
    assert literal(value) == expected


@pytest.mark.parametrize("value", [1.5, float("nan"), Decimal("NaN"), Decimal("Infinity"), b"x", object(), ["a"]])
def test_a_value_without_a_literal_is_refused(value):
    with pytest.raises(ValueError):
        literal(value)


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError):
        literal(datetime(2026, 12, 31))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize(
    "name",
    [
        "",
        "1Name",
        "Name--",
        "Na me",
        "Name'",
        "Id FROM User",
        "Id,Name",
        "COUNT()",
        "Account..Name",
        ".Id",
        "Id.",
        "A" * 81,
        *["Name\n", "Na\u0308me", "A.B.C.D.E.F.G", "(SELECT Id FROM Tasks)", "toLabel(Status)"],
    ],
)
def test_a_name_that_is_no_path_of_names_is_refused(name):
    for build in (lambda: select(name), lambda: eq(name, 1), lambda: select("Id").from_("Account").ordered(name)):
        with pytest.raises(ValueError):
            build()


@pytest.mark.parametrize(
    "name", ["", "Account a", "Account.Contacts", "Account'", "Account WHERE Id = null", "Account\n"]
)
def test_an_sobject_that_is_no_name_is_refused(name):
    with pytest.raises(ValueError):
        select("Id").from_(name)


def test_a_query_without_fields_is_refused():
    with pytest.raises(ValueError):
        select()


def test_a_whole_query_reads_as_soql():
    query = (
        select("Id", "Name", "Account.Name", "Id")
        .from_("Opportunity")
        .where(eq("IsClosed", value=False), any_of(eq("StageName", "Won"), soql.ge("Amount", 10)))
        .where(soql.ne("OwnerId", None))
        .ordered("CloseDate")
        .ordered("Name", descending=True)
        .limited(10, offset=20)
    )

    assert str(query) == (
        "SELECT Id, Name, Account.Name FROM Opportunity WHERE"
        " ((IsClosed = FALSE AND (StageName = 'Won' OR Amount >= 10)) AND OwnerId != null)"
        " ORDER BY CloseDate, Name DESC LIMIT 10 OFFSET 20"
    )


def test_a_number_of_rows_is_asked_for_without_fields():
    assert str(count().from_("Task").where(soql.lt("ActivityDate", date(2026, 1, 1)))) == (
        "SELECT COUNT() FROM Task WHERE ActivityDate < 2026-01-01"
    )


def test_brackets_keep_the_meaning_of_mixed_conditions():
    where = parse(str(_deals(eq("A", 1), any_of(eq("B", 1), not_(eq("C", 1)), all_of(eq("D", 1), eq("E", 1)))))).where

    assert isinstance(where, And)
    assert isinstance(where.operands[1], Or)
    assert len(where.operands[1].operands) == 3


@pytest.mark.parametrize(
    ("condition", "is_never"),
    [
        (in_("Id", []), True),
        (all_of(eq("A", 1), in_("Id", [])), True),
        (any_of(eq("A", 1), in_("Id", [])), False),
        (any_of(in_("Id", []), in_("Name", [])), True),
        (not_(in_("Id", [])), False),
        (all_of(), False),
        (any_of(), True),
        (not_(all_of()), True),
    ],
)
def test_one_of_nothing_is_never_met(condition, is_never):
    query = _deals(condition)

    assert query.never is is_never
    parse(str(query))  # and it can be asked all the same


def test_no_rows_at_all_are_never_asked_for():
    assert _deals().limited(0).never


def test_one_of_several_names_each_value_once():
    assert in_("Id", ["a", "b", "a"]).text == "Id IN ('a', 'b')"


def test_more_ids_than_a_query_takes_are_asked_for_in_several_each_once():
    ids = [f"{number:018}" for number in range(601)]
    parts = [one.text.removeprefix("Id IN (").removesuffix(")").split(", ") for one in in_parts("Id", ids)]

    assert [len(one) for one in parts] == [300, 300, 1]
    assert [one.strip("'") for part in parts for one in part] == ids
    assert list(in_parts("Id", [])) == []


@pytest.mark.parametrize(("limit", "offset"), [(-1, 0), (1, -1), (1, 2001)])
def test_a_span_outside_the_platforms_bounds_is_refused(limit, offset):
    with pytest.raises(ValueError):
        _deals().limited(limit, offset=offset)
