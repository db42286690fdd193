"""What followers of a plan are told: a closed list, in words that name nobody and nothing internal (B1)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from accord.core.ids import ConnectionId, EventId, MemberId, PlanId, RecordId, UserId, WorkspaceId
from accord.features.notifications.news.courier import Sights
from accord.features.notifications.news.model import News
from accord.features.notifications.news.rules import CLOSING, decide_news, text_of
from accord.salesforce.errors import SalesforceUnavailableError
from accord.salesforce.model import Subanswer, Subrequest
from accord.workspace.plans.events import PlanEvent, PlanEventKind
from support.builders import NOON
from support.plans import a_plan


def an_event(kind: PlanEventKind, **given: Any) -> PlanEvent:
    facts: dict[str, Any] = {"subject_id": "s1", "subject_text": "Dana", "is_internal": False, "previous": None}
    return PlanEvent(
        EventId("e"),
        kind,
        WorkspaceId("w"),
        ConnectionId("c"),
        PlanId("p"),
        RecordId("006000000000001AAA"),
        MemberId("m"),
        actor_is_customer=False,
        at=NOON,
        sequence=1,
        **{**facts, "new": None, **given},
    )


STATUS, STAGE = PlanEventKind.STATUS_CHANGED, PlanEventKind.STAGE_COMPLETED


@pytest.mark.parametrize(
    ("event", "news", "words"),
    [
        (an_event(STATUS, previous="On Track", new="At Risk"), News.AT_RISK, "at risk"),
        (an_event(STATUS, previous="At Risk", new="Stalled"), News.STALLED, "stalled"),
        (an_event(STATUS, previous="Stalled", new="On Track"), News.ON_TRACK, "on track again"),
        (an_event(STATUS, previous="At Risk", new="On Track"), News.ON_TRACK, "on track again"),
        (an_event(PlanEventKind.CUSTOMER_ACCEPTED), News.CUSTOMER_JOINED, "A customer has joined."),
        (an_event(STAGE, subject_text="Legal"), News.STAGE_COMPLETED, "The stage “Legal” is completed."),
        (an_event(STAGE, subject_text="Margin", is_internal=True), News.STAGE_COMPLETED, "A stage is completed."),
        (an_event(PlanEventKind.ARCHIVED), News.ARCHIVED, "archived"),
    ],
)
def test_each_kind_of_news_has_its_words(event, news, words):
    item = decide_news(event)

    assert item is not None
    assert (item.news, words in item.sentence) == (news, True)
    assert "Dana" not in item.sentence
    assert "Margin" not in item.sentence


NO_NEWS = {PlanEventKind.STATUS_CHANGED, PlanEventKind.CUSTOMER_ACCEPTED, STAGE, PlanEventKind.ARCHIVED}


@pytest.mark.parametrize(
    "event",
    [
        *(an_event(kind) for kind in PlanEventKind if kind not in NO_NEWS),
        an_event(STATUS, previous="Draft", new="Not Started"),
        an_event(STATUS, previous="Not Started", new="On Track"),
        an_event(STATUS, previous="Draft", new="On Track"),
    ],
    ids=lambda event: f"{event.kind} {event.previous}",
)
def test_nothing_else_is_news(event):
    assert decide_news(event) is None


def test_of_what_waits_each_is_told_once_in_its_order_and_what_is_a_day_old_is_not():
    def said(minutes: int, sentence: str) -> list[str]:
        return [(NOON + timedelta(minutes=minutes)).isoformat(), sentence]

    fields = {
        "plan_id": "p",
        "by": None,
        "says|b": said(3, "A customer has joined."),
        "says|a": said(2, "A customer has joined."),
        "says|d": said(1, "It is at risk."),
        "says|c": said(0, "Old."),
    }

    assert text_of(fields, since=NOON) == f"It is at risk. A customer has joined. {CLOSING}"
    assert text_of(fields, since=NOON + timedelta(minutes=3)) == ""


class AnOrg:
    """Ada is active; Bo is not, whatever else is said of him; nobody may read for Cy."""

    def __init__(self, status: int = 200) -> None:
        self.asked: list[str] = []
        self.calls: list[int] = []
        self.status = status

    def query(self, soql: Any) -> Any:
        self.asked.append(str(soql))
        assert "FROM User " in str(soql)
        assert "IsActive = TRUE" in str(soql)
        return [{"Id": one} for one in (ADA, CY, *OTHERS) if one in str(soql)]

    def composite(self, parts: Sequence[Subrequest], *, all_or_none: bool) -> list[Subanswer]:
        self.calls.append(len(parts))
        assert not all_or_none
        return [self._answer(part) for part in parts]

    def _answer(self, part: Subrequest) -> Subanswer:
        row = {"RecordId": "006000000000001", "HasReadAccess": CY not in part.path}
        return Subanswer(part.reference, self.status, {"records": [row]} if self.status == 200 else [])


ADA, BO, CY = (UserId(f"00500000000000{number}AAA") for number in (1, 2, 3))
OTHERS = [UserId(f"005000000000{number:03}AAA") for number in range(10, 14)]


def test_who_sees_a_deal_is_asked_for_each_active_user_once():
    plan = a_plan(opportunity_id=RecordId("006000000000001AAA"))
    org = AnOrg()

    sees = Sights(org, [(plan, dict.fromkeys([MemberId("a")], ADA)), (plan, {MemberId("b"): BO, MemberId("c"): CY})])  # type: ignore[arg-type]

    assert [sees(user, plan) for user in (ADA, BO, CY)] == [True, False, False]
    assert (len(org.asked), org.calls) == (1, [2])


def test_five_users_are_asked_for_in_one_call_and_one_answer_that_is_none_stops_the_bell():
    """Salesforce: of the parts of a composite call at most five may be queries."""
    plan = a_plan(opportunity_id=RecordId("006000000000001AAA"))
    everybody = {MemberId(user): user for user in (ADA, CY, *OTHERS)}
    org = AnOrg()

    sees = Sights(org, [(plan, everybody)])  # type: ignore[arg-type]

    assert org.calls == [5, 1]
    assert [sees(user, plan) for user in everybody.values()] == [True, False, True, True, True, True]
    with pytest.raises(SalesforceUnavailableError):
        Sights(AnOrg(status=500), [(plan, everybody)])  # type: ignore[arg-type]


def test_a_thousand_followers_are_asked_for_in_queries_that_salesforce_takes():
    """Salesforce: an address of a request has at most 16,384 characters."""
    plan = a_plan(opportunity_id=RecordId("006000000000001AAA"))
    everybody = {MemberId(str(number)): UserId(f"0050000000{number:05}AAA") for number in range(1000)}
    org = AnOrg()

    Sights(org, [(plan, everybody)])  # type: ignore[arg-type]

    assert (len(org.asked), org.calls) == (4, [5, 1]), "four for who is active, and two for the six who are"
    assert max(len(quote(one)) for one in org.asked) < 16_000
