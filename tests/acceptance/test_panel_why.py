"""Why a field of the panel holds what it holds, and why the last try did not change it (D6, S3)."""

from dataclasses import replace
from datetime import date

from accord.core.identity import Identity, Role
from accord.features.field_sync.model import PROPOSAL, Row
from support.lightning import Lightning
from support.panel_setup import ADMIN, put, tab
from support.product import Product
from support.running_org import NOOR, RILEY
from support.two_way import agreed, set_up_two_way

AMOUNT, STAGE_NAME = "Opportunity.Amount", "Opportunity.Stage_Name__c"
FORBIDDEN = "Amounts end on zero"


def why(product: Product, headers: dict[str, str], key: str = AMOUNT):
    return product.client.get(f"/api/v1/panels/{product.deal()}/why/{key}", headers=headers)


def save(product: Product, headers: dict[str, str], value: str | None, seen: str | None, key: str = AMOUNT):
    changes = [{"key": key, "value": value, "seen": seen}]
    return product.client.patch(f"/api/v1/panels/{product.deal()}", json={"changes": changes}, headers=headers)


def show_the_stage_of_the_plan(product: Product) -> None:
    """An admin has the title of the plan's stage written into its field, and shows that in the panel."""
    setups = product.parts.synced_fields.setup
    admin = Identity(product.connection.workspace_id, product.connection.id, Role.ADMIN)
    setup = setups.load(admin).setup
    row = Row(PROPOSAL[0].id, "accord_stage_name", "Accord Stage Name", path="", field="Stage_Name__c")
    setups.save(admin, replace(setup, enabled=True, rows=(row,)))
    shown = {"sobject": "Opportunity", "field": "Stage_Name__c", "label": "Stage of the plan"}
    assert put(product, product.sign_in(ADMIN), tab("Deal", shown), tab("Qualification")).status_code == 200


def test_a_save_is_told_with_who_and_when_and_both_values(product):
    rep = product.sign_in()
    save(product, rep, "131000", "125000.50")

    told = why(product, rep).json

    (written,) = told["wrote"]
    assert (told["is_hidden"], told["skipped"], written["rule"], written["login"]) == (False, None, "panel", "own")
    assert written["sentence"] == "Riley Okafor saved it in the panel."
    assert (written["old"], written["new"]) == ("125000.50", "131000")
    assert told["changed_at"] is not None


def test_a_save_that_salesforce_refused_is_told_in_its_words_until_one_goes_through(product):
    rep = product.sign_in()
    product.refuse_deals("Amount = 131001", FORBIDDEN, field="Amount")
    save(product, rep, "131001", "125000.50")

    skipped = why(product, rep).json["skipped"]

    assert (skipped["reason"], skipped["by"]) == ("refused", "Riley Okafor")
    assert FORBIDDEN in skipped["sentence"]
    product.clock.advance(minutes=1)
    save(product, rep, "131000", "125000.50")
    assert why(product, rep).json["skipped"] is None


def test_a_stale_edit_is_told_as_not_written(one_product):
    rep = one_product.sign_in()
    one_product.change_in_salesforce("Opportunity", one_product.deal(), Amount=99)
    assert save(one_product, rep, "131000", "125000.50").status_code == 409

    told = why(one_product, rep).json

    assert (told["skipped"]["reason"], told["wrote"]) == ("stale_edit", [])


def test_what_a_synced_field_has_written_is_told_beside_what_people_saved(product):
    rep = product.sign_in()
    show_the_stage_of_the_plan(product)
    body = {"opportunity_id": product.deal(), "title": "Rollout", "stages": [{"title": "Kick-off"}]}
    made = product.client.post("/api/v1/plans", json=body, headers=rep)
    assert made.status_code == 201, made.text
    product.clock.advance(seconds=10)
    product.deliver()

    (written,) = why(product, rep, STAGE_NAME).json["wrote"]

    assert (written["rule"], written["login"], written["new"]) == ("field_sync", "integration", "Kick-off")
    assert (written["login_name"], written["old_is_read"]) == ("integration@halden.example", True)
    assert written["sentence"] == "It shows data of the plan, which Riley Okafor changed."
    assert why(product, rep, STAGE_NAME).json["skipped"] is None


