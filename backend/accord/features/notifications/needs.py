"""What the integration owner must be allowed so that Salesforce's bell rings."""

from accord.core.needs import Need, Right
from accord.features.notifications.courier import TYPE

_RING = "ring Salesforce's bell"


def needs(*, rings: bool) -> tuple[Need, ...]:
    """`rings`: whether anybody is told by bell, as things are set."""
    if not rings:
        return ()
    return (
        Need("CustomNotificationType", TYPE, Right.THERE, _RING),
        Need("User", "SendCustomNotifications", Right.PERMISSION, _RING),
    )
