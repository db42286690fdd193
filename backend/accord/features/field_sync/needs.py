"""What the integration owner must be allowed so that fields can be synced."""

from accord.core.needs import Need, Right
from accord.features.field_sync.model import DEAL, Setup


def needs(setup: Setup) -> tuple[Need, ...]:
    """Of the rows whose object is known; none while syncing is off."""
    if not setup.enabled:
        return ()
    known = [(row, row.facts.sobject) for row in setup.rows if row.facts is not None]
    return (
        *(Need(sobject, "", Right.EDIT, f"sync {row.label}") for row, sobject in known),
        *(Need(DEAL, f"{row.path}.Id", Right.READ, f"find the record of {row.label}") for row, _ in known if row.path),
        *(Need(sobject, row.field, Right.EDIT, f"sync {row.label}") for row, sobject in known),
    )
