"""What the integration owner must be allowed so that linked values are the same on both sides."""

from typing import Final

from accord.core.needs import Need, Right
from accord.features.two_way.model import DEAL, FIELDS, Linked, Settings
from accord.features.two_way.sides import STAGE

_WHY: Final = {
    Linked.CLOSE_DATE: "keep close date and end date the same",
    Linked.AMOUNT: "keep amount and plan value the same",
}


def needs(settings: Settings) -> tuple[Need, ...]:
    """Nothing is written over a link that is off. How far a deal is counts in the score of its plan."""
    return (
        *(Need(DEAL, "", Right.EDIT, _WHY[linked]) for linked in settings.enabled),
        *(Need(DEAL, FIELDS[linked], Right.EDIT, _WHY[linked]) for linked in settings.enabled),
        Need(DEAL, STAGE, Right.READ, "tell how far a deal is in the score of its plan"),
    )
