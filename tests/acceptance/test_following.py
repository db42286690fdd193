"""Our own people follow plans, and are told by Salesforce's bell what becomes of them (B1)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from accord.delivery.store import outbox
from accord.features.notifications.courier import TOO_LATE
from accord.features.notifications.news.model import PLAN_NEWS
from accord.workspace.members.model import MemberStatus
from accord.workspace.members.store import set_status
from support.activities import user_id
from support.own_login import member_id_of
from support.plan_calls import PlanCalls, a_rep_with_a_plan, a_service
from support.product import Product
from support.running_org import ADMIN, NOOR, RILEY


def follows(caller: PlanCalls) -> tuple[Any, Any]:
    found = caller.ok("GET")
    return found["following"], found["followers"]


def as_other(rep: PlanCalls, username: str) -> PlanCalls:
    return PlanCalls(rep.product, rep.product.sign_in(username), rep.plan)


def a_followed_plan(product: Product) -> tuple[PlanCalls, PlanCalls]:
    """A plan that Riley made; he and Noor follow it."""
    rep = a_rep_with_a_plan(product)
    noor = as_other(rep, NOOR)
    for one in (rep, noor):
        one.ok("PUT", "/following")
    return rep, noor


def rung(product: Product, username: str) -> list[Any]:
    """What his bell shows once all that gathers is delivered, the oldest first."""
    product.clock.advance(seconds=11)
    product.deliver()
    return list(reversed(product.org.notifications.of(user_id(product, username))))


def complete_the_first_stage(rep: PlanCalls) -> None:
    for number in (0, 1):
        rep.change_step(number, is_completed=True)


def test_each_follows_for_himself_and_everybody_of_ours_sees_how_many(product: Product) -> None:
    rep, noor = a_followed_plan(product)
    version = rep.plan["version"]
    noor.ok("PUT", "/following")
    assert (follows(rep), follows(noor)) == ((True, 2), (True, 2))
    assert rep.plan["version"] == version, "it is no change of the plan"

    for _ in range(2):
        noor.ok("DELETE", "/following")
    assert (follows(rep), follows(noor)) == ((True, 1), (False, 1))


def test_customers_neither_follow_nor_know_who_does_and_a_server_follows_for_a_member_alone(product: Product) -> None:
    rep, _ = a_followed_plan(product)
    customer = rep.as_member(rep.invite())
    assert follows(customer) == (None, None)
    assert [customer.call(way, "/following").status_code for way in ("PUT", "DELETE")] == [403, 403]

    server = PlanCalls(product, a_service(product), rep.plan)
    refused = server.call("PUT", "/following")
    assert (refused.status_code, "Accord-Member" in refused.json["message"]) == (403, True)
    riley = next(one for one in rep.ok("GET")["members"] if one["role"] == "user")
    rep.as_member(riley).ok("DELETE", "/following")
    assert follows(rep) == (False, 1)


def test_a_burst_rings_once_on_the_deal_for_everybody_but_who_did_it(product: Product) -> None:
    rep, _ = a_followed_plan(product)
    complete_the_first_stage(rep)
    rep.change_step(0, 1, is_completed=True)
    rep.change(is_archived=True)

    (one,) = rung(product, NOOR)

    assert (one.title, one.target_id) == ("Accord: Brightwater plan", product.deal())
    assert one.body.startswith("The stage “Evaluate” is completed. The stage “Decide” is completed. It was archived.")
    assert rung(product, RILEY) == []
    assert len(rung(product, NOOR)) == 1


def test_a_customer_who_joins_rings_for_all_without_his_name(one_product: Product) -> None:
    rep, _ = a_followed_plan(one_product)
    dana = rep.invite()
    rep.as_member(dana).ok("POST", f"/members/{dana['id']}/accept")

    for username in (RILEY, NOOR):
        (one,) = rung(one_product, username)
        assert one.body.startswith("A customer has joined. You follow")


def test_time_alone_rings_for_a_plan_that_is_at_risk_and_then_stalled(one_product: Product) -> None:
    rep, _ = a_followed_plan(one_product)
    rep.change_step(0, due_date=(one_product.clock() + timedelta(days=1)).date().isoformat())
    for days, words in ((2, "at risk"), (8, "stalled")):
        one_product.clock.advance(days=days)
        one_product.parts.status_watch.tell_all()
        assert words in rung(one_product, RILEY)[-1].body
    assert len(rung(one_product, NOOR)) == 2


def test_what_could_not_ring_in_time_does_not_ring_and_says_why(one_product: Product) -> None:
    rep, _ = a_followed_plan(one_product)
    complete_the_first_stage(rep)
    one_product.clock.advance(days=2)

    assert rung(one_product, NOOR) == []
    with one_product.parts.database.reading(one_product.connection.workspace_id) as session:
        notes = session.rows(select(outbox.c.note).where(outbox.c.sobject == PLAN_NEWS, outbox.c.state == "done"))
    assert [row.note for row in notes] == [TOO_LATE]


def hide_the_deal(product: Product) -> None:
    row = product.org.records.find("Opportunity", product.deal())
    row["_hidden_from"] = [user_id(product, NOOR)]


def deactivate(product: Product) -> None:
    product.org.users.change(user_id(product, NOOR), IsActive=False)


def block(product: Product) -> None:
    with product.parts.database.workspace(product.connection.workspace_id) as session:
        set_status(session, member_id_of(product, NOOR), MemberStatus.BLOCKED)


@pytest.mark.parametrize("lose", [hide_the_deal, deactivate, block])
def test_who_may_not_see_the_deal_any_more_when_it_is_sent_is_left_out(one_product: Product, lose: Any) -> None:
    rep, _ = a_followed_plan(one_product)
    as_other(rep, ADMIN).ok("PUT", "/following")
    complete_the_first_stage(rep)
    lose(one_product)

    assert len(rung(one_product, ADMIN)) == 1
    assert one_product.org.notifications.of(user_id(one_product, NOOR)) == []


def test_what_nobody_else_follows_or_admins_have_switched_off_puts_nothing(one_product: Product) -> None:
    rep, noor = a_followed_plan(one_product)
    address, admin = "/api/v1/settings/messages", one_product.sign_in(ADMIN)
    loaded = one_product.client.get(address, headers=admin)
    kept = {name: value for name, value in loaded.json.items() if name not in {"has_mail", "choices"}}
    off = {**kept, "tell_concerned": False}
    saved = one_product.client.put(address, json=off, headers={**admin, "If-Match": loaded.headers["ETag"]})
    assert saved.status_code == 200, saved.text
    complete_the_first_stage(rep)
    assert rung(one_product, NOOR) == []

    on = {**off, "tell_concerned": True}
    again = one_product.client.put(address, json=on, headers={**admin, "If-Match": saved.headers["ETag"]})
    assert again.status_code == 200, again.text
    noor.ok("DELETE", "/following")
    rep.change_step(0, 1, is_completed=True)
    with one_product.parts.database.reading(one_product.connection.workspace_id) as session:
        assert not session.rows(select(outbox.c.id).where(outbox.c.sobject == PLAN_NEWS))


def test_who_is_forgotten_follows_nothing_any_more(one_product: Product) -> None:
    rep, _ = a_followed_plan(one_product)
    noor = user_id(one_product, NOOR)
    body = {"salesforce_id": noor, "confirm": noor}

    answer = one_product.client.post("/api/v1/forget", json=body, headers=one_product.sign_in(ADMIN))

    assert answer.status_code == 200, answer.text
    assert follows(rep) == (True, 1)
