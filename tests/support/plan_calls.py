"""What a test of plans over HTTP says: a rep's plan, calls about it, and what was told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from support.product import Product
from support.running_org import ADMIN, RILEY


@dataclass
class PlanCalls:
    """One caller and one plan."""

    product: Product
    headers: dict[str, str]
    plan: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str = "", body: Any = None, **headers: str) -> Any:
        """A call about the plan; an answer that is a plan is the plan from now on."""
        address = f"/api/v1/plans/{self.plan['id']}{path}"
        answer = self.product.client.open(address, method=method, json=body, headers={**self.headers, **headers})
        if answer.status_code < 300 and "stages" in (answer.json or {}):
            self.plan = answer.json
        return answer

    def ok(self, method: str, path: str = "", body: Any = None, **headers: str) -> dict[str, Any]:
        answer = self.call(method, path, body, **headers)
        assert answer.status_code < 300, answer.text
        return dict(answer.json)

    def change(self, **changes: Any) -> dict[str, Any]:
        return self.ok("PATCH", "", changes, **self.seen())

    def seen(self) -> dict[str, str]:
        """The version of the plan that the caller has seen."""
        return {"If-Match": f'"{self.plan["version"]}"'}

    def step(self, number: int = 0, stage: int = 0) -> dict[str, Any]:
        return dict(self.plan["stages"][stage]["steps"][number])

    def change_step(self, number: int = 0, stage: int = 0, **changes: Any) -> dict[str, Any]:
        step = self.step(number, stage)
        return self.ok("PATCH", f"/steps/{step['id']}", changes, **{"If-Match": f'"{step["version"]}"'})

    def invite(self, email: str = "dana@brightwater.example", **changes: Any) -> dict[str, Any]:
        """Somebody is invited; gives the member."""
        found = self.ok("POST", "/members", {"role": "customer", "name": "Dana Voss", "email": email, **changes})
        return dict(found["members"][-1])

    def as_member(self, member: dict[str, Any]) -> "PlanCalls":
        """The application's server speaks for this member of the plan."""
        return PlanCalls(self.product, {**a_service(self.product), "Accord-Member": member["id"]}, self.plan)


STAGES = [
    {"title": "Evaluate", "steps": [{"title": "Kick-off"}, {"title": "Security review"}]},
    {"title": "Decide", "steps": [{"title": "Contract", "key": "contract"}]},
]


def a_rep_with_a_plan(product: Product, *, username: str = RILEY, **changes: Any) -> PlanCalls:
    """A published plan of the first deal: two stages, three open steps."""
    headers = product.sign_in(username)
    body = {"opportunity_id": product.deal(), "title": "Brightwater plan", "stages": STAGES, **changes}
    made = product.client.post("/api/v1/plans", json=body, headers=headers)
    assert made.status_code == 201, made.text
    return PlanCalls(product, headers, made.json)


def a_service(product: Product) -> dict[str, str]:
    """Headers of the application's server."""
    admin = product.sign_in(ADMIN)
    made = product.client.post("/api/v1/connection/clients", json={"role": "service"}, headers=admin).json
    login = {name: made[name] for name in ("client_id", "client_secret")}
    answer = product.client.post("/oauth/token", data={"grant_type": "client_credentials", **login})
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


