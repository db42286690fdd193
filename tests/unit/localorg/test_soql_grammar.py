from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localorg.soql import SoqlError, parse, quote
from localorg.soql.nodes import Comparison, DateLiteral, Money

ACCEPTED = [
    "SELECT Id FROM Account",
    "select id, name from account where name = 'x' order by name limit 1 offset 2",
    "SELECT Owner.Manager.Name FROM Account a",
    "SELECT a.Name FROM Account AS a",
    "SELECT Order, Group, Case, Count, View, Offset FROM Group",
    "SELECT Id FROM Order ORDER BY Name",
    "SELECT Id FROM Order order ORDER BY Name",
    "SELECT Id FROM Task WHERE Typeof = 'x'",
    "SELECT (SELECT Id FROM Contacts LIMIT 2), Name FROM Account",
    "SELECT COUNT() FROM Account WHERE Name LIKE 'a%'",
    "SELECT COUNT(Id) n, StageName FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1",
    "SELECT DAY_ONLY(convertTimezone(CreatedDate)) d FROM X GROUP BY DAY_ONLY(convertTimezone(CreatedDate))",
    "SELECT Name FROM Opportunity GROUP BY ROLLUP(Name)",
    "SELECT Name FROM Opportunity GROUP BY CUBE(Name, StageName)",
    "SELECT Id FROM Account WHERE NOT Name = 'x'",
    "SELECT Id FROM Account WHERE NOT (Name = 'x' AND Industry = 'y')",
    "SELECT Id FROM Account WHERE (NOT Name = 'x') AND (Industry = 'y' OR Industry = 'z')",
    "SELECT Id FROM Account WHERE Name='x'AND Industry='y'LIMIT 5",
    "SELECT Id FROM Account WHERE Name < 'x' AND Name >= 'a' AND Name <> 'b' AND Name ! = 'c'",
    "SELECT Id FROM Account WHERE Name IN ('a', null) AND Industry NOT IN ('b')",
    "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'x')",
    "SELECT Id FROM Account WHERE Lines__c INCLUDES ('a;b', 'c') AND Lines__c EXCLUDES ('d')",
    "SELECT Id FROM Account WHERE AnnualRevenue = -1.5 OR AnnualRevenue = +.5",
    "SELECT Id FROM Opportunity WHERE CreatedDate > 2026-01-01T10:00:00+02:00 AND CloseDate = LAST_N_DAYS: 7",
    "SELECT Id FROM Opportunity WHERE CloseDate IN (TODAY, 2026-01-01)",
    "SELECT Id FROM Account WHERE Name LIKE '\\%a\\_b'",
    "SELECT Id FROM Account ORDER BY Name DESC NULLS LAST, Industry ASC",
    "SELECT Id FROM Account WITH SECURITY_ENFORCED LIMIT 1",
    "SELECT Id FROM Account USING SCOPE mine WHERE Name = 'x' FOR VIEW",
    "SELECT Id FROM Account FOR UPDATE",
    "SELECT Id FROM Faq__kav WITH DATA CATEGORY Geography__c AT (usa__c, uk__c) AND Made__c BELOW all__c LIMIT 1",
    "SELECT TYPEOF What WHEN Account THEN Phone, Name ELSE Id END FROM Task",
    "SELECT DISTANCE(P__c, GEOLOCATION(1.5, -2), 'km') FROM Account ORDER BY DISTANCE(P__c, GEOLOCATION(1, 2), 'mi')",
    "SELECT FIELDS(ALL) FROM Account LIMIT 200",
    "SELECT FORMAT(convertCurrency(Amount)) money, toLabel(StageName) FROM Opportunity",
]

