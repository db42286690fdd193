"""Fields of the org that settings name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedField:
    """A field of an object, or of a record to which the relationships `steps` lead from it. `is_written`: Accord writes
    data of plans into it.
    """

    sobject: str
    steps: tuple[str, ...]
    field: str
    is_written: bool
