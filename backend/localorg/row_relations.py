"""What one record takes from another that it points to."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from localorg.transaction import Transaction

_WITH_ACCOUNT = frozenset({"Case", "Contact", "Opportunity"})


def account_of(tx: "Transaction", record_id: str | None) -> str | None:
    """The account that an activity on this record belongs to; None where the platform knows none."""
    sobject = tx.org.schema.of_id(record_id) if record_id else None
    if sobject is None or record_id is None:
        return None
    if sobject.name == "Account":
        return record_id
    if sobject.name not in _WITH_ACCOUNT:
        return None
    account: str | None = (tx.org.records.find(sobject.name, record_id) or {}).get("AccountId")
    return account