def live_through(rep: PlanCalls, say: Callable[[str], str]) -> PlanCalls:
    """Everything that can be done with a plan, each once and well. `say` gives the words that people use."""
    rep.ok("POST", "/view", {})
    admin = rep.product.sign_in(ADMIN)
    for follower in (rep, PlanCalls(rep.product, admin, rep.plan)):
        assert follower.ok("PUT", "/following")["following"]
    rep.ok("DELETE", "/following")
    rep.change(title=say("new title"), end_date="2026-12-31", value={"amount": "125000.50", "currency": "EUR"})
    rep.ok("POST", "/stages", {"title": say("stage")})
    stage = rep.plan["stages"][-1]
    stage_version = {"If-Match": f'"{stage["version"]}"'}
    rep.ok("PATCH", f"/stages/{stage['id']}", {"title": say("stage again"), "position": 0}, **stage_version)
    step = {"stage_id": stage["id"], "title": say("step"), "description": say("description")}
    rep.ok("POST", "/steps", step)
    dana = rep.invite(name=say("customer"), email=f"{say('mail')}@brightwater.example")
    rep.change_step(title=say("step again"), owner_id=dana["id"], due_date="2026-12-01", is_completed=True)
    comments = f"/steps/{rep.step()['id']}/comments"
    rep.ok("POST", comments, {"text": say("comment")})
    rep.ok("POST", "/resources", {"title": say("resource"), "url": f"https://files.example/{say('link')}"})
    rep.ok("POST", "/stakeholders", {"name": say("stakeholder"), "title": say("position")})
    customer = rep.as_member(dana)
    customer.ok("POST", f"/members/{dana['id']}/accept")
    assert customer.ok("GET", comments)["comments"][0]["text"]
    _criteria(rep, say)
    rep.plan = rep.ok("GET")
    rep.ok("DELETE", f"/resources/{rep.plan['resources'][0]['id']}", **rep.seen())
    rep.ok("DELETE", f"/stakeholders/{rep.plan['stakeholders'][0]['id']}", **rep.seen())
    assert "colleagues" in rep.ok("GET", "/colleagues")
    rep.ok("DELETE", f"/members/{dana['id']}", **rep.seen())
    rep.ok("DELETE", f"/steps/{rep.step()['id']}", **{"If-Match": f'"{rep.step()["version"]}"'})
    rep.ok("DELETE", f"/stages/{stage['id']}", **{"If-Match": f'"{rep.plan["stages"][0]["version"]}"'})
    deal = rep.plan["opportunity_id"]
    rep.ok("DELETE", "/deal", **{"If-Match": f'"{rep.plan["version"]}"'})
    rep.ok("PUT", "/deal", {"opportunity_id": deal}, **{"If-Match": f'"{rep.plan["version"]}"'})
    copy = rep.call("POST", "/duplicate", {"title": say("copy")})
    assert copy.status_code == 201, copy.text
    client = rep.product.client
    assert len(client.get("/api/v1/plans", headers=rep.headers).json["plans"]) >= 2
    assert client.get(f"/api/v1/deals?q={say('search')}", headers=rep.headers).json == {"deals": []}
    return customer


def _criteria(rep: PlanCalls, say: Callable[[str], str]) -> None:
    """A criterion that an admin makes, the rep meets, and the admin deletes; weights that stay as they are."""
    client, admin = rep.product.client, rep.product.sign_in(ADMIN)
    new = {"key": "sponsor", "kind": "role", "title": say("criterion")}
    made = client.post("/api/v1/criteria", json=new, headers=admin)
    assert made.status_code == 201, made.text
    assert client.get("/api/v1/criteria", headers=rep.headers).json["criteria"] == [made.json]
    rep.ok("PUT", f"/criteria/{made.json['id']}", {"text": say("sponsor")}, **rep.seen())
    listed = client.get("/api/v1/settings/criteria", headers=admin)
    kept = client.put(
        "/api/v1/settings/criteria", json=listed.json, headers={**admin, "If-Match": listed.headers["ETag"]}
    )
    address, version = f"/api/v1/criteria/{made.json['id']}", {"If-Match": kept.headers["ETag"]}
    renamed = client.patch(address, json={"title": say("criterion again")}, headers={**admin, **version})
    gone = client.delete(address, headers={**admin, "If-Match": renamed.headers["ETag"]})
    assert (kept.status_code, renamed.status_code, gone.status_code) == (200, 200, 204), kept.text + renamed.text
    weights = client.get("/api/v1/settings/score", headers=admin)
    kept = client.put(
        "/api/v1/settings/score", json=weights.json, headers={**admin, "If-Match": weights.headers["ETag"]}
    )
    assert kept.status_code == 200, kept.text
