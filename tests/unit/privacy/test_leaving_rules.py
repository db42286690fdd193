"""What leaves the org is told by the settings and by what the program always asks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import accord
from accord.features.privacy.leaving.rules import ALWAYS, reads_of
from accord.features.privacy.places.model import ELSEWHERE, PLACES, place_of
from accord.infra.db import metadata

PACKAGE = Path(accord.__file__).parent
NAMES = {"DEAL": "Opportunity"}


def queries(source: str) -> Iterator[tuple[str, str]]:
    """Object and field of each `select("A", "B").from_(X)` whose words stand in the source."""
    for call in ast.walk(ast.parse(source)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "from_"):
            continue
        (target,), asked = call.args, call.func.value
        sobject = target.value if isinstance(target, ast.Constant) else NAMES.get(getattr(target, "id", ""))
        if sobject is not None and isinstance(asked, ast.Call):
            yield from ((sobject, one.value) for one in asked.args if isinstance(one, ast.Constant))


def test_every_field_that_the_source_names_in_a_query_is_told():
    told = {(read.sobject, read.field) for read in ALWAYS}
    asked = {
        (pair, path.relative_to(PACKAGE).as_posix())
        for path in PACKAGE.rglob("*.py")
        if path.name != "soql.py"
        for pair in queries(path.read_text(encoding="utf-8"))
    }

    assert len(asked) > 15
    assert sorted((pair, place) for pair, place in asked if pair not in told) == []


def test_settings_of_any_kind_tell_the_fields_that_they_name():
    rows = [("Account", "Industry"), ("Opportunity", "Owner.Name")]
    panel = {"tabs": [{"rows": [{"sobject": one, "field": field, "label": field} for one, field in rows]}]}
    synced = {
        "rows": [
            {"datum": "accord_url", "path": "", "field": "Url__c"},
            {"datum": "x", "path": "Owner", "field": "Y__c"},
        ]
    }

    assert {(one.sobject, one.field) for one in reads_of("settings.panel", "Panel", panel)} == {
        *rows,
        ("Opportunity", "Owner.Id"),  # the row leads to that record
    }
    shown = [
        {"sobject": "Opportunity", "field": "Amount", "read": True},
        {"sobject": "Account", "field": "Fax", "read": False},
    ]
    variables = {"enabled": True, "rows": shown}
    assert [(one.field, one.copies) for one in reads_of("settings.variables", "", variables)] == [
        ("Amount", ("drafts",))
    ]
    assert {(one.sobject, one.field) for one in reads_of("settings.field_sync", "Sync", synced)} == {
        ("Opportunity", "Url__c"), ("Opportunity", "Owner.Y__c"), ("Opportunity", "Owner.Id")
    }  # fmt: skip


def test_every_copy_lies_in_a_place_that_is_told():
    assert {copy for read in ALWAYS for copy in read.copies} <= {place.name for place in PLACES}


def test_every_place_says_who_sees_it_and_every_table_lies_in_one_place():
    named = [table for place in PLACES for table in place.tables]

    assert all(place.title and place.what and place.kept and place.seen_by for place in PLACES)
    assert sorted(named) == sorted(set(named))
    assert set(named) <= set(metadata.tables)
    assert place_of("outbox").name == "outbox"
    assert place_of("a table of tomorrow") is ELSEWHERE
