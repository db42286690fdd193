"""Field sync with canaries as titles of plans and as values that the org had before."""

from support.canaries import Aviary
from support.panel_setup import ADMIN
from support.product import Product

SETTINGS = "/api/v1/settings/field-sync"
# deals that nobody else's canaries need
DEALS = 2


def sync_fields(product: Product, canary: Aviary) -> None:
    """Rows are set up, a plan's stage goes to its deal, one field is refused; then what an admin sees of it."""
    admin = product.sign_in(ADMIN)
    loaded = product.client.get(SETTINGS, headers=admin)
    body = {**loaded.json, "enabled": True}
    saved = product.client.put(SETTINGS, json=body, headers={**admin, "If-Match": loaded.headers["ETag"]})
    assert saved.status_code == 200, saved.text
    for path in ("/data", "/fields?datum=accord_url"):
        assert product.client.get(f"{SETTINGS}{path}", headers=admin).status_code == 200
    deals = [str(row["Id"]) for row in product.org.records.all("Opportunity") if row["Id"] != product.deal()][:DEALS]
    for deal in deals:
        product.change_in_salesforce("Opportunity", deal, Stage_Name__c=canary("was there before"))
        texts = {"title": canary("synced plan"), "stage_title": canary("synced stage")}
        plan = {**texts, "steps_total": 3, "steps_done": 1, "opportunity_id": deal}
        made = product.client.post("/api/v1/plans", json=plan, headers=product.sign_in())
        assert made.status_code == 201, made.text
    product.clock.advance(seconds=10)
    product.deliver()
    assert product.record("Opportunity", deals[0])["Stage_Name__c"].startswith("canary-synced-stage")
    _look_at_it(product, admin, made.json["id"])
    row_id = saved.json["rows"][0]["id"]
    assert product.client.post(f"{SETTINGS}/rows/{row_id}/resume", headers=admin).status_code == 200


def _look_at_it(product: Product, admin: dict[str, str], plan_id: str) -> None:
    """A dry run, a back-fill that is stopped, resumed and taken back but for one value, and why."""

    def post(path: str, body: dict[str, object] | None = None) -> dict[str, object]:
        answer = product.client.post(f"/api/v1/{path}", json=body, headers=admin)
        assert answer.status_code in {200, 201}, answer.text
        found: dict[str, object] = answer.json
        return found

    post("settings/field-sync/dry-run", {"rows": None})
    run = f"field-sync/runs/{post('field-sync/runs')['id']}"
    for path in ("stop", "resume"):
        post(f"{run}/{path}")
    product.deliver()
    back = f"field-sync/runs/{post(f'{run}/undo')['id']}"
    product.deliver()
    for path in ("field-sync/runs", run, f"{run}/undo", f"{back}/kept", f"field-sync/plans/{plan_id}"):
        answer = product.client.get(f"/api/v1/{path}", headers=admin)
        assert answer.status_code == 200, answer.text
