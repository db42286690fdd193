"""The values that the gateway speaks in, and its port."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol

from accord.core.ids import ConnectionId, OrgId, RecordId, UserId
from accord.core.outcomes import Outcome
from accord.salesforce.soql import Query

MOST_PARTS: Final = 25  # Salesforce: REST API guide, "Composite"
MOST_QUERIES: Final = 5  # as many of its parts may be queries


class LoginKind(StrEnum):
    """Whose login a call is made with."""

    INTEGRATION = "integration"  # the integration owner of the connection
    PERSONAL = "personal"  # a member's own stored login
    CANVAS = "canvas"  # the token of this very Canvas session


@dataclass(frozen=True, slots=True)
class Login:
    """A live login to one org. The token shows in no repr."""

    connection_id: ConnectionId
    org_id: OrgId
    user_id: UserId
    instance_url: str
    access_token: "AccessToken"
    kind: LoginKind


class AccessToken(str):
    """A token that prints as dots; `.reveal()` gives the text."""

    __slots__ = ()

    def reveal(self) -> str:
        return str.__str__(self)

    def __repr__(self) -> str:
        return "AccessToken(…)"

    def __str__(self) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class PicklistValue:
    """One value of a picklist. `valid_for`: beside which values of the controlling field it is offered; None: any."""

    value: str
    label: str
    valid_for: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FieldDescribe:
    """One field as this user's describe shows it. `type` is the platform's word: date, currency, picklist …"""

    name: str
    label: str
    type: str
    length: int
    precision: int
    scale: int
    createable: bool
    updateable: bool
    nillable: bool
    defaulted_on_create: bool
    calculated: bool
    restricted_picklist: bool
    extra_type_info: str | None
    reference_to: tuple[str, ...]
    relationship_name: str | None
    external_id: bool
    unique: bool
    controller: str | None = None  # the field that controls this picklist, also where this user may not see it


@dataclass(frozen=True, slots=True)
class SObjectDescribe:
    """One sObject as this user sees it; a field that he may not see is not in `fields`."""

    name: str
    label: str
    updateable: bool
    fields: Mapping[str, FieldDescribe]
    createable: bool = True


@dataclass(frozen=True, slots=True)
class UpsertRow:
    """One record of an upsert: its external id, and the fields to write (never the external id field or Id)."""

    external_id: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """One record of an update by its id."""

    record_id: RecordId
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subrequest:
    """One part of a composite call. `path` begins behind /services/data/vNN.N/ ."""

    reference: str
    method: str
    path: str
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Subanswer:
    reference: str
    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Allowance:
    """One of an org's limits: how much it has, and how much of that is left."""

    most: int
    left: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What Sforce-Limit-Info said last: calls used and allowed in 24 hours."""

    used: int
    allowed: int


class Gateway(Protocol):
    """Everything that the product asks of an org, with one login. Numbers come and go as Decimal, dates as text.

    A call that failed as a whole raises TransientError, AuthorizationLostError or RejectedError (with Salesforce's own
    words in its problems). A TransientError of a write that may have been carried out all the same has `in_doubt` set
    (errors.SalesforceUnavailableError). One gateway belongs to one thread at a time.
    """

    def describe(self, sobject: str) -> SObjectDescribe:
        """The sObject as this user sees it: from the cache (15 minutes, by org and user) when it is warm."""
        ...

    def picklist_values(self, sobject: str, record_type_id: str | None, field: str) -> Sequence[PicklistValue]:
        """The values that this record type offers, in order; cached like the describe."""
        ...

    def query(self, soql: Query | str) -> Sequence[Mapping[str, Any]]:
        """All rows of a query (queryMore followed). Build it with accord.salesforce.soql only; one that no row can
        meet costs no call. Rows come as the platform gives them, `attributes` included.
        """
        ...

    def tooling(self, soql: Query) -> Sequence[Mapping[str, Any]]:
        """The rows of one page of a Tooling API query: at most 2,000, and no more are asked for. One call."""
        ...

    def composite(self, parts: Sequence[Subrequest], *, all_or_none: bool) -> Sequence[Subanswer]:
        """One API call of up to 25 parts; answers in order."""
        ...

    def upsert(self, sobject: str, external_id_field: str, rows: Sequence[UpsertRow]) -> Sequence[Outcome]:
        """Up to 200 records in one call; one outcome a row, in order. It raises nothing that a row can say: a lost
        answer is Refused(in_doubt=True) for every row, a used-up limit Refused(QUOTA); a refusal of the whole call is
        one and the same object for all rows. Raised are only TransientError (nothing reached Salesforce, or it is down:
        nothing was written), AuthorizationLostError, and ValueError for rows that must not be sent.
        """
        ...

    def update(self, sobject: str, rows: Sequence[UpdateRow]) -> Sequence[Outcome]:
        """Up to 200 records in one call; one outcome a row, in order, as with upsert."""
        ...

    def publish(self, event: str, messages: Sequence[Mapping[str, Any]]) -> Sequence[Outcome]:
        """Publishes platform events, 25 a call; one outcome a message, in order, as with upsert.

        An event has no key by which a double is refused: a message whose outcome is in doubt may be on the bus already.
        """
        ...

    def act(self, action: str, inputs: Sequence[Mapping[str, Any]]) -> Sequence[Outcome]:
        """Runs one of Salesforce's own actions, one call an input; one outcome an input, in order, as with publish."""
        ...

    def limits(self) -> Mapping[str, Allowance]:
        """The org's limits by the names that Salesforce gives them, such as DataStorageMB; those that are not told are
        absent (REST API Developer Guide, "Limits": for users who may view Setup).
        """
        ...

    def forget_describes(self) -> None:
        """Drops this user's cached describes (after a schema error)."""
        ...

    @property
    def user_id(self) -> UserId:
        """Whose login this is."""
        ...

    @property
    def usage(self) -> Usage | None:
        """What the last answer said about the org's limit; None before the first."""
        ...
