"""Decisions about an org's leaving. Values in, values out."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from accord.core.errors import ConflictError, Problem, RejectedError
from accord.features.uninstall.model import Receipt


class Place(Protocol):
    """Where copies lie, in words for admins."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...


PlaceOf = Callable[[str], Place]


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """`place` stays the same, `title` is for people."""

    place: str
    title: str
    count: int


_SETTINGS: Final = ("settings", "Settings")
_SETUPS: Final = frozenset({"panel_setup", "field_sync_setup", "score_weights", "criterion", "api_client"})


def by_place(rows: Mapping[str, int], place_of: PlaceOf) -> list[PlaceCount]:
    """Rows of tables as rows of places, the most first."""
    counts: Counter[tuple[str, str]] = Counter()
    for table, number in rows.items():
        is_setting = table.endswith("_settings") or table in _SETUPS
        place = place_of(table)
        counts[_SETTINGS if is_setting else (place.name, place.title)] += number
    found = [PlaceCount(name, title, number) for (name, title), number in counts.items() if number]
    return sorted(found, key=lambda one: (-one.count, one.title))


def check_name(given: str, label: str) -> None:
    """Raises RejectedError unless the name of the org was typed."""
    if given.strip() != label:
        message = f"Type the name of the org as it stands here, {label}, to disconnect it. Nothing was done."
        raise RejectedError(message, problems=(Problem("INVALID_VALUE", message, field="org_name"),))


def decide_wait(under_way: int) -> ConflictError | None:
    """Why the org cannot be left at this moment; None when it can. A row must not go before its answer is there."""
    if not under_way:
        return None
    message = (
        f"Accord writes nothing more to this org. Writes that were sent and are not answered yet: {under_way}."
        " Nothing was deleted. Try again in a minute."
    )
    return ConflictError(message, code="BEING_WRITTEN")


def count_confirmed(receipt: Receipt) -> tuple[int, int]:
    """Logins that Salesforce has ended, and those of which it did not say so."""
    confirmed = sum(one.confirmed for one in receipt.logins)
    return confirmed, len(receipt.logins) - confirmed
