"""Price books and line items: the amount of an Opportunity that comes from its products."""

import pytest

from localorg import undelete
from localorg.org import ValidationRule
from support.local_org import an_org
from support.sfdx import a_permission_set


class Catalogue:
    """An org with one product in the standard book and in a second one."""

    def __init__(self):
        self.lo = an_org()
        self.standard = next(self.lo.org.records.all("Pricebook2"))["Id"]
        self.product = self.create("Product2", Name="Spectrometer", ProductCode="SP-40", IsActive=True)
        self.entry = self.price(self.standard, 1250)
        self.deal = self.lo.with_opportunity(Amount=5)

    def post(self, sobject, **values):
        return self.lo.call("POST", f"sobjects/{sobject}", values, user=self.lo.admin)

    def create(self, sobject, **values):
        answer = self.post(sobject, **values)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def price(self, book, price, **values):
        wanted = {"Pricebook2Id": book, "Product2Id": self.product, "UnitPrice": price, "IsActive": True, **values}
        return self.create("PricebookEntry", **wanted)

    def item(self, **values):
        usual = {"OpportunityId": self.deal, "PricebookEntryId": self.entry, "Quantity": 2, "UnitPrice": 1250}
        return self.create("OpportunityLineItem", **{**usual, **values})

    def amount(self):
        return self.lo.record("Opportunity", self.deal)["Amount"]


@pytest.fixture
def shop():
    return Catalogue()


def refusal(answer):
    assert answer.status_code == 400, answer.text
    return answer.json()[0]["errorCode"], answer.json()[0]["message"]


def test_the_amount_of_a_deal_is_the_sum_of_its_line_items(shop):
    first = shop.item()
    shop.item(Quantity=1, UnitPrice=99.5)

    deal = shop.lo.record("Opportunity", shop.deal)
    assert (deal["Amount"], deal["TotalOpportunityQuantity"], deal["HasOpportunityLineItem"]) == (2599.5, 3.0, True)
    assert (deal["ExpectedRevenue"], deal["Pricebook2Id"]) == (259.95, shop.standard)

    shop.lo.call("PATCH", f"sobjects/OpportunityLineItem/{first}", {"Quantity": 4})
    assert shop.amount() == 5099.5


def test_a_validation_rule_of_the_deal_does_not_see_the_roll_up(shop):
    shop.lo.org.add_validation_rule(ValidationRule("Big", "Opportunity", "Amount > 2000", "Too much.", "Amount"))

    shop.item()
    by_hand = shop.lo.call("PATCH", f"sobjects/Opportunity/{shop.deal}", {"NextStep": "Call"})

    assert shop.amount() == 2500.0
    assert refusal(by_hand)[0] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"


def test_a_written_amount_is_answered_204_and_changes_nothing(shop):
    shop.item()

    answer = shop.lo.call("PATCH", f"sobjects/Opportunity/{shop.deal}", {"Amount": 7, "NextStep": "Call"})

    assert (answer.status_code, shop.amount()) == (204, 2500.0)
    assert shop.lo.record("Opportunity", shop.deal)["NextStep"] == "Call"


def test_the_change_of_the_amount_stands_in_the_journal(shop):
    shop.item()

    entry = shop.lo.org.journal.entries()[-1]
    assert (entry.object, entry.op, entry.after["Amount"]) == ("Opportunity", "update", 2500)


def test_without_line_items_the_amount_is_written_again(shop):
    item = shop.item()
    shop.lo.call("DELETE", f"sobjects/OpportunityLineItem/{item}")
    emptied = shop.amount()

    shop.lo.call("PATCH", f"sobjects/Opportunity/{shop.deal}", {"Amount": 7})

    assert (emptied, shop.amount()) == (0.0, 7.0)


def test_line_items_go_with_their_deal_and_come_back_with_it(shop):
    item = shop.item()
    shop.lo.call("DELETE", f"sobjects/Opportunity/{shop.deal}")
    gone = shop.lo.call("GET", f"sobjects/OpportunityLineItem/{item}").json()[0]["errorCode"]

    with shop.lo.org.transaction(user_id=shop.lo.admin.id) as tx:
        undelete.restore(tx, shop.deal)

    assert gone == "ENTITY_IS_DELETED"
    assert (shop.amount(), shop.lo.record("OpportunityLineItem", item)["TotalPrice"]) == (2500.0, 2500.0)


