"""An admin's execution criteria and weights: versions, audit, putting back, and the way to another org (D20, D60)."""

from collections.abc import Callable
from typing import Any

from accord.core.identity import Role
from accord.infra.http import rule_of
from support.database import ONE_ENGINE
from support.plan_calls import a_rep_with_a_plan
from support.product import Product, a_product
from support.running_org import ADMIN, RILEY

ADDRESS = "/api/v1/settings/criteria"
FIELD_SYNC = "/api/v1/settings/field-sync"
SPONSOR = {"key": "sponsor", "kind": "role", "title": "Executive sponsor", "stages": []}
REVIEW = {"key": "review", "kind": "checkbox", "title": "Security review", "stages": ["Qualification"]}
# what they ask or set going; none of them changes a setting
ASK_ONLY = {
    "/api/v1/settings/activity/preview",
    "/api/v1/settings/auto-create/dry-run",
    "/api/v1/settings/contacts/look-again",
    "/api/v1/settings/field-sync/dry-run",
    "/api/v1/settings/field-sync/rows/<row_id>/resume",
    "/api/v1/settings/two-way/thaw",
}


class AnAdmin:
    def __init__(self, product: Product) -> None:
        self.product, self.headers = product, product.sign_in(ADMIN)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.product.client.open(path, method=method, json=body, headers={**self.headers, **headers})

    def put(self, path: str, body: Any) -> Any:
        """In the place of the present version."""
        return self.send("PUT", path, body, **{"If-Match": self.send("GET", path).headers["ETag"]})

    def lines(self, kind: str = "") -> list[dict[str, Any]]:
        return list(self.send("GET", f"/api/v1/audit?kind={kind}" if kind else "/api/v1/audit").json["lines"])

    def put_back(self, line: dict[str, Any]) -> Any:
        return self.send("POST", f"/api/v1/audit/{line['id']}/put-back", {})


def titles(admin: AnAdmin) -> list[str]:
    return [one["title"] for one in admin.send("GET", ADDRESS).json["criteria"]]


def test_a_criterion_that_was_deleted_comes_back_with_what_plans_had_for_it(product: Product) -> None:
    """A83: its row is broken at once, also while nothing is synced, and whole again when it is back."""
    admin, rep = AnAdmin(product), a_rep_with_a_plan(product)
    made = admin.put(ADDRESS, {"criteria": [SPONSOR, REVIEW]}).json["criteria"]
    row = {"datum": f"criterion:{made[0]['id']}", "path": "", "field": "Stage_Name__c"}
    assert admin.put(FIELD_SYNC, {"enabled": False, "rows": [row]}).status_code == 200
    rep.ok("PUT", f"/criteria/{made[0]['id']}", {"text": "Ira Sand"}, **rep.seen())
    assert [one["plans"] for one in admin.send("GET", ADDRESS).json["criteria"]] == [1, 0]

    stale = admin.send("DELETE", f"/api/v1/criteria/{made[0]['id']}", **{"If-Match": '"7"'})
    gone = admin.send("DELETE", f"/api/v1/criteria/{made[0]['id']}", **{"If-Match": '"1"'})

    assert (stale.status_code, gone.status_code, titles(admin)) == (412, 204, ["Security review"])
    (broken,) = admin.send("GET", FIELD_SYNC).json["rows"]
    assert (broken["status"], broken["reason"]["code"]) == ("bad", "CRITERION_GONE")
    assert "Executive sponsor was deleted" in broken["reason"]["message"]
    line = admin.lines("settings.criteria")[0]
    assert [one["key"] for one in line["old"]["criteria"]] == ["sponsor", "review"]
    assert (line["title"], line["by"]) == ("Execution Criteria", "Ada Lindqvist")

    assert admin.put_back(line).status_code == 200
    assert rep.ok("GET")["criteria"][0]["text"] == "Ira Sand"
    assert admin.send("GET", FIELD_SYNC).json["rows"][0]["status"] != "bad"


@ONE_ENGINE
def test_criteria_are_renamed_and_ordered_and_what_is_wrong_is_named(product: Product) -> None:
    admin = AnAdmin(product)
    made = admin.put(ADDRESS, {"criteria": [SPONSOR, REVIEW]}).json["criteria"]
    address, first = f"/api/v1/criteria/{made[1]['id']}", {"If-Match": '"1"'}

    changed = admin.send("PATCH", address, {"title": " Review passed ", "position": 0, "stages": []}, **first)
    late = admin.send("PATCH", address, {"title": "Late"}, **first)
    nothing = admin.send("PATCH", address, {"title": "Blind"})
    stages = admin.send("PATCH", address, {"stages": ["Nowhere"]}, **{"If-Match": changed.headers["ETag"]})
    kind = admin.put(ADDRESS, {"criteria": [{**SPONSOR, "kind": "text"}]})

    assert (changed.status_code, changed.json["title"], changed.headers["ETag"]) == (200, "Review passed", '"2"')
    assert (late.status_code, nothing.status_code, titles(admin)) == (412, 428, ["Review passed", "Executive sponsor"])
    assert "Ada Lindqvist has changed" in late.json["message"]
    assert [(one.status_code, one.json["field"]) for one in (stages, kind)] == [(422, "stages"), (422, "kind")]
    assert product.client.get(ADDRESS, headers=product.sign_in(RILEY)).status_code == 403


