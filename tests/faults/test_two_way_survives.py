"""Whatever breaks while a value goes over: both sides are the same in the end, and nobody's change is written over."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accord.core.errors import AccordError
from accord.delivery.model import Failpoint
from accord.features.two_way.model import Linked, LinkSettings, Standing
from accord.features.two_way.reading import store as positions
from accord.mapping.merge import Policy
from support.database import ONE_ENGINE
from support.product import Product, a_product
from support.two_way import Sides, agreed, an_admin_of, dollars, set_up_two_way

WRITES = {"path": "/services/data/.*/composite/sobjects", "method": "PATCH"}


@pytest.fixture
def product(database: Any) -> Any:
    with a_product(database) as made:
        yield made


@pytest.fixture
def sides(product: Product) -> Sides:
    set_up_two_way(product)
    return agreed(product)


class _Died(BaseException):
    """The worker is gone."""


def die_at(product: Product, place: Failpoint) -> None:
    """A worker takes what is due and dies there; its lease has to end."""

    def at(reached: Failpoint) -> None:
        if reached is place:
            raise _Died

    drain = replace(product.parts.drain, at=at)
    with pytest.raises(_Died):
        drain.drain(product.connection.workspace_id, product.connection.id)


@pytest.mark.parametrize("place", [Failpoint.BEFORE_SEND, Failpoint.AFTER_SEND])
def test_a_worker_that_dies_around_the_write_costs_nothing(sides: Sides, place: Failpoint) -> None:
    """Between the write and the shadow there is a commit of somebody else's; the next look finds what is there."""
    sides.edit_plan(end_date=date(2027, 3, 31))

    die_at(sides.product, place)
    sides.settle()

    assert (sides.close_date, sides.end_date) == ("2027-03-31", "2027-03-31")
    assert len(sides.value_writes()) == 1
    assert sides.state(Linked.CLOSE_DATE).standing is Standing.EQUAL


@ONE_ENGINE
def test_an_answer_that_is_lost_after_the_commit_is_no_second_write(sides: Sides) -> None:
    sides.product.arm(kind="reset_after", match=WRITES, rate=1, count=1)
    sides.edit_plan(value=dollars("80000"))

    sides.deliver()
    sides.product.clock.advance(minutes=30)
    sides.settle()

    assert (sides.amount, sides.plan.value) == (80000, dollars("80000"))
    assert len(sides.value_writes()) == 1


@ONE_ENGINE
def test_a_change_made_after_an_unanswered_write_is_not_written_over(sides: Sides) -> None:
    """The write arrived, its answer did not; then somebody changed the deal. His value stands."""
    sides.product.arm(kind="reset_after", match=WRITES, rate=1, count=1)
    sides.edit_plan(value=dollars("80000"))
    sides.deliver()
    sides.edit_deal(Amount=90000)

    sides.product.clock.advance(minutes=30)
    sides.settle()

    assert (sides.amount, sides.plan.value) == (90000, dollars("90000"))


@ONE_ENGINE
def test_what_a_person_changes_before_the_write_goes_out_is_not_written_over(sides: Sides) -> None:
    """The value in Salesforce was read long before: it is looked at again right before the write."""
    sides.edit_plan(end_date=date(2027, 3, 31))
    sides.edit_deal(CloseDate="2027-06-30")

    sides.deliver()
    assert sides.close_date == "2027-06-30"
    sides.settle()

    assert (sides.close_date, sides.end_date) == ("2027-06-30", "2027-06-30")
    assert sides.value_writes() == []


@ONE_ENGINE
def test_a_reader_that_dies_before_it_stores_its_position_reads_again(sides: Sides, monkeypatch: Any) -> None:
    sides.edit_deal(CloseDate="2027-06-30")

    def die(*_args: Any, **_kwargs: Any) -> bool:
        raise _Died

    with monkeypatch.context() as patch:
        patch.setattr(positions, "keep", die)
        patch.setattr(positions, "give_back", die)
        with pytest.raises(_Died):
            sides.turn(minutes=2)
    assert sides.end_date == "2027-06-30"  # the work was done, and nobody knows
    sides.turn(minutes=2)  # its turn has not ended yet
    sides.edit_deal(CloseDate="2027-07-31")
    sides.turn(minutes=10)

    assert sides.end_date == "2027-07-31"
    assert sides.value_writes() == []


@ONE_ENGINE
def test_a_gap_in_what_the_org_remembers_is_closed_by_reading_all(sides: Sides) -> None:
    """INVALID_REPLICATION_DATE: the org tells changes of thirty days."""
    sides.edit_deal(CloseDate="2027-06-30")

    sides.turn(minutes=60 * 24 * 40)

    assert sides.end_date == "2027-06-30"


def test_random_edits_on_both_sides_settle_in_two_writes_with_a_tenth_of_all_calls_failing(sides: Sides) -> None:
    """D29, against the org: then ten minutes pass without a read of the deal or a write."""
    product, dice = sides.product, random.Random(7)
    set_up_two_way(product, {one: LinkSettings(policy=Policy.NEWEST) for one in Linked})
    for kind in ("reset_before", "reset_after"):
        product.arm(kind=kind, match={"path": "/services/data/.*"}, rate=0.05, seed=3)
    for number in range(24):
        day, amount = date(2027, 1, 1 + dice.randrange(28)), Decimal(dice.randrange(1, 9) * 1000)
        dice.choice(
            (
                lambda day=day, amount=amount: sides.edit_plan(end_date=day, value=dollars(str(amount))),
                lambda day=day, amount=amount: sides.edit_deal(CloseDate=day.isoformat(), Amount=float(amount)),
            )
        )()
        if number % 3 == 0:
            _try_to(lambda: sides.turn(minutes=12))
    product.faults.clear()
    last = product.journal_end()
    for _ in range(6):
        sides.turn(minutes=20)
        for linked in Linked:
            _let_go_on(sides, linked)

    writes = sides.value_writes(last)
    assert len([one for one in writes if "CloseDate" in one.after]) <= 2
    assert len([one for one in writes if "Amount" in one.after]) <= 2
    assert (sides.end_date, sides.plan.value) == (sides.close_date, dollars(str(sides.amount)))
    before = product.counter.report(since=0)["by_path"]
    for _ in range(10):
        sides.turn()
    after = product.counter.report(since=0)["by_path"]
    grown = {path for path, count in after.items() if count > before.get(path, 0)}
    assert not any("composite" in path or "/query" in path for path in grown)


def _try_to(act: Any) -> None:
    """What fails is tried again at the next turn."""
    try:
        act()
    except AccordError:
        return


def _let_go_on(sides: Sides, linked: Linked) -> None:
    if sides.state(linked).frozen_at is not None:
        sides.product.parts.deal_links.values.thaw(an_admin_of(sides.product), sides.plan_id, linked)


def test_one_reader_at_a_time(sides: Sides) -> None:
    """Another process that comes meanwhile leaves it alone; when the reader dies, its turn ends by itself."""
    connection, now = sides.product.connection, sides.product.clock()
    with sides.product.parts.database.workspace(connection.workspace_id) as session:
        taken = positions.take(session, connection.id, "another", now=now, until=now + timedelta(minutes=5))
    assert taken is not None
    sides.edit_deal(CloseDate="2027-06-30")

    sides.turn(minutes=2)
    assert sides.end_date != "2027-06-30"
    sides.turn(minutes=4)

    assert sides.end_date == "2027-06-30"
