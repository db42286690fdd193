"""What an admin has to be told because something does not work, or soon will not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause as it stands now; `subject` tells several of a kind apart.

    `step` is how far something has come that ends on a day: 30, 7, 1 or 0 days before it; None for what is simply
    broken. `count` is how many it concerns. `text` says in a sentence or two what is wrong and what to do.
    """

    cause: str
    subject: str
    title: str
    text: str
    count: int = 1
    step: int | None = None
