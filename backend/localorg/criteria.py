"""Tries a condition in SOQL's criteria language on one record."""

from typing import TYPE_CHECKING

from localorg.records import Row

if TYPE_CHECKING:
    from localorg.org import Org


def check(org: "Org", sobject: str, condition: str) -> None:
    """Raises SoqlError or NotBuilt for a condition that could never be tried."""
    holds(org, sobject, condition, {"Id": ""}, user_id=org.setup_user_id)


def holds(org: "Org", sobject: str, condition: str, row: Row, *, user_id: str) -> bool:
    """True when `row` would be found by `SELECT Id FROM sobject WHERE condition`. Raises SoqlError for bad text."""
    from localorg.query_source import OneRow, query  # noqa: PLC0415 - the source reads rows, whose checks come here

    text = f"SELECT Id FROM {sobject} WHERE {condition}"  # noqa: S608 - SOQL over one row, written by the rule's author
    total, _ = query(org, text, user_id=user_id, source=OneRow(org, sobject, row))
    return total > 0
