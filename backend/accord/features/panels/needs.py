"""What the integration owner should be allowed so that the panel's rows are checked when no admin's login can."""

from accord.core.needs import Need, Right
from accord.features.panels.model import Layout, RowSpec


def needs(layout: Layout) -> tuple[Need, ...]:
    """Rows over a path too. A rep's own login reads and writes the values, so none is a must."""
    rows = [_need(row, f"the panel's row {row.label}") for tab in layout.tabs for row in tab.rows]
    return (*rows, *(_need(one.row, f"the variable {one.row.label}") for one in layout.variables))


def _need(row: RowSpec, what: str) -> Need:
    return Need(row.sobject, row.field, Right.READ, f"check {what} every night", is_must=False)