REFUSED = [
    ("", "unexpected token: '<EOF>'"),
    ("FIND {x}", "unexpected token: 'FIND'"),
    ("SELECT {x}", "no viable alternative at character '{'"),
    ("SELECT", "unexpected token: '<EOF>'"),
    ("SELECT FROM Account", "unexpected token: 'FROM'"),
    ("SELECT Id, FROM Account", "unexpected token: 'FROM'"),
    ("SELECT Id Account", "unexpected token: '<EOF>'"),
    ("SELECT * FROM Account", "no viable alternative at character '*'"),
    ("SELECT Id FROM Account;", "no viable alternative at character ';'"),
    ("SELECT Id FROM Account -- note", "unexpected token: '-'"),
    ("SELECT Id AS x FROM Account", "unexpected token: 'AS'"),
    ("SELECT Id FROM Account WHERE", "unexpected token: '<EOF>'"),
    ("SELECT Id FROM Account WHERE a = 1 AND b = 2 OR c = 3", "unexpected token: 'OR'"),
    ("SELECT Id FROM Account WHERE a = 1 OR b = 2 AND c = 3", "unexpected token: 'AND'"),
    ("SELECT Id FROM Account WHERE NOT a = 1 AND b = 2", "unexpected token: 'AND'"),
    ("SELECT Id FROM Account WHERE a = 1 AND NOT b = 2", "unexpected token: 'NOT'"),
    ("SELECT Id FROM Account WHERE (a = 1", "unexpected token: '<EOF>'"),
    ("SELECT Id FROM Account WHERE a = 1)", "unexpected token: ')'"),
    ("SELECT Id FROM Account WHERE a == 1", "unexpected token: '='"),
    ("SELECT Id FROM Account WHERE a IS NULL", "unexpected token: 'IS'"),
    ("SELECT Id FROM Account WHERE a IN ()", "unexpected token: ')'"),
    ("SELECT Id FROM Account WHERE a NOT LIKE 'x'", "unexpected token: 'LIKE'"),
    ("SELECT Id FROM Account WHERE a IN (SELECT b, c FROM d)", "unexpected token: ','"),
    ("SELECT Id FROM Account WHERE a IN (SELECT b FROM d LIMIT 1)", "unexpected token: 'LIMIT'"),
    ("SELECT Id FROM Account WHERE a = :id", "Bind variables only allowed in Apex code"),
    ("SELECT Id FROM Account WHERE a IN :ids", "Bind variables only allowed in Apex code"),
    ("SELECT Id FROM Account WHERE a = b", "unexpected token: 'b'"),
    ("SELECT Id FROM Account WHERE a = USD5", "unexpected token: 'USD5'"),
    ("SELECT Id FROM Account WHERE a = LAST_N_DAYS", "unexpected token: '<EOF>'"),
    ("SELECT Id FROM Account WHERE a = LAST_N_DAYS:x", "unexpected token: 'x'"),
    ("SELECT Id FROM Account WHERE a = SOMEDAY", "unexpected token: 'SOMEDAY'"),
    ("SELECT Id FROM Account WHERE a = 2026-01-01T10:00:00", "unexpected token: 'T10'"),
    ("SELECT Id FROM Account WHERE a = 'it's'", "unexpected token: 's'"),
    ("SELECT Id FROM Account WHERE a = 'x", "mismatched character '<EOF>' expecting '''"),
    ("SELECT Id FROM Account WHERE a = '\\q'", "Illegal character sequence '\\q' in string literal"),
    ("SELECT Id FROM Account WHERE a = '\\%'", "Illegal character sequence '\\%' in string literal"),
    ("SELECT Id FROM Account WHERE a = 'x\ny'", "line breaks not allowed in string literals"),
    ('SELECT Id FROM Account WHERE a = "x"', "no viable alternative at character '\"'"),
    ("SELECT Id FROM Account LIMIT -1", "unexpected token: '-'"),
    ("SELECT Id FROM Account LIMIT 1.5", "unexpected token: '1.5'"),
    ("SELECT Id FROM Account OFFSET 1 LIMIT 1", "unexpected token: 'LIMIT'"),
    ("SELECT Id FROM Account ORDER BY Name NULLS", "unexpected token: '<EOF>'"),
    ("SELECT Id FROM Account HAVING COUNT(Id) > 1", "unexpected token: 'HAVING'"),
    ("SELECT COUNT(), Id FROM Account", "unexpected token: ','"),
    ("SELECT f(a, b) FROM Account", "unexpected token: ','"),
    ("SELECT Id FROM Account USING team", "unexpected token: 'team'"),
    ("SELECT Id FROM Account ALL ROWS", "ALL ROWS not allowed in this context"),
    ("SELECT Id FROM Account WHERE a = 1 ALL ROWS", "ALL ROWS not allowed in this context"),
    ("SELECT TYPEOF What WHEN Account THEN END FROM Task", "unexpected token: 'END'"),
    ("SELECT Limit FROM Account", "unexpected token: 'Limit'"),
]


