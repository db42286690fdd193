"""An org leaves: nothing more is written, its logins are ended, every copy goes, and a receipt says so."""

import json
from dataclasses import replace

import pytest

from accord.core.audit import LineFilter
from accord.core.errors import NotAllowedError
from accord.core.ids import RecordId, UserId
from accord.delivery.model import Failpoint
from accord.features.connections.trust.model import TrustEvent, TrustKind
from accord.features.connections.trust.store import add_event
from accord.features.uninstall import store
from accord.infra.audit.store import load_lines
from accord.infra.db import metadata
from localorg.tooling import Component
from support.activities import an_item, log, user_id
from support.canaries import Aviary
from support.contacts import a_contact, give_role
from support.contacts import switch as switch_contacts
from support.copies import Unsealed, use_the_deal
from support.field_sync_canaries import sync_fields
from support.own_login import as_apex_asks, connect_own_login, register_apex
from support.product import Product
from support.running_org import ADMIN, NOOR
from support.two_way import an_admin_of, use_deal_links

UNINSTALL = "/api/v1/uninstall"
RECORDS = ("Account", "Contact", "Opportunity", "OpportunityContactRole", "Task", "User")


@pytest.fixture
def unsealed(monkeypatch: pytest.MonkeyPatch) -> Unsealed:
    known = Unsealed()
    known.watch(monkeypatch)
    return known


def live(product: Product) -> None:
    """Copies everywhere: what reps, Flows, admins and the org's own changes leave here."""
    switch_contacts(product)
    give_role(product, a_contact(product))
    use_the_deal(product)
    sync_fields(product, Aviary())
    plan = product.parts.plans.find_for_deal(an_admin_of(product), RecordId(product.deal()))
    assert plan is not None
    use_deal_links(product, plan.plan.id, product.sign_in(), product.sign_in(ADMIN))
    connect_own_login(product)
    connect_own_login(product, NOOR)
    proved = TrustEvent(TrustKind.ADMIN_PROVED, product.clock(), "", UserId(user_id(product, ADMIN)), None)
    with product.parts.database.workspace(product.connection.workspace_id) as session:
        add_event(session, product.connection.id, proved)
    log(product, product.sign_in_flow(), an_item(product, subjectText="waits, and is never written"))


def leave(product: Product, *, name: str = "Halden", delete_plans: bool = False):
    body = {"org_name": name, "delete_plans": delete_plans}
    return product.client.post(UNINSTALL, json=body, headers=product.sign_in(ADMIN))


def values_of(product: Product, *, people: bool) -> set[str]:
    """Ids of every record of the org in both lengths, and the words of its fields. `people`: of its users too."""
    found = set()
    for sobject in RECORDS:
        for row in product.org.records.all(sobject):
            found |= {str(row["Id"]), str(row["Id"])[:15]}
            if sobject != "User":
                words = (
                    "Name",
                    "NextStep",
                    "StageName",
                    "Description",
                    "Email",
                    "LastName",
                    "Phone",
                    "Subject",
                    "Website",
                )
            else:
                words = ("Name", "Email", "Username") if people else ("Email", "Username")
            found |= {str(row[word]) for word in words if len(str(row.get(word) or "")) > 6}
    return found


def test_after_an_org_has_left_no_cell_of_any_table_holds_a_value_of_its_records(product, unsealed):
    """Under seals too. Plans stay, with the names of our own people in them; with them gone nothing is left at all."""
    live(product)
    needles = values_of(product, people=False)
    before = unsealed.places_of(product, *needles)
    shown = product.client.get(UNINSTALL, headers=product.sign_in(ADMIN)).json
    with product.parts.database.reading(product.connection.workspace_id) as session:
        counts = store.count_copies(session, product.connection.id, plans_too=True)
    answer = leave(product)

    assert len(before) > 15, before
    beside_plans = sum(number for name, number in counts.items() if name not in store.PLAN_TABLES)
    assert (shown["plans"], sum(one["count"] for one in shown["copies"])) == (counts["plan"], beside_plans)
    assert answer.status_code == 200, answer.text
    assert unsealed.places_of(product, *needles) == set()
    assert "Ours" in str(unsealed.cells(product)["plan"])
    receipt = answer.json
    assert (receipt["left"], receipt["plans_deleted"], receipt["unwritten"]) == (0, False, shown["unwritten"])
    assert shown["unwritten"] > 0
    assert {one["place"] for one in receipt["deleted"]} >= {"outbox", "drafts", "settings", "plans", "audit"}
    assert receipt["finished_at"]


