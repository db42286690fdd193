"""Canary secrets and values appear in no log, no error and not in the clear in the database (D70, G26).

They go through every route of the application and every fault of the org: as values that are accepted, as values that
are refused, and as what does not belong there at all.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest

from accord.core.ids import RecordId
from accord.infra.db import Database
from localorg.faults import FaultKind
from support.activities import an_admin, an_item, change_settings, log
from support.auto_create import use_auto_create
from support.canaries import CANARY, Aviary, Witness, bodies_of, dump_of, everything_logged, watched
from support.field_sync_canaries import sync_fields
from support.own_login import MINE, at_salesforce, come_back, member_id_of, start
from support.panel_setup import NEXT, put, tab
from support.plan_calls import PlanCalls, live_through
from support.playbooks import use_playbooks
from support.product import RILEY, Product, a_product
from support.running_org import ADMIN
from support.safeguarded import use_safeguards
from support.signed import a_signer
from support.trust import Admin, a_new_link
from support.two_way import an_admin_of, use_deal_links
from support.variables import use_variables

CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
WITH_BODY = {"POST", "PUT", "PATCH"}
# who asks too often is heard by no route
NEVER_TOO_OFTEN = {"ACCORD_REQUESTS_PER_MINUTE": "1000000", "ACCORD_SIGN_INS_PER_MINUTE": "1000000"}


@dataclass
class Driven:
    """What was sent and what is left of it."""

    product: Product
    canaries: Aviary
    secrets: dict[str, str]
    witness: Witness
    log: str
    dump: str


def a_member_with_a_name(product: Product, canary: Aviary) -> dict[str, str]:
    user = product.org.users.by_username(RILEY)
    assert user is not None
    product.change_in_salesforce(
        "User", user.id, LastName=canary("last name"), Email=f"{canary('mail')}@halden.example"
    )
    return product.sign_in()


def save_fields(product: Product, canary: Aviary, rep: dict[str, str]) -> None:
    """A rep's edits: taken, unchanged, stale, refused by a rule, too long, and with each fault of the org."""
    deal = product.deal()
    address = f"/api/v1/panels/{deal}"
    seen = product.record("Opportunity", deal)["NextStep"]

    def save(value: str) -> None:
        nonlocal seen
        change = {"key": "Opportunity.NextStep", "value": value, "seen": seen}
        answer = product.client.patch(address, json={"changes": [change]}, headers=rep)
        if answer.status_code == 200:
            seen = value

    product.client.get(f"{address}/configuration", headers=rep)
    draft = {"key": "Opportunity.NextStep", "value": canary("draft"), "seen": canary("seen by a draft")}
    product.client.put(f"{address}/draft", json={"changes": [draft]}, headers=rep)
    product.client.get(f"{address}/draft", headers=rep)
    save(canary("next step"))
    save(seen)
    product.client.get(f"{address}/why/Opportunity.NextStep", headers=rep)
    product.change_in_salesforce("Opportunity", deal, NextStep=canary("theirs"))
    save(canary("stale"))
    seen = product.record("Opportunity", deal)["NextStep"]
    save(canary("too long") + "x" * 260)
    refused = canary("refused")
    product.refuse_deals(f"NextStep = '{refused}'", canary("rule text"), field="NextStep")
    save(refused)
    for kind in FaultKind:
        product.arm(kind=str(kind), match={"path": "/services/.*"}, rate=1, delay_ms=1)
        save(canary(f"lost by {kind}"))
        product.client.get(address, headers=rep)
        product.faults.clear()
        seen = product.record("Opportunity", deal)["NextStep"]
        rep.update(product.sign_in())  # some faults end the login


def plan_and_settings(product: Product, canary: Aviary, rep: dict[str, str]) -> None:
    """A plan with titles; labels of the panel, their check, and texts of activity with a preview."""
    plan = {"title": canary("plan title"), "stage_title": canary("stage title"), "steps_total": 3, "steps_done": 1}
    made = product.client.post("/api/v1/plans", json={**plan, "opportunity_id": product.deal()}, headers=rep)
    assert (made.status_code, made.json["title"]) == (201, plan["title"])
    assert product.client.get(f"/api/v1/plans/{made.json['id']}", headers=rep).json["title"] == plan["title"]
    product.client.post("/api/v1/plans", json={**plan, "opportunity_id": product.deal()}, headers=rep)  # the second one
    live_through(PlanCalls(product, rep, made.json), canary)

    admin = an_admin(product)
    label = canary("tab label")
    assert put(product, admin, tab(label, {**NEXT, "label": canary("row label")})).status_code == 200
    assert product.client.get("/api/v1/settings/panel", headers=admin).json["tabs"][0]["label"] == label
    for address in ("rule-choices", f"fields?sobject=Opportunity&q={canary('field search')}"):
        product.client.get(f"/api/v1/settings/panel/{address}", headers=admin)
    use_variables(product, admin, rep, canary)
    product.clock.advance(hours=30)
    product.parts.variables.check_all()
    change_settings(product, kinds={"text": "{text} " + canary("text"), "folded_text": "{count} " + canary("many")})
    sample = {"record_id": product.deal(), "kind": "comment", "subject_text": canary("sample")}
    product.client.post("/api/v1/settings/activity/preview", json=sample, headers=an_admin(product))


