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
    row_id = saved.json["rows"][0]["id"]
    assert product.client.post(f"{SETTINGS}/rows/{row_id}/resume", headers=admin).status_code == 200
