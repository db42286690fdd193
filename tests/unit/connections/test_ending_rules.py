"""D5: an admin is warned 30, 7 and 1 days before something ends, once for each, and not about what was mended."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import IntegrationFlow
from accord.features.connections.notices.model import End, Ending
from accord.features.connections.notices.rules import declared_ends, idle_end, is_idle, message, notices, warning
from support.builders import NOON

DAY = timedelta(days=1)


def a_certificate(left: timedelta) -> End:
    return End(Ending.CERTIFICATE, "f" * 64, NOON + left)


@pytest.mark.parametrize(
    ("left", "days"),
    [
        (31 * DAY, None),
        (30 * DAY + timedelta(seconds=1), None),
        (30 * DAY, 30),
        (8 * DAY, 30),
        (7 * DAY, 7),
        (2 * DAY, 7),
        (DAY, 1),
        (timedelta(seconds=1), 1),
        (timedelta(), 0),
        (-DAY, 0),
    ],
)
def test_the_warning_is_the_nearest_that_was_reached(left, days):
    assert warning(a_certificate(left), now=NOON) == days


def test_an_idle_login_is_warned_of_a_week_before_its_month_is_over():
    end = idle_end("m", NOON)

    assert [warning(end, now=NOON + days * DAY) for days in (0, 22, 23, 29, 30)] == [None, None, 7, 1, 0]
    assert [is_idle(NOON, now=NOON + days * DAY) for days in (6, 7)] == [False, True]


def test_a_notice_stays_as_it_is_until_the_next_warning():
    end = a_certificate(30 * DAY)
    found = {}
    seen = []
    for hours in range(0, 31 * 24, 6):
        now = NOON + timedelta(hours=hours)
        found = {(one.end.kind, one.end.subject): one for one in notices([end], found, now=now)}
        seen += [(one.days, one.since) for one in found.values()]

    assert list(dict.fromkeys(seen)) == [
        (30, NOON),
        (7, NOON + 23 * DAY),
        (1, NOON + 29 * DAY),
        (0, NOON + 30 * DAY),
    ]


def test_what_was_put_off_is_no_notice_any_more():
    before = notices([a_certificate(DAY)], {}, now=NOON)
    known = {(one.end.kind, one.end.subject): one for one in before}

    assert notices([a_certificate(300 * DAY)], known, now=NOON) == []
    assert notices([a_certificate(6 * DAY)], known, now=NOON)[0].days == 7


def test_a_declared_day_ends_with_it_and_a_key_that_nobody_uses_has_no_end():
    settings = ConnectionSettings(secret_ends_on=date(2026, 12, 1), key_ends_on=date(2026, 12, 2))
    unused = ConnectionSettings(flow=IntegrationFlow.CLIENT_CREDENTIALS, key_ends_on=date(2026, 12, 2))

    assert [(end.kind, end.ends_at) for end in declared_ends(settings)] == [
        (Ending.SECRET, datetime(2026, 12, 2, tzinfo=UTC)),
        (Ending.KEY, datetime(2026, 12, 3, tzinfo=UTC)),
    ]
    assert declared_ends(unused) == []


@pytest.mark.parametrize("kind", list(Ending))
def test_every_end_is_told_with_its_day_and_its_remedy(kind):
    (soon,) = notices([End(kind, "", NOON + DAY)], {}, now=NOON)
    (over,) = notices([End(kind, "", NOON - DAY)], {}, now=NOON)

    assert "ends on 2026-11-23. " in message(soon)
    assert "ended on 2026-11-21. " in message(over)
    assert message(soon).count(".") >= 2
