"""What is news for those who follow a plan, and how it lies in the outbox."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

PLAN_NEWS: Final = "PlanNews"  # no object of the org: the courier knows it
KIND: Final = "plan_news"
GATHERS: Final = timedelta(seconds=10)  # what one person sets off within it rings once
SAYS: Final = "says|"  # begins the names of the fields that hold sentences


class News(StrEnum):
    """All that followers are told."""

    AT_RISK = "at_risk"
    STALLED = "stalled"
    ON_TRACK = "on_track"  # again
    CUSTOMER_JOINED = "customer_joined"
    STAGE_COMPLETED = "stage_completed"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Item:
    """`topic`: of what waits about the same topic the last counts alone."""

    news: News
    topic: str
    sentence: str
