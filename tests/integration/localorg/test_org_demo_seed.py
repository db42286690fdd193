"""The demo company: its people can do what the demo needs, and it is loaded once."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from localorg.app import create_app
from localorg.org import Org
from localorg.seed import DEMO_SEED, SeedError, load_seed
from support.running_org import ADMIN, BRIGHTWATER, FORCE_APP, NOOR, RILEY

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
INTEGRATION = "integration@halden.example"


def a_demo_org(**facts: Any) -> Org:
    org = Org.create(metadata_dirs=[FORCE_APP], clock=lambda: NOON, **facts)
    load_seed(org, DEMO_SEED)
    return org


def deal(org: Org) -> dict[str, Any]:
    return next(dict(row) for row in org.records.all("Opportunity") if row["Name"] == BRIGHTWATER)


class Caller:
    def __init__(self, org: Org, username: str) -> None:
        user = org.users.by_username(username)
        assert user is not None
        self.id = user.id
        self._client: FlaskClient = create_app(
            org, https_base="https://localhost:1", http_base="http://x"
        ).test_client()
        self._headers = {"Authorization": f"Bearer {org.sessions.issue(user.id)}"}

    def call(self, method: str, path: str, body: Any = None) -> TestResponse:
        return self._client.open(f"/services/data/v67.0/{path}", method=method, json=body, headers=self._headers)


def test_dates_are_counted_from_the_day_of_loading() -> None:
    row = deal(a_demo_org())

    assert row["CloseDate"] == (NOON + timedelta(days=38)).date().isoformat()
    assert row["CreatedDate"].startswith((NOON - timedelta(days=64)).date().isoformat())


def test_one_deal_has_its_amount_from_its_products() -> None:
    org = a_demo_org()
    row = next(row for row in org.records.all("Opportunity") if row["HasOpportunityLineItem"])

    assert (row["Name"], row["Amount"]) == ("Corvane \N{EN DASH} QC line, 12 chromatographs", 486_000.0)


def test_a_seed_is_no_entry_of_the_journal() -> None:
    assert a_demo_org().journal.entries() == []


def test_it_is_loaded_once(tmp_path: Path) -> None:
    data = tmp_path / "org.db"
    a_demo_org(data_file=data).close()
    again = Org.create(metadata_dirs=[FORCE_APP], data_file=data, clock=lambda: NOON)
    loaded = load_seed(again, DEMO_SEED)

    assert loaded is False
    assert again.records.count("Opportunity") == 12
    assert len([user for user in again.users.all() if user.username == RILEY]) == 1
    again.close()


def test_an_org_without_the_package_gets_the_people_and_later_their_permission_sets(tmp_path: Path) -> None:
    data = tmp_path / "org.db"
    bare = Org.create(data_file=data, clock=lambda: NOON)
    load_seed(bare, DEMO_SEED)
    before = bare.users.by_username(RILEY)
    bare.close()
    packaged = a_demo_org(data_file=data)
    after = packaged.users.by_username(RILEY)
    packaged.close()

    assert before is not None
    assert after is not None
    assert (before.permission_sets, after.permission_sets) == (frozenset(), frozenset({"Accord_Rep"}))


def test_the_rep_reads_and_changes_the_amount() -> None:
    org = a_demo_org()
    answer = Caller(org, RILEY).call("PATCH", f"sobjects/Opportunity/{deal(org)['Id']}", {"Amount": 131000.25})

    assert answer.status_code == 204
    assert [(entry.user, entry.after["Amount"]) for entry in org.journal.entries()] == [
        (Caller(org, RILEY).id, 131000.25)
    ]


def test_the_other_rep_does_not_even_see_that_there_is_an_amount() -> None:
    org = a_demo_org()
    noor = Caller(org, NOOR)
    described = noor.call("GET", "sobjects/Opportunity/describe").get_json()
    queried = noor.call("GET", "query?q=SELECT+Amount+FROM+Opportunity")

    assert "Amount" not in {field["name"] for field in described["fields"]}
    assert queried.get_json()[0]["errorCode"] == "INVALID_FIELD"


def test_the_integration_user_upserts_a_task_of_a_deal_for_somebody_else() -> None:
    org = a_demo_org()
    caller = Caller(org, INTEGRATION)
    body = {
        "Subject": "Viewed", "Status": "Completed", "Priority": "Normal", "WhatId": deal(org)["Id"],
        "OwnerId": Caller(org, RILEY).id,
    }  # fmt: skip
    first = caller.call("PATCH", "sobjects/Task/Accord_Id__c/seed-1", body)
    second = caller.call("PATCH", "sobjects/Task/Accord_Id__c/seed-1", body)

    assert (first.status_code, second.status_code) == (201, 200), first.text


def test_the_administrator_is_there() -> None:
    user = a_demo_org().users.by_username(ADMIN)

    assert user is not None
    assert (user.name, user.profile) == ("Ada Lindqvist", "System Administrator")


def test_there_are_deals_at_different_stages_and_two_record_types() -> None:
    org = a_demo_org()
    rows = list(org.records.all("Opportunity"))

    assert len(rows) == 12
    assert len({row["StageName"] for row in rows}) >= 8
    assert len({row["RecordTypeId"] for row in rows}) == 2


@pytest.mark.parametrize(
    ("seed", "reason"),
    [
        ("[]", "a seed is an object"),
        ("{", "cannot be read"),
        ('{"campaigns": []}', "a seed is an object"),
        ('{"tasks": [{"Subject": "x", "OwnerId": "user:nobody"}]}', "no user nobody"),
        ('{"opportunities": [{"Name": "x", "RecordTypeId": "record_type:Nothing"}]}', "no record type Nothing"),
        ('{"prices": [{"UnitPrice": 1, "Pricebook2Id": "price_book:Nothing"}]}', "no price book Nothing"),
        ('{"accounts": [{"Name": "x", "Nothing__c": 1}]}', "Nothing__c"),
        ('{"users": [{"username": "x@example.org"}]}', "last_name"),
    ],
)
def test_a_wrong_seed_is_told_and_leaves_no_record(tmp_path: Path, seed: str, reason: str) -> None:
    file = tmp_path / "seed.json"
    file.write_text(seed)
    org = Org.create(clock=lambda: NOON)

    with pytest.raises(SeedError, match=reason) as refused:
        load_seed(org, file)
    assert str(file) in str(refused.value)
    assert org.records.count("Account") == 0


def test_a_seed_says_what_kind_of_org_it_is(tmp_path: Path) -> None:
    file = tmp_path / "seed.json"
    persons = [{"LastName": "Moreau", "PersonEmail": "ines@moreau.example"}]
    file.write_text(json.dumps({"options": {"person_accounts": True}, "accounts": persons}))
    org = Org.create(clock=lambda: NOON)

    load_seed(org, file)

    (contact,) = org.records.all("Contact")
    assert (contact["Email"], contact["IsPersonAccount"]) == ("ines@moreau.example", True)


def test_the_file_itself_is_plain_json_with_the_known_parts() -> None:
    assert set(json.loads(DEMO_SEED.read_text("utf-8"))) == {
        "users", "record_types", "accounts", "contacts", "opportunities", "contact_roles", "products", "prices",
        "line_items", "tasks",
    }  # fmt: skip