def test_why_a_synced_field_does_not_follow_its_plan_is_told(one_product):
    """The reason is that of the rule, and nobody tried."""
    rep = one_product.sign_in()
    show_the_stage_of_the_plan(one_product)
    assert why(one_product, rep, STAGE_NAME).json["skipped"] is None  # there is no plan
    body = {"opportunity_id": one_product.deal(), "title": "Rollout", "stages": [{"title": "Kick-off"}]}
    one_product.client.post("/api/v1/plans", json=body, headers=rep)

    skipped = why(one_product, rep, STAGE_NAME).json["skipped"]

    assert (skipped["reason"], skipped["at"], skipped["by"]) == ("never_looked", None, None)
    assert skipped["sentence"].startswith("Nothing has set off a look at this plan")


def test_a_value_that_runs_both_ways_is_told_as_such(product):
    set_up_two_way(product)
    rep, sides = product.sign_in(), agreed(product)
    sides.edit_plan(end_date=date(2027, 3, 31))
    sides.deliver()
    sides.settle()

    (written,) = why(product, rep, "Opportunity.CloseDate").json["wrote"]

    assert (written["rule"], written["login"], written["new"]) == ("two_way", "integration", "2027-03-31")
    assert written["sentence"] == "It runs both ways with the plan."


def test_who_may_not_see_the_field_is_told_no_value_of_it(product):
    """S3: Noor has no right to see Amount; Riley has."""
    save(product, product.sign_in(), "131000", "125000.50")

    answer = why(product, product.sign_in(NOOR))

    (written,) = answer.json["wrote"]
    assert (answer.json["is_hidden"], answer.json["needs_login"], written["by"]) == (True, False, "Riley Okafor")
    assert "131000" not in answer.text
    assert "125000" not in answer.text


def test_a_field_that_the_panel_cannot_show_is_not_explained(one_product):
    rep = one_product.sign_in()

    assert why(one_product, rep, "Opportunity.Nonsense__c").status_code == 404
    assert why(one_product, rep, "nonsense").status_code == 404


def test_a_field_that_was_closed_a_moment_ago_is_told_without_values(one_product):
    """S3: the kept describe still shows it; Salesforce is asked."""
    rep = one_product.sign_in()
    save(one_product, rep, "131000", "125000.50")
    assert why(one_product, rep).json["is_hidden"] is False
    riley = one_product.org.users.by_username(RILEY)
    one_product.org.users.change(riley.id, _hidden_fields=["Opportunity.Amount"])

    answer = why(one_product, rep)

    assert (answer.status_code, answer.json["is_hidden"]) == (200, True)
    assert "131000" not in answer.text


def test_without_a_login_it_is_told_without_values_and_without_a_call(product):
    """Lightning: his values come from Lightning Data Service, and what is ours to tell needs none (S3)."""
    save(product, product.sign_in(), "131000", "125000.50")
    before = product.calls()

    answer = why(product, Lightning(product).headers(product.deal()))

    (written,) = answer.json["wrote"]
    assert (answer.json["is_hidden"], answer.json["needs_login"], written["by"]) == (True, True, "Riley Okafor")
    assert "131000" not in answer.text
    assert product.calls() == before


def test_without_a_login_no_field_of_an_account_and_no_other_deal_is_explained(one_product):
    """Which account a deal has, and who may see a deal, is nobody's word but Salesforce's."""
    address = f"/api/v1/panels/006000000000999AAA/why/{AMOUNT}"
    rep = Lightning(one_product).headers
    assert one_product.client.get(address, headers=rep(one_product.deal())).status_code == 404
    shown = {"sobject": "Account", "field": "Industry", "label": "Industry"}
    assert put(one_product, one_product.sign_in(ADMIN), tab("Deal", shown), tab("Qualification")).status_code == 200

    refused = why(one_product, rep(one_product.deal()), "Account.Industry")

    assert (refused.status_code, refused.json["code"]) == (403, "NO_SALESFORCE_LOGIN")
    assert "Connect your own Salesforce login" in refused.json["message"]


def test_an_explanation_is_one_call_and_asks_for_one_field(one_product):
    rep = one_product.sign_in()
    why(one_product, rep)
    before = one_product.calls()

    assert why(one_product, rep).status_code == 200

    assert one_product.calls() - before == 1
