"""A right in the org that a feature's present settings need; the doctor looks whether it is there."""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    READ = "read"
    CREATE = "create"
    EDIT = "edit"
    KEY = "key"  # edited, unique and an external id


@dataclass(frozen=True, slots=True)
class Need:
    """A right of the integration owner. `why` completes "It is needed to ..."."""

    sobject: str
    field: str
    right: Right
    why: str
