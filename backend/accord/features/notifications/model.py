"""Under which names notifications lie in the outbox."""

from typing import Final

NOTIFICATION: Final = "CustomNotification"  # no object of the org: the courier knows it
KEY: Final = "key"
KIND: Final = "notification"