def test_weights_are_put_back_and_every_version_stays(one_product: Product) -> None:
    admin, address = AnAdmin(one_product), "/api/v1/settings/score"
    known = admin.send("GET", address).json
    admin.put(address, {"weights": {**known["weights"], "criteria": 30, "progress": 35}})

    (line,) = admin.lines("settings.score")
    back = admin.put_back(line)

    assert (line["old"]["weights"]["criteria"], line["new"]["weights"]["criteria"]) == (40, 30)
    assert back.status_code == 200, back.text
    after = admin.send("GET", address).json
    assert (after["weights"], after["version"], after["is_default"]) == (known["weights"], 2, False)
    assert after["changed_by"] == "Ada Lindqvist"


@ONE_ENGINE
def test_criteria_go_to_another_org_with_the_rows_that_name_them(database, product: Product) -> None:
    """D60: by their keys, and first, whatever the order in the file."""
    admin = AnAdmin(product)
    made = admin.put(ADDRESS, {"criteria": [SPONSOR, REVIEW]}).json["criteria"]
    row = {"datum": f"criterion:{made[0]['id']}", "path": "", "field": "Stage_Name__c"}
    admin.put(FIELD_SYNC, {"enabled": True, "rows": [row]})
    file = admin.send("GET", "/api/v1/settings-file").json
    (taken,) = file["settings"]["settings.field_sync"]["rows"]
    assert taken["datum"] == "criterion:sponsor"
    file["settings"] = dict(sorted(file["settings"].items(), reverse=True))

    with a_product(database) as other:
        there = AnAdmin(other)

        def check(settings: Any) -> Any:
            return there.send("POST", "/api/v1/settings-file/check", {"file": {**file, "settings": settings}}).json

        alone = check({kind: it for kind, it in file["settings"].items() if kind != "settings.criteria"})
        assert [(lack["kind"], lack["field"]) for lack in alone["lacks"]] == [("settings.field_sync", "datum")]
        assert "no execution criterion with the key sponsor" in alone["lacks"][0]["message"]
        whole = check(file["settings"])
        assert whole["lacks"] == []
        applied = there.send("POST", "/api/v1/settings-file/apply", {"file": file, "ticket": whole["ticket"]})

        assert applied.status_code == 200, applied.text
        (sponsor, review) = there.send("GET", ADDRESS).json["criteria"]
        assert {name: review[name] for name in REVIEW} == REVIEW
        assert sponsor["id"] != made[0]["id"]
        (synced,) = there.send("GET", FIELD_SYNC).json["rows"]
        assert (synced["datum"], synced["status"]) == (f"criterion:{sponsor['id']}", "ok")
        assert check(file["settings"])["differences"] == []


@ONE_ENGINE
def test_every_route_by_which_an_admin_changes_settings_leaves_a_line(product: Product) -> None:
    """Walked: what is added later is either in the audit, or named here as changing nothing."""
    admin, product_rules = AnAdmin(product), product.app.url_map.iter_rules()
    mine = ("/api/v1/settings/", "/api/v1/criteria")
    walked = []
    for rule in sorted(product_rules, key=lambda one: one.rule):
        for method in sorted((rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}):
            if not rule.rule.startswith(mine) or rule_of(product.app, rule.endpoint, method) != {Role.ADMIN}:
                continue
            if rule.rule in ASK_ONLY:
                continue
            call = _change(admin, method, rule.rule)
            before = len(admin.lines())
            answer = call()
            assert answer.status_code < 300, f"{method} {rule.rule}: {answer.text}"
            assert len(admin.lines()) == before + 1, f"{method} {rule.rule} leaves no line"
            walked.append(rule.rule)

    assert len(walked) >= 11


def _change(admin: AnAdmin, method: str, rule: str) -> Callable[[], Any]:
    """A change that is well: settings as they are, or one criterion."""
    if method == "PUT":
        shown = admin.send("GET", rule).json
        return lambda: admin.put(rule, {name: shown[name] for name in shown if name not in {"choices", "has_mail"}})
    if method == "POST":
        return lambda: admin.send("POST", rule, SPONSOR)
    made = admin.put(ADDRESS, {"criteria": [SPONSOR]})
    address = rule.replace("<criterion_id>", made.json["criteria"][0]["id"])
    body = {"title": "Sponsor"} if method == "PATCH" else None
    return lambda: admin.send(method, address, body, **{"If-Match": made.headers["ETag"]})
