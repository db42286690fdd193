"""What the integration owner must be allowed so that rules can look at deals."""

from collections.abc import Iterator
from typing import Final

from accord.core.needs import Need, Right
from accord.features.auto_create.model import AMOUNT, DEAL, OWNER, STAGE, TYPE, Settings

_WHY: Final = "know which deals get a plan automatically"


def needs(settings: Settings) -> tuple[Need, ...]:
    """None while no rule is on."""
    return tuple(Need(DEAL, field, Right.READ, _WHY) for field in _fields(settings))


def _fields(settings: Settings) -> Iterator[str]:
    on = settings.enabled
    if on:
        yield from (STAGE, OWNER)
    if any(one.types for one in on):
        yield TYPE
    if any(one.amount_from is not None or one.amount_to is not None for one in on):
        yield AMOUNT
