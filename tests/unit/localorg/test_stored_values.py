"""What the platform makes of values (architect's list: silent success; types through REST JSON)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from localorg.org import Org
from localorg.schema import Field, StandardFacts
from localorg.values import BadValueError, stored

SCHEMA = StandardFacts().schema()


def field(path: str) -> Field:
    sobject, _, name = path.partition(".")
    return SCHEMA.objects[sobject].fields[name]


@pytest.mark.parametrize(
    ("path", "sent", "kept"),
    [
        ("Opportunity.Name", "  Brightwater  ", "Brightwater"),
        ("Opportunity.NextStep", "", None),
        ("Opportunity.NextStep", "   ", None),
        ("Opportunity.Description", "a\r\nb", "a\nb"),
        ("Opportunity.Amount", 5, 5.0),
        ("Opportunity.Amount", "130000.50", 130000.5),
        ("Opportunity.Amount", 0.005, 0.01),
        ("Opportunity.Amount", 125000.505, 125000.51),
        ("Opportunity.Probability", 55.5, 56.0),
        ("Account.NumberOfEmployees", "10000", 10000),
        ("Opportunity.CloseDate", "2026-12-31", "2026-12-31"),
        ("Opportunity.IsPrivate", None, False),
        ("Opportunity.IsPrivate", "true", True),
        ("Task.ReminderDateTime", "2026-10-31T09:30:00.123Z", "2026-10-31T09:30:00.000+0000"),
        ("Task.ReminderDateTime", "2026-10-31T09:30:00+02:00", "2026-10-31T07:30:00.000+0000"),
        ("Opportunity.AccountId", "0015500001QdQWa", "0015500001QdQWaAAN"),
        ("Opportunity.StageName", "In Progress", "In Progress"),
    ],
)
def test_a_value_is_kept_in_the_platforms_form(path, sent, kept):
    value = stored(field(path), sent)

    assert value == kept
    assert type(value) is type(kept)


@pytest.mark.parametrize(
    ("path", "sent", "code"),
    [
        ("Opportunity.Name", "x" * 121, "STRING_TOO_LONG"),
        ("Opportunity.Amount", "abc", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Opportunity.Amount", True, "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Opportunity.Amount", "NaN", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Opportunity.Amount", 10**16, "NUMBER_OUTSIDE_VALID_RANGE"),
        ("Opportunity.Probability", 1000, "NUMBER_OUTSIDE_VALID_RANGE"),
        ("Account.NumberOfEmployees", 1.5, "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Opportunity.CloseDate", "31.12.2026", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Opportunity.CloseDate", "2026-13-01", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Opportunity.IsPrivate", "yes", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Task.ReminderDateTime", "2026-10-31T09:30:00", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("Opportunity.AccountId", "Acme", "MALFORMED_ID"),
        ("Opportunity.ForecastCategoryName", "Maybe", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Contact.Email", "nobody", "INVALID_EMAIL_ADDRESS"),
        ("Opportunity.Name", {"a": 1}, "INVALID_TYPE_ON_FIELD_IN_RECORD"),
    ],
)
def test_a_value_that_the_field_cannot_hold_is_refused_with_the_platforms_code(path, sent, code):
    with pytest.raises(BadValueError) as refused:
        stored(field(path), sent)

    assert refused.value.problem.code == code
    assert refused.value.problem.fields == (path.partition(".")[2],)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.none()))
def test_what_is_kept_is_kept_again_unchanged(value):
    for path in ("Opportunity.NextStep", "Opportunity.Amount", "Opportunity.Probability"):
        try:
            once = stored(field(path), value)
        except BadValueError:
            continue
        assert stored(field(path), once) == once


def test_an_org_is_made_fast_enough_for_every_test():
    assert Org.create().schema.objects.keys() >= {"Account", "Contact", "Opportunity", "Task", "User", "RecordType"}


@pytest.mark.parametrize(("path", "hour"), [("Opportunity.CloseDate", ""), ("Task.ReminderDateTime", "T00:00:00Z")])
def test_days_run_from_1700_to_4000(path, hour):
    assert stored(field(path), f"1700-01-01{hour}").startswith("1700-01-01")
    assert stored(field(path), f"4000-12-31{hour}").startswith("4000-12-31")
    for day in ("1699-12-31", "4001-01-01", "0001-01-01"):
        with pytest.raises(BadValueError, match="invalid date") as refused:
            stored(field(path), day + hour)
        assert refused.value.problem.code == "FIELD_INTEGRITY_EXCEPTION"
