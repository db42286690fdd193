"""What is followed of a deal in Salesforce, one by one (S6, D31)."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar

import pytest

from accord.core.errors import RejectedError
from accord.core.ids import PlanId, RecordId
from accord.features.deal_lock.model import Followed, Happening, Watched
from accord.features.deal_lock.rules import MOST_MERGES, decide_back, decide_gone, decide_moved, decide_present
from accord.features.deal_lock.service import DealLock, masters_of
from support.builders import NOON
from support.plans import a_plan

A, B, C = (RecordId(f"00100000000000{number}AAA") for number in range(3))
KNOWN = Watched(PlanId("p"), RecordId("006000000000001AAA"), A)


def test_an_account_that_is_as_it_was_is_nothing() -> None:
    assert decide_moved(KNOWN, A, {}) is None
    assert decide_moved(replace(KNOWN, account_id=None), None, {}) is None


@pytest.mark.parametrize(
    ("account_id", "masters", "what"),
    [
        (B, {A: B}, Followed.ACCOUNT_MERGED),
        (C, {A: B, B: C}, Followed.ACCOUNT_MERGED),  # the master was merged again
        (C, {A: B, B: None}, Followed.ACCOUNT_CHANGED),
        (B, {}, Followed.ACCOUNT_CHANGED),
        (None, {A: B}, Followed.ACCOUNT_CHANGED),  # a person took the account away
    ],
)
def test_a_merge_is_told_from_a_person(account_id: RecordId | None, masters: dict, what: Followed) -> None:
    happened = decide_moved(KNOWN, account_id, masters)

    assert happened == Happening(what, replace(KNOWN, account_id=account_id), old=A, new=account_id)


def test_a_deal_without_an_account_gets_one_by_a_person() -> None:
    happened = decide_moved(replace(KNOWN, account_id=None), B, {A: B})

    assert happened is not None
    assert (happened.what, happened.old, happened.new) == (Followed.ACCOUNT_CHANGED, None, B)


def test_a_chain_of_merges_ends_somewhere() -> None:
    """Also where the org should tell of masters in a circle."""
    chain = [RecordId(f"0010000000001{number:02}AAA") for number in range(MOST_MERGES + 2)]
    masters = dict(pairwise(chain))
    from_the_first = replace(KNOWN, account_id=chain[0])

    last, next_one = decide_moved(from_the_first, chain[-2], masters), decide_moved(from_the_first, chain[-1], masters)
    circle = decide_moved(KNOWN, C, {A: B, B: A})

    assert [one.what for one in (last, next_one, circle) if one] == [
        Followed.ACCOUNT_MERGED,
        Followed.ACCOUNT_CHANGED,
        Followed.ACCOUNT_CHANGED,
    ]


@pytest.mark.parametrize(
    ("is_in_bin", "gone", "back"),
    [
        (True, Followed.DEAL_DELETED, Followed.DEAL_UNDELETED),
        (False, Followed.DEAL_GONE, Followed.DEAL_FOUND),
    ],
)
def test_a_deal_that_is_missed_is_told_once_and_once_when_it_is_back(
    is_in_bin: bool,  # noqa: FBT001 - one of two cases
    gone: Followed,
    back: Followed,
) -> None:
    happened = decide_gone(KNOWN, NOON, is_in_bin=is_in_bin)

    assert happened == Happening(gone, replace(KNOWN, deleted_at=NOON, absence=gone))
    for later in (True, False):  # who was told of a deletion is not told again when the bin is emptied
        assert decide_gone(happened.deal, NOON + timedelta(days=16), is_in_bin=later) is None
    assert decide_back(happened.deal) == Happening(back, KNOWN)
    assert decide_back(KNOWN) is None


def test_a_deal_that_comes_back_with_another_account_is_told_of_both() -> None:
    deleted = replace(KNOWN, deleted_at=NOON, absence=Followed.DEAL_DELETED)

    back, moved = decide_present(deleted, B, {A: B})

    assert (back.what, moved.what) == (Followed.DEAL_UNDELETED, Followed.ACCOUNT_MERGED)
    assert moved.deal == replace(KNOWN, account_id=B)  # it is there from now on
    assert decide_present(KNOWN, A, {}) == []


def test_a_plan_without_a_deal_is_locked_by_nothing() -> None:
    """A114: nobody is asked whether the lock is on."""
    no_session: Any = None

    DealLock()(no_session, no_session, a_plan(opportunity_id=None))


def test_where_accounts_may_not_be_seen_no_merge_is_told_from_people() -> None:
    """D31: what is known of a chain so far stays."""

    class Closed:
        answers: ClassVar = [[{"Id": A, "MasterRecordId": B}]]

        def query_all(self, _query: object) -> Any:
            if not self.answers:
                raise RejectedError("closed")
            return self.answers.pop()

    assert masters_of(Closed(), [A]) == {A: B}  # type: ignore[arg-type]
    assert masters_of(Closed(), [C]) == {}  # type: ignore[arg-type]


def test_each_account_is_asked_for_its_merge_once() -> None:
    """Also where the org should tell of masters in a circle."""

    class Circle:
        asked: ClassVar[list[str]] = []

        def query_all(self, query: Any) -> Any:
            if query.never:
                return []
            self.asked.append(str(query))
            return [{"Id": one, "MasterRecordId": master} for one, master in ((A, B), (B, A)) if one in str(query)]

    assert masters_of(Circle(), [A]) == {A: B, B: A}  # type: ignore[arg-type]
    assert [(A in one, B in one) for one in Circle.asked] == [(True, False), (False, True)]
