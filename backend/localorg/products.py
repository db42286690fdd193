"""Price books and the products of an Opportunity: prices that follow from each other, and the amount they add up to.

Object Reference, OpportunityLineItem and PricebookEntry. Schedules are not built.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from localorg.errors import Code, Problem, RefusedError
from localorg.records import Row

if TYPE_CHECKING:
    from localorg.transaction import Transaction

STANDARD_PRICE_BOOK = "Standard Price Book"


def standard_price_book(tx: "Transaction") -> Row:
    """Every org has one, from its first day on; it holds the list price of each product."""
    return next(row for row in tx.org.records.all("Pricebook2") if row["IsStandard"])


def derive_entry(tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:
    """Salesforce: a product has a standard price before any other, and one price per book; its name is the product's.

    An entry that uses the standard price has that price, and takes no other.
    """
    product = tx.org.records.find("Product2", row.get("Product2Id") or "")
    book = tx.org.records.find("Pricebook2", row.get("Pricebook2Id") or "")
    if product is None or book is None:
        return  # refused by the checks of required fields and lookups
    row.update(Name=product["Name"], ProductCode=product["ProductCode"])
    priced = (product["Id"], row.get("CurrencyIsoCode"))
    entries = [
        one for one in tx.org.records.all("PricebookEntry") if (one["Product2Id"], one.get("CurrencyIsoCode")) == priced
    ]
    if before is None and any(one["Pricebook2Id"] == book["Id"] for one in entries):
        raise _refused(Code.DUPLICATE_VALUE, "This price definition already exists in this price book")
    if book["IsStandard"]:
        return
    standard = next((one for one in entries if one["Pricebook2Id"] == standard_price_book(tx)["Id"]), None)
    if standard is None:
        raise _refused(Code.STANDARD_PRICE_NOT_DEFINED, "Before creating a custom price, create a standard price.")
    if row["UseStandardPrice"]:
        if before is not None and given.get("UnitPrice") not in {None, before["UnitPrice"]}:
            raise _refused(Code.FIELD_INTEGRITY_EXCEPTION, "field integrity exception", "UnitPrice")
        row["UnitPrice"] = standard["UnitPrice"]


def derive_line_item(tx: "Transaction", row: Row, *, before: Row | None, given: Mapping[str, Any]) -> None:
    """Fills what a line item takes from its price book entry, and the one of unit and total price not given."""
    deal = tx.org.records.find("Opportunity", row.get("OpportunityId") or "")
    if deal is None:
        return  # refused by the checks of required fields and lookups
    entry = _entry(tx, row, deal)
    if "CurrencyIsoCode" in deal:
        row["CurrencyIsoCode"] = deal["CurrencyIsoCode"]
    row.update(
        PricebookEntryId=entry["Id"], Product2Id=entry["Product2Id"], ProductCode=entry["ProductCode"],
        ListPrice=entry["UnitPrice"], Name=f"{deal['Name']} {entry['Name']}",
    )  # fmt: skip
    quantity = Decimal(str(row.get("Quantity") or 0))
    factor = quantity * (1 - Decimal(str(row.get("Discount") or 0)) / 100)
    if _total_is_given(row, before, given):
        total = Decimal(str(row["TotalPrice"]))
        row["UnitPrice"] = _money(total / factor) if factor else 0.0
    else:
        row["TotalPrice"] = _money(Decimal(str(row["UnitPrice"])) * factor)
    row["Subtotal"] = _money(Decimal(str(row["UnitPrice"])) * quantity)


def _entry(tx: "Transaction", row: Row, deal: Row) -> Row:
    records = tx.org.records
    entry = records.find("PricebookEntry", row.get("PricebookEntryId") or "")
    if entry is None and row.get("PricebookEntryId") is None and row.get("Product2Id") and deal["Pricebook2Id"]:
        wanted = (deal["Pricebook2Id"], row["Product2Id"], deal.get("CurrencyIsoCode"))
        found = (
            one
            for one in records.all("PricebookEntry")
            if (one["Pricebook2Id"], one["Product2Id"], one.get("CurrencyIsoCode")) == wanted
        )
        entry = next(found, None)
    if entry is None:
        text = (
            "field integrity exception: PricebookEntryId, unknown (versions 3.0 and higher must specify pricebook "
            "entry id; others must specify product id)"
        )
        raise RefusedError(Problem(Code.FIELD_INTEGRITY_EXCEPTION, text, ("PricebookEntryId", "unknown")))
    if deal["Pricebook2Id"] not in {None, entry["Pricebook2Id"]}:
        text = "pricebook entry is in a different pricebook than the one assigned to the opportunity"
        raise _refused(Code.FIELD_INTEGRITY_EXCEPTION, f"field integrity exception: {text}", "PricebookEntryId")
    if deal.get("CurrencyIsoCode") != entry.get("CurrencyIsoCode"):
        text = "the pricebook entry's currency is not the one of the opportunity"
        raise _refused(Code.FIELD_INTEGRITY_EXCEPTION, f"field integrity exception: {text}", "PricebookEntryId")
    return entry


def _total_is_given(row: Row, before: Row | None, given: Mapping[str, Any]) -> bool:
    """Salesforce: on create one of unit and total price, on update at most one of them."""
    named = [name for name in ("UnitPrice", "TotalPrice") if given.get(name) is not None]
    if before is None:
        if len(named) != 1:
            text = "field integrity exception: unknown (must specify exactly one of total price, unit price)"
            raise _refused(Code.FIELD_INTEGRITY_EXCEPTION, text, "unknown")
        return named == ["TotalPrice"]
    changed = [name for name in named if row[name] != before[name]]
    if len(changed) > 1:
        text = "Cannot change both 'UnitPrice' and 'TotalPrice' in update call"
        raise _refused(Code.INVALID_FIELD, text, "UnitPrice")
    return changed == ["TotalPrice"]


def after_line_item(tx: "Transaction", before: Row | None, row: Row | None) -> None:
    """The amount and the quantity of the Opportunity are those of its line items; its price book is theirs."""
    either = row or before
    assert either is not None
    deal = tx.org.records.find("Opportunity", either["OpportunityId"])
    if deal is None:
        return  # it goes to the recycle bin, and its line items with it
    items = [one for one in tx.org.records.all("OpportunityLineItem") if one["OpportunityId"] == deal["Id"]]
    values: dict[str, Any] = {
        "HasOpportunityLineItem": bool(items),
        "Amount": sum(one["TotalPrice"] for one in items),
        "TotalOpportunityQuantity": sum(one["Quantity"] for one in items) if items else None,
    }
    if row is not None and deal["Pricebook2Id"] is None:
        entry = tx.org.records.find("PricebookEntry", row["PricebookEntryId"])
        assert entry is not None
        values["Pricebook2Id"] = entry["Pricebook2Id"]
    tx.update("Opportunity", deal["Id"], values, enforce=False)


def check_currency(before: Row | None, row: Row) -> None:
    """Salesforce: a deal with line items keeps its currency, which is theirs."""
    if before is None or not before.get("HasOpportunityLineItem"):
        return
    if before.get("CurrencyIsoCode") != row.get("CurrencyIsoCode"):
        text = "field integrity exception: the currency of an opportunity with products cannot be changed"
        raise _refused(Code.FIELD_INTEGRITY_EXCEPTION, text, "CurrencyIsoCode")


def after_opportunity(tx: "Transaction", before: Row | None, row: Row | None) -> None:
    """Salesforce: another price book takes the line items of the old one away."""
    if before is None or row is None or before["Pricebook2Id"] in {None, row["Pricebook2Id"]}:
        return
    for one in tx.org.records.all("OpportunityLineItem"):
        if one["OpportunityId"] == row["Id"]:
            tx.delete("OpportunityLineItem", one["Id"], enforce=False)


def _money(value: Decimal) -> float:
    return float(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def _refused(code: Code, text: str, *fields: str) -> RefusedError:
    return RefusedError(Problem(code, text, fields))
