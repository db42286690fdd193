"""Describes are kept by org and user, for a quarter of an hour, and fetched once for all who wait."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from accord.core.ids import OrgId, UserId
from accord.salesforce.describe import DescribeCache, Owner, record_type
from support.builders import AClock

RILEY = Owner(OrgId("00D000000000001EAA"), UserId("005000000000001AAA"))
NOOR = Owner(OrgId("00D000000000001EAA"), UserId("005000000000002AAA"))


class ACounter:
    """Gives 1, 2, 3 …"""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        return self.calls


def test_an_entry_is_kept_for_fifteen_minutes():
    cache, clock, fetch = DescribeCache(), AClock(), ACounter()
    found = []
    for minutes in (0, 14, 2):
        clock.advance(minutes=minutes)
        found.append(cache.get(RILEY, "Account", now=clock(), fetch=fetch))

    assert found == [1, 1, 2]


def test_two_users_of_one_org_have_their_own_describes():
    cache, now, fetch = DescribeCache(), AClock()(), ACounter()

    assert cache.get(RILEY, "Account", now=now, fetch=fetch) == 1
    assert cache.get(NOOR, "Account", now=now, fetch=fetch) == 2


def test_forgetting_drops_one_user_alone():
    cache, now, fetch = DescribeCache(), AClock()(), ACounter()
    for owner in (RILEY, NOOR):
        cache.get(owner, "Account", now=now, fetch=fetch)
    cache.forget(RILEY)

    assert cache.get(NOOR, "Account", now=now, fetch=fetch) == 2
    assert cache.get(RILEY, "Account", now=now, fetch=fetch) == 3


def test_the_cache_keeps_what_was_used_last():
    cache, now, fetch = DescribeCache(most_entries=2), AClock()(), ACounter()
    for what in ("Account", "Contact", "Account", "Task"):
        cache.get(RILEY, what, now=now, fetch=fetch)

    assert cache.get(RILEY, "Account", now=now, fetch=fetch) == 1
    assert cache.get(RILEY, "Contact", now=now, fetch=fetch) == 4


def test_many_waiting_threads_cost_one_fetch():
    cache, now, gate, counter = DescribeCache(), AClock()(), threading.Event(), ACounter()

    def fetch() -> int:
        gate.wait(10)
        return counter()

    with ThreadPoolExecutor(16) as pool:
        waiting = [pool.submit(cache.get, RILEY, "Account", now=now, fetch=fetch) for _ in range(16)]
        gate.set()

        assert {one.result(10) for one in waiting} == {1}
    assert counter.calls == 1


def test_a_failed_fetch_reaches_all_who_wait_and_is_not_kept():
    cache, now, gate, counter = DescribeCache(), AClock()(), threading.Event(), ACounter()

    def fail() -> int:
        gate.wait(10)
        counter()
        raise LookupError("no")

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(cache.get, RILEY, "Account", now=now, fetch=fail) for _ in range(4)]
        gate.set()
        for one in waiting:
            with pytest.raises(LookupError):
                one.result(10)

    assert cache.get(RILEY, "Account", now=now, fetch=ACounter()) == 1


def test_what_is_fetched_while_it_is_forgotten_is_not_kept():
    cache, now, counter = DescribeCache(), AClock()(), ACounter()

    def fetch() -> int:
        cache.forget(RILEY)
        return counter()

    assert cache.get(RILEY, "Account", now=now, fetch=fetch) == 1
    assert cache.get(RILEY, "Account", now=now, fetch=counter) == 2


def test_an_object_without_record_types_has_the_master_one():
    assert record_type(None) == "012000000000000AAA"
    assert record_type("012000000000001") == "012000000000001AAA"
