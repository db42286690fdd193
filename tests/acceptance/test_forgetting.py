"""An admin has a record or a person forgotten, and nothing of it is left: in the clear or under a seal."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from accord.core.outcomes import Recovery, Told
from accord.delivery.lanes import lock_heads
from accord.delivery.model import Failpoint, Held, Refusal
from accord.delivery.outbox import Outbox
from accord.delivery.store import outbox
from accord.features.privacy.forgetting import store
from accord.features.privacy.forgetting.model import PlanPerson, Wanted
from accord.workspace.plans.tables import plan
from support.activities import an_item, log, user_id
from support.auto_create import listening, new_deal, turn
from support.contacts import DANA, a_contact, a_fresh_deal, connected, give_role, switch
from support.copies import Unsealed, use_the_deal
from support.delivery import an_intent
from support.locks import postgres, wait_until_somebody_waits
from support.product import Product
from support.running_org import ADMIN, NOOR, RILEY


@pytest.fixture
def unsealed(monkeypatch: pytest.MonkeyPatch) -> Unsealed:
    known = Unsealed()
    known.watch(monkeypatch)
    return known


def cells(product: Product, unsealed: Unsealed) -> dict[str, list[str]]:
    return unsealed.cells(product)


def places_of(product: Product, unsealed: Unsealed, *needles: str) -> set[str]:
    return unsealed.places_of(product, *needles)


def forget(product: Product, salesforce_id: str):
    body = {"salesforce_id": salesforce_id, "confirm": salesforce_id}
    return product.client.post("/api/v1/forget", json=body, headers=product.sign_in(ADMIN))


def shown(product: Product, **subject: str):
    """What an admin is shown before."""
    return product.client.post("/api/v1/forget/preview", json=subject, headers=product.sign_in(ADMIN))


def test_nothing_of_a_forgotten_deal_is_left_and_the_plan_stays(product, unsealed):
    use_the_deal(product)
    deal = product.deal()
    other = next(str(row["Id"]) for row in product.org.records.all("Opportunity") if row["Id"] != deal)
    log(product, product.sign_in_flow(), an_item(product, recordId=other))
    before = places_of(product, unsealed, deal, deal[:15])
    admin, database = product.sign_in(ADMIN), product.parts.database
    with database.workspace(product.connection.workspace_id):  # somebody writes: on SQLite nobody else can
        asked = {"json": {"salesforce_id": deal[:15]}, "headers": admin}
        preview = product.client.post("/api/v1/forget/preview", **asked)
    assert places_of(product, unsealed, deal, deal[:15]) == before, "looking takes nothing away"
    answer = forget(product, deal[:15])
    assert (preview.status_code, preview.json["is_person"]) == (200, False)
    assert preview.json["places"] == answer.json["places"]
    assert preview.json["count"] == sum(answer.json["deleted"].values())

    assert {"outbox", "plan", "panel_draft", "activity", "record_intent"} <= before
    assert (answer.status_code, answer.json["left"]) == (200, 0)
    assert places_of(product, unsealed, deal, deal[:15]) == set()
    assert set(answer.json["deleted"]) >= {"outbox", "plan", "panel_draft", "activity"}
    assert "Ours" in str(cells(product, unsealed)["plan"])
    assert places_of(product, unsealed, other) >= {"activity", "outbox"}, "another deal's stay"
    product.deliver()
    assert [task["WhatId"] for task in product.tasks()].count(other) == 1
    (line,) = product.client.get("/api/v1/audit?kind=privacy.forgotten", headers=product.sign_in(ADMIN)).json["lines"]
    assert line["new"]["left"] == 0
    assert deal not in str(line)


def test_a_deal_that_waits_for_its_plan_is_forgotten_with_what_was_read_lately(product, unsealed):
    listening(product)
    deal = new_deal(product, OwnerId=user_id(product, NOOR))
    turn(product)
    assert places_of(product, unsealed, deal) == {"auto_create_deal", "two_way_position"}

    assert forget(product, deal).json["left"] == 0
    assert places_of(product, unsealed, deal) == set()


def test_nothing_says_who_a_forgotten_person_was(product, unsealed):
    use_the_deal(product)
    user = product.org.users.by_username(RILEY)
    assert user is not None
    rep = product.sign_in()
    product.sign_in(ADMIN)
    needles = (user.id, user.id[:15], user.name, user.email)
    assert "member" in places_of(product, unsealed, *needles)
    answer = forget(product, user.id)

    assert (answer.status_code, answer.json["left"]) == (200, 0)
    assert places_of(product, unsealed, *needles) == set()
    assert product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep).status_code in {401, 403}
    product.sign_in()  # who comes again is somebody new
    assert "member" in places_of(product, unsealed, user.id)


def test_nothing_says_who_a_forgotten_contact_was_and_his_part_in_plans_stays(one_product, unsealed):
    """Neither what was pulled in from Salesforce nor what waits to be written there."""
    switch(one_product)
    contact = a_contact(one_product)
    give_role(one_product, contact)
    room = connected(one_product)
    room.deliver()
    room.invite()  # as a Task, too, that waits
    needles = (contact, contact[:15], DANA, "Dana Voss")
    before = places_of(one_product, unsealed, *needles)
    answer = forget(one_product, contact)

    assert {"plan_member", "outbox"} <= before
    assert (answer.status_code, answer.json["left"]) == (200, 0)
    assert places_of(one_product, unsealed, *needles) == set()
    assert [one.name for one in room.members.values() if not one.email] == ["Forgotten member"]


def test_what_was_written_about_a_person_is_forgotten_with_him(one_product, unsealed):
    switch(one_product)
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.invite()
    room.deliver()
    room.deliver()
    needles = (room.contact()["Id"], DANA, "Voss")
    assert "outbox" in places_of(one_product, unsealed, *needles), "the list of writes tells it"

    assert forget(one_product, room.contact()["Id"]).json["left"] == 0
    assert places_of(one_product, unsealed, *needles) == set()


def test_a_person_of_plans_is_forgotten_by_address_wherever_he_is_named(product, unsealed):
    """Somebody without a login: a member of a plan who is a Contact, a stakeholder of it, and named by a Flow."""
    use_the_deal(product)
    rep = product.sign_in()
    contact = next(str(row["Id"]) for row in product.org.records.all("Contact"))
    plan = product.client.get("/api/v1/plans", headers=rep).json["plans"][0]["id"]
    dana = {"name": "Dana Moeller", "email": "Dana@brightwater.example"}
    member = {**dana, "role": "customer", "contact_id": contact}
    joe = {"name": "Jo Dana Moellerson", "title": "", "email": "jo.dana@brightwater.example"}
    for where, body in (("members", member), ("stakeholders", {**dana, "title": "CIO"}), ("stakeholders", joe)):
        assert product.client.post(f"/api/v1/plans/{plan}/{where}", json=body, headers=rep).status_code == 201
    log(product, product.sign_in_flow(), an_item(product, subjectText="Dana Moeller called", contactId=contact))
    log(product, product.sign_in_flow(), an_item(product, subjectText="named by his Contact alone", contactId=contact))
    people = Wanted(emails=frozenset({"dana@brightwater.example"}), people=(PlanPerson("plan_member", "", "", "", ""),))
    with product.parts.database.reading(product.connection.workspace_id) as session:
        box = Outbox(product.parts.database.vault)
        assert store.count_left(session, product.connection.id, people, box) == 2, "the scan finds what is there"
    needles = ('Dana Moeller"', "Dana@brightwater", "Dana Moeller called", contact, contact[:15])
    before = places_of(product, unsealed, *needles)
    preview = shown(product, email="dana@BRIGHTWATER.example").json
    answer = product.client.post(
        "/api/v1/forget",
        json={"email": "dana@brightwater.example", "confirm": " Dana@Brightwater.example"},
        headers=product.sign_in(ADMIN),
    )

    assert {"plan_member", "plan_stakeholder", "flow_call", "outbox"} <= before
    assert (preview["is_person"], preview["name"]) == (True, "Dana Moeller")
    assert (answer.status_code, answer.json["left"]) == (200, 0)
    assert preview["places"] == answer.json["places"]
    assert places_of(product, unsealed, *needles) == set()
    assert "jo.dana@brightwater.example" in str(cells(product, unsealed)["plan_stakeholder"]), "another person stays"
    assert shown(product, email="dana@brightwater.example").json["count"] == 0


def test_what_is_no_id_oneself_and_a_write_under_way_are_not_forgotten(product):
    admin = product.org.users.by_username(ADMIN)
    assert admin is not None
    log(product, product.sign_in_flow(), an_item(product))
    during: list[int] = []

    def try_it(*_place: object) -> None:
        during.append(forget(product, product.deal()).status_code)

    drain = replace(product.parts.drain, at=lambda place: try_it() if place is Failpoint.BEFORE_SEND else None)
    drain.drain(product.connection.workspace_id, product.connection.id)

    assert during == [409]
    assert forget(product, "nonsense-nonsense").status_code == 422
    assert forget(product, admin.id).status_code == 422
    for wrong in ({"email": admin.email}, {"email": "x"}, {}, {"salesforce_id": admin.id, "email": "a@x.example"}):
        assert shown(product, **wrong).status_code == 422
    body = {"salesforce_id": admin.id, "confirm": admin.id}
    assert product.client.post("/api/v1/forget", json=body, headers=product.sign_in()).status_code == 403


def forget_dana(product: Product):
    return product.client.post("/api/v1/forget", json={"email": DANA, "confirm": DANA}, headers=product.sign_in(ADMIN))


def test_a_write_under_way_in_whose_words_alone_he_is_named_does_not_go_before_its_answer(one_product):
    """It would come to the org, and nobody here would know of it."""
    log(one_product, one_product.sign_in_flow(), an_item(one_product, description=f"For {DANA}."))
    during: list[object] = []

    def try_it() -> None:
        during.append(forget_dana(one_product).json["code"])

    drain = replace(one_product.parts.drain, at=lambda place: try_it() if place is Failpoint.BEFORE_SEND else None)
    report = drain.drain(one_product.connection.workspace_id, one_product.connection.id)

    assert (during, report.done) == (["BEING_WRITTEN"], 1)
    assert forget_dana(one_product).json["deleted"]["outbox"] == 1


def test_fields_of_a_write_that_salesforce_refused_are_forgotten_too(one_product, unsealed):
    """They wait apart from the others, for a person to try them again."""
    held = Held({"Description": f"For {DANA}."}, Refusal(Recovery.SCHEMA, "NOT_WRITABLE", "no", "Ask an admin."))
    database, connection = one_product.parts.database, one_product.connection
    with database.workspace(connection.workspace_id) as session:
        intent = an_intent(connection.id, fields={"Subject": "Call"}, held=held)
        Outbox(database.vault).put(session, [intent], now=one_product.clock())
    assert places_of(one_product, unsealed, DANA) == {"outbox"}

    assert forget_dana(one_product).json["left"] == 0
    assert places_of(one_product, unsealed, DANA) == set()


def test_what_a_write_had_replaced_is_forgotten_too(one_product, unsealed):
    """The list of writes tells what was there before."""
    database, connection = one_product.parts.database, one_product.connection
    box, intent = Outbox(database.vault), an_intent(connection.id)
    with database.workspace(connection.workspace_id) as session:
        box.put(session, [intent], now=one_product.clock())
        kept = box.seal_told(session, connection.id, intent.id, Told({"Subject": "Call"}, {"Subject": f"Ask {DANA}"}))
        session.execute(update(outbox).where(outbox.c.id == intent.id).values(state="done", payload=kept))
    assert places_of(one_product, unsealed, DANA) == {"outbox"}

    assert forget_dana(one_product).json["left"] == 0
    assert places_of(one_product, unsealed, DANA) == set()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_forgetting_waits_for_who_changes_the_plan_and_he_for_nobody(product):
    """A change of a plan takes the plan and then its writes; in another order the two would wait for each other."""
    use_the_deal(product)
    log(product, product.sign_in_flow(), an_item(product))
    database, connection, said = product.parts.database, product.connection, []
    forgetting = threading.Thread(target=lambda: said.append(forget(product, product.deal())))
    with postgres(database) as watcher, database.workspace(connection.workspace_id) as session:
        lanes = [row.lane for row in session.rows(select(outbox.c.lane).order_by(outbox.c.lane))]
        session.rows(select(plan.c.id).with_for_update())
        forgetting.start()
        wait_until_somebody_waits(watcher)

        heads = lock_heads(session, connection.id, lanes)
    forgetting.join(60)

    assert heads != {}
    assert (said[0].status_code, said[0].json["left"]) == (200, 0)


def test_nothing_is_forgotten_that_is_not_typed_once_more(one_product):
    product, deal = one_product, one_product.deal()
    admin = product.sign_in(ADMIN)
    for confirm in ({}, {"confirm": ""}, {"confirm": deal[:15]}, {"confirm": deal.swapcase()}, {"confirm": None}):
        refused = product.client.post("/api/v1/forget", json={"salesforce_id": deal, **confirm}, headers=admin)
        assert (refused.status_code, refused.json["field"]) == (422, "confirm"), confirm
    assert forget(product, deal).status_code == 200
