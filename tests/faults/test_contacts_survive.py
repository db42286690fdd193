"""Whatever breaks on the way: one Contact for each address, one role for each deal, one member for each contact, and
one Task for each invitation, which names him (D25).
"""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from accord.delivery.model import Failpoint
from support.activities import fold_nothing
from support.contacts import a_contact, a_fresh_deal, connected, contacts_with, give_role, switch
from support.product import Product, a_product

ADDRESSES = ("dana@brightwater.example", "Bo@Corvane.example", "cy@tideline.example")
FAULTS = ("reset_before", "reset_after", "late_commit")


@pytest.fixture
def product(database: Any) -> Any:
    with a_product(database) as made:
        yield made


class _Died(BaseException):
    """The worker is gone."""


def drain_and_maybe_die(product: Product, dice: random.Random) -> None:
    def at(_reached: Failpoint) -> None:
        if dice.random() < 0.1:
            raise _Died

    with suppress(_Died):
        replace(product.parts.drain, at=at, dice=dice.random).drain(
            product.connection.workspace_id, product.connection.id
        )


def test_lost_answers_late_commits_and_dying_workers_make_nothing_twice(product: Product) -> None:
    dice = random.Random(11)
    switch(product)
    fold_nothing(product)
    deals = [a_fresh_deal(product, Name=f"Deal {number}") for number in range(4)]
    pulled = a_contact(product, "pulled@brightwater.example")
    for deal in deals:
        give_role(product, pulled, deal=deal)
    for number, kind in enumerate(FAULTS):
        product.arm(kind=kind, match={"path": "/services/data/"}, rate=0.12, count=8, seed=number, delay_ms=400_000)
    rooms = [connected(product, deal=deal) for deal in deals]
    for room in rooms:
        for address in ADDRESSES:
            drain_and_maybe_die(product, dice)
            room.invite(dice.choice([address, address.upper()]), "Some One")
            product.clock.advance(minutes=7)
    for _ in range(4):
        drain_and_maybe_die(product, dice)
        product.clock.advance(hours=1)
    hurt = sum(fault["hits"] for fault in product.faults.report())
    product.faults.clear()
    for _ in range(4):
        product.clock.advance(hours=8)
        product.deliver()

    assert hurt >= 3
    contacts = {address: [one["Id"] for one in contacts_with(product, address)] for address in ADDRESSES}
    assert {address: len(found) for address, found in contacts.items()} == dict.fromkeys(ADDRESSES, 1)
    wanted = Counter([pulled, *(found[0] for found in contacts.values())])
    assert [Counter(room.linked) for room in rooms] == [wanted] * len(rooms)
    assert [{one.contact_id for one in room.members.values()} for room in rooms] == [set(wanted)] * len(rooms)
    assert {len(room.members) for room in rooms} == {4}
    told = Counter((task["WhatId"], task["WhoId"]) for task in product.tasks())
    assert told == Counter((deal, found[0]) for deal in deals for found in contacts.values())