def activity(product: Product, canary: Aviary) -> None:
    """Items of a Flow: delivered, folded, tried on, internal, wrong, parked; then what an admin sees of them."""
    flow = product.sign_in_flow()

    def item(name: str, **changes: Any) -> dict[str, Any]:
        texts = {"subjectText": canary(f"{name} subject"), "description": canary(f"{name} description")}
        return an_item(product, **{**texts, **changes})

    logged = log(
        product,
        flow,
        item("queued", idempotencyKey=canary("key")),
        item("folded"),
        item("tried on", dryRun=True),
        item("internal", isInternal=True),
        item("wrong", kind=canary("kind")),
        item("parked", recordId="006000000000001AAA"),
        item("strange", contactId=canary("contact"), actorUserId=canary("actor")),
    )
    assert [one["outcome"] for one in logged.json["items"][:2]] == ["queued", "queued"]
    product.arm(kind="reset_after", match={"path": "/services/data/.*Task.*"}, rate=1, count=1)
    product.deliver()
    product.clock.advance(minutes=10)
    product.deliver()
    assert product.tasks()

    admin = an_admin(product)
    reference = logged.json["items"][0]["referenceId"]
    parked = product.client.get("/api/v1/deliveries", headers=admin).json
    assert parked["causes"]
    for address in (
        "deliveries/forecast",
        f"deliveries/{reference}",
        f"flow-calls?reference={canary('reference')}",
        "flow-calls",
    ):
        product.client.get(f"/api/v1/{address}", headers=admin)
    product.client.post("/api/v1/deliveries/retry", json={"code": None}, headers=admin)
    product.deliver()


def flow_asks(product: Product, canary: Aviary) -> None:
    """The other actions of a Flow and the events of the org; then a call is run again by an admin."""
    flow = product.sign_in_flow()
    texts = {"planTitle": canary("flow plan title"), "stageTitle": canary("flow stage title")}
    key = {"flowName": canary("flow name"), "idempotencyKey": canary("flow key")}
    items = {
        "connections": [{"opportunityId": product.deal(), **texts, **key}, {"opportunityId": canary("deal"), **texts}],
        "plans": [{"recordId": product.deal(), **key}],
        "sync-status": [{"recordId": product.deal(), **key}, {"referenceId": canary("flow reference")}],
        "sync-now": [{"recordId": product.deal(), **key}],
    }
    for path, asked in items.items():
        answer = product.client.post(f"/flow/v1/{path}", json={"items": asked}, headers=flow)
        assert answer.json["items"][0]["isSuccess"], answer.text
    event = {"event_uuid": "e1", "action": "log_activity", "record_id": product.deal(), "kind": "comment"}
    said = {"subject_text": canary("event subject"), "flow_name": canary("event flow")}
    events = [{**event, **said}, {**event, **said, "event_uuid": "e2", "action": canary("action")}]
    wish = json.dumps({"stepKey": canary("event step"), "operation": "complete", "comment": canary("event comment")})
    events.append({**event, "event_uuid": "e3", "action": "update_step", "inputs": wish})
    product.client.post("/events/v1/requests", json={"events": events}, headers=flow)
    product.deliver()
    admin = an_admin(product)
    for call in product.client.get("/api/v1/flow-calls", headers=admin).json["calls"]:
        if call["can_run_again"]:
            product.client.post(f"/api/v1/flow-calls/{call['id']}/dry-run", json={}, headers=admin)


def own_login(product: Product, rep: dict[str, str]) -> dict[str, str]:
    """Made, used twice, renewed, looked at and dropped; gives what its way carried."""
    way = at_salesforce(product, start(product, rep))
    assert come_back(product, way).status_code == 200
    come_back(product, way)
    product.org.sessions.expire_all()
    product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)  # renews it
    product.client.get(MINE, headers=rep)
    product.client.delete(MINE, headers=rep)
    product.client.post(f"{MINE}/dismiss", headers=rep)
    return {"state of a login": way.given["state"], "code of a login": way.given["code"]}


