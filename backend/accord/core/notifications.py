"""What somebody is told by Salesforce's own bell."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from accord.core.ids import MemberId, RecordId, UserId

LONGEST_TITLE: Final = 250  # Salesforce: Actions Developer Guide, Custom Notification Actions
LONGEST_BODY: Final = 750
MOST_USERS: Final = 500
RINGS_FOR: Final = timedelta(days=1)
"""What could not ring for so long is not news any more: where it lasts, the next day's message says so."""


@dataclass(frozen=True, slots=True)
class Notification:
    """`key` is the same for every repeat of one telling: it is taken once. The text holds no value of a record.

    It goes to `users` (at most MOST_USERS, verified ids), and to whoever owns the deal `owner_of` when it rings.
    """

    key: str
    title: str
    text: str
    users: tuple[UserId, ...] = ()
    owner_of: RecordId | None = None


@dataclass(frozen=True, slots=True)
class PersonalNotice:
    """What concerns one member alone, and he is told by bell."""

    key: str
    member_id: MemberId
    title: str
    text: str
