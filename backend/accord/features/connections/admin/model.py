"""What an admin sees of a connection."""

from dataclasses import dataclass
from datetime import datetime

from accord.features.connections.model import Certificate, Connection


@dataclass(frozen=True, slots=True)
class Overview:
    """`certificates` each with its end."""

    connection: Connection
    certificates: tuple[tuple[Certificate, datetime], ...]
