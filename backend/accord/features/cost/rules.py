"""What writes cost: values in, values out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final

from accord.delivery.budget import Calls
from accord.delivery.foregone.model import Foregone
from accord.delivery.model import BATCH_SIZE
from accord.delivery.parts import READS, Part, calls_for, part_of
from accord.features.cost.model import Cost, Feature, Put, Room, Share
from accord.salesforce.model import Allowance

# how many calls that read go with one that writes, at most: each courier says it of itself
Looks = Mapping[Part, int]
MEASURED: Final = timedelta(days=7)
SHORTEST: Final = timedelta(hours=1)
TOGETHER: Final = timedelta(seconds=1)  # what comes in within a second goes in one call
MOST_DEALS: Final = 2000  # what one query answers in one call
RECORD_KB: Final = 2  # Salesforce: most records count as 2 KB of data storage (Help, "Data and File Storage")

NOTHING: Final = (
    "Nothing of it has come in during the last seven days, so there is nothing to measure yet. While the org is"
    " observed, this says what it would cost before anything is written."
)


FEATURES: Final = tuple(each for each in Feature if each is not Feature.ALL)
# where the settings say whether it is on; events have no switch
_SWITCHES: Final = {
    Feature.ACTIVITY: "settings.activity",
    Feature.FIELDS: "settings.field_sync",
    Feature.TWO_WAY: "settings.two_way",
    Feature.CONTACTS: "settings.contacts",
    Feature.AUTO_CREATE: "settings.auto_create",
}
# what a part that is off would write: a record of this kind, for the most part
WOULD_WRITE: Final = {
    Part.ACTIVITY: ("Task", "activity"),
    Part.FIELDS: ("Opportunity", "fields"),
    Part.TWO_WAY: ("Opportunity", "two_way_"),
    Part.CONTACTS: ("Contact", "contacts"),
}


def is_on(feature: Feature, standing: Mapping[str, Any]) -> bool | None:
    """By the settings as they stand, kind by kind. Of several switches one is enough; None where there is none."""
    if feature is Feature.MESSAGES:
        messages = standing.get("settings.messages")
        return bool(messages["by_bell"]) if isinstance(messages, Mapping) and "by_bell" in messages else None
    values = standing.get(_SWITCHES.get(feature, ""))
    if not isinstance(values, Mapping):
        return None
    if isinstance(values.get("rules"), list):
        return any(one.get("enabled") for one in values["rules"])
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


def estimate_puts(foregone: Sequence[Foregone]) -> list[Put]:
    """The writes that parts which were off would have put, in order of time: what is gathered is one."""
    puts: list[Put] = []
    due: dict[tuple[Part, str], datetime] = {}
    for one in foregone:
        key = (one.part, one.lane)
        if key in due and one.at <= due[key]:
            continue
        sobject, kind = WOULD_WRITE[one.part]
        creates = one.creates and key not in due
        due[key] = one.at + one.gathers
        # a Contact goes before his role, so those two are never one call
        batch = one.lane if one.part is Part.CONTACTS else f"{one.part}:{'new' if creates else 'known'}"
        puts.append(Put(sobject, kind, batch, creates, due[key], is_estimated=True))
    return sorted(puts, key=lambda put: put.at)


def plans_cost(deals: int, calls: Calls | None, *, is_on: bool, syncs_fields: bool) -> Cost:
    """What plans that rules make cost a day at most when they are made, by so many deals that were created during the
    last seven days; of more than MOST_DEALS it is that many at least. What happens to the plans later is counted with
    what writes it.
    """
    days = MEASURED / timedelta(days=1)
    writes = deals * (2 if syncs_fields else 1) / days  # the event that a deal has a plan; its fields
    is_more = deals > MOST_DEALS
    told = f"{'more than ' if is_more else ''}{_of(min(deals, MOST_DEALS), 'deal')}"
    gets = "gets" if is_on else "would get"
    because = (
        f"An upper bound, by {told} created in the org during the last 7 days, of which each {gets} one plan at most."
        " While a rule is on, deals without a plan that change are read as well: one call at most for each minute."
    )
    left = None if calls is None else max(0, calls.allowed - calls.used)
    # a new deal is read by the rules; then by synced fields, to see what it holds
    reads = writes
    share = None if calls is None else (writes + reads) / max(1, calls.allowed)
    return Cost(
        Feature.AUTO_CREATE, days, writes, writes, 0, left, share, because,
        is_estimated=True, reads_a_day=reads, is_at_most=deals <= MOST_DEALS,
    )  # fmt: skip


def plans_unknown(why: str, calls: Calls | None) -> Cost:
    """The org was asked for its new deals and did not tell."""
    left = None if calls is None else max(0, calls.allowed - calls.used)
    because = f"How many deals are created a day is not known: {why}"
    return Cost(Feature.AUTO_CREATE, 0, 0, 0, 0, left, None if calls is None else 0.0, because)


def count_calls(puts: Iterable[Put]) -> int:
    """How many calls these writes take when they are sent as they come in."""
    return sum(calls_for(part, number) for part, number in _together(puts))


def count_looks(puts: Iterable[Put], looks: Looks) -> int:
    """The calls that read for these writes, at most."""
    return sum(looks[part] * ceil(number / BATCH_SIZE) for part, number in _together(puts))


def _together(puts: Iterable[Put]) -> list[tuple[Part, int]]:
    """How many of which part go together."""
    moments = Counter(
        (part_of(put.sobject, put.kind), put.batch, int(put.at.timestamp() // TOGETHER.total_seconds())) for put in puts
    )
    return [(part, number) for (part, *_), number in moments.items()]


def count_rereads(puts: Iterable[Put]) -> int:
    """The calls that read deals again because they were written to: one for each minute in which some were."""
    deals = (put for put in puts if part_of(put.sobject, put.kind) in {Part.FIELDS, Part.TWO_WAY})
    return len({int(put.at.timestamp()) // 60 for put in deals})


def days_of(puts: Sequence[Put], now: datetime) -> float:
    """A day counts whole from its first write on: an hour's beginning is not taken for a day's quiet."""
    return max(now - puts[0].at, SHORTEST) / timedelta(days=1)


def feature_of(put: Put) -> Feature:
    return Feature(part_of(put.sobject, put.kind))


def make_cost(feature: Feature, puts: Sequence[Put], calls: Calls | None, now: datetime, looks: Looks) -> Cost:
    """`puts` are those of the last seven days, in order of time."""
    mine = [put for put in puts if feature in {Feature.ALL, feature_of(put)}]
    left = None if calls is None else max(0, calls.allowed - calls.used)
    if not mine:
        return Cost(feature, 0, 0, 0, 0, left, None if calls is None else 0.0, NOTHING)
    days = days_of(mine, now)
    reads = count_looks(mine, looks) / days
    mine = [put for put in mine if put.kind not in READS]
    a_day = count_calls(mine) / days
    made = sum(put.creates for put in mine)
    estimated = sum(put.is_estimated for put in mine)
    span = f"that came in during the last {in_words(timedelta(days=days))}"
    if not estimated:
        because = f"Measured by {_of(len(mine), 'write')} {span}, waiting ones included."
    elif estimated == len(mine):
        because = f"Estimated by {_of(estimated, 'change')} {span} while it was off."
    else:
        measured = _of(len(mine) - estimated, "write")
        because = f"Estimated by {measured} and {_of(estimated, 'change')} {span}; it was off for a part of that time."
    return Cost(
        feature=feature,
        days=days,
        records_a_day=len(mine) / days,
        calls_a_day=a_day,
        storage_mb_a_day=made * RECORD_KB / 1024 / days,
        left=left,
        share=None if calls is None else (a_day + reads) / max(1, calls.allowed),
        because=because,
        is_estimated=bool(estimated),
        reads_a_day=reads,
    )


def _of(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def in_words(lasted: timedelta) -> str:
    """A span of an hour or more, in whole hours up to two days, then in whole days: "hour", "5 hours", "7 days"."""
    hours = round(lasted / timedelta(hours=1))
    if hours == 1:
        return "hour"
    return f"{hours} hours" if hours < 48 else f"{round(lasted / timedelta(days=1))} days"
