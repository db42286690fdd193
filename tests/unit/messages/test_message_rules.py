"""One message for each cause and day, and one when it is well again."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.core.errors import RejectedError
from accord.core.ids import MemberId
from accord.core.troubles import Cause, Trouble, rows_trouble
from accord.delivery.gates import Behind, Gate
from accord.features.connections.notices.model import End, Ending, Notice
from accord.features.connections.notices.rules import personal_notices
from accord.features.connections.notices.rules import troubles_of as ends_told
from accord.features.messages.model import MessageSettings, State
from accord.features.messages.rules import decide_tellings, decisive, troubles_of
from accord.features.messages.wishes import read_settings, values_of
from accord.features.two_way.reading.rules import silent_trouble
from support.builders import NOON

RILEY = "005000000000001AAA"
DEAD = Trouble(Cause.LOGIN_DEAD, "", "Dead", "It is dead.")
PAUSED = Trouble(Cause.ORG_PAUSED, "", "Paused", "It is paused.")


def told(looks: list[tuple[timedelta, list[Trouble]]]) -> list[tuple[timedelta, str, State]]:
    """What a row of looks tells, each so long after noon."""
    known, found = {}, []
    for after, troubles in looks:
        for watched, telling in decide_tellings(troubles, known, NOON + after):
            known[watched.key] = watched
            if telling is not None:
                found.append((after, watched.cause, telling.state))
    return found


def test_two_hundred_looks_at_one_cause_tell_it_once_and_once_that_it_is_well():
    looks = [(timedelta(minutes=n), [DEAD]) for n in range(200)] + [(timedelta(hours=5), []), (timedelta(hours=6), [])]

    assert told(looks) == [
        (timedelta(), "login_dead", State.TROUBLE),
        (timedelta(hours=5), "login_dead", State.WELL),
    ]


def test_a_cause_that_lasts_is_told_again_the_next_day():
    looks = [(timedelta(hours=n), [DEAD]) for n in range(49)]

    assert [after for after, _, _ in told(looks)] == [timedelta(), timedelta(days=1), timedelta(days=2)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=60))
def test_whatever_flaps_is_told_once_a_day_and_well_only_after_it_was_told(steps):
    now, looks = 0, []
    for minutes, is_broken in steps:
        now += minutes
        looks.append((timedelta(minutes=now), [DEAD] if is_broken else []))
    found = told(looks)
    troubles = [after for after, _, state in found if state is State.TROUBLE]

    assert all(later - earlier >= timedelta(days=1) for earlier, later in itertools.pairwise(troubles))
    for (_, _, before), (_, _, state) in itertools.pairwise(found):
        assert not (before is State.WELL and state is State.WELL)
    assert not found or found[0][2] is State.TROUBLE


def test_a_pause_is_told_when_it_has_lasted_for_a_quarter_of_an_hour():
    looks = [(timedelta(minutes=5 * n), [PAUSED]) for n in range(5)]

    assert told(looks) == [(timedelta(minutes=15), "org_paused", State.TROUBLE)]
    assert told([*looks[:3], (timedelta(minutes=14), [])]) == [], "what nobody was told of is not told to be well"


def test_what_ends_is_told_at_each_step_and_daily_when_it_is_over():
    def left(days: int) -> list[Trouble]:
        return [Trouble(Cause.CERTIFICATE_ENDING, "f", "Ends", "Soon.", step=days)]

    steps = [30] * 23 + [7] * 6 + [1] + [0] * 3
    found = told([(timedelta(days=day), left(step)) for day, step in enumerate(steps)])

    assert [after.days for after, _, _ in found] == [0, 23, 29, 30, 31, 32]


def a_gate(behind: Behind, *, member: str | None = None, lasts: timedelta | None = None) -> Gate:
    until = None if lasts is None else NOON + lasts
    return Gate(behind, MemberId(member) if member else None, "CODE", "Words.", NOON, until)


def test_each_gate_is_a_cause_and_lost_logins_of_members_are_one():
    gates = [
        a_gate(Behind.LOGIN, lasts=timedelta(minutes=1)),
        *(a_gate(Behind.LOGIN, member=f"m{n}") for n in range(3)),
        a_gate(Behind.CONNECTION, lasts=timedelta(minutes=1)),
        a_gate(Behind.CONNECTION),
        a_gate(Behind.STOPPED),
        a_gate(Behind.QUIET, lasts=timedelta(hours=1)),
    ]
    found = troubles_of(gates, parked=21, settings=MessageSettings())

    assert [(each.cause, each.count) for each in found] == [
        ("login_dead", 1), ("org_paused", 1), ("org_on_hold", 1), ("member_logins_dead", 3), ("many_parked", 21)
    ]  # fmt: skip
    assert troubles_of([], parked=20, settings=MessageSettings()) == []


def test_every_cause_is_watched():
    """The closed list: gates, what is parked, what ends, the reading of the org, and rows that went bad."""
    gates = [
        a_gate(Behind.LOGIN), a_gate(Behind.LOGIN, member="m"), a_gate(Behind.CONNECTION),
        a_gate(Behind.CONNECTION, lasts=timedelta(hours=1)),
    ]  # fmt: skip
    ends = [Notice(End(kind, "s", NOON), 7, NOON) for kind in Ending]
    found = {each.cause for each in (*troubles_of(gates, 21, MessageSettings()), *ends_told(ends), silent_trouble())}

    assert found | {Cause.PANEL_ROWS_BAD, Cause.SYNCED_ROWS_BAD} == set(Cause)
    for days in (30, 7, 1, 0):
        told = ends_told([Notice(End(kind, "s", NOON), days, NOON) for kind in Ending])
        assert [(each.cause, each.step) for each in told] == [(f"{kind}_ending", days) for kind in Ending]


def test_a_member_is_told_himself_at_each_step_of_his_logins_end():
    end = End(Ending.PERSONAL_LOGIN, "m", NOON)
    told = [notice for days in (7, 1, 0, 0) for notice in personal_notices([Notice(end, days, NOON)])]

    assert [one.member_id for one in told] == ["m"] * 4
    assert len({one.key for one in told}) == 3
    assert personal_notices([Notice(End(Ending.CERTIFICATE, "f", NOON), 7, NOON)]) == []


def test_an_org_that_cannot_be_reached_is_not_also_silent():
    silent = Trouble(Cause.EVENTS_SILENT, "", "Silent", "Nothing is heard.")

    assert decisive([silent]) == [silent]
    for cause in (Cause.LOGIN_DEAD, Cause.ORG_PAUSED, Cause.ORG_ON_HOLD):
        deaf, parked = Trouble(cause, "", "T", "t"), Trouble(Cause.MANY_PARKED, "", "P", "p")
        assert decisive([deaf, silent, parked]) == [deaf, parked]


USUAL = {"parked_more_than": 5, "by_email": False, "by_bell": True, "tell_concerned": False, "people": [RILEY]}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"parked_more_than": None}, ["parked_more_than"]),
        ({"group_id": "00G000000000001EAA"}, ["group_id"]),
        ({"people": None, "group_id": "005000000000001AAA"}, ["group_id"]),
        ({"people": None, "group_id": "00G"}, ["group_id"]),
        ({"people": None, "group_id": 7}, ["group_id"]),
        ({"parked_more_than": "20"}, ["parked_more_than"]),
        ({"parked_more_than": True}, ["parked_more_than"]),
        ({"parked_more_than": -1, "by_bell": 1}, ["parked_more_than", "by_bell"]),
        ({"parked_more_than": 1_000_001}, ["parked_more_than"]),
        ({"people": []}, ["people"]),
        ({"people": [RILEY] * 101}, ["people"]),
        ({"people": ["00D000000000001EAA"]}, ["people"]),
        ({"people": ["riley"]}, ["people"]),
        ({"people": [5]}, ["people"]),
        ({"people": RILEY}, ["people"]),
    ],
)
def test_settings_that_make_no_sense_are_refused_at_their_fields(changes, fields):
    with pytest.raises(RejectedError) as refused:
        read_settings({**USUAL, **changes}, version=0)

    assert [problem.field for problem in refused.value.problems] == fields


def test_settings_are_what_they_were_written_as_and_older_ones_know_fewer():
    assert values_of(read_settings(USUAL, version=2)) == {**USUAL, "group_id": None}
    of_group = {**USUAL, "people": None, "group_id": "00G000000000001"}
    assert read_settings(of_group, version=2).group_id == "00G000000000001EAA"
    assert read_settings({**USUAL, "people": [RILEY[:15], RILEY]}, version=2).people == (RILEY,)
    assert read_settings({"parked_more_than": 5}, version=2) == MessageSettings(5, version=2)


def test_bad_rows_are_one_trouble_that_names_the_first_of_them_d8():
    bad = [(f"Row {number}", "Remove it.") for number in range(5)]

    assert rows_trouble(Cause.PANEL_ROWS_BAD, [], where="the panel") == []
    (few,) = rows_trouble(Cause.PANEL_ROWS_BAD, bad[:3], where="the panel")
    (many,) = rows_trouble(Cause.PANEL_ROWS_BAD, bad, where="the panel")
    assert few.text == "Row 0: Remove it. Row 1: Remove it. Row 2: Remove it."
    assert many.text == f"{few.text} And 2 more."
    assert (many.title, many.count) == ("Rows of the panel need an admin", 5)
