"""What is to be forgotten, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.core.ids import MemberId


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record or a person of the org: its id in both lengths; for a person (a user or a contact) the texts by which he
    is known, his name and address, and who he is here, if anybody.
    """

    ids: frozenset[str]
    names: frozenset[str] = frozenset()
    member_id: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """How many rows of each table were deleted or emptied, and how many places a scan afterwards still found (0)."""

    deleted: Mapping[str, int] = field(default_factory=dict)
    left: int = 0
