"""A Task is about a customer before he is a Contact, and names him as soon as he is one: once (D25)."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from accord.core.errors import UnavailableError
from accord.features.activities.linking import store as awaited_store
from accord.features.activities.linking.store import awaited_contact
from support.activities import an_admin, fold_nothing, give_personal_login, user_id
from support.contacts import (
    CONTACTS,
    DANA,
    Room,
    a_contact,
    a_fresh_deal,
    connected,
    contacts_with,
    give_role,
    switch,
)
from support.plan_calls import a_rep_with_a_plan
from support.product import Product, a_product
from support.reused import ReusedDatabase
from support.running_org import RILEY


@pytest.fixture
def postgres_product(reused_postgres: ReusedDatabase) -> Iterator[Product]:
    """The whole product on the engine that has many writers."""
    with reused_postgres.opened() as database, a_product(database) as made:
        yield made


def tasks_of(room: Room) -> list[dict[str, Any]]:
    return [task for task in room.product.tasks() if task["WhatId"] == room.deal]


def named(room: Room) -> list[str | None]:
    """Whom the Tasks of the deal name."""
    return [task["WhoId"] for task in tasks_of(room)]


def awaited(product: Product) -> int:
    """How many Tasks wait for their customer."""
    with product.parts.database.reading(product.connection.workspace_id) as session:
        return int(session.rows(select(func.count()).select_from(awaited_contact))[0][0])


def test_the_task_of_an_invitation_names_the_contact_that_is_made_for_it(product: Product) -> None:
    switch(product)
    room = connected(product, deal=a_fresh_deal(product), by=RILEY)
    room.invite()
    room.deliver()

    assert (named(room), awaited(product)) == ([room.contact()["Id"]], 0)
    told = product.client.get(f"/api/v1/writes?record={room.deal}", headers=an_admin(product)).json["lines"]
    (line,) = [one for one in told if (one["object"], one["cause"]) == ("Task", "contact_linked")]
    (value,) = line["values"]
    assert (value["field"], value["before"], value["old"]) == ("WhoId", "known", None), "it was looked at"
    end = product.journal_end()
    again = {"plan_id": room.plan_id}
    assert product.client.post(f"{CONTACTS}/look-again", json=again, headers=an_admin(product)).status_code == 202
    room.deliver()
    assert product.journal(end) == [], "a Task is linked once"


def test_a_link_whose_answer_was_lost_is_told_with_its_value_in_the_list_of_writes(one_product: Product) -> None:
    switch(one_product)
    room = connected(one_product, deal=a_fresh_deal(one_product), by=RILEY)
    one_product.arm(kind="reset_after", match={"path": "/composite/sobjects$", "method": "PATCH"}, rate=1, count=1)
    room.invite()
    room.deliver()
    one_product.clock.advance(minutes=30)
    room.deliver()

    assert named(room) == [room.contact()["Id"]]
    told = one_product.client.get(f"/api/v1/writes?record={room.deal}", headers=an_admin(one_product)).json["lines"]
    (line,) = [one for one in told if (one["object"], one["cause"]) == ("Task", "contact_linked")]
    assert [(one["field"], one["before"]) for one in line["values"]] == [("WhoId", "not_known")]


@pytest.mark.parametrize("late", ["Task", "Contact"])
def test_whichever_of_the_two_is_written_later_the_task_names_the_contact(product: Product, late: str) -> None:
    switch(product)
    room = connected(product, deal=a_fresh_deal(product))
    product.arm(kind="row_lock", match={"path": f"sobjects/{late}"}, count=1)
    room.invite()
    room.deliver()
    there = {"Task": named(room), "Contact": contacts_with(product, DANA)}
    assert (there.pop(late), awaited(product)) == ([], 1)
    assert list(there.values()) != [[]]

    product.clock.advance(hours=1)
    room.deliver()

    assert (named(room), awaited(product)) == ([room.contact()["Id"]], 0)


def test_a_contact_who_is_found_in_salesforce_later_is_named_by_all_that_told_of_him(product: Product) -> None:
    """Contacts were not synced when it happened. Repeats that are one Task wait once; another customer's stay his."""
    room = connected(product, deal=a_fresh_deal(product))
    room.invite()
    room.invite("bo@brightwater.example", "Bo")
    fold_nothing(product)
    room.invite("cy@brightwater.example", "Cy")
    room.deliver()
    assert (named(room), awaited(product)) == ([None, None], 2)
    dana, cy = a_contact(product), a_contact(product, "CY@brightwater.example", LastName="Cy")
    for contact in (dana, cy):
        give_role(product, contact, deal=room.deal)

    switch(product)
    again = {"plan_id": room.plan_id}
    product.client.post(f"{CONTACTS}/look-again", json=again, headers=an_admin(product))
    room.deliver()

    assert (named(room), awaited(product)) == ([dana, cy], 0)


def test_the_task_of_a_reps_own_login_is_linked_by_that_login(one_product: Product) -> None:
    """W1."""
    switch(one_product)
    give_personal_login(one_product, RILEY)
    a_rep_with_a_plan(one_product, opportunity_id=a_fresh_deal(one_product)).invite(DANA)
    one_product.deliver()

    (task,) = one_product.tasks()
    (made,) = contacts_with(one_product, DANA)
    assert (task["WhoId"], task["LastModifiedById"]) == (made["Id"], user_id(one_product, RILEY))


def test_whoever_knows_the_contact_waits_for_who_is_writing_the_task(postgres_product: Product) -> None:
    """Neither of the two misses the other; SQLite has one writer."""
    database, org = postgres_product.parts.database, postgres_product.connection
    room = connected(postgres_product, deal=a_fresh_deal(postgres_product))
    room.invite()
    with database.reading(org.workspace_id) as session:
        key = session.rows(select(awaited_contact.c.task_key))[0][0]
    member = room.members[DANA].id
    with database.workspace(org.workspace_id) as writing:
        (written,) = awaited_store.mark_written(writing, org.id, [key], by=None)
        with pytest.raises(UnavailableError), database.workspace(org.workspace_id) as knowing:
            knowing.rows(select(func.set_config("lock_timeout", "20", True)))  # milliseconds
            awaited_store.lock_written(knowing, [member])
    with database.workspace(org.workspace_id) as knowing:
        assert awaited_store.lock_written(knowing, [member]) == [written]


def test_nobody_is_waited_for_longer_than_a_year(one_product: Product) -> None:
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.invite()
    one_product.clock.advance(days=364)
    one_product.parts.activities.forget_old(one_product.clock())
    assert awaited(one_product) == 1

    one_product.clock.advance(days=1)
    one_product.parts.activities.forget_old(one_product.clock())
    assert awaited(one_product) == 0


def test_who_is_forgotten_is_waited_for_no_more(one_product: Product) -> None:
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.invite()
    room.invite("bo@brightwater.example", "Bo", role="partner")
    fold_nothing(one_product)
    room.invite("cy@brightwater.example", "Cy")
    body = {"email": DANA, "confirm": DANA}
    answer = one_product.client.post("/api/v1/forget", json=body, headers=an_admin(one_product))

    assert (answer.status_code, awaited(one_product)) == (200, 1)
    assert answer.json["deleted"]["awaited_contact"] == 1
