"""A Task has the date of the place where its owner lives, as his row in Salesforce says (W5)."""

from dataclasses import replace
from typing import Any

import pytest

from accord.core.identity import Identity, Role
from support.activities import an_admin, an_item, change_settings, give_personal_login, log, user_id
from support.product import INTEGRATION, Product
from support.running_org import RILEY

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NIGHT_IN_LONDON = "2026-11-22T03:00:00Z"


def days(product: Product, **changes: Any) -> list[str]:
    """The date of a Task for something that happened at night."""
    log(product, product.sign_in_flow(), an_item(product, occurredAt=NIGHT_IN_LONDON, **changes))
    product.deliver()
    return [str(task["ActivityDate"])[:10] for task in product.tasks()]


def move(product: Product, username: str, zone: str) -> None:
    product.org.users.change(user_id(product, username), TimeZoneSidKey=zone)


def test_the_owners_zone_is_read_when_an_admin_saves_the_settings(product: Product) -> None:
    move(product, INTEGRATION, "America/Los_Angeles")
    change_settings(product, owner_time_zone="Asia/Tokyo")

    assert days(product) == ["2026-11-21"]


def test_it_is_read_again_every_hour(product: Product) -> None:
    move(product, INTEGRATION, "America/Los_Angeles")

    assert product.parts.zones.read_all() == 1
    assert product.parts.zones.read_all() == 0
    assert days(product) == ["2026-11-21"]


def test_a_members_zone_is_read_as_well(product: Product) -> None:
    give_personal_login(product, RILEY)
    move(product, RILEY, "Europe/London")

    product.parts.zones.read_all()

    assert days(product, actorUserId=user_id(product, RILEY)) == ["2026-11-22"]


def test_until_salesforce_was_asked_the_setting_counts(product: Product) -> None:
    with product.parts.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM owner_zone")
    product.arm(kind="unavailable", match={"method": "GET", "path": "query"}, rate=1.0, seed=1)
    admin = Identity(product.connection.workspace_id, product.connection.id, Role.ADMIN)
    known = product.parts.activity_setup.load(admin)
    product.parts.activity_setup.save(admin, replace(known, owner_time_zone="America/Los_Angeles"))
    product.faults.clear()

    assert days(product) == ["2026-11-21"]


def test_when_salesforce_is_away_what_was_known_stays(product: Product) -> None:
    move(product, INTEGRATION, "America/Los_Angeles")
    product.parts.zones.read_all()
    product.arm(kind="unavailable", match={"method": "GET", "path": "query"}, rate=1.0, seed=1)

    assert product.parts.zones.read_all() == 0
    product.faults.clear()
    assert days(product) == ["2026-11-21"]


def test_logging_asks_nobody_and_one_question_is_one_call(product: Product) -> None:
    give_personal_login(product, RILEY)
    flow = product.sign_in_flow()
    before = product.calls()

    log(product, flow, an_item(product))
    assert product.calls() == before

    product.parts.zones.read_all()
    assert product.calls() - before == 1


def test_the_preview_shows_that_date(product: Product) -> None:
    move(product, INTEGRATION, "America/Los_Angeles")
    product.parts.zones.read_all()
    sample = {
        "record_id": product.deal(), "kind": "comment", "subject_text": "x", "occurred_at": NIGHT_IN_LONDON,
    }  # fmt: skip

    answer = product.client.post("/api/v1/settings/activity/preview", json=sample, headers=an_admin(product))

    assert answer.json["task"]["ActivityDate"] == "2026-11-21"
