"""What the integration owner must be allowed so that fields can be synced."""

from accord.core.needs import Need, Right
from accord.features.field_sync.model import Setup


def needs(setup: Setup) -> tuple[Need, ...]:
    """Of the rows whose object is known; none while syncing is off."""
    if not setup.enabled:
        return ()
    return tuple(
        Need(row.facts.sobject, row.field, Right.EDIT, f"sync {row.label}")
        for row in setup.rows
        if row.facts is not None
    )
