"""Who is calling, as far as the sign-in proved it."""

from dataclasses import dataclass
from enum import StrEnum

from accord.core.ids import ConnectionId, MemberId, RecordId, SessionId, UserId, WorkspaceId


class Role(StrEnum):
    """What a caller may do. Flow and service are no members; customers and partners never reach an internal route."""

    ADMIN = "admin"
    USER = "user"
    SERVICE = "service"
    FLOW = "flow"
    CUSTOMER = "customer"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Identity:
    """One verified caller. `session_id`: a Canvas session stands behind the call and holds his Salesforce login.

    `record_id`: the one record that his org has proved, for this very call, to be visible to him; `visible_fields` and
    `editable_fields` are the fields of that record, by API name, that it has signed he may see and edit there.
    `client_id`: the application that calls, for itself or for the member.
    """

    workspace_id: WorkspaceId
    connection_id: ConnectionId
    role: Role
    member_id: MemberId | None = None
    salesforce_user_id: UserId | None = None
    session_id: SessionId | None = None
    record_id: RecordId | None = None
    visible_fields: frozenset[str] = frozenset()
    editable_fields: frozenset[str] = frozenset()
    client_id: str | None = None
