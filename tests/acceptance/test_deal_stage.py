"""How far the deal is counts in the plan's score, by what Accord reads of it itself (B1, A71)."""

from support.lightning import Lightning
from support.panel_setup import ADMIN
from support.product import Product
from support.two_way import Sides, connected, set_up_two_way


def stage_of(sides: Sides, headers: dict[str, str]) -> int | None:
    """How far the deal is, as somebody is told it who has not opened the plan."""
    shown = sides.product.client.get(f"/api/v1/plans/{sides.plan_id}", headers=headers).json
    (stage,) = (one["reached"] for one in shown["score_factors"] if one["factor"] == "deal_stage")
    assert shown["score"] == sum(one["points"] for one in shown["score_factors"])
    return None if stage is None else int(stage)


def test_a_stage_that_moves_in_salesforce_moves_the_score_and_the_field_that_has_it(product: Product) -> None:
    """Nobody opens the plan: the reading alone tells how far the deal is, once for each change."""
    set_up_two_way(product)
    admin = product.sign_in(ADMIN)
    criteria = [
        {"key": "sponsor", "kind": "role", "title": "Executive sponsor", "stages": ["Qualification"]},
        {"key": "contract", "kind": "checkbox", "title": "Contract read", "stages": ["Negotiation/Review"]},
    ]
    made = product.client.put(
        "/api/v1/settings/criteria", json={"criteria": criteria}, headers={**admin, "If-Match": '"0"'}
    )
    assert made.status_code == 200, made.text
    address = "/api/v1/settings/field-sync"
    known = product.client.get(address, headers=admin)
    wanted = {**known.json, "enabled": True}
    saved = product.client.put(address, json=wanted, headers={**admin, "If-Match": known.headers["ETag"]})
    assert saved.status_code == 200, saved.text
    sides = connected(product)
    assert stage_of(sides, admin) is None
    sides.settle()

    def told() -> tuple[int | None, int, str]:
        record = product.record("Opportunity", sides.deal)
        missing = str(record["Accord_Missing_Criteria__c"])
        return stage_of(sides, product.sign_in(ADMIN)), int(record["Execution_Score__c"]), missing

    sides.edit_deal(StageName="Qualification")
    sides.settle()
    early = told()
    sides.edit_deal(StageName="Negotiation/Review")
    sides.settle()
    late = told()

    assert (early[0], late[0]) == (10, 90)
    assert late[1] > early[1]
    assert (early[2], late[2]) == ("Executive sponsor", "Contract read"), "what each stage requires (B1, D21)"
    sequence = sides.sequence
    sides.settle()
    assert (sides.sequence, told()) == (sequence, late)


def test_who_may_not_see_how_far_a_deal_is_gets_a_score_without_it(one_product: Product) -> None:
    """S3: in Lightning by the org's signed word, else by what his own login shows; at a glance and in full."""
    sides = connected(one_product)
    sides.settle()
    noor = Lightning(one_product)
    sees = {"visible_fields": ["Probability"], "editable_fields": []}

    def glance(fields: dict[str, list[str]] | None) -> int:
        address = f"/api/v1/panels/{sides.deal}/configuration"
        return int(one_product.client.get(address, headers=noor.headers(sides.deal, fields)).json["plan"]["score"])

    assert stage_of(sides, noor.headers(sides.deal, sees)) == stage_of(sides, one_product.sign_in(ADMIN)) == 75
    assert stage_of(sides, noor.headers(sides.deal)) is None
    assert (glance(sees), glance(None)) == (12, 0)
    one_product.change_org("Opportunity", "Probability")
    assert stage_of(sides, one_product.sign_in()) is None


def test_what_somebody_was_shown_before_does_not_turn_back_what_was_read_since(one_product: Product) -> None:
    """The panel that was read a moment ago stands for the deal; how far that was then is not how far it is."""
    sides = connected(one_product)
    rep = one_product.sign_in()
    assert one_product.client.get(f"/api/v1/panels/{sides.deal}", headers=rep).status_code == 200
    assert one_product.client.post(f"/api/v1/plans/{sides.plan_id}/view", headers=rep).status_code == 200
    assert stage_of(sides, rep) == 75  # nobody has read the deal yet: what the rep was shown counts
    sides.edit_deal(StageName="Qualification")
    sides.settle()

    assert one_product.client.post(f"/api/v1/plans/{sides.plan_id}/view", headers=rep).status_code == 200

    assert stage_of(sides, rep) == 10
