"""Contacts in and out by e-mail, against a whole org (B1, D25)."""

from typing import Any

import pytest
from sqlalchemy import update

from accord.features.contacts import reading
from accord.workspace.members.store import member
from accord.workspace.plans.model import MemberState
from localorg.duplicate_rules import DuplicateRule, OnDuplicate
from support.activities import an_admin, the_deals, user_id
from support.contacts import (
    CONTACTS,
    DANA,
    a_contact,
    a_fresh_deal,
    connected,
    contacts_with,
    give_role,
    make,
    member_of,
    riley,
    switch,
)
from support.product import Product
from support.running_org import RILEY

OWNER = "integration@halden.example"


def parked(product: Product) -> list[tuple[str, str]]:
    """What waits for a person: code and advice."""
    shown = product.client.get("/api/v1/deliveries", headers=an_admin(product)).json
    return [(row["code"], row["advice"]) for row in shown["causes"]]


def test_while_it_is_off_the_org_is_not_asked_at_all(one_product: Product) -> None:
    """Off is where it begins, and costs nothing: not one call is about contacts."""
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.deliver()
    before = one_product.calls()
    room.invite(is_invited=False)
    room.deliver()

    about = [path for path in one_product.counter.report(since=0)["by_path"] if "Contact" in path]
    assert (one_product.calls() - before, about) == (0, [])
    assert (contacts_with(one_product, DANA), room.linked) == ([], [])


def test_the_contacts_of_a_deal_are_pulled_in_and_not_yet_invited(product: Product) -> None:
    switch(product)
    deal = a_fresh_deal(product)
    dana = a_contact(product, " Dana.Voss@Brightwater.example")
    for contact in (dana, a_contact(product, None, LastName="Nomail"), a_contact(product, DANA, LastName="Twin")):
        give_role(product, contact, deal=deal)
    give_role(product, dana, deal=deal)
    room = connected(product, deal=deal, by=RILEY)
    assert room.members == {}, "no rep waits for Salesforce"

    room.deliver()

    (member,) = room.members.values()
    assert (member.name, member.contact_id, member.state) == ("Dana Voss", dana, MemberState.NOT_YET_INVITED)
    left_out = product.client.get(f"{CONTACTS}/left-out", headers=an_admin(product)).json["contacts"]
    assert [one["reason"] for one in left_out] == ["no_email", "same_email"]
    shown = product.client.get(f"/api/v1/plans/{room.plan_id}", headers=product.sign_in()).json["members"]
    assert {one["state"] for one in shown if one["role"] == "customer"} == {"not_yet_invited"}
    assert len(room.linked) == 4, "nothing was written"
    room.invite(member.email)
    assert room.members[member.email].state is MemberState.INVITED, "who came from Salesforce is invited by his address"


def test_a_member_becomes_a_contact_once_and_is_linked_to_the_deal(product: Product) -> None:
    switch(product, lead_source="Web")
    room = connected(product, deal=a_fresh_deal(product), by=RILEY)
    room.deliver()
    room.invite(name="Dana Maria Voss")
    room.deliver()

    made = room.contact()
    assert (made["FirstName"], made["LastName"], made["Email"]) == ("Dana Maria", "Voss", DANA)
    assert (made["AccountId"], made["OwnerId"]) == (product.deal_account(), riley(product))
    assert made["LeadSource"] == "Web"
    assert room.linked == [made["Id"]]
    assert room.members[DANA].contact_id == made["Id"]
    again = connected(product, deal=a_fresh_deal(product, Name="Second"))
    again.invite(DANA.upper())
    again.deliver()
    assert again.linked == [room.contact()["Id"]], "one address is one Contact, however many plans have it"
    assert product.client.get(CONTACTS, headers=an_admin(product)).json["waiting"] == 0


def test_of_several_contacts_the_one_on_the_deals_account_is_linked_and_none_is_made(one_product: Product) -> None:
    switch(one_product)
    elsewhere = make(one_product, "Account", Name="Elsewhere")
    a_contact(one_product, account=elsewhere)
    here = a_contact(one_product)
    a_contact(one_product, DANA.upper())
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.invite()
    room.deliver()

    assert room.linked == [here]
    assert len(contacts_with(one_product, DANA)) == 3
    assert [entry.object for entry in one_product.journal() if entry.object == "Contact"] == []


def test_a_member_who_has_a_role_already_is_not_given_another(one_product: Product) -> None:
    """Also when it is done again: whoever looks once more changes nothing."""
    switch(one_product)
    deal = a_fresh_deal(one_product)
    dana = a_contact(one_product)
    room = connected(one_product, deal=deal)
    room.deliver()
    give_role(one_product, dana, deal=deal)
    room.invite()
    room.deliver()
    assert (room.linked, room.members[DANA].contact_id) == ([dana], dana)

    end = one_product.journal_end()
    asked = {"plan_id": room.plan_id}
    answer = one_product.client.post(f"{CONTACTS}/look-again", json=asked, headers=an_admin(one_product))
    room.deliver()

    assert answer.status_code == 202
    assert [entry.object for entry in one_product.journal(end)] == []


