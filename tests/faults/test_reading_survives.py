"""Whatever breaks while an org is read: each deal gets its plan once, and what happens to a deal is told once."""

import random
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest

from accord.core.audit import LineFilter
from accord.core.errors import AccordError
from accord.features.two_way.reading import store as positions
from accord.infra.audit.store import load_lines
from accord.workspace.plans import store as plans
from localorg import undelete
from support.activities import user_id
from support.auto_create import listening, new_deal, turn
from support.database import ONE_ENGINE
from support.product import Product, a_product
from support.running_org import ADMIN

FAULTS = ("reset_before", "reset_after", "unavailable", "concurrent_limit")
ROUNDS = 7


@pytest.fixture
def product(database: Any) -> Any:
    with a_product(database) as made:
        yield made


class _Died(BaseException):
    """The reader is gone."""


def deals_with_plans(product: Product) -> list[str]:
    """One for each plan, so that a second plan of a deal names it twice."""
    connection = product.connection
    with product.parts.database.reading(connection.workspace_id) as session:
        ids = plans.load_connected(session, connection.id, after=None, limit=100)
        return sorted(str(one.opportunity_id) for one in plans.load(session, connection.id, ids).values())


def followed(product: Product) -> Counter[tuple[str, str]]:
    connection = product.connection
    with product.parts.database.reading(connection.workspace_id) as session:
        lines = load_lines(session, connection.id, LineFilter(kind="deal.followed"), most=100).lines
    return Counter((str(line.entry.subject), line.entry.new["what"]) for line in lines)


@ONE_ENGINE
def test_each_deal_gets_one_plan_and_each_happening_one_line(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    """B1, S6: with a tenth of all calls failing, and readers that die before they store how far they are."""
    dice, keep = random.Random(5), positions.keep
    died = 0

    def keep_or_die(*args: Any, **facts: Any) -> bool:
        nonlocal died
        if dice.random() < 0.1:
            died += 1
            raise _Died
        return keep(*args, **facts)

    def as_admin() -> Any:
        return product.org.transaction(user_id=user_id(product, ADMIN), client="somebody")

    listening(product)
    first = [new_deal(product, Name=f"Deal {number}") for number in range(4)]
    turn(product, minutes=2)
    turn(product, minutes=2)
    moved, deleted, restored, _ = first
    with as_admin() as tx:
        account = tx.insert("Account", {"Name": "Somebody else"})
        tx.update("Opportunity", moved, {"AccountId": account})
        tx.delete("Opportunity", deleted)
        tx.delete("Opportunity", restored)
    for number, kind in enumerate(FAULTS):
        product.arm(kind=kind, match={"path": "/services/"}, rate=0.1 / len(FAULTS), seed=number)
    with monkeypatch.context() as patch:
        patch.setattr(positions, "keep", keep_or_die)
        for number in range(ROUNDS):
            first.append(new_deal(product, Name=f"Later deal {number}"))
            with suppress(AccordError, _Died):
                turn(product, minutes=6)
    assert sum(fault["hits"] for fault in product.faults.report()) >= 3
    assert died >= 1
    product.faults.clear()
    with as_admin() as tx:
        undelete.restore(tx, restored)
    for _ in range(3):
        turn(product, minutes=20)

    assert deals_with_plans(product) == sorted(first)
    assert followed(product) == Counter(
        {(moved, "account_changed"): 1, (deleted, "deal_deleted"): 1, (restored, "deal_deleted"): 1}
        | {(restored, "deal_undeleted"): 1}
    )
