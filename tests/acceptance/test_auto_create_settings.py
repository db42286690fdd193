"""Rules are set by admins, checked against the org, tried before they are on, and move to another org (B1, D60)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, RecordId
from accord.features.auto_create import store
from accord.features.auto_create.looking import RuleWatch
from accord.features.auto_create.model import Settings
from accord.infra.db import WorkspaceSession
from accord.workspace.plans.model import NewPlan
from localorg.org_options import Currency, OrgOptions
from support.activities import an_admin, user_id
from support.auto_create import (
    ADDRESS,
    LATE,
    a_template,
    edit,
    given,
    listening,
    new_deal,
    save,
    shown,
    the_plans,
    try_to_save,
    turn,
)
from support.product import RILEY, Product
from support.running_org import NOOR


def tried(product: Product, above: Sequence[str] = (), after: str | None = None, **facts: Any) -> dict[str, Any]:
    body = {"rule": given(enabled=False, **facts), "above": list(above), "after": after}
    answer = product.client.post(f"{ADDRESS}/dry-run", json=body, headers=an_admin(product))
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_what_the_org_does_not_have_is_named_at_its_field_and_nothing_is_saved(one_product: Product) -> None:
    product = one_product
    bad = given(stages=["Gone"], types=["Strange"], currency="EUR", amount_from="1", point_person="005000000000001AAA")
    refused = try_to_save(product, given(name="First"), {**bad, "template_id": "no such plan"})

    assert refused.status_code == 422
    fields = [(one["key"], one["field"]) for one in refused.json["items"]]
    assert fields == [("rules.1", one) for one in ("stages", "types", "currency", "point_person", "template_id")]
    assert shown(product) == []


def test_rules_are_kept_in_their_order_with_a_line_that_can_be_put_back(product: Product) -> None:
    product.sign_in(RILEY)
    template = a_template(product)
    first = given(name="Big", amount_from="100000.50", point_person=user_id(product, RILEY), template_id=template)
    saved = save(product, first, given(name="Others", types=["New Customer"]))
    assert [one["name"] for one in saved] == ["Big", "Others"]
    assert {name: saved[0][name] for name in first} == first

    save(product, saved[1])
    admin = an_admin(product)
    line = product.client.get("/api/v1/audit?kind=settings.auto_create", headers=admin).json["lines"][0]
    put_back = product.client.post(f"/api/v1/audit/{line['id']}/put-back", json={}, headers=admin)

    assert put_back.status_code == 200, put_back.text
    assert [one["name"] for one in shown(product)] == ["Big", "Others"]
    assert shown(product)[1]["id"] == saved[1]["id"]
    old = product.client.put(ADDRESS, json={"rules": []}, headers={**admin, "If-Match": '"1"'})
    assert old.status_code == 412


def test_a_file_takes_rules_along_and_names_what_the_other_org_lacks(one_product: Product) -> None:
    """D60: people go by their Salesforce users."""
    product, admin = one_product, an_admin(one_product)
    product.sign_in(RILEY)
    save(product, given(point_person=user_id(product, RILEY)))
    file = product.client.get("/api/v1/settings-file", headers=admin).json
    (rule,) = file["settings"]["settings.auto_create"]["rules"]
    assert rule["point_person"] == user_id(product, RILEY)
    rule["stages"].append("Only there")

    found = product.client.post("/api/v1/settings-file/check", json={"file": file}, headers=admin).json

    assert [(one["kind"], one["field"]) for one in found["lacks"]] == [("settings.auto_create", "stages")]


def test_a_dry_run_says_which_deals_would_get_a_plan_now_and_makes_none(product: Product) -> None:
    """Two of Riley's and one of Noor's are in these stages; Riley's first has a plan."""
    product.sign_in(RILEY)
    caller = Identity(product.connection.workspace_id, product.connection.id, Role.ADMIN)
    product.parts.plans.connect(caller, NewPlan(RecordId(product.deal()), "Ours"))

    found = tried(product, stages=LATE[:2])

    counts = {name: found[name] for name in ("would_make", "would_wait", "had_one", "looked_at", "next", "calls")}
    assert counts == {"would_make": 1, "would_wait": 1, "had_one": 1, "looked_at": 3, "next": None, "calls": 1}
    names = [(one["name"].split(" ")[0], one["reason"]) for one in found["deals"]]
    assert sorted(names) == [("Corvane", None), ("Selwyn", "owner_not_member")]
    assert len(the_plans(product)) == 1
    before = product.calls()
    tried(product, amount_from="200000", types=["New Customer"])
    assert product.calls() - before == 2, "what stages mean, and the deals; the org was described before"


