"""Plans over HTTP: pages, versions, repeats, deals by name, and what a view costs (A4, S3)."""

from typing import Any

from support.plan_calls import PlanCalls, a_rep_with_a_plan, a_service
from support.product import Product
from support.running_org import ADMIN, NOOR, RILEY


def listed(product: Product, headers: dict[str, str], query: str = "") -> tuple[list[str], str | None]:
    answer = product.client.get(f"/api/v1/plans{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json["plans"]], answer.json["next"]


def three_plans(product: Product) -> PlanCalls:
    """One that has begun, a draft without a deal, and an archived one; the newest last."""
    rep = a_rep_with_a_plan(product, title="Begun")
    rep.change_step(is_completed=True)
    a_rep_with_a_plan(product, title="Draft", opportunity_id=None, is_draft=True)
    a_rep_with_a_plan(product, title="Over", opportunity_id=None).change(is_archived=True)
    return rep


def test_plans_are_found_page_by_page_and_by_what_they_are(one_product: Product) -> None:
    rep = three_plans(one_product)

    first, following = listed(one_product, rep.headers, "?limit=2")
    second, end = listed(one_product, rep.headers, f"?limit=2&after={following}")

    assert (first, second, end) == (["Over", "Draft"], ["Begun"], None)
    found = {
        query: listed(one_product, rep.headers, f"?{query}")[0]
        for query in ("status=On%20Track", "status=Draft", "is_archived=true", "is_connected=true")
    }
    assert list(found.values()) == [["Begun"], ["Draft"], ["Over"], ["Begun"]]
    assert listed(one_product, rep.headers, f"?opportunity_id={one_product.deal()[:15]}") == (["Begun"], None)
    assert one_product.client.get("/api/v1/plans?limit=201", headers=rep.headers).status_code == 422


def test_a_page_shows_nobody_what_salesforce_hides_from_him_and_costs_one_call(one_product: Product) -> None:
    three_plans(one_product)
    noor = one_product.sign_in(NOOR)
    assert listed(one_product, noor)[0] == ["Begun"], "those without a deal are Riley's alone"
    before = one_product.calls()
    listed(one_product, noor)
    assert one_product.calls() - before == 1, "what fields he may see is kept from the first time"

    user = one_product.org.users.by_username(NOOR)
    with one_product.org.transaction(user_id=user.id, client="seed") as tx:
        tx.org.records.find("Opportunity", one_product.deal())["_hidden_from"] = [user.id]

    assert listed(one_product, noor) == ([], None)
    assert len(listed(one_product, a_service(one_product))[0]) == 3


def test_a_change_names_the_version_that_it_changes(one_product: Product) -> None:
    rep = a_rep_with_a_plan(one_product)
    stale = {"If-Match": '"7"'}

    answers = [
        rep.call("PATCH", "", {"title": "T"}),
        rep.call("PATCH", "", {"title": "T"}, **stale),
        rep.call("PATCH", f"/steps/{rep.step()['id']}", {"is_completed": True}, **stale),
        rep.call("DELETE", f"/stages/{rep.plan['stages'][0]['id']}", **stale),
        rep.call("DELETE", "/deal"),
    ]

    assert [(one.status_code, one.json["code"]) for one in answers] == [
        (428, "VERSION_NEEDED"),
        *[(412, "CHANGED_MEANWHILE")] * 3,
        (428, "VERSION_NEEDED"),
    ]
    answer = rep.call("GET")
    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'
    assert answer.json["title"] == "Brightwater plan"


def test_a_repeat_makes_one_plan(one_product: Product) -> None:
    headers = {**one_product.sign_in(RILEY), "Idempotency-Key": "wish 1"}

    def make(**changes: Any) -> Any:
        body = {"opportunity_id": one_product.deal(), "title": "Once", **changes}
        return one_product.client.post("/api/v1/plans", json=body, headers=headers)

    first, again, other = make(), make(), make(title="Other")

    assert (first.status_code, again.status_code, again.json) == (201, 201, first.json)
    assert (other.status_code, other.json["code"]) == (409, "KEY_REUSED")
    headers["Idempotency-Key"] = "wish 2"
    assert make().json["code"] == "ALREADY_CONNECTED"
    headers["Idempotency-Key"] = "x" * 81
    assert make().status_code == 422


def test_a_deal_is_searched_by_name_with_the_callers_own_login_and_connected(one_product: Product) -> None:
    rep = a_rep_with_a_plan(one_product, opportunity_id=None)
    search = one_product.client

    found = search.get("/api/v1/deals?q=brightwater", headers=rep.headers).json["deals"]
    hostile = search.get("/api/v1/deals?q=%25' OR Name != '", headers=rep.headers)

    assert one_product.deal() in [one["id"] for one in found]
    assert (hostile.status_code, hostile.json) == (200, {"deals": []})
    connected = rep.ok("PUT", "/deal", {"opportunity_id": found[0]["id"]}, **{"If-Match": f'"{rep.plan["version"]}"'})
    assert connected["opportunity_id"] == found[0]["id"]
    assert search.get("/api/v1/deals?q=brightwater", headers=rep.headers).json["deals"][0]["has_plan"] is True


def test_a_view_costs_one_call_and_tells_the_score_how_far_the_deal_is(one_product: Product) -> None:
    rep = a_rep_with_a_plan(one_product)
    one_product.change_in_salesforce("Opportunity", one_product.deal(), Probability=60)
    rep.ok("POST", "/view", {})
    before = one_product.calls()

    viewed = rep.ok("POST", "/view", {})

    assert one_product.calls() - before == 1
    (stage,) = [one for one in viewed["score_factors"] if one["factor"] == "deal_stage"]
    assert (stage["reached"], stage["possible"]) == (60, 100)
    assert sum(one["points"] for one in viewed["score_factors"]) == viewed["score"]


def test_weights_are_published_and_two_admins_do_not_overwrite_each_other(one_product: Product) -> None:
    admin, address = one_product.sign_in(ADMIN), "/api/v1/settings/score"
    known = one_product.client.get(address, headers=admin)
    given = {**known.json, "weights": {**known.json["weights"], "criteria": 30, "progress": 35}}

    first = one_product.client.put(address, json=given, headers={**admin, "If-Match": known.headers["ETag"]})
    second = one_product.client.put(address, json=given, headers={**admin, "If-Match": known.headers["ETag"]})
    wrong = {"weights": {**known.json["weights"], "criteria": 41}}
    third = one_product.client.put(address, json=wrong, headers={**admin, "If-Match": '"1"'})

    assert (first.status_code, first.json["version"], first.headers["ETag"]) == (200, 1, '"1"')
    assert (second.status_code, third.status_code, third.json["field"]) == (412, 422, "weights")
    assert a_rep_with_a_plan(one_product).plan["weights_version"] == 1
    rep = one_product.sign_in(RILEY)
    assert one_product.client.put(address, json=given, headers={**rep, "If-Match": '"1"'}).status_code == 403
