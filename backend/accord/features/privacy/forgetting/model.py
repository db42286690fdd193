"""What is to be forgotten, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.core.ids import MemberId


@dataclass(frozen=True, slots=True)
class Subject:
    """What an admin wants forgotten: the id of a record or a user, or the mail address of a person. One of both."""

    salesforce_id: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """Somebody who takes part in a plan or is known to it: a row of `table`, his plan and its deal."""

    table: str
    id: str
    plan_id: str
    name: str
    email: str
    contact_id: str | None = None
    member_id: str | None = None
    deal_id: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record or a person of the org: its ids in both lengths; for a person the texts by which he is known (his name
    and address), who he is here, if anybody, and where plans know him. `name` is shown to the admin.
    """

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    member_id: MemberId | None = None
    people: tuple[PlanPerson, ...] = ()
    name: str | None = None

    @property
    def is_person(self) -> bool:
        return bool(self.emails or self.member_id)


@dataclass(frozen=True, slots=True)
class Receipt:
    """How many rows of each table were deleted or emptied, and how many places a scan afterwards still found (0)."""

    deleted: Mapping[str, int] = field(default_factory=dict)
    left: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What forgetting would delete now, and whom or what it is about. `name` is None for what has none here."""

    is_person: bool
    name: str | None
    deleted: Mapping[str, int]
