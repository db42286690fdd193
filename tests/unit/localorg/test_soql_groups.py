"""Aggregates, GROUP BY and HAVING."""

import pytest

from localorg.soql import SoqlError
from support.soql_world import ACME, BRIGHT, a_world, an_opportunity, ask

WORLD = a_world(
    Opportunity=[
        an_opportunity("aaa", StageName="Proposal", Amount=10, AccountId=ACME, CloseDate="2026-01-31", Quantity__c=1),
        an_opportunity("bbb", StageName="proposal", Amount=30, AccountId=ACME, CloseDate="2025-12-31", Quantity__c=2),
        an_opportunity("ccc", StageName="Closed Won", AccountId=BRIGHT, CreatedDate="2026-06-30T23:30:00.000+0000"),
        an_opportunity("ddd", Amount=5, CloseDate="2026-03-01", CreatedDate="2026-07-01T00:30:00.000+0000"),
    ]
)


def grouped(query, **options):
    records = ask(query, WORLD, **options).records
    assert all(record["attributes"] == {"type": "AggregateResult"} for record in records)
    return [{key: value for key, value in record.items() if key != "attributes"} for record in records]


def test_aggregates_without_groups_are_one_record():
    assert grouped(
        "SELECT COUNT(Id), COUNT(Amount) n, SUM(Amount), AVG(Amount), MIN(CloseDate), MAX(Name), SUM(Quantity__c), "
        "COUNT_DISTINCT(StageName) FROM Opportunity"
    ) == [
        {
            "expr0": 4,
            "n": 3,
            "expr1": 45.0,
            "expr2": 15.0,
            "expr3": "2025-12-31",
            "expr4": "ddd",
            "expr5": 3,
            "expr6": 2,
        }
    ]


def test_aggregates_of_nothing_are_null_and_counts_zero():
    assert grouped("SELECT COUNT(Id), SUM(Amount), MIN(Name) FROM Opportunity WHERE Name = 'x'") == [
        {"expr0": 0, "expr1": None, "expr2": None}
    ]


def test_groups_have_the_field_under_its_own_name_and_come_in_its_order():
    assert grouped("SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName") == [
        {"StageName": None, "n": 1},
        {"StageName": "Proposal", "n": 2},
        {"StageName": "Closed Won", "n": 1},
    ]


def test_groups_can_follow_a_parents_field():
    assert grouped(
        "SELECT Account.Name, Account.Industry kind, SUM(Amount) FROM Opportunity "
        "GROUP BY Account.Name, Account.Industry"
    ) == [
        {"Name": None, "kind": None, "expr0": 5.0},
        {"Name": "Acme", "kind": "Optics", "expr0": 40.0},
        {"Name": "brightwater", "kind": "Optics", "expr0": None},
    ]


def test_having_chooses_groups_and_order_by_orders_them():
    assert grouped(
        "SELECT StageName FROM Opportunity GROUP BY StageName HAVING COUNT(Id) >= 1 AND (NOT StageName = 'Proposal') "
        "ORDER BY COUNT(Id) DESC, StageName DESC NULLS LAST"
    ) == [{"StageName": "Closed Won"}, {"StageName": None}]
    assert grouped(
        "SELECT StageName s, SUM(Amount) FROM Opportunity GROUP BY StageName "
        "ORDER BY SUM(Amount) DESC NULLS LAST LIMIT 1 OFFSET 1"
    ) == [{"s": None, "expr0": 5.0}]


def test_date_functions_group_in_utc_or_in_the_users_time_zone():
    query = "SELECT {0}, COUNT(Id) FROM Opportunity WHERE CreatedDate != null GROUP BY {0}"

    assert grouped(query.format("CALENDAR_MONTH(CreatedDate)")) == [
        {"expr0": 6, "expr1": 1},
        {"expr0": 7, "expr1": 1},
    ]
    assert grouped(query.format("CALENDAR_MONTH(convertTimezone(CreatedDate))"), zone="Europe/Helsinki") == [
        {"expr0": 7, "expr1": 2}
    ]


@pytest.mark.parametrize(
    ("function", "value"),
    [
        ("CALENDAR_YEAR", 2026),
        ("CALENDAR_QUARTER", 1),
        ("CALENDAR_MONTH", 3),
        ("DAY_IN_MONTH", 1),
        ("DAY_IN_WEEK", 1),
        ("DAY_IN_YEAR", 60),
        ("WEEK_IN_MONTH", 1),
        ("WEEK_IN_YEAR", 9),
        ("FISCAL_YEAR", 2026),
        ("FISCAL_QUARTER", 1),
        ("FISCAL_MONTH", 3),
    ],
)
def test_date_functions_count_as_the_calendar_does(function, value):
    records = grouped(
        f"SELECT {function}(CloseDate) d FROM Opportunity WHERE Name = 'ddd' GROUP BY {function}(CloseDate)"
    )

    assert records == [{"d": value}]


def test_date_functions_filter_rows_too():
    assert ask("SELECT Name FROM Opportunity WHERE CALENDAR_YEAR(CloseDate) = 2025", WORLD).total_size == 1


@pytest.mark.parametrize(
    ("query", "code", "sentence"),
    [
        ("SELECT Name, COUNT(Id) FROM Opportunity", "MALFORMED_QUERY", "Field must be grouped or aggregated: Name"),
        (
            "SELECT COUNT(Id) FROM Opportunity ORDER BY Name",
            "MALFORMED_QUERY",
            "Ordered field must be grouped or aggregated: Name",
        ),
        ("SELECT COUNT(Id) FROM Opportunity GROUP BY Amount", "INVALID_FIELD", "'Amount' can not be grouped"),
        ("SELECT SUM(Name) FROM Opportunity", "MALFORMED_QUERY", "Name does not support aggregate operator SUM"),
        ("SELECT COUNT(IsClosed) FROM Opportunity", "MALFORMED_QUERY", "does not support aggregate operator COUNT"),
        ("SELECT COUNT(Id) FROM Opportunity LIMIT 1", "MALFORMED_QUERY", "cannot also use LIMIT"),
        ("SELECT COUNT(Id) n, SUM(Amount) n FROM Opportunity", "MALFORMED_QUERY", "duplicate alias: n"),
        ("SELECT Id FROM Opportunity WHERE COUNT(Id) > 1", "MALFORMED_QUERY", "aggregate function not allowed here"),
        ("SELECT COUNT(Nme) FROM Opportunity", "INVALID_FIELD", "No such column 'Nme'"),
        (
            "SELECT COUNT(Id) FROM Opportunity GROUP BY CALENDAR_YEAR(Name)",
            "INVALID_FIELD",
            "Invalid type for date function",
        ),
    ],
)
def test_groups_that_make_no_sense_are_refused(query, code, sentence):
    with pytest.raises(SoqlError) as refused:
        ask(query, WORLD)

    assert refused.value.code == code
    assert sentence in refused.value.message