def connection(product: Product, canary: Aviary) -> dict[str, str]:
    """What an admin sees and sets of the connection; a certificate registered by an administrator's own sign-in."""
    headers = an_admin(product)
    wanted = {"integration_login": "jwt_bearer", "secret_ends_on": "2026-12-01", "key_ends_on": None}
    body = {**wanted, "method_ends_on": None}
    settings = "/api/v1/settings/connection"
    assert product.client.put(settings, json=body, headers={**headers, "If-Match": '"0"'}).status_code == 200
    product.parts.connections.notices.look_at_all()
    for address in (settings, *(f"/api/v1/connection{page}" for page in ("", "/events", "/notices", "/doctor"))):
        assert product.client.get(address, headers=headers).status_code == 200
    made = product.client.post("/api/v1/connection/links", headers=headers).json
    admin = Admin(product)
    admin.browser.post("/connect", data={"code": canary("wrong code")})
    admin.browser.get("/connect")
    admin.page = admin.browser.post("/connect", data={"code": made["code"]})
    way = at_salesforce(product, admin.way_out(), ADMIN)
    assert admin.come_back(way).status_code == 200
    admin.upload(canary("certificate").encode())
    admin.upload(a_signer().certificate_pem.encode())
    assert admin.confirm().status_code == 200
    (registered,) = product.client.get("/api/v1/connection", headers=headers).json["certificates"]
    gone = product.client.delete(f"/api/v1/connection/certificates/{registered['fingerprint']}", headers=headers)
    assert gone.status_code == 204
    carried = {"code of a link": made["code"], "state of a connect": way.given["state"], "its code": way.given["code"]}
    return {**carried, "secret of a service": an_application(product, headers)}


def an_application(product: Product, admin: dict[str, str]) -> str:
    """A client of the application's server: made, signed in, listed and ended. Gives its secret."""
    clients = "/api/v1/connection/clients"
    made = product.client.post(clients, json={"role": "service"}, headers=admin).json
    login = {name: made[name] for name in ("client_id", "client_secret")}
    form = {"grant_type": "client_credentials", **login}
    signed_in = product.client.post("/oauth/token", data=form)
    server = {"Authorization": f"Bearer {signed_in.json['access_token']}"}
    named = {"member_id": member_id_of(product)}
    short = product.client.post("/api/v1/member-tokens", json=named, headers=server).json["access_token"]
    frame = {"token": short, "record_id": product.deal()}
    assert product.client.post("/panel", data=frame).status_code == 200
    assert made["client_id"] in [one["client_id"] for one in product.client.get(clients, headers=admin).json["clients"]]
    assert product.client.delete(f"{clients}/{made['client_id']}", headers=admin).status_code == 204
    product.client.post("/oauth/token", data=form)
    return str(made["client_secret"])


def connect_anew(product: Product) -> dict[str, str]:
    """The org is disconnected, and connected again by a link; nothing else is good after it."""
    headers = an_admin(product)
    ended = product.client.post("/api/v1/uninstall", json={"org_name": product.connection.label}, headers=headers)
    assert ended.status_code == 200, ended.text
    admin, link = Admin(product), a_new_link(product)
    admin.sign_in(link)
    page = admin.decide("connect")
    assert page.status_code == 200
    shown = re.search("Client secret</dt><dd><code>([^<]+)", page.text)
    assert shown is not None
    return {"code of a new link": link.code.reveal(), "secret of a new client": shown[1]}


def nonsense(product: Product, canary: Aviary, callers: dict[str, dict[str, str]]) -> None:
    """Every route, for every caller: canaries as ids, in the query, in each text of the body, and as no body at all."""
    document = product.client.get("/openapi.json").json
    assert product.client.get("/openapi/flow.json").status_code == 200
    shapes = {
        (method, CONVERTER.sub(r"{\1}", rule.rule)): (rule.rule, method)
        for rule in product.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }
    for caller, headers in callers.items():
        bodies = bodies_of(document, canary)
        for (method, path), (rule, _) in shapes.items():
            name = f"{caller} {method} {rule}"
            address = CONVERTER.sub(lambda _, name=name: canary(f"{name} id"), rule)
            query = {"q": canary(f"{name} query")}
            match_any = {"If-Match": f'"{canary("etag")}"', **headers}
            form = {field: canary(f"{name} {field}") for field in ("signed_request", "client_id", "client_secret")}
            ways: tuple[dict[str, Any], ...] = (
                {"json": bodies.get((method, path), {"text": canary(f"{name} body")})},
                {"data": canary(f"{name} text"), "content_type": "text/plain"},
                {"data": '{"broken": "' + canary(f"{name} broken"), "content_type": "application/json"},
                {"data": {"grant_type": "client_credentials", **form}},
            )
            for way in ways if method in WITH_BODY else ways[:1]:
                product.client.open(address, method=method, query_string=query, headers=match_any, **way)
    product.client.get(f"/{canary('no such page')}")
    product.client.get("/panel-assets/panel.html").close()
    product.client.get("/plans/01900000-0000-7000-8000-000000000000")