def test_one_price_gives_the_other(shop):
    by_total = shop.lo.record("OpportunityLineItem", shop.item(UnitPrice=None, TotalPrice=1000, Quantity=3))
    discounted = shop.lo.record("OpportunityLineItem", shop.item(Discount=10))

    assert (by_total["UnitPrice"], by_total["ListPrice"], by_total["ProductCode"]) == (333.33, 1250.0, "SP-40")
    assert (discounted["TotalPrice"], discounted["Subtotal"]) == (2250.0, 2500.0)


@pytest.mark.parametrize("prices", [{"UnitPrice": None}, {"TotalPrice": 5}])
def test_a_new_line_item_has_exactly_one_price(shop, prices):
    usual = {"OpportunityId": shop.deal, "PricebookEntryId": shop.entry, "Quantity": 2, "UnitPrice": 1250}

    code, text = refusal(shop.post("OpportunityLineItem", **{**usual, **prices}))

    assert code == "FIELD_INTEGRITY_EXCEPTION"
    assert "exactly one of total price, unit price" in text


def test_both_prices_cannot_change_at_once(shop):
    item = shop.item()

    answer = shop.lo.call("PATCH", f"sobjects/OpportunityLineItem/{item}", {"UnitPrice": 1, "TotalPrice": 1})

    assert refusal(answer) == ("INVALID_FIELD", "Cannot change both 'UnitPrice' and 'TotalPrice' in update call")


def test_a_line_item_needs_an_entry_and_may_name_the_product_instead(shop):
    code, text = refusal(shop.post("OpportunityLineItem", OpportunityId=shop.deal, Quantity=1, UnitPrice=1))
    shop.item()

    second = shop.item(PricebookEntryId=None, Product2Id=shop.product)

    assert (code, "must specify pricebook entry id" in text) == ("FIELD_INTEGRITY_EXCEPTION", True)
    assert shop.lo.record("OpportunityLineItem", second)["PricebookEntryId"] == shop.entry


def test_a_deal_has_one_price_book_and_another_one_takes_its_items_away(shop):
    other = shop.create("Pricebook2", Name="Partners", IsActive=True)
    entry = shop.price(other, 1000)
    shop.item()

    values = {"OpportunityId": shop.deal, "PricebookEntryId": entry, "Quantity": 1, "UnitPrice": 1}
    code, text = refusal(shop.post("OpportunityLineItem", **values))
    shop.lo.call("PATCH", f"sobjects/Opportunity/{shop.deal}", {"Pricebook2Id": other})

    assert (code, "different pricebook" in text) == ("FIELD_INTEGRITY_EXCEPTION", True)
    assert shop.lo.record("Opportunity", shop.deal)["HasOpportunityLineItem"] is False
    shop.item(PricebookEntryId=entry)


def test_every_org_begins_with_an_inactive_standard_price_book():
    rows = an_org().salesforce().query("SELECT Name, IsStandard, IsActive FROM Pricebook2")["records"]

    assert [(row["Name"], row["IsStandard"], row["IsActive"]) for row in rows] == [("Standard Price Book", True, False)]


def test_a_custom_price_follows_a_standard_one(shop):
    product = shop.create("Product2", Name="Lamp")
    book = shop.create("Pricebook2", Name="Partners", IsActive=True)
    answer = shop.post("PricebookEntry", Pricebook2Id=book, Product2Id=product, UnitPrice=1)
    assert refusal(answer)[0] == "STANDARD_PRICE_NOT_DEFINED"

    twice = shop.post("PricebookEntry", Pricebook2Id=shop.standard, Product2Id=shop.product, UnitPrice=1)
    assert refusal(twice)[0] == "DUPLICATE_VALUE"

    entry = shop.price(book, 1, UseStandardPrice=True)
    assert shop.lo.record("PricebookEntry", entry)["UnitPrice"] == 1250.0
    fixed = shop.lo.call("PATCH", f"sobjects/PricebookEntry/{entry}", {"UnitPrice": 3}, user=shop.lo.admin)
    assert refusal(fixed) == ("FIELD_INTEGRITY_EXCEPTION", "field integrity exception")


def test_an_entry_that_is_sold_is_not_deleted(shop):
    shop.item()

    answer = shop.lo.call("DELETE", f"sobjects/PricebookEntry/{shop.entry}", user=shop.lo.admin)

    assert refusal(answer)[0] == "DELETE_FAILED"


def test_line_items_are_read_through_their_deal_and_their_product(shop):
    shop.item(Description="two of them")

    row = shop.lo.salesforce().query(
        "SELECT (SELECT Name, PricebookEntry.Pricebook2.Name FROM OpportunityLineItems) FROM Opportunity"
    )["records"][0]["OpportunityLineItems"]["records"][0]

    assert row["Name"] == "Brightwater Spectrometer"
    assert row["PricebookEntry"]["Pricebook2"]["Name"] == "Standard Price Book"


