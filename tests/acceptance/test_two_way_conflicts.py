"""What both sides changed: who wins, who is asked, what he may see (D28); values that flip (D29); products (S5)."""

from datetime import date
from decimal import Decimal

from accord.features.two_way.model import Linked, LinkSettings, Reason, Standing
from accord.mapping.merge import Policy
from support.activities import an_admin, user_id
from support.product import INTEGRATION, Product
from support.running_org import RILEY
from support.two_way import (
    Sides,
    agreed,
    decide,
    dollars,
    make_conflict,
    make_frozen,
    set_up_two_way,
    values_of,
)

NOOR = "noor@halden.example"


def amount_of(sides: Sides, username: str = RILEY) -> dict[str, object]:
    (found,) = (one for one in values_of(sides, sides.product.sign_in(username)) if one["linked"] == "amount")
    return found


def in_conflict(product: Product) -> Sides:
    set_up_two_way(product)
    sides = agreed(product)
    make_conflict(sides)
    return sides


def test_a_conflict_waits_with_both_values_and_changes_nothing(one_product: Product) -> None:
    """D28: ask."""
    sides = in_conflict(one_product)

    shown = amount_of(sides)

    assert shown["conflict"] == {"accord": "80000.00", "salesforce": "90000.00", "currency": "USD"}
    assert (sides.amount, sides.plan.value) == (90000, dollars("80000"))


def test_who_decides_for_the_plan_has_it_written(product: Product) -> None:
    sides = in_conflict(product)
    version = amount_of(sides)["version"]
    sides.edit_deal(NextStep="Call them")
    sides.turn(minutes=2)  # the two are looked at again, and nothing has changed between them

    answer = decide(sides, product.sign_in(), "accord", int(str(version)))
    sides.settle()

    assert answer.status_code == 200
    assert (sides.amount, sides.state(Linked.AMOUNT).standing) == (80000, Standing.EQUAL)
    (line,) = product.client.get("/api/v1/audit?kind=two_way.amount", headers=an_admin(product)).json["lines"]
    assert (line["subject"], line["new"]) == (sides.plan_id, {"chosen": "ours"})
    again = decide(sides, product.sign_in(), "salesforce", int(str(version)))
    assert (again.status_code, again.json["code"]) == (409, "STALE_EDIT")


def test_who_may_not_see_the_field_sees_no_value_and_decides_nothing(one_product: Product) -> None:
    """S3: Noor's profile hides Amount."""
    sides = in_conflict(one_product)

    shown = amount_of(sides, NOOR)

    assert (shown["is_visible"], shown["conflict"], shown["may_write"]) == (False, None, False)
    refused = decide(sides, one_product.sign_in(NOOR), "salesforce", int(str(shown["version"])))
    assert refused.status_code == 403
    problems = one_product.client.get("/api/v1/settings/two-way/problems", headers=an_admin(one_product))
    assert [one["standing"] for one in problems.json["problems"]] == ["conflict"]
    assert "90000" not in problems.text
    assert "80000" not in problems.text


def test_how_values_stand_costs_no_call_while_there_is_nothing_to_choose(one_product: Product) -> None:
    """Only a choice needs to know whether somebody may edit this very deal: one call for each that is open."""
    set_up_two_way(one_product)
    sides = agreed(one_product)
    rep = one_product.sign_in()
    panel = f"/api/v1/panels/{sides.deal}"
    assert one_product.client.get(panel, headers=rep).status_code == 200
    before = one_product.calls()
    assert [one["linked"] for one in values_of(sides, rep)] == ["close_date", "amount"]
    assert one_product.calls() == before

    make_conflict(sides)
    before = one_product.calls()
    values_of(sides, rep)
    assert one_product.calls() == before + 1


def test_what_nobody_decides_is_decided_by_the_set_default_after_its_days(one_product: Product) -> None:
    """D28: here three days, and the plan's value."""
    sides = in_conflict(one_product)
    sides.turn(minutes=60 * 71)
    assert sides.state(Linked.AMOUNT).standing is Standing.CONFLICT

    sides.turn(minutes=60 * 2)
    sides.settle()

    assert (sides.amount, sides.plan.value) == (80000, dollars("80000"))


def test_the_deals_owner_is_told_that_he_has_to_choose_and_that_nobody_has(one_product: Product) -> None:
    """By Salesforce's own bell, on the deal, without a value; and once, however often the sides meet."""
    sides = in_conflict(one_product)
    sides.settle()
    sides.turn(minutes=60 * 73)
    owner = str(one_product.record("Opportunity", sides.deal)["OwnerId"])
    rung = one_product.org.notifications.of(owner)

    assert [(one.title, one.target_id) for one in reversed(rung)] == [
        ("Accord: the amount of a deal of yours needs your choice", sides.deal),
        ("Accord: the amount of a deal of yours was decided", sides.deal),
    ]
    assert not any(value in one.title + one.body for one in rung for value in ("80000", "90000"))


