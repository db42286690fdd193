"""Close date and end date, amount and plan value: linked, each by a switch of its own (A104 to A110, D27)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from accord.core.money import Money
from accord.features.two_way.model import Linked, LinkSettings, Reason, Standing
from accord.mapping.merge import Policy
from support.product import Product
from support.two_way import agreed, connected, dollars, set_up_two_way


def test_a_new_plan_takes_what_its_deal_has(product: Product) -> None:
    """A105, A106, A108: on by default."""
    set_up_two_way(product)
    sides = connected(product)

    sides.turn()

    assert sides.end_date == sides.close_date
    assert sides.plan.value == Money(sides.amount or Decimal(), "USD")
    assert sides.value_writes() == []


def test_what_follows_when_the_two_have_met_is_delivered_at_once(one_product: Product) -> None:
    """Fields and events of a value that was taken, and the write of ours: nobody waits for the worker's next look."""
    set_up_two_way(one_product)
    sides, woken = connected(one_product), list[str]()
    reader, place = one_product.parts.deal_links.reader, one_product.connection
    watched = replace(reader, meeting=replace(reader.meeting, wake=lambda: woken.append("woken")))
    for _ in range(2):
        one_product.clock.advance(minutes=2)
        watched.read(place.workspace_id, place.id)
    assert (sides.end_date, woken) == (sides.close_date, ["woken"])

    set_up_two_way(one_product, {Linked.CLOSE_DATE: LinkSettings(policy=Policy.OURS)})
    sides.edit_plan(end_date=date(2027, 3, 31))
    sides.edit_deal(CloseDate="2027-06-30")
    sides.deliver()
    one_product.clock.advance(minutes=2)
    watched.read(place.workspace_id, place.id)
    assert (sides.state(Linked.CLOSE_DATE).standing, woken) == (Standing.ON_ITS_WAY, ["woken", "woken"])


def test_a_change_on_either_side_is_reflected_on_the_other(product: Product) -> None:
    """A107, A109."""
    set_up_two_way(product)
    sides = agreed(product)

    sides.edit_plan(end_date=date(2027, 3, 31), value=dollars("80000"))
    sides.deliver()
    assert (sides.close_date, sides.amount) == ("2027-03-31", 80000)

    sides.edit_deal(CloseDate="2027-04-30", Amount=81000.25)
    sides.turn()
    assert (sides.end_date, sides.plan.value) == ("2027-04-30", dollars("81000.25"))
    assert sides.state(Linked.AMOUNT).standing is Standing.EQUAL
    sides.edit_plan(value=None)
    sides.deliver()
    assert sides.amount is None


def test_each_link_has_its_own_switch(one_product: Product) -> None:
    """A110."""
    set_up_two_way(one_product, {Linked.AMOUNT: LinkSettings(enabled=False)})
    sides = agreed(one_product)
    assert (sides.end_date, sides.plan.value) == (sides.close_date, None)
    assert not sides.state(Linked.AMOUNT).is_due  # nobody asks for what is off at each turn

    sides.edit_plan(end_date=date(2027, 3, 31), value=dollars("80000"))
    sides.settle()

    assert sides.close_date == "2027-03-31"
    assert sides.amount == Decimal("125000.5")
    set_up_two_way(one_product, {Linked.CLOSE_DATE: LinkSettings(enabled=False)})
    sides.edit_plan(end_date=date(2027, 4, 30))
    assert sides.state(Linked.CLOSE_DATE).pending is None  # nothing waits to be refused


def test_what_is_switched_on_meets_at_the_next_turn(one_product: Product) -> None:
    set_up_two_way(one_product, {Linked.CLOSE_DATE: LinkSettings(enabled=False)})
    sides = agreed(one_product)
    assert sides.end_date is None

    set_up_two_way(one_product, {Linked.CLOSE_DATE: LinkSettings()})
    sides.turn()

    assert sides.end_date == sides.close_date


def test_a_write_that_waits_does_not_go_out_when_the_link_is_switched_off(one_product: Product) -> None:
    sides = agreed(one_product)
    before = sides.close_date
    sides.edit_plan(end_date=date(2027, 3, 31))

    set_up_two_way(one_product, {Linked.CLOSE_DATE: LinkSettings(enabled=False)})
    sides.deliver()

    assert sides.close_date == before