def test_our_own_people_and_those_who_left_become_no_contacts(one_product: Product) -> None:
    switch(one_product)
    room = connected(one_product, deal=a_fresh_deal(one_product), by=RILEY)
    room.invite(role="user", email="", name="", member_id=member_of(one_product, "noor@halden.example"))
    room.invite()
    member = room.members[DANA]
    admin, address = an_admin(one_product), f"/api/v1/plans/{room.plan_id}"
    version = {"If-Match": one_product.client.get(address, headers=admin).headers["ETag"]}
    one_product.client.delete(f"{address}/members/{member.id}", headers={**admin, **version})
    room.deliver()

    assert [
        entry.object for entry in one_product.journal() if entry.object in {"Contact", "OpportunityContactRole"}
    ] == []


def test_without_a_point_person_it_belongs_to_the_integration_owner_who_says_so(one_product: Product) -> None:
    switch(one_product)
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.invite(name="")
    room.deliver()

    made = room.contact()
    assert (made["OwnerId"], made["LastName"]) == (user_id(one_product, OWNER), "dana.voss")


def test_who_waits_to_become_a_contact_waits_once(one_product: Product) -> None:
    """Who was added, and is invited before he is a Contact."""
    switch(one_product)
    room = connected(one_product, deal=a_fresh_deal(one_product), by=RILEY)
    room.deliver()
    room.invite(is_invited=False)
    room.invite()

    assert one_product.client.get(CONTACTS, headers=an_admin(one_product)).json["waiting"] == 1
    room.deliver()
    assert room.linked == [room.contact()["Id"]]


@pytest.mark.parametrize("values", [{"status": "blocked"}, {"salesforce_user_id": "0xx000000000001AAA"}])
def test_a_point_person_who_is_blocked_or_no_user_owns_no_contact(one_product: Product, values: dict[str, str]) -> None:
    """Salesforce would refuse an owner whom it does not have, and one who left is nobody's choice."""
    switch(one_product)
    room = connected(one_product, deal=a_fresh_deal(one_product), by=RILEY)
    with one_product.parts.database.workspace(one_product.connection.workspace_id) as session:
        session.execute(update(member).values(**values))
    room.invite()
    room.deliver()

    assert room.contact()["OwnerId"] == user_id(one_product, OWNER)


def test_members_of_the_time_before_a_deal_are_met_when_it_is_connected(product: Product) -> None:
    """In first, then out: whom Salesforce has is known by his address, and the others are made."""
    switch(product)
    first, deal = a_fresh_deal(product), a_fresh_deal(product, Name="Second")
    room = connected(product, deal=first)
    room.deliver()
    dana = a_contact(product, DANA.upper())
    give_role(product, dana, deal=deal)
    product.deliver()
    room.invite("new@brightwater.example", "New Partner", role="partner")
    room.invite()
    admin = an_admin(product)
    whole = product.client.get(f"/api/v1/plans/{room.plan_id}", headers=admin)
    moved = product.client.put(
        f"/api/v1/plans/{room.plan_id}/deal",
        json={"opportunity_id": deal},
        headers={**admin, "If-Match": whole.headers["ETag"]},
    )
    assert moved.status_code == 200, moved.text
    room.deal = deal
    room.deliver()

    assert room.members[DANA].contact_id == dana
    assert room.linked == [dana, room.contact("new@brightwater.example")["Id"]]


@pytest.mark.parametrize("place", ["sobjects/Contact", "sobjects/OpportunityContactRole"])
def test_a_lost_answer_makes_nothing_twice(one_product: Product, place: str) -> None:
    switch(one_product)
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.deliver()
    one_product.arm(kind="reset_after", match={"path": place}, count=1)
    room.invite()
    room.deliver()
    for _ in range(3):
        one_product.clock.advance(hours=1)
        room.deliver()

    assert room.linked == [room.contact()["Id"]]


