"""Repeats that become one Task: which belong together, and what the Task then says. Values in, values out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from accord.features.activities.model import Activity, Fold, Folding, Happened, KindSettings
from accord.features.activities.rules import DESCRIPTION_LENGTH, subject_line

# no fold lasts longer, whatever the zones: a day of one zone, seen from another, ends within two days
LONGEST: Final = timedelta(days=2)
FOLDS_KEPT: Final = timedelta(days=30)  # after the last repeat: whoever comes later begins a new Task


def belongs(fold: Fold, occurred_at: datetime, settings: KindSettings) -> bool:
    """Whether what happened then is a repeat that the fold's Task counts."""
    match settings.folding:
        case Folding.NONE:
            return False
        case Folding.DAY:
            zone = ZoneInfo(fold.time_zone)
            return occurred_at.astimezone(zone).date() == fold.started_at.astimezone(zone).date()
        case Folding.MINUTES:
            assert settings.minutes is not None
            return timedelta() <= occurred_at - fold.started_at < timedelta(minutes=settings.minutes)


def happened(activity: Activity, who: str) -> Happened:
    return Happened(activity.occurred_at, who, activity.subject_text, activity.description)


def keep(known: Sequence[Happened], new: Happened) -> tuple[Happened, ...]:
    """The newest that a Description has room for, by time."""
    kept: list[Happened] = []
    room = DESCRIPTION_LENGTH
    # of the same time, the one that arrived later is the newer one
    for one in sorted([new, *reversed(known)], key=lambda each: each.at, reverse=True):
        room -= len(one.text) + len(one.description or "") + len(one.who) + 1
        if room < 0 and kept:
            break
        kept.append(one)
    return tuple(reversed(kept))


def folded_fields(fold: Fold, settings: KindSettings) -> dict[str, Any]:
    """What a repeat changes on its Task: the words alone. Owner, status and date went out with the first (W2)."""
    newest = fold.happened[-1]
    return {
        "Subject": subject_line(settings, text=newest.text, count=fold.count),
        "Description": _lines(fold)[:DESCRIPTION_LENGTH],
    }


def _lines(fold: Fold) -> str:
    zone = ZoneInfo(fold.time_zone)
    lines = [_line(one, zone) for one in fold.happened]
    earlier = fold.count - len(fold.happened)
    # what does not fit is the oldest
    while len(lines) > 1 and sum(len(line) + 1 for line in lines) + 40 > DESCRIPTION_LENGTH:
        del lines[0]
        earlier += 1
    return "\n".join([*([f"… and {earlier} earlier"] if earlier else []), *lines])


def _line(one: Happened, zone: ZoneInfo) -> str:
    start = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M} {one.who + ': ' if one.who else ''}{one.text}"
    return f"{start}\n{one.description}" if one.description else start


def would_fold(activity: Activity, settings: KindSettings) -> str:
    """One word for all activities that would be one Task, as far as that is known without its author: days are those of
    UTC, and minutes begin at whole spans.
    """
    match settings.folding:
        case Folding.NONE:
            return activity.id
        case Folding.DAY:
            span = activity.occurred_at.date().isoformat()
        case Folding.MINUTES:
            span = str(int(activity.occurred_at.timestamp()) // (60 * (settings.minutes or 1)))
    return f"{activity.opportunity_id}|{activity.kind}|{span}"
