"""The values of mails that wait, and of what has rung."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accord.core.ids import ConnectionId, MemberId, WorkspaceId
from accord.features.messages.model import Fate


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Hindrance(StrEnum):
    """Why a mail was not taken, or was never sent."""

    NO_ADDRESS = "no_address"
    ADDRESS_REFUSED = "address_refused"
    REFUSED = "refused"
    NOT_SIGNED_IN = "not_signed_in"
    NO_TLS = "no_tls"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail of one message to one member. The address is looked up when it is sent, and is not kept here."""

    id: str
    connection_id: ConnectionId
    message_id: str
    member_id: MemberId
    state: MailState
    attempts: int
    put_at: datetime
    hindrance: Hindrance | None = None


@dataclass(frozen=True, slots=True)
class DueMail:
    id: str
    workspace_id: WorkspaceId


@dataclass(frozen=True, slots=True)
class Rung:
    """What has become of a notification."""

    fate: Fate
    text: str = ""