def test_with_the_plans_nothing_of_anybody_is_left(one_product, unsealed):
    live(one_product)
    needles = values_of(one_product, people=True)
    answer = leave(one_product, delete_plans=True)

    assert answer.json["plans_deleted"] is True
    assert unsealed.places_of(one_product, *needles, "Ours") == set()
    tenant = {
        name for name, cells in unsealed.cells(one_product).items() if cells and metadata.tables[name].info["tenant"]
    }
    assert tenant - {"seen_token"} == {
        *("connection", "uninstall", "trust_event", "delivery_gate", "audit_line"),
    }
    (kept,) = one_product.parts.safeguards.uninstall.receipts()
    assert (kept.label, kept.receipt.left) == ("Halden", 0)
    assert not any(needle in json.dumps(answer.json) for needle in needles), "a receipt has numbers alone"


def test_every_login_is_ended_at_salesforce_and_who_comes_back_is_told_so(product):
    register_apex(product)
    connect_own_login(product)
    connect_own_login(product, NOOR)
    product.sign_in_the_owner()
    admin = product.sign_in(ADMIN)
    answer = product.client.post(UNINSTALL, json={"org_name": " Halden "}, headers=admin)

    ends = [(one["whose"], one["confirmed"]) for one in answer.json["logins"]]
    assert ends.count(("member", True)) == 2
    assert ends.count(("integration_owner", True)) == 1
    assert ("panel", True) in ends
    assert (answer.json["logins_ended"], answer.json["logins_not_confirmed"]) == (len(ends), 0)
    org = product.connection
    with product.parts.database.reading(org.workspace_id) as session:
        (line,) = load_lines(session, org.id, LineFilter(kind="uninstall.finished"), most=9).lines
    assert (line.entry.new["logins_ended"], line.entry.new["logins_not_confirmed"]) == (len(ends), 0)
    assert not [token for token in product.session_tokens() if product.org.sessions.find(token) is not None]
    for headers in (admin, as_apex_asks(product)):
        again = product.client.post(UNINSTALL, json={"org_name": "Halden"}, headers=headers)
        assert (again.status_code, again.json["code"]) == (403, "ORG_DISCONNECTED")


def test_a_salesforce_that_is_away_is_said_and_holds_nothing_up(one_product):
    for username in (ADMIN, NOOR):
        connect_own_login(one_product, username)
    one_product.arm(kind="unavailable", match={"path": "/services/oauth2/revoke"}, rate=1)
    receipt = leave(one_product).json

    assert (receipt["logins_ended"], receipt["logins_not_confirmed"]) == (0, len(receipt["logins"]))
    assert receipt["left"] == 0
    asked = one_product.counter.report(since=0)["by_path"]["/services/oauth2/revoke"]
    assert asked == 3, "after three without an answer the others are not asked"


def test_the_name_is_checked_by_the_server_and_a_rep_may_not(one_product):
    wrong = leave(one_product, name="halden")
    rep = one_product.client.post(UNINSTALL, json={"org_name": "Halden"}, headers=one_product.sign_in())
    looks = one_product.client.get(UNINSTALL, headers=one_product.sign_in())

    assert (wrong.status_code, wrong.json["items"][0]["field"]) == (422, "org_name")
    assert "Halden" in wrong.json["message"]
    assert (rep.status_code, looks.status_code) == (403, 403)
    brakes = one_product.client.get("/api/v1/safety", headers=one_product.sign_in(ADMIN)).json
    assert brakes["stopped"] is None, "nothing was done"