def test_a_conflict_is_over_when_the_sides_become_equal_by_themselves(one_product: Product) -> None:
    sides = in_conflict(one_product)

    sides.edit_deal(Amount=80000)
    sides.settle()

    assert sides.state(Linked.AMOUNT).standing is Standing.EQUAL


def test_the_newest_wins_by_salesforces_clock_and_its_history_of_the_field(one_product: Product) -> None:
    """D28. The later change of the amount is Accord's; somebody has edited another field of the deal since."""
    set_up_two_way(one_product, {Linked.AMOUNT: LinkSettings(policy=Policy.NEWEST)})
    sides = agreed(one_product)
    sides.edit_deal(Amount=90000)
    one_product.clock.advance(seconds=20)
    sides.edit_plan(value=dollars("80000"))

    one_product.clock.advance(seconds=20)
    sides.edit_deal(NextStep="Call them")

    sides.deliver()
    assert sides.amount == 90000  # the courier saw that somebody had been there
    sides.settle()

    assert (sides.amount, sides.plan.value) == (80000, dollars("80000"))
    assert "says its history" in str(amount_of(sides)["sentence"])


def test_a_value_that_goes_back_and_forth_is_frozen_reported_and_goes_on_when_it_is_thawed(product: Product) -> None:
    """D29: more than three flips in ten minutes."""
    sides = agreed(product)
    make_frozen(sides)
    before = (sides.end_date, sides.close_date)

    sides.edit_plan(end_date=date(2027, 9, 9))
    sides.settle()
    assert sides.close_date == before[1]
    problems = product.client.get("/api/v1/settings/two-way/problems", headers=an_admin(product)).json["problems"]
    assert ("close_date", "frozen") in {(one["linked"], one["standing"]) for one in problems}

    wanted = {"plan_id": sides.plan_id, "linked": "close_date"}
    thawed = product.client.post("/api/v1/settings/two-way/thaw", json=wanted, headers=an_admin(product))
    sides.settle()

    assert thawed.status_code == 200
    assert sides.end_date == sides.close_date


def test_an_amount_that_comes_from_products_comes_in_and_is_never_written(one_product: Product) -> None:
    """S5: HasOpportunityLineItem."""
    set_up_two_way(one_product)
    sides = agreed(one_product)
    one_product.give_products(sides.deal)

    sides.edit_plan(value=dollars("80000"))
    sides.settle()

    assert sides.plan.value == dollars("125000.5")
    assert sides.value_writes() == []
    assert amount_of(sides)["comes_from_products"] is True


def test_a_write_that_the_platform_ignores_is_told_and_not_repeated(one_product: Product) -> None:
    """S5: success, and the old value stands. Accord's login cannot see that the amount comes from products."""
    set_up_two_way(one_product)
    owner = user_id(one_product, INTEGRATION)
    one_product.org.users.change(owner, _hidden_fields=["Opportunity.HasOpportunityLineItem"])
    sides = agreed(one_product)
    one_product.give_products(sides.deal)

    sides.edit_plan(value=dollars("80000"))
    for _ in range(5):
        sides.turn(minutes=2)

    state = sides.state(Linked.AMOUNT)
    assert (state.standing, state.reason) == (Standing.APART, Reason.IGNORED_BY_PLATFORM)
    assert writes(one_product) == 1
    assert (sides.amount, sides.plan.value) == (Decimal("125000.5"), dollars("80000"))


def writes(product: Product) -> int:
    """Calls that change records of the org."""
    return sum(
        count
        for path, count in product.counter.report(since=0)["by_path"].items()
        if path.endswith("composite/sobjects")
    )


def test_who_may_not_see_the_amount_neither_sees_nor_changes_the_plans_value(one_product: Product) -> None:
    """S3: the value of a plan is a copy of the amount while the two are linked."""
    set_up_two_way(one_product)
    sides = agreed(one_product)
    address = f"/api/v1/plans/{sides.plan_id}"

    for username, amount, status in ((RILEY, "125000.50", 200), (NOOR, None, 403)):
        headers = one_product.sign_in(username)
        whole = one_product.client.get(address, headers=headers)
        assert (whole.json["value"] or {}).get("amount") == amount
        changed = one_product.client.patch(
            address,
            json={"value": {"amount": "125000.50", "currency": "USD"}},
            headers={**headers, "If-Match": whole.headers["ETag"]},
        )
        assert changed.status_code == status, changed.text
