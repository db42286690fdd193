"""A right in the org that a feature's present settings need; the doctor looks whether it is there."""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    READ = "read"
    CREATE = "create"
    EDIT = "edit"
    KEY = "key"  # edited, unique and an external id
    THERE = "there"  # a row of a set-up object with this developer name, not a field
    PERMISSION = "permission"  # a permission of the user, not a field


@dataclass(frozen=True, slots=True)
class Need:
    """A right of the integration owner. `why` completes "It is needed to ...".

    `field` may be a path to a related record's field (`Owner.Name`), which is read; empty: the object itself. Without
    what is no `is_must` Accord works too, but not as well.
    """

    sobject: str
    field: str
    right: Right
    why: str
    is_must: bool = True

    @property
    def name(self) -> str:
        return f"{self.sobject}.{self.field}" if self.field else self.sobject

    @property
    def way(self) -> tuple[str, ...]:
        """The relationships over which the field's record is reached."""
        return tuple(self.field.split(".")[:-1])

    @property
    def is_described(self) -> bool:
        """Whether a describe of its object tells of it."""
        return self.right not in {Right.THERE, Right.PERMISSION}