def the_plan(product: Product) -> str:
    """The deal's plan."""
    found = product.parts.plans.find_for_deal(an_admin_of(product), RecordId(product.deal()))
    assert found is not None
    return found.plan.id


def drive(product: Product, canary: Aviary) -> dict[str, str]:
    """Sends the canaries; gives the secrets that took part."""
    signed = product.signed_request()
    assert product.client.post("/canvas", data={"signed_request": signed}).status_code == 200
    product.client.post("/canvas", data={"signed_request": signed})  # a second use
    product.client.post("/canvas", data={"signed_request": signed[:-8]})
    rep = a_member_with_a_name(product, canary)
    save_fields(product, canary, rep)
    plan_and_settings(product, canary, rep)
    activity(product, canary)
    flow_asks(product, canary)
    sync_fields(product, canary)
    use_deal_links(product, the_plan(product), product.sign_in(), an_admin(product))
    use_auto_create(product, canary)
    use_playbooks(product, the_plan(product), canary)
    carried = {**own_login(product, product.sign_in()), **connection(product, canary)}
    use_safeguards(product, canary, an_admin(product))
    callers = {"nobody": {}, "rep": product.sign_in(), "admin": an_admin(product), "flow": product.sign_in_flow()}
    nonsense(product, canary, {**callers, "liar": {"Authorization": f"Bearer {canary('bearer')}"}})
    carried |= connect_anew(product)
    return {
        "signed request": signed,
        "consumer secret": product.setup_app.consumer_secret,
        "flow client secret": product.flow_client.secret.reveal(),
        **{
            f"our token of {caller}": headers["Authorization"].removeprefix("Bearer ")
            for caller, headers in callers.items()
            if headers
        },
        **carried,
        **{f"org session {number}": token for number, token in enumerate(product.session_tokens())},
    }


def driven(product: Product) -> Driven:
    canaries = Aviary()
    with everything_logged() as written, watched(product.app) as witness:
        secrets = drive(product, canaries)
    return Driven(product, canaries, secrets, witness, written.getvalue(), dump_of(product.parts.database))


@pytest.mark.timeout(300)  # thousands of requests
def test_canaries_go_through_every_route_and_are_found_nowhere(database: Database) -> None:
    with a_product(database, environ=NEVER_TOO_OFTEN) as product:
        found = driven(product)

        assert_every_route_was_driven(found)
        assert_nothing_is_told(found)
        assert_no_insides_are_told(found)


def assert_nothing_is_told(driven: Driven) -> None:
    """A stale edit shows a rep both values, and a refused one Salesforce's words; everything else shows nothing."""
    meant = [text for text in driven.witness.errors if "STALE_EDIT" in text or "SALESFORCE_REFUSED" in text]
    errors = "\n".join(text for text in driven.witness.errors if text not in meant)

    assert len(driven.canaries.made) >= 20
    assert len(driven.witness.errors) > 100
    assert '"event": "request_answered"' in driven.log, "the log was really written"
    assert '"event": "intent_parked"' in driven.log, "the faults really happened"
    for place, text in (("the log", driven.log), ("the database", driven.dump), ("an error", errors)):
        assert set(CANARY.findall(text)) == set(), f"in the clear in {place}"
        assert [name for name, secret in driven.secrets.items() if secret in text] == [], f"in {place}"
    shown = {re.sub(r"^canary-|-\d+$", "", one) for one in CANARY.findall("\n".join(meant))}
    assert shown == {"stale", "theirs", "rule-text"}


def assert_every_route_was_driven(driven: Driven) -> None:
    rules = driven.product.app.url_map.iter_rules()
    all_routes = {(method, rule.rule) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}

    assert all_routes - driven.witness.routes == set()
    assert all_routes - driven.witness.done == set(), "none of these was ever answered well"


def assert_no_insides_are_told(driven: Driven) -> None:
    for text in driven.witness.errors:
        assert "Traceback" not in text
        assert ".py" not in text
        assert "sqlalchemy" not in text.lower()