def test_a_rep_sells_products_and_does_not_price_them(shop):
    lo = shop.lo
    sold = lo.call(
        "POST", "sobjects/OpportunityLineItem",
        {"OpportunityId": shop.deal, "PricebookEntryId": shop.entry, "Quantity": 1, "UnitPrice": 1},
    )  # fmt: skip
    priced = lo.call("PATCH", f"sobjects/PricebookEntry/{shop.entry}", {"UnitPrice": 1})

    assert sold.status_code == 201
    assert refusal(priced)[0] == "INSUFFICIENT_ACCESS_OR_READONLY"


@pytest.mark.parametrize(("edits", "status"), [(True, 201), (False, 400)])
def test_whoever_edits_deals_and_nobody_else_writes_their_products_and_contacts(tmp_path, edits, status):
    a_permission_set(tmp_path, "Deals", create=["Opportunity", "Contact", "Product2", "Pricebook2"])
    lo = an_org(metadata_dirs=[tmp_path])
    seller = lo.user(
        "seller@halden.example", permission_sets=["Deals"],
        profile="Standard User" if edits else "Minimum Access - API Only Integrations",
    )  # fmt: skip
    with lo.org.transaction(user_id=lo.admin.id) as tx:
        product = tx.insert("Product2", {"Name": "Lamp", "IsActive": True})
        book = next(lo.org.records.all("Pricebook2"))["Id"]
        entry = tx.insert("PricebookEntry", {"Pricebook2Id": book, "Product2Id": product, "UnitPrice": 5})
        contact = tx.insert("Contact", {"LastName": "Okoye"})
    deal = lo.with_opportunity()

    item = {"OpportunityId": deal, "PricebookEntryId": entry, "Quantity": 1, "UnitPrice": 5}
    answers = [
        lo.call("POST", "sobjects/OpportunityLineItem", item, user=seller),
        lo.call("POST", "sobjects/OpportunityContactRole", {"OpportunityId": deal, "ContactId": contact}, user=seller),
    ]

    assert [one.status_code for one in answers] == [status, status]
    if not edits:
        assert {refusal(one)[0] for one in answers} == {"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"}


@pytest.mark.parametrize(
    ("sobject", "prefix", "never", "only_new", "lengths"),
    [
        ("Product2", "01t", ["ProductClass"], [], {"Name": 255, "ProductCode": 255, "Description": 4000}),
        ("Pricebook2", "01s", ["IsStandard"], [], {"Name": 255, "Description": 255}),
        ("PricebookEntry", "01u", ["Name", "ProductCode"], ["Pricebook2Id", "Product2Id"], {"ProductCode": 255}),
        ("OpportunityLineItem", "00k", ["Name", "ListPrice", "Subtotal"], ["OpportunityId", "PricebookEntryId"],
         {"Name": 376, "Description": 255}),
    ],
)  # fmt: skip
def test_product_objects_say_what_may_be_written_and_how_long_it_is(sobject, prefix, never, only_new, lengths):
    lo = an_org()
    described = lo.call("GET", f"sobjects/{sobject}/describe", user=lo.admin).json()
    fields = {one["name"]: one for one in described["fields"]}

    assert (described["keyPrefix"], described["createable"], described["deletable"]) == (prefix, True, True)
    assert [(fields[one]["createable"], fields[one]["updateable"]) for one in (*never, *only_new)] == [
        *[(False, False)] * len(never), *[(True, False)] * len(only_new),
    ]  # fmt: skip
    assert {name: fields[name]["length"] for name in lengths} == lengths


def test_a_collection_of_line_items_adds_up_once_for_each(shop):
    values = {"OpportunityId": shop.deal, "PricebookEntryId": shop.entry, "Quantity": 1}
    records = [{"attributes": {"type": "OpportunityLineItem"}, **values, "UnitPrice": price} for price in (1, 2)]
    records.append({"attributes": {"type": "OpportunityLineItem"}, **values})

    outcomes = shop.lo.call("POST", "composite/sobjects", {"records": records}).json()
    together = shop.lo.call("POST", "composite/sobjects", {"records": records, "allOrNone": True}).json()

    assert [one["success"] for one in outcomes] == [True, True, False]
    assert [one["success"] for one in together] == [False, False, False]
    assert shop.amount() == 3.0