def test_who_is_made_a_contact_by_a_person_at_the_same_moment_is_that_contact(
    one_product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between our look and our write: the person's is used, both stay, and the delivery says what to do. A later plan
    uses the person's too, though ours is on the account of its deal.
    """
    switch(one_product)
    elsewhere = make(one_product, "Account", Name="Elsewhere")
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.deliver()
    room.invite()
    look = reading.read_found

    def somebody_is_quicker(*asked: Any) -> Any:
        found = look(*asked)
        if not contacts_with(one_product, DANA):
            a_contact(one_product, account=elsewhere)
        return found

    monkeypatch.setattr(reading, "read_found", somebody_is_quicker)
    room.deliver()

    theirs, ours = sorted(contacts_with(one_product, DANA), key=lambda one: bool(one.get("Accord_Id__c")))
    assert (theirs.get("Accord_Id__c"), room.linked) == (None, [theirs["Id"]])
    assert ours["Accord_Id__c"]
    assert room.members[DANA].contact_id == theirs["Id"]
    later = connected(one_product, deal=a_fresh_deal(one_product, Name="Second"))
    later.invite()
    later.deliver()
    assert later.linked == [theirs["Id"]]


def test_a_duplicate_rule_ends_in_a_sentence_with_a_remedy(one_product: Product) -> None:
    switch(one_product)
    a_contact(one_product, "other@brightwater.example")
    rule = DuplicateRule("Names", "Contact", ("LastName", "FirstName"), OnDuplicate.BLOCK)
    one_product.org.duplicate_rules.add(rule, org=one_product.org)
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.invite()
    room.deliver()

    ((code, advice),) = parked(one_product)
    assert (code, "give that Contact his e-mail address" in advice) == ("DUPLICATES_DETECTED", True)
    one_product.org.duplicate_rules.clear()
    one_product.client.post("/api/v1/deliveries/retry", json={"code": code}, headers=an_admin(one_product))
    room.deliver()
    assert room.linked == [room.contact()["Id"]]


def test_a_deal_without_an_account_waits_for_one(one_product: Product) -> None:
    switch(one_product)
    deal = a_fresh_deal(one_product, AccountId=None)
    room = connected(one_product, deal=deal)
    room.invite()
    room.deliver()
    ((code, _),) = parked(one_product)
    assert (code, contacts_with(one_product, DANA)) == ("DEAL_HAS_NO_ACCOUNT", [])
    look_again = {"plan_id": room.plan_id}
    assert (
        one_product.client.post(f"{CONTACTS}/look-again", json=look_again, headers=an_admin(one_product)).status_code
        == 202
    )
    room.deliver()
    assert one_product.client.get(CONTACTS, headers=an_admin(one_product)).json["waiting"] == 1, "who waits waits once"

    one_product.change_in_salesforce("Opportunity", deal, AccountId=one_product.deal_account())
    one_product.client.post("/api/v1/deliveries/retry", json={"code": code}, headers=an_admin(one_product))
    room.deliver()

    assert room.linked == [room.contact()["Id"]]


def test_a_lead_source_that_the_org_does_not_have_is_refused_and_a_change_is_put_back(one_product: Product) -> None:
    """One kind of settings among the others: checked, with a line in the audit, in the file."""
    admin = an_admin(one_product)
    known = one_product.client.get(CONTACTS, headers=admin)
    tagged = {**admin, "If-Match": known.headers["ETag"]}
    fax = one_product.client.put(CONTACTS, json={"enabled": True, "lead_source": "Fax"}, headers=tagged)
    saved = one_product.client.put(CONTACTS, json={"enabled": True, "lead_source": "Web"}, headers=tagged)
    late = one_product.client.put(CONTACTS, json={"enabled": False, "lead_source": None}, headers=tagged)

    assert (fax.status_code, fax.json["items"][0]["field"]) == (422, "lead_source")
    assert (saved.status_code, late.status_code) == (200, 412)
    assert "settings.contacts" in one_product.client.get("/api/v1/settings-file", headers=admin).text
    lines = one_product.client.get("/api/v1/audit?kind=settings.contacts", headers=admin).json["lines"]
    assert [line["new"] for line in lines] == [{"enabled": True, "lead_source": "Web"}]
    assert one_product.client.post(f"/api/v1/audit/{lines[0]['id']}/put-back", headers=admin).status_code == 200
    assert one_product.client.get(CONTACTS, headers=admin).json["enabled"] is False


def test_a_plan_that_is_archived_meanwhile_takes_nobody_in(one_product: Product) -> None:
    switch(one_product)
    deal = a_fresh_deal(one_product)
    give_role(one_product, a_contact(one_product), deal=deal)
    room = connected(one_product, deal=deal)
    admin, address = an_admin(one_product), f"/api/v1/plans/{room.plan_id}"
    tagged = {**admin, "If-Match": one_product.client.get(address, headers=admin).headers["ETag"]}
    assert one_product.client.patch(address, json={"is_archived": True}, headers=tagged).status_code == 200
    room.deliver()

    assert room.members == {}


def test_switched_off_what_waits_is_not_written(one_product: Product) -> None:
    switch(one_product)
    room = connected(one_product, deal=a_fresh_deal(one_product))
    room.invite()
    switch(one_product, on=False)
    assert one_product.client.get(CONTACTS, headers=an_admin(one_product)).json["waiting"] == 0
    room.deliver()
    assert (contacts_with(one_product, DANA), room.linked) == ([], [])

    switch(one_product)
    room.deliver()
    assert room.linked == [room.contact()["Id"]], "whoever is in a plan when it is switched on"


def test_two_hundred_plans_cost_a_few_calls(one_product: Product) -> None:
    switch(one_product)
    one_product.deliver()
    deals = the_deals(one_product)
    for deal in deals:
        connected(one_product, deal=deal)
    before = one_product.counter.report(since=0)["by_path"]
    one_product.deliver()
    after = one_product.counter.report(since=0)["by_path"]

    queries = [path for path in after if "query" in path]
    assert len(deals) > 5
    asked = sum(after[path] - before.get(path, 0) for path in queries)
    assert asked <= 3, "the deals, their roles and the contacts; nothing more about who came from there"