def test_unchanged_values_cost_no_call_but_the_question_what_has_changed(one_product: Product) -> None:
    """D29: ten minutes after the last change, nothing of a deal is read or written."""
    set_up_two_way(one_product)
    sides = agreed(one_product)
    sides.edit_plan(end_date=date(2027, 3, 31))
    sides.deliver()
    sides.settle()
    before = one_product.counter.report(since=0)["by_path"]

    for _ in range(10):
        sides.turn()

    after = one_product.counter.report(since=0)["by_path"]
    grown = {path for path, count in after.items() if count > before.get(path, 0)}
    assert {path.rpartition("/")[2] for path in grown if "/sobjects" in path or "/query" in path} == {
        "updated",
        "deleted",
    }
    assert not any("composite" in path for path in grown)


def test_fifty_edits_of_a_plan_are_one_write_with_the_last_value(one_product: Product) -> None:
    sides = agreed(one_product)

    for day in range(1, 29):
        sides.edit_plan(end_date=date(2027, 2, day))
    before = one_product.calls()
    sides.deliver()

    assert one_product.calls() - before == 3, "a look, the write, and a look at what became of it"
    assert sides.close_date == "2027-02-28"
    assert len(sides.value_writes()) == 1


def test_an_org_with_one_currency_waits_until_it_is_heard(product: Product) -> None:
    """D27, W14: the REST API does not tell it; the request with which a rep opens the panel does."""
    sides = agreed(product)
    assert (sides.plan.value, sides.state(Linked.AMOUNT).reason) == (None, Reason.ORG_CURRENCY_UNKNOWN)

    product.sign_in()
    sides.turn()
    assert sides.plan.value == dollars("125000.5")

    set_up_two_way(product, org_currency="EUR")  # what the org says comes before what an admin thought
    sides.edit_plan(value=dollars("99000"))
    sides.settle()
    assert (sides.amount, sides.state(Linked.AMOUNT).standing) == (Decimal("99000.0"), Standing.EQUAL)


def test_where_nothing_is_heard_an_admin_names_the_currency(one_product: Product) -> None:
    sides = agreed(one_product)
    assert (sides.plan.value, sides.state(Linked.AMOUNT).reason) == (None, Reason.ORG_CURRENCY_UNKNOWN)

    set_up_two_way(one_product, org_currency="EUR")
    sides.turn()

    assert sides.plan.value == Money(Decimal("125000.5"), "EUR")


def test_another_currency_is_refused_with_the_reason_and_nothing_is_converted(one_product: Product) -> None:
    """D27: GBP against USD."""
    set_up_two_way(one_product)
    sides = agreed(one_product)

    sides.edit_plan(value=Money(Decimal(99), "GBP"))
    sides.settle()

    state = sides.state(Linked.AMOUNT)
    assert (state.standing, state.reason) == (Standing.APART, Reason.CURRENCY_MISMATCH)
    assert sides.amount == Decimal("125000.5")
    assert sides.plan.value == Money(Decimal(99), "GBP")

    sides.edit_plan(value=dollars("99"))
    sides.settle()
    assert sides.amount == 99


def test_a_deal_cannot_be_without_its_close_date(one_product: Product) -> None:
    sides = agreed(one_product)

    sides.edit_plan(end_date=None)
    sides.settle()

    assert sides.state(Linked.CLOSE_DATE).reason is Reason.REQUIRED_IN_SALESFORCE
    assert sides.value_writes() == []


def test_a_second_deal_begins_anew(one_product: Product) -> None:
    """What was agreed with one deal says nothing about another, also where the link was off when it came."""
    set_up_two_way(one_product)
    sides = agreed(one_product)
    other = next(str(row["Id"]) for row in one_product.org.records.all("Opportunity") if str(row["Id"]) != sides.deal)

    set_up_two_way(one_product, {Linked.AMOUNT: LinkSettings(enabled=False)})
    sides.edit_plan(opportunity_id=other)
    sides.turn()
    second = replace(sides, deal=other)
    assert second.end_date == second.close_date

    set_up_two_way(one_product, {Linked.AMOUNT: LinkSettings()})
    second.edit_deal(Amount=81000)
    sides.turn()
    assert sides.plan.value == dollars("81000")
    assert sides.value_writes() == [], "nothing was written to either"
