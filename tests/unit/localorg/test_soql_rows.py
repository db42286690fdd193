"""Which rows a query finds, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localorg.ids import widen
from localorg.soql import SoqlError
from support.soql_world import ACME, BRIGHT, CEDAR, RILEY, a_world, an_account, an_opportunity, ask, names


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("Name = 'ACME'", ["Acme"]),
        ("Name != 'acme'", ["brightwater", "Cedar 100%"]),
        ("Code__c = 'AB'", ["Cedar 100%"]),
        ("Name < 'b'", ["Acme"]),
        ("Name >= 'B'", ["brightwater", "Cedar 100%"]),
        ("Name IN ('acme', 'CEDAR 100%', 'x')", ["Acme", "Cedar 100%"]),
        ("Name NOT IN ('acme')", ["brightwater", "Cedar 100%"]),
        ("Name LIKE 'A%'", ["Acme"]),
        ("Name LIKE '_CME'", ["Acme"]),
        ("Name LIKE '%100\\%'", ["Cedar 100%"]),
        ("Name LIKE '%1__\\%'", ["Cedar 100%"]),
        ("Name LIKE '\\_cme'", []),
        ("(NOT Name LIKE '%e%')", []),
        ("Industry = null", ["Cedar 100%"]),
        ("Industry = ''", ["Cedar 100%"]),
        ("Industry != null", ["Acme", "brightwater"]),
        ("Industry != 'Mining'", ["Acme", "brightwater", "Cedar 100%"]),
        ("Industry NOT IN ('Optics')", ["Cedar 100%"]),
        ("Industry NOT IN ('Optics', null)", []),
        ("AnnualRevenue > 50", ["Acme"]),
        ("AnnualRevenue >= 50.00", ["Acme", "Cedar 100%"]),
        ("AnnualRevenue < 100", ["Cedar 100%"]),
        ("(NOT AnnualRevenue < 100)", ["Acme", "brightwater"]),
        ("AnnualRevenue IN (50, null)", ["brightwater", "Cedar 100%"]),
        (f"Id = '{ACME[:15]}'", ["Acme"]),
        (f"Id = '{ACME[:15]}aau'", ["Acme"]),
        (f"Id != '{ACME}'", ["brightwater", "Cedar 100%"]),
        (f"ParentId IN ('{ACME}')", ["brightwater"]),
        ("ParentId = ''", ["Acme", "Cedar 100%"]),
        ("Parent.Name = 'Acme'", ["brightwater"]),
        ("Parent.Industry = null", ["Acme", "Cedar 100%"]),
        ("Owner.Manager.Name = 'Ada Lindqvist'", ["brightwater", "Cedar 100%"]),
        ("Account.Owner.Name LIKE 'ada%'", ["Acme"]),
        ("Lines__c INCLUDES ('lenses')", ["brightwater"]),
        ("Lines__c INCLUDES ('Lasers;Lenses', 'Optics')", ["brightwater"]),
        ("Lines__c INCLUDES ('Lasers', 'Lenses')", ["brightwater", "Cedar 100%"]),
        ("Lines__c EXCLUDES ('Lenses')", ["Acme", "Cedar 100%"]),
        ("Lines__c = 'Lenses;Lasers'", ["brightwater"]),
        ("Id IN (SELECT AccountId FROM Contact WHERE LastName = 'moe')", ["brightwater"]),
        ("Id NOT IN (SELECT AccountId FROM Contact)", ["Acme", "Cedar 100%"]),
        ("Id IN (SELECT ParentId FROM Account WHERE Parent.Name = 'acme')", ["Acme"]),
        ("Name = 'Acme' OR (Industry = null AND AnnualRevenue = 50)", ["Acme", "Cedar 100%"]),
        ("toLabel(Industry) = 'optics'", ["Acme", "brightwater"]),
    ],
)
def test_a_condition_finds_the_rows_that_the_platform_finds(where, found):
    assert names(f"SELECT Name FROM Account WHERE {where}") == found


@pytest.mark.parametrize(
    ("where", "code", "sentence"),
    [
        ("Nme = 'x'", "INVALID_FIELD", "No such column 'Nme' on entity 'Account'"),
        ("Parnt.Name = 'x'", "INVALID_FIELD", "Didn't understand relationship 'Parnt' in field path"),
        ("Owner.Nme = 'x'", "INVALID_FIELD", "No such column 'Nme' on entity 'User'"),
        ("Description = 'x'", "INVALID_FIELD", "field 'Description' can not be filtered in a query call"),
        ("Name = 5", "INVALID_FIELD", "field 'Name' must be of type string and should be enclosed in quotes"),
        ("AnnualRevenue = '5'", "INVALID_FIELD", "must be of type double and should not be enclosed in quotes"),
        ("AnnualRevenue = TODAY", "INVALID_FIELD", "must be of type double"),
        ("Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: x"),
        ("Id LIKE 'x'", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on id field"),
        ("Name INCLUDES ('x')", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on string field"),
        ("Lines__c > 'x'", "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on multipicklist field"),
        ("Name LIKE 5", "INVALID_FIELD", "must be of type string"),
        ("Id IN (SELECT Id FROM Nothing)", "INVALID_TYPE", "sObject type 'Nothing' is not supported"),
        ("Id IN (SELECT LastName FROM Contact)", "INVALID_FIELD", "id or reference"),
        ("Id IN (SELECT OwnerId FROM Account)", "MALFORMED_QUERY", "should point to the same object type"),
        (
            "Id IN (SELECT AccountId FROM Contact WHERE Id IN (SELECT Id FROM Contact))",
            "MALFORMED_QUERY",
            "Nesting of semi join",
        ),
        (
            "Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
            "MALFORMED_QUERY",
            "not allowed with the 'OR' operator",
        ),
        ("FOO(Name) = 'x'", "INVALID_FIELD", "Invalid function: FOO"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused_and_never_ignored(where, code, sentence):
    with pytest.raises(SoqlError) as refused:
        ask(f"SELECT Id FROM Account WHERE {where}")

    assert refused.value.code == code
    assert sentence in refused.value.message


def test_rows_without_an_order_come_by_id():
    assert names("SELECT Id FROM Account") == sorted([ACME, BRIGHT, CEDAR])


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("Name", ["Acme", "brightwater", "Cedar 100%"]),
        ("Name DESC", ["Cedar 100%", "brightwater", "Acme"]),
        ("AnnualRevenue", ["brightwater", "Cedar 100%", "Acme"]),
        ("AnnualRevenue DESC", ["brightwater", "Acme", "Cedar 100%"]),
        ("AnnualRevenue ASC NULLS LAST", ["Cedar 100%", "Acme", "brightwater"]),
        ("AnnualRevenue DESC NULLS LAST", ["Acme", "Cedar 100%", "brightwater"]),
        ("Owner.Name DESC, Name DESC", ["Cedar 100%", "brightwater", "Acme"]),
        ("Industry NULLS LAST, Name DESC", ["brightwater", "Acme", "Cedar 100%"]),
        ("Name LIMIT 1 OFFSET 1", ["brightwater"]),
        ("Name OFFSET 2", ["Cedar 100%"]),
        ("Name LIMIT 0", []),
    ],
)
def test_rows_are_ordered_and_cut_as_asked(order, found):
    assert names(f"SELECT Name FROM Account ORDER BY {order}") == found


def test_picklists_are_ordered_as_they_are_set_up():
    world = a_world(
        Opportunity=[
            an_opportunity("aaa", StageName="Closed Won"),
            an_opportunity("bbb", StageName="Prospecting"),
            an_opportunity("ccc", StageName="Unknown stage"),
            an_opportunity("ddd", StageName="Proposal"),
        ]
    )

    assert names("SELECT Name FROM Opportunity ORDER BY StageName", world) == ["bbb", "ddd", "aaa", "ccc"]


def test_a_field_that_can_not_be_sorted_is_refused():
    with pytest.raises(SoqlError, match="field 'Description' can not be sorted in a query call"):
        ask("SELECT Id FROM Account ORDER BY Description")


def test_an_offset_over_2000_is_out_of_range():
    with pytest.raises(SoqlError) as refused:
        ask("SELECT Id FROM Account OFFSET 2001")

    assert (refused.value.code, refused.value.message) == (
        "NUMBER_OUTSIDE_VALID_RANGE",
        "Maximum SOQL offset allowed is 2000",
    )


def test_the_scope_mine_is_the_rows_of_the_user():
    assert names("SELECT Name FROM Account USING SCOPE mine", user_id=RILEY) == ["brightwater", "Cedar 100%"]
    assert names("SELECT Name FROM Account USING SCOPE everything LIMIT 1") == ["Acme"]


def test_an_unknown_scope_is_refused():
    with pytest.raises(SoqlError, match="INVALID_QUERY_SCOPE"):
        ask("SELECT Id FROM Account USING SCOPE whatever")


@pytest.mark.parametrize(
    "ending", ["WITH SECURITY_ENFORCED", "WITH USER_MODE", "FOR VIEW", "FOR REFERENCE", "FOR UPDATE"]
)
def test_access_modes_and_purposes_do_not_change_the_rows(ending):
    assert ask(f"SELECT Id FROM Account {ending}").total_size == 3


def test_an_unknown_access_mode_is_refused():
    with pytest.raises(SoqlError, match="unexpected token: 'ANY_MODE'"):
        ask("SELECT Id FROM Account WITH ANY_MODE")


def test_a_checkbox_behind_an_empty_lookup_counts_as_false():
    world = a_world(
        Opportunity=[an_opportunity("aaa", IsClosed=True), an_opportunity("bbb", IsClosed=False)],
    )

    assert names("SELECT Name FROM Opportunity WHERE IsClosed = TRUE", world) == ["aaa"]
    assert names("SELECT Name FROM Opportunity WHERE IsClosed != true", world) == ["bbb"]


INDUSTRIES = st.sampled_from(["Optics", "Mining", None])
REVENUES = st.none() | st.integers(min_value=0, max_value=4)
LEAVES = st.one_of(
    st.sampled_from(["Optics", "Mining"]).map(
        lambda one: (f"Industry = '{one}'", lambda row, one=one: row["Industry"] == one)
    ),
    st.integers(min_value=0, max_value=4).map(
        lambda one: (
            f"AnnualRevenue > {one}",
            lambda row, one=one: row["AnnualRevenue"] is not None and row["AnnualRevenue"] > one,
        )
    ),
    st.just(("AnnualRevenue = null", lambda row: row["AnnualRevenue"] is None)),
)


def joined(word, decide):
    def build(parts):
        return (
            "(" + f" {word} ".join(text for text, _ in parts) + ")",
            lambda row: decide(test(row) for _, test in parts),
        )

    return build


def negated(part):
    return f"(NOT {part[0]})", lambda row: not part[1](row)


PREDICATES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(joined("AND", all)),
        st.lists(inner, min_size=1, max_size=3).map(joined("OR", any)),
        inner.map(negated),
    ),
    max_leaves=12,
)


@given(PREDICATES, st.lists(st.tuples(INDUSTRIES, REVENUES), max_size=8))
def test_and_or_and_not_agree_with_python(predicate, values):
    text, test = predicate
    rows = [
        an_account(widen(f"001{number:012d}"), f"n{number}", Industry=industry, AnnualRevenue=revenue)
        for number, (industry, revenue) in enumerate(values)
    ]

    found = names(f"SELECT Name FROM Account WHERE {text}", a_world(Account=rows))

    assert found == [row["Name"] for row in rows if test(row)]
