"""What is told of a client. Its secret is not among it: that is shown once, when the client is made."""

from dataclasses import dataclass
from datetime import datetime

from accord.core.identity import Role


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A client of an org. One that is not active was ended, and stays in the list."""

    client_id: str
    role: Role
    made_at: datetime
    active: bool
