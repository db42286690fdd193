"""Plans that were connected before contacts were switched on are read then, page by page (B1)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from accord.delivery.model import Failpoint, Priority
from accord.delivery.store import outbox
from accord.features.contacts import filling, pulling
from accord.features.contacts.model import ALL_PLANS
from accord.features.contacts.pulling import Pulling
from support.activities import an_admin
from support.contacts import CONTACTS, Room, a_contact, a_fresh_deal, connected, contacts_with, give_role, switch
from support.delivery import once
from support.product import Product

PULLED = "pulled@brightwater.example"


class _Died(BaseException):
    """The worker is gone."""


def rooms_from_before(product: Product, number: int) -> list[Room]:
    """Connected plans, whose deals have a contact each."""
    rooms = [connected(product, deal=a_fresh_deal(product, Name=f"Deal {place}")) for place in range(number)]
    contact = a_contact(product, PULLED)
    for room in rooms:
        give_role(product, contact, deal=room.deal)
    product.deliver()
    return rooms


def shown(product: Product) -> tuple[int, int, int]:
    told = product.client.get(CONTACTS, headers=an_admin(product)).json
    return told["plans"], told["reading_calls"], told["to_read"]


def pages(product: Product) -> int:
    """How many pages were put."""
    with product.parts.database.reading(product.connection.workspace_id) as session:
        return len(session.rows(select(outbox.c.id).where(outbox.c.external_id_field == ALL_PLANS)))


def is_read(rooms: list[Room]) -> list[bool]:
    return [PULLED in room.members for room in rooms]


def test_switched_on_all_plans_are_read_behind_everything_else_for_what_was_told_before(product: Product) -> None:
    rooms = rooms_from_before(product, 3)
    rooms[0].invite("out@brightwater.example", "Out")
    product.deliver()
    assert shown(product) == (3, 2, 0), "before: so many plans, about so many calls"
    switch(product)
    assert shown(product) == (3, 2, 3)
    with product.parts.database.reading(product.connection.workspace_id) as session:
        waiting = session.rows(select(outbox.c.priority).where(outbox.c.external_id_field == ALL_PLANS))
    assert [row.priority for row in waiting] == [Priority.BACKFILL]
    product.deliver()

    assert (is_read(rooms), shown(product)) == ([True] * 3, (3, 2, 0))
    with product.parts.database.reading(product.connection.workspace_id) as session:
        written = session.rows(select(outbox.c.priority).where(outbox.c.kind == "contact_wanted"))
    assert [row.priority for row in written] == [Priority.BACKFILL], "what it writes hurries no more"
    (made,) = contacts_with(product, "out@brightwater.example")
    assert made["Id"] in rooms[0].linked, "and who was a member only is a Contact"
    switch(product, lead_source="Web")
    assert (pages(product), shown(product)[2]) == (1, 0), "on already"


def test_whoever_dies_on_the_way_goes_on_where_he_was(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "PLANS_A_PAGE", 2)
    rooms = rooms_from_before(product, 5)
    switch(product)
    deaths = iter(range(2))

    def at(reached: Failpoint) -> None:
        """Twice a page is read and its next is put, and nobody notes that it is done."""
        if reached is Failpoint.BEFORE_MARK and next(deaths, None) is not None:
            raise _Died

    for _ in range(4):
        with suppress(_Died):
            drain = replace(product.parts.drain, at=at)
            drain.drain(product.connection.workspace_id, product.connection.id)
        product.clock.advance(minutes=10)

    assert next(deaths, None) is None
    assert (is_read(rooms), shown(product)[2]) == ([True] * 5, 0)
    assert pages(product) == 3, "each goes on once"


def while_a_page_is_read(patch: pytest.MonkeyPatch, action: Callable[[], None]) -> None:
    """Something else happens while the call of the next page is under way."""
    read, act = Pulling.pull, once(action)

    def pull(*given: Any, **named: Any) -> None:
        read(*given, **named)
        act()

    patch.setattr(Pulling, "pull", pull)


def off_and_on(product: Product) -> None:
    switch(product, on=False)
    switch(product)


@pytest.mark.parametrize("read_before", [0, 1])
def test_off_and_on_again_while_a_page_is_read_reads_no_plan_twice_from_there(
    one_product: Product, monkeypatch: pytest.MonkeyPatch, read_before: int
) -> None:
    """It begins anew; the page that was under way is the last of its run."""
    monkeypatch.setattr(filling, "PLANS_A_PAGE", 2)
    rooms = rooms_from_before(one_product, 5)
    switch(one_product)
    one_product.parts.drain.drain(one_product.connection.workspace_id, one_product.connection.id, most=read_before)
    while_a_page_is_read(monkeypatch, lambda: off_and_on(one_product))
    one_product.deliver()

    assert (is_read(rooms), shown(one_product)[2]) == ([True] * 5, 0)
    assert pages(one_product) == read_before + 1 + 3


def test_switched_off_while_a_page_is_read_nothing_follows_it(
    one_product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "PLANS_A_PAGE", 2)
    rooms_from_before(one_product, 5)
    switch(one_product)
    while_a_page_is_read(monkeypatch, lambda: switch(one_product, on=False))
    one_product.deliver()

    assert (pages(one_product), shown(one_product)[2]) == (1, 0)


def test_switched_off_while_the_contacts_of_a_deal_are_read_nobody_becomes_a_member(
    one_product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    (room,) = rooms_from_before(one_product, 1)
    switch(one_product)
    read = pulling.read_contacts

    def read_and_switch_off(*given: Any) -> Any:
        found = read(*given)
        switch(one_product, on=False)
        return found

    monkeypatch.setattr(pulling, "read_contacts", read_and_switch_off)
    one_product.deliver()

    assert room.members == {}


def test_switched_off_it_stops(one_product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "PLANS_A_PAGE", 2)
    rooms = rooms_from_before(one_product, 5)
    switch(one_product)
    one_product.parts.drain.drain(one_product.connection.workspace_id, one_product.connection.id, most=1)
    assert (sum(is_read(rooms)), shown(one_product)[2]) == (2, 3)
    switch(one_product, on=False)
    before = one_product.calls()
    one_product.deliver()

    assert (sum(is_read(rooms)), shown(one_product)[2]) == (2, 0)
    assert one_product.calls() == before
    switch(one_product)
    one_product.deliver()
    assert sum(is_read(rooms)) == 5
