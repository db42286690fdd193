"""The panel's way to a plan: what Apex passes on is held to the routes that there are; a plan costs no second call."""

import re
from pathlib import Path

from accord.core.identity import Role
from accord.infra.http import rule_of

ROOT = Path(__file__).parents[2]
APEX = ROOT / "force-app/main/panels/classes/AccordPlanController.cls"
COMPONENTS = ROOT / "lwc_components/main/default/lwc/accordPlanApi/accordPlanApi.js"
CALL = re.compile(
    r"method: '(\w+)',\s*path: (?:`\$\{plans\(planId\)\}([^`?]*?)(?:\$\{after[^`]*`[^`]*`[^`]*)?`|plans\(planId\))"
)
OF_MANY = re.compile(r"method: '(\w+)',\s*path: [`'](/api/v1/[^`'?]+)")
# what an admin saves of a plan for all others
FOR_ADMINS = {("POST", "/api/v1/playbooks"), ("PUT", "/api/v1/playbooks/{id}/content")}


def allowed() -> set[tuple[str, str]]:
    """Method and address of every route that Apex passes on."""
    return set(re.findall(r"'(GET|POST|PUT|PATCH|DELETE) (/[\w/{}-]+)'", APEX.read_text()))


def asked() -> set[tuple[str, str]]:
    """The same of every call of the components."""
    text = COMPONENTS.read_text()
    of_one = [(method, f"/api/v1/plans/{{id}}{rest}") for method, rest in CALL.findall(text)]
    return {(method, re.sub(r"[$]{[^}]+}", "{id}", path)) for method, path in (*of_one, *OF_MANY.findall(text))}


def test_apex_passes_on_all_that_the_panel_asks_about_a_plan_and_nothing_else():
    assert asked() == allowed()


def test_what_apex_passes_on_is_open_to_reps_but_for_what_admins_save_for_all(one_product):
    there = one_product.app.url_map.bind("localhost")

    for method, path in sorted(allowed()):
        endpoint, _ = there.match(path.replace("{id}", "01a2"), method=method)
        is_for_reps = Role.USER in rule_of(one_product.app, endpoint, method)
        assert is_for_reps is ((method, path) not in FOR_ADMINS), path


def test_the_plan_beside_a_warm_panel_costs_no_call_and_a_completed_step_none(one_product):
    rep = one_product.sign_in()
    deal = one_product.deal()
    made = {"opportunity_id": deal, "title": "Plan", "stage_title": "Start", "steps_total": 2, "steps_done": 0}
    plan = one_product.client.post("/api/v1/plans", json=made, headers=rep).json
    address = f"/api/v1/plans/{plan['id']}"
    before = one_product.calls()

    assert one_product.client.get(f"/api/v1/panels/{deal}", headers=rep).status_code == 200
    warm = one_product.calls() - before
    whole = one_product.client.post(f"{address}/view", json={}, headers=rep).json
    step = whole["stages"][0]["steps"][0]
    matching = {**rep, "If-Match": f'"{step["version"]}"'}
    done = one_product.client.patch(f"{address}/steps/{step['id']}", json={"is_completed": True}, headers=matching)

    assert (done.status_code, done.json["progress"]) == (200, 50)
    assert one_product.calls() - before == warm
    assert [one["possible"] for one in whole["score_factors"] if one["factor"] == "deal_stage"] == [100]


def test_the_address_of_a_plan_is_a_page_that_tells_nothing_of_it(one_product):
    """A42: the link stands in Salesforce, and who opens it is not known."""
    made = {"opportunity_id": one_product.deal(), "title": "Secret merger", "stages": [{"title": "Start"}]}
    plan = one_product.client.post("/api/v1/plans", json=made, headers=one_product.sign_in()).json
    assert plan["url"] == f"http://localhost:8000/plans/{plan['id']}"

    pages = [one_product.client.get(f"/plans/{one}") for one in (plan["id"], "01900000-0000-7000-8000-000000000000")]

    assert [(page.status_code, page.mimetype) for page in pages] == [(200, "text/html")] * 2
    assert pages[0].text == pages[1].text
    assert "Open the deal there" in pages[0].text
    assert "default-src 'none'" in pages[0].headers["Content-Security-Policy"]
