"""What writes cost: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final

from accord.delivery.budget import Calls
from accord.delivery.model import BATCH_SIZE
from accord.features.cost.model import Cost, Feature, Put, Room, Share
from accord.salesforce.model import Allowance

MEASURED: Final = timedelta(days=7)
SHORTEST: Final = timedelta(hours=1)
TOGETHER: Final = timedelta(seconds=1)  # what comes in within a second goes in one call
RECORD_KB: Final = 2  # Salesforce: most records count as 2 KB of data storage (Help, "Data and File Storage")

NOTHING: Final = (
    "Nothing of it has come in during the last seven days, so there is nothing to measure. Switch it on while the org"
    " is observed: then this says what it would cost before anything is written."
)


FEATURES: Final = tuple(each for each in Feature if each is not Feature.ALL)
# where the settings say whether it is on; events have no switch
_SWITCHES: Final = {
    Feature.ACTIVITY: "settings.activity",
    Feature.FIELDS: "settings.field_sync",
    Feature.TWO_WAY: "settings.two_way",
}


def feature_of(sobject: str, kind: str) -> Feature:
    """Each write is one feature's: by its object, and by what caused it where two write to the same records."""
    if sobject == "Task":
        return Feature.ACTIVITY
    if sobject.endswith("__e"):
        return Feature.EVENTS
    return Feature.TWO_WAY if kind.startswith("two_way_") else Feature.FIELDS


def is_on(feature: Feature, standing: Mapping[str, Any]) -> bool | None:
    """By the settings as they stand, kind by kind. Of several switches one is enough; None where there is none."""
    values = standing.get(_SWITCHES.get(feature, ""))
    if not isinstance(values, Mapping):
        return None
    inner = (one.get("enabled") for one in values.values() if isinstance(one, Mapping))
    return bool(values["enabled"]) if "enabled" in values else any(inner)


def make_room(limits: Mapping[str, Allowance], calls: Calls | None) -> Room:
    """What is left for everybody, by Salesforce's names for it; the calls also as the last answer told them."""

    def share(name: str) -> Share | None:
        found = limits.get(name)
        return None if found is None else Share(found.most, found.left)

    told = None if calls is None else Share(calls.allowed, max(0, calls.allowed - calls.used))
    return Room(
        calls_a_day=share("DailyApiRequests") or told,
        events_an_hour=share("HourlyPublishedPlatformEvents"),
        storage_mb=share("DataStorageMB"),
    )


def count_calls(puts: Iterable[Put]) -> int:
    """How many calls these writes take when they are sent as they come in."""
    groups: dict[tuple[str, int], int] = {}
    for put in puts:
        key = (put.batch, int(put.at.timestamp() // TOGETHER.total_seconds()))
        groups[key] = groups.get(key, 0) + 1
    return sum(ceil(number / BATCH_SIZE) for number in groups.values())


def make_cost(feature: Feature, puts: Sequence[Put], calls: Calls | None, now: datetime) -> Cost:
    """`puts` are those of the last seven days, in order of time."""
    mine = [put for put in puts if feature in {Feature.ALL, feature_of(put.sobject, put.kind)}]
    left = None if calls is None else max(0, calls.allowed - calls.used)
    if not mine:
        return Cost(feature, 0, 0, 0, 0, left, None if calls is None else 0.0, NOTHING)
    # a day counts whole from its first write on: an hour's beginning is not taken for a day's quiet
    lasted = max(now - mine[0].at, SHORTEST)
    days = lasted / timedelta(days=1)
    a_day = count_calls(mine) / days
    made = sum(put.creates for put in mine)
    came = f"{_writes(len(mine))} that came in during the last {in_words(lasted)}"
    return Cost(
        feature=feature,
        days=days,
        records_a_day=len(mine) / days,
        calls_a_day=a_day,
        storage_mb_a_day=made * RECORD_KB / 1024 / days,
        left=left,
        share=None if calls is None else a_day / max(1, calls.allowed),
        because=f"Measured by {came}, waiting ones included.",
    )


def _writes(number: int) -> str:
    return "1 write" if number == 1 else f"{number:,} writes"


def in_words(lasted: timedelta) -> str:
    """A span of an hour or more, in whole hours up to two days, then in whole days: "hour", "5 hours", "7 days"."""
    hours = round(lasted / timedelta(hours=1))
    if hours == 1:
        return "hour"
    return f"{hours} hours" if hours < 48 else f"{round(lasted / timedelta(days=1))} days"