def test_while_a_write_is_under_way_nothing_goes_and_nothing_more_is_written(product):
    log(product, product.sign_in_flow(), an_item(product))
    during = []
    drain = replace(
        product.parts.drain,
        at=lambda place: during.append(leave(product)) if place is Failpoint.BEFORE_SEND else None,
    )
    drain.drain(product.connection.workspace_id, product.connection.id)

    assert [(one.status_code, one.json["code"]) for one in during[:1]] == [(409, "BEING_WRITTEN")]
    assert leave(product).json["left"] == 0
    assert product.tasks() == []


def test_a_table_that_is_added_later_is_emptied_too():
    belong_to_none = {
        table.name for table in metadata.sorted_tables if table.info["tenant"] and store.way_of(table) is None
    }
    assert belong_to_none == {"connection", "seen_token"}, "itself, and digests of proofs for a day"


def test_what_uses_our_parts_is_told_with_the_right_that_it_wants(one_product):
    flow = Component("Flow", "Deal_Won")
    one_product.org.tooling.use(flow, Component("CustomField", "Opportunity.Stage_Name__c"))
    one_product.org.tooling.use(flow, Component("ApexClass", "AccordSyncNowAction"))
    one_product.org.tooling.use(Component("Flow", "Else"), Component("CustomField", "Contact.Else__c"))
    looked = one_product.client.get(f"{UNINSTALL}/uses", headers=one_product.sign_in(ADMIN))
    rep = one_product.client.get(f"{UNINSTALL}/uses", headers=one_product.sign_in())

    assert looked.status_code == 200, looked.text
    parts = ["AccordSyncNowAction", "Opportunity.Stage_Name__c"]
    assert looked.json["users"] == [{"kind": "Flow", "name": "Deal_Won", "id": flow.id, "parts": parts}]
    assert {one["name"]: one["id"] for one in looked.json["parts"]}["accordPanel"] is None
    assert (looked.json["is_cut_off"], looked.json["calls"] < 10) == (False, True)
    assert rep.status_code == 403
    caller = replace(an_admin_of(one_product), session_id=None)
    with pytest.raises(NotAllowedError, match="View Setup and Configuration"):
        one_product.parts.safeguards.parts_in_use.look(caller)


def test_values_of_our_fields_are_exported_with_the_admins_own_login(one_product):
    deals = [str(row["Id"]) for row in one_product.org.records.all("Opportunity")]
    one_product.change_in_salesforce("Opportunity", deals[0], Stage_Name__c="=HYPERLINK(1)")
    admin = one_product.sign_in(ADMIN)
    before = one_product.calls()
    sheets = one_product.client.get(f"{UNINSTALL}/values", headers=admin).json["sheets"]
    page = one_product.client.get(f"{UNINSTALL}/values/page?sobject=Opportunity", headers=admin)
    rest = one_product.client.get(f"{UNINSTALL}/values/page?sobject=Opportunity&after={deals[-1]}", headers=admin)

    deal = next(one for one in sheets if one["sobject"] == "Opportunity")
    assert (deal["records"], deal["calls"], deal["hidden"]) == (1, 1, [])
    assert page.status_code == 200, page.text
    header, line = page.json["csv"].splitlines()
    assert header.startswith("Id,Accord_Status__c")
    assert (line.startswith(deals[0]), "'=HYPERLINK(1)" in line) == (True, True)
    assert (page.json["count"], page.json["next_after"], rest.json["csv"]) == (1, None, "")
    assert one_product.calls() - before <= 8
    (told,) = one_product.client.get("/api/v1/audit?kind=uninstall.values_exported", headers=admin).json["lines"]
    assert told["subject"] == "Opportunity"
    assert "HYPERLINK" not in str(told)
    for path, code in (("?sobject=Lead", 404), ("?sobject=Opportunity&after=nonsense-nonsens", 422), ("", 422)):
        assert one_product.client.get(f"{UNINSTALL}/values/page{path}", headers=admin).status_code == code
    assert one_product.client.get(f"{UNINSTALL}/values", headers=one_product.sign_in()).status_code == 403
    with pytest.raises(NotAllowedError) as without:
        one_product.parts.safeguards.value_sheets.plan(replace(an_admin_of(one_product), session_id=None))
    assert without.value.code == "NO_SALESFORCE_LOGIN"
