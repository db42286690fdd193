"""A field that is not in the panel, and without which Salesforce takes no save (the rep's wish, "also needed")."""

from support.database import ONE_ENGINE
from support.panel_setup import rows_of, save
from support.product import Product
from support.running_org import NOOR

pytestmark = ONE_ENGINE

TYPE = "Opportunity.Type"
LOST = ("Opportunity.StageName", "Closed Lost", "Proposal/Price Quote")
CONDITION = "StageName = 'Closed Lost' AND Type = null"


def demand(product: Product, condition: str = CONDITION, *, field: str = "Type") -> None:
    product.change_in_salesforce("Opportunity", product.deal(), Type=None)
    product.refuse_deals(condition, "Say of what type a lost deal was.", field=field)


def stage(product: Product) -> str:
    return product.record("Opportunity", product.deal())["StageName"]


def lost(product: Product) -> tuple[str, str, str]:
    return (LOST[0], LOST[1], stage(product))


def test_a_refusal_names_the_field_outside_the_panel_by_its_key(product):
    rep = product.sign_in()
    demand(product)

    refused = save(product, rep, lost(product))

    (item,) = refused.json["items"]
    assert (refused.status_code, item["key"], item["field"]) == (422, TYPE, "Type")
    assert item["message"] == "Say of what type a lost deal was."


def test_the_named_field_is_a_row_under_the_reps_own_rights(product):
    rep = product.sign_in()

    row = rows_of(product, rep, also=(TYPE,))[TYPE]

    assert (row["type"], row["label"], row["editable"]) == ("picklist", "Opportunity Type", True)
    assert "New Customer" in [option["value"] for option in row["options"]]


def test_it_is_filled_in_and_saved_with_the_rest_in_one_go(product):
    rep = product.sign_in()
    demand(product)
    assert save(product, rep, lost(product)).status_code == 422

    saved = save(product, rep, lost(product), (TYPE, "New Customer", None), also=(TYPE,))

    assert sorted(saved.json["saved"]) == ["Opportunity.StageName", TYPE], saved.text
    (entry,) = product.journal()
    assert dict(entry.after)["Type"] == "New Customer"
    assert {row["key"]: row["value"] for row in saved.json["rows"]}[TYPE] == "New Customer"


def test_a_field_that_was_not_asked_for_is_not_saved(product):
    refused = save(product, product.sign_in(), (TYPE, "New Customer", None))

    assert (refused.status_code, product.journal()) == (422, [])


def test_what_the_rep_may_not_see_or_edit_is_no_row_s3(product):
    noor = product.sign_in(NOOR)
    hidden, related, wrong = "Opportunity.ExpectedRevenue", "Opportunity.OwnerId", "Opportunity.Nothing__c"

    assert not {hidden, related, wrong} & set(rows_of(product, noor, also=(hidden, related, wrong)))


def test_only_fields_of_the_deal_and_its_account_can_be_named(product):
    rep = product.sign_in()

    for also in (("Contact.Email",), ("Opportunity.Owner.Name",), ("x",), tuple(f"Account.F{n}__c" for n in range(11))):
        answer = product.client.get(f"/api/v1/panels/{product.deal()}", query_string={"also": also}, headers=rep)
        assert answer.status_code == 422, also


def test_a_field_of_the_panel_that_was_not_edited_is_named_too(product):
    demand(product, "StageName = 'Closed Lost' AND Amount > 0", field="Amount")

    refused = save(product, product.sign_in(), lost(product))

    assert [item["key"] for item in refused.json["items"]] == ["Opportunity.Amount"]