@pytest.mark.parametrize("query", ACCEPTED)
def test_a_well_formed_query_is_accepted(query):
    assert parse(query).text == query


@pytest.mark.parametrize(("query", "message"), REFUSED)
def test_a_malformed_query_is_refused_with_the_platforms_words(query, message):
    with pytest.raises(SoqlError) as refused:
        parse(query)

    assert refused.value.code == "MALFORMED_QUERY"
    assert message in refused.value.message


def test_the_refusal_shows_the_place_with_a_caret():
    with pytest.raises(SoqlError) as refused:
        parse("SELECT Id FRM Account")

    assert refused.value.message == (
        "\nSELECT Id FRM Account\n              ^\nERROR at Row:1:Column:15\nunexpected token: 'Account'"
    )


def test_a_query_of_more_than_100000_characters_is_refused():
    with pytest.raises(SoqlError, match="SOQL statements can not be longer than 100000 characters"):
        parse("SELECT Id FROM Account" + " " * 100_000)


@pytest.mark.parametrize("opening", ["(", "a IN (SELECT b FROM c WHERE "])
def test_a_bottomless_query_is_refused_and_does_not_break_the_parser(opening):
    with pytest.raises(SoqlError, match="MALFORMED_QUERY"):
        parse("SELECT Id FROM Account WHERE " + opening * 3000)


def test_what_is_spelled_as_a_date_but_is_none_is_not_called_malformed():
    with pytest.raises(SoqlError) as refused:
        parse("SELECT Id FROM Opportunity WHERE CloseDate = 2026-02-30")

    assert refused.value.code == "INVALID_FIELD"


def the_value(spelled, **options):
    condition = parse(f"SELECT Id FROM X WHERE a = {spelled}", **options).where
    assert isinstance(condition, Comparison)
    return condition.values[0].value


@pytest.mark.parametrize(
    ("spelled", "value"),
    [
        ("-7", Decimal(-7)),
        ("+.25", Decimal("0.25")),
        ("tRuE", True),
        ("Null", None),
        ("last_n_weeks:3", DateLiteral("LAST_N_WEEKS", 3)),
        ("2026-01-01T00:30:00.5+01:00", datetime(2025, 12, 31, 23, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-01-01t00:30:00-0130", datetime(2026, 1, 1, 2, 0, tzinfo=UTC)),
        (r"'\u00e9\n\'\"\\'", "é\n'\"\\"),
    ],
)
def test_literals_have_the_value_that_they_spell(spelled, value):
    assert the_value(spelled) == value


def test_currency_literals_are_known_in_an_org_with_several_currencies():
    assert the_value("usd5.50", multi_currency=True) == Money("USD", Decimal("5.50"))


@given(st.text())
def test_quoted_text_comes_back_unchanged(text):
    assert the_value(quote(text)) == text


@given(st.text(alphabet="SELECTFROMWHRadistn()'\\,.:=<>!%_0123456789 -+\"\n"))
def test_any_text_is_parsed_or_refused_and_nothing_else(text):
    with suppress(SoqlError):
        assert parse(f"SELECT Id FROM Account WHERE {text}").where is not None
