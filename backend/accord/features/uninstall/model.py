"""An org leaves: what is asked, how far it is, and the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from accord.core.ids import ConnectionId, MemberId, OrgId, WorkspaceId


class Org(Protocol):
    """The connection that ends. `label` is what the org is called here."""

    @property
    def workspace_id(self) -> WorkspaceId: ...
    @property
    def id(self) -> ConnectionId: ...
    @property
    def org_id(self) -> OrgId: ...
    @property
    def label(self) -> str: ...
    @property
    def instance_url(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LoginEnd:
    """One login that was given up, and whether Salesforce has confirmed the end. `whose`: integration_owner, member or
    panel.
    """

    whose: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What disconnecting would do now: writes that will never be made (those that wait, and those that wait for a
    person), back-fills that are under way, members' own logins, copies by table, and plans.
    """

    waiting: int
    parked: int
    backfills: int
    logins: int
    copies: Mapping[str, int]
    plans: int

    @property
    def unwritten(self) -> int:
        return self.waiting + self.parked


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done, in numbers alone. `finished_at` None: it is not finished yet, and goes on by itself.
    `unwritten`: writes that will never be made. `deleted`: rows that were deleted or emptied, by table. `left`: copies
    that a last look still found (0). `by_member` None: the operator.
    """

    started_at: datetime
    by_member: MemberId | None
    plans_deleted: bool
    unwritten: int
    finished_at: datetime | None = None
    logins: Sequence[LoginEnd] = ()
    deleted: Mapping[str, int] = field(default_factory=dict)
    left: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A receipt as the operator keeps it, with the org that it is of."""

    org_id: OrgId
    label: str
    receipt: Receipt