def test_a_dry_run_goes_on_page_by_page_and_leaves_out_what_a_rule_above_takes(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B1: the first rule in order that is on decides; a deal is its only where it meets it as it will."""
    monkeypatch.setattr("accord.features.auto_create.rules.MOST_LOOKED_AT", 2)
    product.sign_in(RILEY)
    (above,) = save(product, given(name="Above", stages=LATE[:1]))
    deals = [new_deal(product, Name=f"Deal {number}", StageName=stage) for number, stage in enumerate(LATE[:2] * 2)]

    pages, after = [], None
    while True:
        found = tried(product, above=[above["id"], "gone"], after=after, stages=LATE[:2])
        pages.append(found)
        after = found["next"]
        if after is None:
            break

    assert [one["looked_at"] for one in pages] == [2, 2, 2, 1]
    named = {one["opportunity_id"] for page in pages for one in page["deals"]}
    assert sum(one["by_others"] for one in pages) == 2
    assert named & set(deals) == {deals[1], deals[3]}


def test_in_an_org_with_several_currencies_others_are_not_compared_and_that_is_said(one_product: Product) -> None:
    product = one_product
    product.org.switch_on(OrgOptions(currencies=(Currency("USD"), Currency("GBP", rate=0.79))))
    product.sign_in(RILEY)
    edit(product, product.deal(), CurrencyIsoCode="GBP")
    product.clock.advance(minutes=20)  # what the org described before is over

    assert try_to_save(product, given(amount_from="1")).json["items"][0]["field"] == "currency"
    found = tried(product, stages=LATE[:2], amount_from="1", currency="USD")

    assert (found["would_make"], found["would_wait"], found["other_currency"]) == (1, 1, 1)


def test_pickers_offer_what_the_org_has_and_say_which_stages_are_won_and_lost(one_product: Product) -> None:
    product = one_product
    product.sign_in(RILEY)
    template = a_template(product)
    offered = product.client.get(f"{ADDRESS}/choices", headers=an_admin(product)).json

    meanings = {one["value"]: (one["is_won"], one["is_lost"]) for one in offered["stages"]}
    assert (meanings["Closed Won"], meanings["Closed Lost"]) == ((True, False), (False, True))
    assert not any(any(meanings[one]) for one in LATE[:2])
    assert "New Customer" in [one["value"] for one in offered["types"]]
    assert user_id(product, RILEY) in [one["value"] for one in offered["people"]]
    assert user_id(product, NOOR) not in [one["value"] for one in offered["people"]]
    assert offered["templates"] == [{"value": template, "label": "Our way"}]


def test_workers_that_read_the_same_deals_at_once_make_one_plan_each(product: Product) -> None:
    """A reader that lost its turn and goes on all the same meets the next one: each deal still gets one plan."""
    listening(product)
    deals = [RecordId(new_deal(product, Name=f"Deal {number}")) for number in range(4)]
    watch = product.parts.deal_links.reader.others
    assert isinstance(watch, RuleWatch)
    connections, place = product.parts.connections, (product.connection.workspace_id, product.connection.id)

    def look(_: int) -> int:
        return watch.changed(*place, connections.change_log_for(*place), deals)

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(look, range(4)))

    assert sorted(the_plans(product)) == sorted(deals)
    assert shown(product)[0]["made"] == 4
    turn(product)
    assert len(the_plans(product)) == 4


def test_who_dies_between_leaves_nothing_half_and_the_next_one_makes_the_plan(product: Product) -> None:
    """The plan, that it was made, and the line are one transaction; the position is stored after it."""
    listening(product)
    deal = new_deal(product)
    tell, died = product.parts.plans.changes.listeners, []

    class _Killed(BaseException):
        """What no code of ours catches."""

    def die(_session: Any, *events: Any) -> None:
        if not died:
            died.extend(events)
            raise _Killed

    object.__setattr__(product.parts.plans.changes, "listeners", (*tell, die))
    with suppress(_Killed):
        turn(product)
    assert (died != [], the_plans(product), shown(product)[0]["made"]) == (True, {}, 0)
    product.clock.advance(minutes=6)  # the dead one's lease ends
    turn(product)

    assert list(the_plans(product)) == [deal]
    assert ConnectionId(product.connection.id) == the_plans(product)[deal].connection_id


@pytest.mark.parametrize("way", ["the plan was taken away", "the rule was switched off"])
def test_what_has_changed_since_the_deal_was_read_is_asked_where_the_plan_is_stored(one_product, way: str) -> None:
    """Then there is no plan, and nothing half of one."""
    product, place = one_product, one_product.connection.id
    listening(product)
    deal = RecordId(new_deal(product))
    tell = product.parts.plans.changes.listeners

    def meanwhile(session: WorkspaceSession, *_: Any) -> None:
        if "plan" in way:
            store.note_had(session, place, deal, now=product.clock())
        else:
            off = Settings((), store.load_settings(session, place).version)
            store.SETTINGS.save(session, place, off, by=None, at=product.clock())

    object.__setattr__(product.parts.plans.changes, "listeners", (*tell, meanwhile))
    turn(product)

    assert (the_plans(product), shown(product)[0]["made"]) == ({}, 0)
