"""Rules make plans for deals that match: once, for a point person who is a member, at the lowest price (B1)."""

import pytest

from accord.core.audit import LineFilter
from accord.core.identity import Identity, Role
from accord.core.ids import PlanId
from accord.infra.audit.store import load_lines
from accord.workspace.members.model import MemberStatus
from accord.workspace.members.store import find_by_user, set_status
from accord.workspace.plans.access import Asked
from accord.workspace.plans.elements import store as elements
from support.activities import user_id
from support.auto_create import (
    LATE,
    OPEN,
    a_template,
    edit,
    given,
    listening,
    new_deal,
    read_now,
    save,
    shown,
    the_plans,
    turn,
    waiting,
)
from support.product import RILEY, Product
from support.running_org import NOOR
from support.two_way import an_admin_of


def disconnect(product: Product, plan_id: PlanId) -> None:
    editing = product.parts.plan_rooms.editing
    asked = Asked(Identity(product.connection.workspace_id, product.connection.id, Role.SERVICE), plan_id)
    version = editing.shown(asked).facts.plan.version
    editing.disconnect(asked, version=str(version))


def test_a_deal_that_reaches_a_stage_gets_its_plan_with_its_owner_and_the_audit_says_which_rule(product) -> None:
    """B1."""
    listening(product, given(title="Plan for {deal}"))
    deal = new_deal(product, StageName=OPEN[0], Name="Acme")
    turn(product)
    assert the_plans(product) == {}

    edit(product, deal, StageName=LATE[1])
    turn(product)
    turn(product, minutes=6)

    (plan,) = the_plans(product).values()
    with product.parts.database.reading(product.connection.workspace_id) as session:
        riley = find_by_user(session, product.connection.id, user_id(product, RILEY))
        (member,) = elements.load_members(session, plan.id)
        (line,) = load_lines(session, product.connection.id, LineFilter(kind="plan.made_by_rule"), most=5).lines
    assert riley is not None
    assert (plan.opportunity_id, plan.title, plan.point_person) == (deal, "Plan for Acme", riley.id)
    assert (plan.created_by, plan.published_at, member.member_id) == (None, None, riley.id)
    assert (line.entry.subject, line.entry.new) == (deal, {"rule": "Late deals", "plan_id": plan.id})
    assert [(one["made"], one["waiting"]) for one in shown(product)] == [(1, 0)]


def test_a_template_gives_its_stages_and_steps_and_nothing_of_them_is_done(product) -> None:
    product.sign_in(RILEY)
    template = a_template(product)
    listening(product, given(template_id=template, stage_title="", title="Go-live"))
    deal = new_deal(product)
    turn(product)

    plan = the_plans(product)[deal]
    whole = product.parts.plan_rooms.editing.shown_to(an_admin_of(product), plan.id)
    assert plan.title == "Go-live"
    assert [one.title for one in whole.facts.stages] == ["Evaluate", "Sign"]
    assert sorted(one.title for one in whole.steps.values()) == ["Agree on criteria", "Test"]
    assert all(one.completed_at is None for one in whole.facts.steps)


def asked(product: Product) -> dict[str, int]:
    """How often the org was asked what changed, and for deals."""
    calls = product.counter.report(since=0)["by_path"]
    return {way: sum(calls[path] for path in calls if path.endswith(way)) for way in ("updated", "query")}


def test_off_costs_no_call_and_unchanged_deals_cost_none_but_the_question_what_changed(one_product) -> None:
    """Once a minute, and every five minutes what came late; a deal without a plan that changed is read once."""
    product = one_product
    listening(product, given(enabled=False))
    before = product.calls()
    for _ in range(15):
        turn(product)
    assert product.calls() == before

    save(product, given())
    before = asked(product)
    for _ in range(10):
        turn(product)
    assert asked(product) == {"updated": before["updated"] + 9 + 1, "query": before["query"]}

    new_deal(product, StageName=OPEN[0])
    for _ in range(10):
        turn(product)
    assert asked(product)["query"] == before["query"] + 1


