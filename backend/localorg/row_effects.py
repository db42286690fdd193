"""What the write of one record does to others, at once and in the same save. Each is a rule of the platform."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from localorg import opportunity_history, person_accounts, products
from localorg.records import Row

if TYPE_CHECKING:
    from localorg.transaction import Transaction

Effect = Callable[["Transaction", Row | None, Row | None], None]


def after(tx: "Transaction", name: str, *, before: Row | None, row: Row | None) -> None:
    """Called when a record has been written (`before` None: created) or has gone to the recycle bin (`row` None)."""
    effect = _EFFECTS.get(name)
    if effect is not None:
        effect(tx, before, row)


def _only_primary(tx: "Transaction", _before: Row | None, row: Row | None) -> None:
    """Salesforce: an Opportunity has one primary contact; the new one takes the mark from the old one."""
    if row is None or not row["IsPrimary"]:
        return
    for one in tx.org.records.all("OpportunityContactRole"):
        if one["OpportunityId"] == row["OpportunityId"] and one["IsPrimary"] and one["Id"] != row["Id"]:
            tx.update("OpportunityContactRole", one["Id"], {"IsPrimary": False}, enforce=False)


def _of_opportunity(tx: "Transaction", before: Row | None, row: Row | None) -> None:
    opportunity_history.after_opportunity(tx, before, row)
    products.after_opportunity(tx, before, row)


_EFFECTS: dict[str, Effect] = {
    "Account": person_accounts.after_account,
    "Opportunity": _of_opportunity,
    "OpportunityContactRole": _only_primary,
    "OpportunityLineItem": products.after_line_item,
}
