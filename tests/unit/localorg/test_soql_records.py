"""What the records of an answer look like."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from localorg.ids import widen
from localorg.soql import NotBuilt, SoqlError
from localorg.soql.errors import refused_at
from support.soql_world import ACME, MOE, RILEY, a_world, an_opportunity, ask


def test_names_come_back_as_the_schema_spells_them():
    record = ask("select ID, naMe from ACCOUNT limit 1").records[0]

    assert record == {
        "attributes": {"type": "Account", "url": f"/services/data/v67.0/sobjects/Account/{ACME}"},
        "Id": ACME,
        "Name": "Acme",
    }


def test_parents_are_nested_and_empty_lookups_are_null():
    record = ask(
        "SELECT Parent.Name, Owner.Manager.Name, Owner.Name, Parent.Parent.Name FROM Account WHERE Name = 'Brightwater'"
    ).records[0]

    assert record["Parent"] == {
        "attributes": {"type": "Account", "url": f"/services/data/v67.0/sobjects/Account/{ACME}"},
        "Name": "Acme",
        "Parent": None,
    }
    assert record["Owner"]["attributes"]["url"].endswith(f"/User/{RILEY}")
    assert record["Owner"]["Manager"]["Name"] == "Ada Lindqvist"
    assert list(record["Owner"]) == ["attributes", "Manager", "Name"]


def test_a_path_may_begin_with_the_alias_or_the_objects_own_name():
    assert (
        ask("SELECT a.Name, a.Owner.Name FROM Account a").records
        == ask("SELECT Account.Name, Owner.Name FROM Account").records
    )


def test_a_lookup_to_several_objects_shows_the_name_object():
    world = a_world(
        Task=[
            {"Id": widen("00T000000000001"), "WhatId": ACME},
            {"Id": widen("00T000000000002")},
        ]
    )

    first, second = ask("SELECT What.Name, What.Type FROM Task", world).records

    assert first["What"] == {
        "attributes": {"type": "Name", "url": f"/services/data/v67.0/sobjects/Account/{ACME}"},
        "Name": "Acme",
        "Type": "Account",
    }
    assert second["What"] is None
    assert ask("SELECT Id FROM Task WHERE What.Type = 'account'", world).total_size == 1


@pytest.mark.parametrize("path", ["What.Industry", "Who.Department", "What.Owner.Name"])
def test_a_field_that_the_name_object_has_not_is_refused(path):
    with pytest.raises(SoqlError) as refused:
        ask(f"SELECT {path} FROM Task")

    assert refused.value.code == "INVALID_FIELD"


def test_a_child_subquery_is_a_result_of_its_own_and_null_when_empty():
    records = ask("SELECT Name, (SELECT LastName FROM contacts) FROM Account ORDER BY Name").records

    assert records[0]["Contacts"] is None
    assert records[1]["Contacts"] == {
        "totalSize": 1,
        "done": True,
        "records": [
            {
                "attributes": {"type": "Contact", "url": f"/services/data/v67.0/sobjects/Contact/{MOE}"},
                "LastName": "Moe",
            }
        ],
    }


def test_a_child_subquery_is_filtered_ordered_and_cut_for_each_parent():
    world = a_world(
        Opportunity=[
            an_opportunity(key, AccountId=ACME, Amount=amount) for key, amount in [("aaa", 1), ("bbb", 3), ("ccc", 2)]
        ]
    )

    records = ask(
        "SELECT (SELECT Name, Account.Name FROM Account.Opportunities WHERE Amount > 1 ORDER BY Amount DESC LIMIT 1) "
        "FROM Account WHERE Name = 'Acme'",
        world,
    ).records

    assert [(one["Name"], one["Account"]["Name"]) for one in records[0]["Opportunities"]["records"]] == [
        ("bbb", "Acme")
    ]


def test_values_are_shown_as_json_shows_them():
    world = a_world(
        Opportunity=[
            an_opportunity(
                "aaa",
                Amount=Decimal(5),
                Quantity__c=Decimal(3),
                CloseDate=date(2026, 12, 31),
                CreatedDate=datetime(2026, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC),
                StageName="",
                IsClosed=None,
            )
        ]
    )

    record = ask(
        "SELECT Amount, Quantity__c, CloseDate, CreatedDate, StageName, IsClosed FROM Opportunity", world
    ).records[0]

    assert list(record.values())[1:] == [5.0, 3, "2026-12-31", "2026-01-02T03:04:05.678+0000", None, False]
    assert isinstance(record["Amount"], float)
    assert isinstance(record["Quantity__c"], int)


def test_a_label_stands_under_the_name_of_its_field():
    world = a_world(Opportunity=[an_opportunity("aaa", StageName="Proposal")])

    assert ask("SELECT toLabel(StageName) FROM Opportunity", world).records[0]["StageName"] == "Offer sent"
    assert ask("SELECT toLabel(StageName) l, StageName FROM Opportunity", world).records[0]["l"] == "Offer sent"
    assert ask("SELECT Id FROM Opportunity WHERE toLabel(StageName) = 'offer sent'", world).total_size == 1


def test_count_answers_a_number_without_records():
    result = ask("SELECT COUNT() FROM Account WHERE Industry = 'Optics'")

    assert result.as_json() == {"totalSize": 2, "done": True, "records": []}


def test_a_hidden_field_fails_the_whole_query_as_if_it_did_not_exist():
    world = a_world(hidden="Account.AnnualRevenue")

    for query in (
        "SELECT Id, AnnualRevenue FROM Account",
        "SELECT Id FROM Account WHERE AnnualRevenue > 1",
        "SELECT Id FROM Account ORDER BY AnnualRevenue",
        "SELECT SUM(AnnualRevenue) FROM Account",
        "SELECT Parent.AnnualRevenue FROM Account",
    ):
        with pytest.raises(SoqlError, match="No such column 'AnnualRevenue' on entity 'Account'") as refused:
            ask(query, world)
        assert refused.value.code == "INVALID_FIELD"


def test_fields_stands_for_all_standard_or_custom_fields():
    everything = ask("SELECT FIELDS(ALL) FROM Account LIMIT 200").records[0]
    standard = ask("SELECT FIELDS(STANDARD) FROM Account").records[0]
    custom = ask("SELECT Id, FIELDS(CUSTOM) FROM Account LIMIT 5").records[0]

    assert set(custom) == {"attributes", "Id", "Lines__c", "Code__c"}
    assert set(everything) == set(standard) | set(custom)


@pytest.mark.parametrize(
    ("query", "code", "sentence"),
    [
        ("SELECT FIELDS(ALL) FROM Account", "MALFORMED_QUERY", "must have a LIMIT of at most 200"),
        ("SELECT FIELDS(CUSTOM) FROM Account LIMIT 201", "MALFORMED_QUERY", "must have a LIMIT of at most 200"),
        ("SELECT FIELDS(SOME) FROM Account LIMIT 1", "INVALID_FIELD", "SOME"),
        ("SELECT Id, FIELDS(ALL) FROM Account LIMIT 1", "INVALID_FIELD", "duplicate field selected: Id"),
        ("SELECT Id, id FROM Account", "INVALID_FIELD", "duplicate field selected: Id"),
        ("SELECT Owner.Name, Owner.name FROM Account", "INVALID_FIELD", "duplicate field selected: Name"),
        ("SELECT Id x FROM Account", "MALFORMED_QUERY", "only aggregate expressions use field aliasing"),
        ("SELECT Owner FROM Account", "INVALID_FIELD", "No such column 'Owner' on entity 'Account'"),
        ("SELECT Id FROM Nothing", "INVALID_TYPE", "sObject type 'Nothing' is not supported"),
        ("SELECT (SELECT Id FROM Nothings) FROM Account", "INVALID_TYPE", "Didn't understand relationship 'Nothings'"),
        ("SELECT (SELECT Id FROM Contact) FROM Account", "INVALID_TYPE", "Didn't understand relationship 'Contact'"),
        ("SELECT (SELECT COUNT() FROM Contacts) FROM Account", "MALFORMED_QUERY", "only root queries"),
        ("SELECT (SELECT Nme FROM Contacts) FROM Account", "INVALID_FIELD", "No such column 'Nme' on entity 'Contact'"),
        ("SELECT Parent.Parent.Parent.Parent.Parent.Parent.Name FROM Account", "INVALID_FIELD", "more than 5 levels"),
    ],
)
def test_what_does_not_exist_or_is_not_allowed_is_refused(query, code, sentence):
    with pytest.raises(SoqlError) as refused:
        ask(query)

    assert refused.value.code == code
    assert sentence in refused.value.message


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT TYPEOF What WHEN Account THEN Name END FROM Task", "TYPEOF"),
        ("SELECT DISTANCE(Name, GEOLOCATION(1, 2), 'mi') FROM Account", "DISTANCE"),
        ("SELECT Id FROM Account WHERE DISTANCE(Name, GEOLOCATION(1, 2), 'mi') < 5", "DISTANCE"),
        ("SELECT FORMAT(AnnualRevenue) FROM Account", "FORMAT"),
        ("SELECT convertCurrency(AnnualRevenue) FROM Account", "convertCurrency"),
        ("SELECT Industry, COUNT(Id) FROM Account GROUP BY ROLLUP(Industry)", "ROLLUP"),
        ("SELECT Industry, COUNT(Id) FROM Account GROUP BY CUBE(Industry)", "CUBE"),
        ("SELECT Id FROM Account WITH DATA CATEGORY A__c AT b__c", "DATA CATEGORY"),
        ("SELECT Id FROM Account USING SCOPE team", "USING SCOPE team"),
        ("SELECT Id FROM Account UPDATE TRACKING", "UPDATE TRACKING"),
        ("SELECT Id FROM Account a, a.Owner o", "several objects in FROM"),
        ("SELECT Solution.Id FROM Task", "the object Solution"),
        ("SELECT CALENDAR_YEAR(CreatedDate) FROM Opportunity", "outside of GROUP BY"),
        ("SELECT Id FROM Account WHERE AnnualRevenue < null", "null"),
        ("SELECT Id FROM Opportunity WHERE IsClosed = null", "checkbox"),
        ("SELECT Id FROM Account WHERE AnnualRevenue + AnnualRevenue = 2", "calculations"),
    ],
)
def test_valid_queries_that_are_not_evaluated_say_so_and_answer_no_rows(query, what):
    with pytest.raises(NotBuilt) as refused:
        ask(query)

    assert what in refused.value.what


@pytest.mark.parametrize(
    ("query", "snippet", "indent", "column"),
    [
        ("select count() from XYZZY", "select count() from XYZZY", 20, 21),
        (
            f"SELECT {'x' * 100}, LastReferencedDate, Jigsaw, JigsawCompanyId, Clean, AccountSource, Duns FROM Account",
            "LastReferencedDate, Jigsaw, JigsawCompanyId, Clean, AccountSource, Duns FROM Account",
            45,
            155,
        ),
        (
            f"SELECT {'x' * 30}, {'y' * 30}, {'z' * 40} FROM Account",
            f"{'y' * 30}, {'z' * 40} FROM",
            32,
            72,
        ),
    ],
)
def test_a_refusal_quotes_the_whole_words_around_its_place(query, snippet, indent, column):
    refusal = refused_at("INVALID_FIELD", "No.", text=query, position=column - 1)

    assert refusal.message == f"\n{snippet}\n{' ' * indent}^\nERROR at Row:1:Column:{column}\nNo."
