"""Deny by default, walked: every route has a rule, no outsider gets in, no id of another tenant is found.

A4, A5, D10, G22.
"""

import re

import pytest

from accord.core.identity import Identity, Role
from accord.features.connections import tokens
from accord.infra.http import rule_of
from accord.workspace.members.model import NewMember, Person
from accord.workspace.members.store import add_member
from support.foreign import one_of_each, rows_of
from support.plan_calls import a_rep_with_a_plan
from support.product import Product, a_product
from support.running_org import ADMIN

PUBLIC = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/openapi.json"),
    ("GET", "/openapi/flow.json"),
    ("GET", "/panel-assets/<path:name>"),
    ("GET", "/plans/<plan_id>"),
    ("GET", "/canvas"),
    ("POST", "/canvas"),
    ("POST", "/panel"),
    ("POST", "/oauth/token"),
    ("GET", "/oauth/salesforce/callback"),
    ("GET", "/connect"),
    ("POST", "/connect"),
    ("POST", "/connect/decision"),
    ("POST", "/connect/certificate"),
}
PLACEHOLDER = re.compile(r"<(\w+)>")
IDS = {"record_id": "006000000000001AAA", "plan_id": "01900000-0000-7000-8000-000000000000"}

# what a route wants to be given before it looks for anything, by the last part of its address
BODIES = {
    "<record_id>": {"changes": [{"key": "Opportunity.Amount", "value": "1", "seen": None}]},
    "draft": {"changes": [{"key": "Opportunity.Amount", "value": "1", "seen": None}]},
    "stages": {"title": "T"},
    "steps": {"title": "T", "stage_id": "x"},
    "comments": {"text": "T"},
    "resources": {"title": "T", "url": "https://x.example"},
    "members": {"role": "customer", "email": "dana@x.example"},
    "stakeholders": {"name": "N"},
    "deal": {"opportunity_id": IDS["record_id"]},
    "content": {"plan": IDS["plan_id"]},
    "decision": {"choose": "accord", "version": 1},
}


def routes(product: Product) -> list[tuple[str, str, str]]:
    """(method, rule, endpoint) of everything that the application answers."""
    return [
        (method, rule.rule, rule.endpoint)
        for rule in product.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def address(rule: str, ids: dict[str, str]) -> str:
    for name, value in ids.items():
        rule = rule.replace(f"<{name}>", value)
    return rule


def headers_of(product: Product, role: Role) -> dict[str, str]:
    """A token of a member with this role, made past all sign-in."""
    connection = product.connection
    user_id = f"00500000000{list(Role).index(role):04d}"
    from accord.core.ids import UserId, widen

    with product.parts.database.workspace(connection.workspace_id) as session:
        person = Person(name="Outsider", email="o@customer.example", time_zone="")
        new = NewMember(connection.id, UserId(widen(user_id)), role, person)
        member = add_member(session, new, now=product.clock())
    ids = tokens.TokenIds(connection.workspace_id, connection.id, member_id=member.id)
    settings = product.parts.settings
    issued = tokens.issue_token(ids, tokens.TokenKey(settings.session_key, settings.public_url), product.clock())
    return {"Authorization": f"Bearer {issued.token.reveal()}"}


def test_every_route_declares_who_may_call_it(product):
    for method, rule, endpoint in routes(product):
        declared = rule_of(product.app, endpoint, method)
        assert declared == "public" or isinstance(declared, frozenset), f"{method} {rule} declares nothing"
        assert (declared == "public") == ((method, rule) in PUBLIC), f"{method} {rule}"


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.PARTNER])
def test_customers_and_partners_get_into_no_internal_route(product, role):
    rep, outsider = product.sign_in(), headers_of(product, role)
    plan = {"opportunity_id": product.deal(), "title": "T", "stage_title": "S", "steps_total": 1, "steps_done": 0}
    made = product.client.post("/api/v1/plans", json=plan, headers=rep).json
    ids = {"record_id": product.deal(), "plan_id": made["id"]}  # what is there: a 404 would prove nothing

    for method, rule, _ in routes(product):
        if (method, rule) in PUBLIC:
            continue
        answer = product.client.open(address(rule, ids), method=method, headers=outsider, json={})
        assert (answer.status_code, answer.json["code"]) == (403, "NOT_ALLOWED"), f"{method} {rule}"


def test_without_a_token_no_internal_route_answers(product):
    for method, rule, _ in routes(product):
        if (method, rule) not in PUBLIC:
            answer = product.client.open(address(rule, IDS), method=method, json={})
            assert answer.status_code == 401, f"{method} {rule}"


def routes_with_ids(product: Product) -> list[tuple[str, str]]:
    """What an admin may call about something that the address names."""
    return [
        (method, rule)
        for method, rule, endpoint in routes(product)
        if "<" in rule and (method, rule) not in PUBLIC and Role.ADMIN in rule_of(product.app, endpoint, method)
    ]


def test_another_tenants_ids_are_not_found(database, product):
    """The other tenant is a whole product of its own on the same database, with one of everything."""
    with a_product(database) as theirs:
        ids = one_of_each(theirs)
        ours = {**product.sign_in(ADMIN), "If-Match": '"1"'}
        our_plan = {"plan_id": a_rep_with_a_plan(product).plan["id"]}
        kept, walked = rows_of(theirs), set()

        for method, rule in routes_with_ids(product):
            body = BODIES.get(rule.rpartition("/")[2], {})
            # an id of theirs under a plan of ours is the same stranger
            inner = "<plan_id>" in rule and rule.count("_id>") > 1
            for given in (ids, {**ids, **our_plan}) if inner else (ids,):
                path = address(rule, given)
                assert "<" not in path, f"{rule}: there is none of that in support.foreign"
                answer = product.client.open(path, method=method, headers=ours, json=body)
                assert answer.status_code == 404, f"{method} {rule}: {answer.status_code} {answer.text}"
                walked |= set(PLACEHOLDER.findall(rule))

        assert walked == set(ids)
        assert rows_of(theirs) == kept


def test_an_identity_needs_a_workspace_and_a_connection():
    with pytest.raises(TypeError):
        Identity(role=Role.ADMIN)
