"""When a refused write is tried again, and when a person has to look. Values in, values out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from accord.core.outcomes import Recovery, Refused
from accord.salesforce.error_table import Retry
from accord.salesforce.errors import retry_for

SHORTEST = timedelta(seconds=5)
LONGEST = timedelta(hours=6)
LASTS = timedelta(days=14)  # a refusal that may pass is tried for at least this long
BY_PEOPLE = timedelta(hours=1)
UNKNOWN_TRIES = 2
# Salesforce: a REST call ends after 10 minutes, so what was not answered is committed by then or never
LATEST_COMMIT = timedelta(minutes=10)

PAUSE_SHORTEST = timedelta(seconds=1)
PAUSE_LONGEST = timedelta(seconds=30)  # an outage that ends is noticed within this time
QUOTA_SHORTEST = timedelta(minutes=1)
QUOTA_LONGEST = timedelta(hours=1)
MAINTENANCE_LONGEST = timedelta(minutes=5)  # a read-only org is looked at this often at least
OWNER_PROBE = timedelta(minutes=15)  # a login that an admin mends in the org is tried again after this
SHRINK_AFTER = 2  # calls of a connection that fail in a row before its batches become smaller
BLAME_UNTIL = 12  # in a longer row of failures it is the connection, not the record


_HOURLY = {Retry.LATER, Retry.SPACE}
_LONGEST_PAUSE = {Retry.NEXT_DAY: QUOTA_LONGEST, Retry.MAINTENANCE: MAINTENANCE_LONGEST}


@dataclass(frozen=True, slots=True)
class TryAgain:
    after: timedelta


@dataclass(frozen=True, slots=True)
class GiveToPerson:
    """No further try without a person (parked)."""


@dataclass(frozen=True, slots=True)
class PauseConnection:
    """It is not the record's fault: the whole connection waits, and the try does not count."""


@dataclass(frozen=True, slots=True)
class PauseLogin:
    """The login has to be renewed by a person; other logins go on, and the try does not count."""


@dataclass(frozen=True, slots=True)
class PauseCreates:
    """No record is made for a while; changes of existing ones go on, and the try does not count."""


Decision = TryAgain | GiveToPerson | PauseConnection | PauseCreates | PauseLogin


def decide_retry(refusal: Refused, *, creates: bool, attempts: int, age: timedelta, dice: float) -> Decision:
    """What comes after a refusal.

    `creates`: the record is to be made. `attempts` counts its refused tries, this one included (from 1); `age` is the
    time since the first; `dice` is random, from 0 to below 1.
    """
    recovery, when = refusal.recovery, retry_for(refusal)
    if when is Retry.SPACE and not creates:
        # something that the change sets off makes a record; other changes are not held up by that
        recovery = Recovery.TRANSIENT
    match recovery:
        case Recovery.TRANSIENT:
            if age >= LASTS:
                return GiveToPerson()
            return TryAgain(hourly(dice=dice) if when in _HOURLY else backoff(attempts, dice=dice))
        case Recovery.UNKNOWN:
            return GiveToPerson() if attempts >= UNKNOWN_TRIES else TryAgain(backoff(attempts, dice=dice))
        case Recovery.DATA | Recovery.SCHEMA:
            return GiveToPerson()
        case Recovery.QUOTA:
            return PauseCreates() if when is Retry.SPACE else PauseConnection()
        case Recovery.AUTH:
            return PauseLogin()
    assert_never(recovery)


def backoff(attempts: int, *, dice: float) -> timedelta:
    """From 5 seconds to a ceiling that doubles with each try up to 6 hours, with full jitter between the two."""
    return SHORTEST + (ceiling(attempts) - SHORTEST) * dice


def hourly(*, dice: float) -> timedelta:
    """Once an hour, within ten minutes more or less (W13: approvals end, storage is freed)."""
    return BY_PEOPLE + timedelta(minutes=20) * (dice - 0.5)


def ceiling(attempts: int) -> timedelta:
    """The longest wait after the given number of tries (from 1)."""
    return _doubled(SHORTEST * 2, attempts - 1, longest=LONGEST)


def pause(failures: int, when: Retry, *, dice: float) -> timedelta:
    """How long a connection rests after its `failures`-th failed call in a row (from 1): half fixed, half jitter."""
    shortest = QUOTA_SHORTEST if when in _LONGEST_PAUSE else PAUSE_SHORTEST
    full = _doubled(shortest, failures - 1, longest=_LONGEST_PAUSE.get(when, PAUSE_LONGEST))
    return full / 2 + full / 2 * dice


def batch_limit(largest: int, *, failures: int) -> int:
    """How many records one call carries. It halves while calls keep failing, so that a record that fails its whole call
    is found, and so that an outage is probed with little.
    """
    return max(1, largest >> max(0, failures - SHRINK_AFTER))


def _doubled(shortest: timedelta, times: int, *, longest: timedelta) -> timedelta:
    # 2 to the 20 times a second is already days; more would overflow a timedelta
    return min(longest, shortest * (1 << min(times, 20)))
