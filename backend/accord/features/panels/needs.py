"""What the integration owner should be allowed so that the panel's rows are checked when no admin's login can."""

from collections.abc import Iterable

from accord.core.needs import Need, Right
from accord.features.panels.model import TabSpec


def needs(tabs: Iterable[TabSpec]) -> tuple[Need, ...]:
    """Rows over a path too. A rep's own login reads and writes the values, so none is a must."""
    return tuple(
        Need(row.sobject, row.field, Right.READ, f"check the panel's row {row.label} every night", is_must=False)
        for tab in tabs
        for row in tab.rows
    )