def test_a_deal_gets_one_plan_alone_however_often_it_is_read_and_none_again_when_a_person_took_it_away(product) -> None:
    listening(product)
    deal = new_deal(product)
    turn(product)
    (plan,) = the_plans(product).values()
    for _ in range(3):
        edit(product, deal)
        turn(product)
    assert the_plans(product)[deal].id == plan.id

    disconnect(product, plan.id)
    edit(product, deal, StageName=LATE[2])
    turn(product)
    turn(product, minutes=6)
    assert the_plans(product) == {}


def test_a_deal_whose_owner_is_no_member_waits_and_gets_its_plan_at_the_next_look_after_he_came(product) -> None:
    listening(product)
    deal = new_deal(product, OwnerId=user_id(product, NOOR))
    turn(product)
    assert (the_plans(product), waiting(product)) == ({}, [(deal, "owner_not_member")])

    product.sign_in(NOOR)
    read_now(product)

    assert list(the_plans(product)) == [deal]
    assert waiting(product) == []


def test_a_deal_that_waits_and_goes_to_a_member_gets_its_plan_and_one_that_is_deleted_waits_no_longer(product) -> None:
    listening(product)
    moved, deleted, lost = (new_deal(product, OwnerId=user_id(product, NOOR)) for _ in range(3))
    turn(product)
    edit(product, moved, OwnerId=user_id(product, RILEY))
    edit(product, lost, StageName="Closed Lost")
    with product.org.transaction(user_id=user_id(product, RILEY), client="somebody") as tx:
        tx.delete("Opportunity", deleted)
    turn(product, minutes=6)

    assert (list(the_plans(product)), waiting(product)) == ([moved], [])


def test_a_blocked_owner_is_waited_for_until_he_is_let_in(product) -> None:
    listening(product)
    with product.parts.database.workspace(product.connection.workspace_id) as session:
        riley = find_by_user(session, product.connection.id, user_id(product, RILEY))
        assert riley is not None
        set_status(session, riley.id, MemberStatus.BLOCKED)
    deal = new_deal(product)
    turn(product)
    assert waiting(product) == [(deal, "owner_blocked")]

    with product.parts.database.workspace(product.connection.workspace_id) as session:
        set_status(session, riley.id, MemberStatus.ACTIVE)
    read_now(product)
    assert list(the_plans(product)) == [deal]


def test_from_now_on_only_leaves_the_deals_that_are_there_and_also_these_gives_them_plans(product) -> None:
    product.sign_in(RILEY)
    product.sign_in(NOOR)
    product.clock.advance(hours=1)
    rule = given(stages=LATE[:2])
    (saved,) = save(product, rule)
    for _ in range(3):
        turn(product)
    assert the_plans(product) == {}

    save(product, {**saved, "enabled": False})
    (again,) = save(product, {**saved, "also_existing": True})
    assert again["is_looking_back"]
    read_now(product)

    assert len(the_plans(product)) == 3
    assert [(one["made"], one["is_looking_back"]) for one in shown(product)] == [(3, False)]


def test_what_was_committed_late_is_found_and_what_the_org_tells_no_more_is_looked_for(product) -> None:
    listening(product)
    turn(product)
    deal = new_deal(product)
    product.clock.advance(days=29)
    read_now(product)
    read_now(product)

    assert list(the_plans(product)) == [deal]


@pytest.mark.parametrize("point_person", [None, RILEY])
def test_a_rule_that_was_switched_off_makes_nothing_of_what_waits(one_product, point_person) -> None:
    product = one_product
    listening(product, given(point_person=user_id(product, point_person) if point_person else None))
    new_deal(product, OwnerId=user_id(product, NOOR))
    (known,) = shown(product)
    save(product, {**known, "enabled": False})
    product.sign_in(NOOR)
    turn(product)

    assert the_plans(product) == {}


def test_a_deal_that_cannot_be_read_any_more_waits_no_longer_and_costs_no_further_call(one_product) -> None:
    product = one_product
    listening(product)
    deal = new_deal(product, OwnerId=user_id(product, NOOR))
    turn(product)
    with product.org.transaction(user_id=user_id(product, RILEY), client="somebody") as tx:
        tx.delete("Opportunity", deal)
    product.sign_in(NOOR)
    read_now(product)

    assert (waiting(product), the_plans(product)) == ([], {})
    before = product.calls()
    read_now(product)
    assert product.calls() == before
