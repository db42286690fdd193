"""What an admin sees of the brakes of his org."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from accord.delivery.brakes.model import Brakes, Waiting


class Org(Protocol):
    """The org of a connection, as far as its admin has to know it."""

    @property
    def label(self) -> str: ...
    @property
    def is_sandbox(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Overview:
    """`names` are those of the members who put a brake on, by id; `under_way` counts writes that were sent and not yet
    answered; `calls` is about how many API calls the waiting ones cost.
    """

    org: Org
    brakes: Brakes
    names: dict[str, str]
    under_way: int
    waiting: Sequence[Waiting]
    calls: int
