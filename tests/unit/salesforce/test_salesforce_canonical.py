"""One form of each value, so that what the platform alters is no difference (W10)."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import widen
from accord.salesforce.canonical import canonical, from_json, same, to_json
from accord.salesforce.wire import encode
from support.describes import a_field

CEST = timezone(timedelta(hours=2))
ID = "006000000000aBc"


@pytest.mark.parametrize(
    ("kind", "facts", "value", "expected"),
    [
        ("string", {}, "  Brightwater \t", "Brightwater"),
        ("string", {}, "", None),
        ("string", {}, " \r\n ", None),
        ("string", {}, None, None),
        ("textarea", {}, "a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("picklist", {}, " Closed Won", "Closed Won"),
        ("email", {}, "a@b.example ", "a@b.example"),
        ("currency", {}, Decimal("125000.5"), Decimal("125000.50")),
        ("currency", {}, Decimal("0.005"), Decimal("0.01")),
        ("currency", {}, Decimal("-0.005"), Decimal("-0.01")),
        ("currency", {}, Decimal("1.004"), Decimal("1.00")),
        ("currency", {}, " 12.345 ", Decimal("12.35")),
        ("currency", {}, "", None),
        ("currency", {"scale": 0}, Decimal("2.5"), Decimal(3)),
        ("currency", {}, Decimal("-0.001"), Decimal("0.00")),
        ("double", {"scale": 0}, Decimal("5.0"), Decimal(5)),
        ("percent", {"scale": 1}, Decimal("12.5"), Decimal("12.5")),
        ("int", {}, 7, Decimal(7)),
        ("int", {}, Decimal("7.0"), Decimal(7)),
        ("boolean", {}, None, False),
        ("boolean", {}, "", False),
        ("boolean", {}, "TRUE", True),
        ("boolean", {}, True, True),
        ("date", {}, "2026-12-31", "2026-12-31"),
        ("date", {}, date(2026, 12, 31), "2026-12-31"),
        ("datetime", {}, "2026-12-31T09:30:00.000+0000", "2026-12-31T09:30:00.000+0000"),
        ("datetime", {}, "2026-12-31T09:30:00Z", "2026-12-31T09:30:00.000+0000"),
        ("datetime", {}, "2026-12-31T09:30:00.999+02:00", "2026-12-31T07:30:00.000+0000"),
        ("datetime", {}, datetime(2026, 12, 31, 9, 30, 0, 999, tzinfo=CEST), "2026-12-31T07:30:00.000+0000"),
        ("time", {}, "09:30:00Z", "09:30:00.000Z"),
        ("time", {}, time(9, 30, 0, 5000), "09:30:00.005Z"),
        ("reference", {}, ID, widen(ID)),
        ("id", {}, widen(ID), widen(ID)),
        ("multipicklist", {}, "Wet; Dry ;Wet;", "Dry;Wet"),
        ("multipicklist", {}, ";;", None),
        ("address", {}, {"city": "Oslo"}, {"city": "Oslo"}),
    ],
)
def test_a_value_takes_the_platforms_form(kind, facts, value, expected):
    found = canonical(a_field("F", kind, **facts), value)

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("currency", 1.5),
        ("currency", True),
        ("currency", Decimal("NaN")),
        ("currency", "1,5"),
        ("currency", "\u0661"),
        ("currency", "1e9999"),
        ("currency", Decimal("1e99")),
        ("int", Decimal("7.5")),
        ("date", "2026-12-31T00:00:00Z"),
        ("date", datetime(2026, 12, 31, tzinfo=UTC)),
        ("date", "31.12.2026"),
        ("date", "20261231"),
        ("date", "2026-02-30"),
        ("datetime", "2026-12-31"),
        ("datetime", "2026-12-31T09:30:00"),
        ("datetime", datetime(2026, 12, 31)),  # noqa: DTZ001 - refused
        ("time", "9:30"),
        ("time", "25:00:00Z"),
        ("reference", "not an id"),
        ("reference", 5),
        ("string", 5),
        ("multipicklist", ["a"]),
        ("boolean", 1),
        ("boolean", "yes"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind, value):
    with pytest.raises(ValueError):
        canonical(a_field("F", kind), value)


VALUES = {
    "string": st.text(),
    "textarea": st.text(alphabet="ab \r\n\t\u00a0"),
    "currency": st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False),
    "int": st.integers(-(10**9), 10**9),
    "boolean": st.booleans() | st.none(),
    "date": st.dates(),
    "datetime": st.datetimes(min_value=datetime(1700, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - a bound
    "multipicklist": st.lists(st.sampled_from(["Wet", "Dry", "Clean room", ""])).map(";".join),
}


@pytest.mark.parametrize("kind", sorted(VALUES))
@given(data=st.data())
def test_a_canonical_value_is_its_own_canonical_value_on_both_ways(kind, data):
    field = a_field("F", kind)
    value = data.draw(VALUES[kind])
    once = canonical(field, value)

    assert to_json(field, value) == once
    assert from_json(field, once) == once
    assert same(field, value, once)
    encode({"F": once})  # and it can be written


def test_a_date_does_not_move_with_a_time_zone():
    assert to_json(a_field("CloseDate", "date"), date(2026, 1, 1)) == "2026-01-01"


def test_two_values_that_differ_are_not_the_same():
    assert not same(a_field("Amount", "currency"), Decimal("1.01"), Decimal("1.02"))


def test_what_a_double_cannot_keep_is_no_difference():
    number = a_field("Number__c", "double", scale=5)

    assert same(number, Decimal("72834300332.279435"), Decimal("72834300332.27943"))
    assert not same(number, Decimal("7283430033.27944"), Decimal("7283430033.27943"))
