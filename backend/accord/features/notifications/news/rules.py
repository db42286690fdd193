"""Which events are news, and in which words. Pure.

No name of a person, no value and nothing internal is in them: a bell is read over shoulders, and lies in the org.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from accord.features.notifications.news.model import SAYS, Item, News
from accord.workspace.plans.events import PlanEvent, PlanEventKind
from accord.workspace.plans.model import Status

_STATUS: Final = {
    Status.AT_RISK: (News.AT_RISK, "It is at risk: a step is overdue."),
    Status.STALLED: (News.STALLED, "It has stalled: a step has been overdue for a week."),
    Status.ON_TRACK: (News.ON_TRACK, "It is on track again."),
}
_LATE: Final = frozenset({Status.AT_RISK, Status.STALLED})
CLOSING: Final = "You follow this plan. Its menu in the Accord panel ends that."


def decide_news(event: PlanEvent) -> Item | None:
    """What a follower is told of it; None for all that is not on the list."""
    match event.kind:
        case PlanEventKind.STATUS_CHANGED if event.new in _STATUS:
            if event.new == Status.ON_TRACK and event.previous not in _LATE:
                return None
            news, sentence = _STATUS[Status(event.new)]
            return Item(news, "status", sentence)
        case PlanEventKind.CUSTOMER_ACCEPTED:
            return Item(News.CUSTOMER_JOINED, f"joined {event.subject_id}", "A customer has joined.")
        case PlanEventKind.STAGE_COMPLETED:
            named = f"The stage “{event.subject_text}”" if not event.is_internal else "A stage"
            return Item(News.STAGE_COMPLETED, f"stage {event.subject_id}", f"{named} is completed.")
        case PlanEventKind.ARCHIVED:
            return Item(News.ARCHIVED, "archived", "It was archived.")
    return None


def text_of(fields: Mapping[str, Any], *, since: datetime) -> str:
    """What is told of a row's sentences, each once, in the order in which they happened; "" where nothing is left that
    happened after `since`.
    """
    said: Sequence[tuple[str, str]] = [tuple(one) for name, one in fields.items() if name.startswith(SAYS)]
    said = sorted(said, key=lambda each: each[0])  # of the same moment, the one that was put first comes first
    fresh = [sentence for at, sentence in said if datetime.fromisoformat(at) > since]
    return " ".join([*dict.fromkeys(fresh), CLOSING]) if fresh else ""
