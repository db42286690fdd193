"""What writes cost a day, by what came in."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from accord.delivery.budget import Calls
from accord.delivery.foregone.model import Foregone
from accord.delivery.parts import CONTACTS_READ, Part, part_of
from accord.features.cost.model import Feature, Put, Share
from accord.features.cost.rules import (
    FEATURES,
    WOULD_WRITE,
    count_calls,
    count_looks,
    count_rereads,
    estimate_puts,
    in_words,
    is_on,
    make_cost,
    make_room,
    plans_cost,
    plans_unknown,
)
from accord.features.notifications.model import NOTIFICATION
from accord.features.notifications.news.model import PLAN_NEWS
from accord.salesforce.model import Allowance
from support.builders import NOON

LOOKS = dict.fromkeys(Part, 0) | {Part.ACTIVITY: 2, Part.TWO_WAY: 3, Part.EVENTS: 1}


def a_put(seconds: float, *, batch: str = "b", sobject: str = "Task", creates: bool = True) -> Put:
    return Put(sobject, "comment", batch, creates, NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("sobject", "kind", "feature"),
    [
        ("Task", "comment", Feature.ACTIVITY),
        ("Accord_Plan_Event__e", "step_completed", Feature.EVENTS),
        ("Opportunity", "fields_after_step_completed", Feature.FIELDS),
        ("Opportunity", "two_way_amount", Feature.TWO_WAY),
        ("Contact", "contact_wanted", Feature.CONTACTS),
        ("OpportunityContactRole", "contact_linked", Feature.CONTACTS),
        (NOTIFICATION, "notification", Feature.MESSAGES),
        (PLAN_NEWS, "plan_news", Feature.MESSAGES),
    ],
)
def test_each_write_is_one_features(sobject, kind, feature):
    assert part_of(sobject, kind).value == feature.value
    put = Put(sobject, kind, "b", False, NOON)
    costing = [each for each in FEATURES if make_cost(each, [put], None, NOON, LOOKS).records_a_day]
    assert costing == [feature]


def test_what_is_on_is_told_by_the_settings_and_events_have_no_switch():
    links = {"close_date": {"enabled": False}, "amount": {"enabled": True}, "org_currency": None}
    activity = {"enabled": False, "kinds": [{"enabled": True}]}
    standing = {
        "settings.activity": activity,
        "settings.field_sync": {"enabled": True},
        "settings.two_way": links,
        "settings.contacts": {"enabled": False},
        "settings.auto_create": {"rules": [{"enabled": False}, {"enabled": True}]},
        "settings.messages": {"by_bell": True},
    }

    assert {each.value: is_on(each, standing) for each in FEATURES} == {
        "activity": False, "fields": True, "two_way": True, "contacts": False, "auto_create": True, "events": None,
        "messages": True,
    }  # fmt: skip
    assert is_on(Feature.AUTO_CREATE, {"settings.auto_create": {"rules": []}}) is False
    neither = {**links, "amount": {"enabled": False}}
    assert is_on(Feature.TWO_WAY, {"settings.two_way": neither}) is False


def test_what_is_left_is_what_the_org_says_and_calls_are_known_without_it():
    told = make_room({"DataStorageMB": Allowance(5, 3), "DailyApiRequests": Allowance(100, 60)}, Calls(50, 100, NOON))
    alone = make_room({}, Calls(120, 100, NOON))

    assert (told.calls_a_day, told.storage_mb, told.events_an_hour) == (Share(100, 60), Share(5, 3), None)
    assert (alone.calls_a_day, alone.storage_mb) == (Share(100, 0), None)
    assert make_room({}, None).calls_a_day is None


def test_what_comes_in_together_is_one_call_for_two_hundred():
    together = [a_put(0) for _ in range(201)]

    assert count_calls(together) == 2
    assert count_calls([*together, a_put(0, batch="other"), a_put(5)]) == 4


@pytest.mark.parametrize("sobject", [NOTIFICATION, PLAN_NEWS])
def test_each_message_by_bell_is_a_call_of_its_own_however_many_come_together(sobject):
    assert count_calls([a_put(0, sobject=sobject) for _ in range(40)]) == 40


def test_events_go_by_twenty_five_and_their_deals_are_looked_at_once():
    events = [a_put(0, sobject="Accord_Plan_Event__e") for _ in range(60)]

    assert (count_calls(events), count_looks(events, LOOKS)) == (3, 1)


def test_a_day_is_measured_from_its_first_write_on():
    now = NOON + timedelta(days=2)
    cost = make_cost(Feature.ACTIVITY, [a_put(60 * n) for n in range(1000)], Calls(2000, 10_000, now), now, LOOKS)

    assert (cost.records_a_day, cost.calls_a_day, cost.left) == (500, 500, 8000)
    assert cost.reads_a_day == 1000, "two looks for each call"
    assert cost.share == 0.15
    assert round(cost.storage_mb_a_day, 2) == 0.98
    assert "1,000 writes" in cost.because


@pytest.mark.parametrize(
    ("hours", "words"),
    [(1, "hour"), (1.4, "hour"), (5, "5 hours"), (47.4, "47 hours"), (48, "2 days"), (168, "7 days")],
)
def test_the_span_that_was_measured_is_told_in_whole_hours_or_days(hours, words):
    assert in_words(timedelta(hours=hours)) == words


def test_what_only_reads_is_no_write_and_costs_its_looks():
    reading = Put("OpportunityContactRole", CONTACTS_READ, "r", False, NOON)
    cost = make_cost(Feature.CONTACTS, [reading], None, NOON, {**LOOKS, Part.CONTACTS: 3})

    assert (cost.records_a_day, cost.calls_a_day, cost.reads_a_day) == (0, 0, 3 * 24)


def test_deals_that_were_written_to_are_read_once_more_each_minute():
    deals = [Put("Opportunity", kind, "b", False, NOON + timedelta(seconds=at)) for kind, at in
             (("two_way_amount", 0), ("fields", 59), ("fields", 60))]  # fmt: skip

    assert count_rereads([*deals, a_put(300)]) == 2
    assert count_rereads([replace(deals[0], at=NOON + timedelta(minutes=one)) for one in range(61)]) == 61


def test_each_part_has_its_own_looks():
    two_way = Put("Opportunity", "two_way_amount", "b", False, NOON)

    assert count_looks([a_put(0), a_put(5), two_way], LOOKS) == 2 * 2 + 3


def test_an_org_that_has_used_up_its_calls_has_none_left_and_one_without_any_has_a_share():
    used_up, without = (
        make_cost(Feature.ACTIVITY, [a_put(0)], Calls(*of, NOON), NOON, LOOKS) for of in ((9, 7), (0, 0))
    )

    assert (used_up.left, without.left) == (0, 0)
    assert without.share == without.calls_a_day + without.reads_a_day


def test_only_new_records_take_storage():
    assert make_cost(Feature.ACTIVITY, [a_put(0, creates=False)], None, NOON, LOOKS).storage_mb_a_day == 0


def test_one_write_is_one_write():
    cost = make_cost(Feature.ACTIVITY, [a_put(0)], None, NOON, LOOKS)

    assert cost.because == "Measured by 1 write that came in during the last hour, waiting ones included."


def test_nothing_that_came_in_costs_nothing_and_says_so():
    cost = make_cost(Feature.FIELDS, [a_put(0)], None, NOON, LOOKS)

    assert (cost.calls_a_day, cost.share, cost.left) == (0, None, None)
    assert "nothing to measure" in cost.because


def foregone(part: Part, lane: str, seconds: float, **more: Any) -> Foregone:
    return Foregone(part, lane, NOON + timedelta(seconds=seconds), **more)


def test_what_is_gathered_would_have_been_one_write_and_the_first_of_a_task_makes_it():
    gathers = timedelta(seconds=6)
    puts = estimate_puts(
        [
            foregone(Part.FIELDS, "plan", 0, gathers=gathers),
            foregone(Part.ACTIVITY, "task", 1, creates=True),
            foregone(Part.FIELDS, "plan", 6, gathers=gathers),
            foregone(Part.FIELDS, "other", 6, gathers=gathers),
            foregone(Part.FIELDS, "plan", 6.5, gathers=gathers),
            foregone(Part.ACTIVITY, "task", 60, creates=True),
        ]
    )

    assert [(part_of(one.sobject, one.kind), one.creates, (one.at - NOON).total_seconds()) for one in puts] == [
        (Part.ACTIVITY, True, 1), (Part.FIELDS, False, 6), (Part.FIELDS, False, 12),
        (Part.FIELDS, False, 12.5), (Part.ACTIVITY, False, 60),
    ]  # fmt: skip


def test_every_part_that_can_be_off_is_a_feature():
    for part in WOULD_WRITE:
        (put,) = estimate_puts([foregone(part, "lane", 0)])
        assert part_of(put.sobject, put.kind) is part


def test_a_contact_and_his_role_are_two_calls():
    puts = estimate_puts([foregone(Part.CONTACTS, lane, 0, creates=True) for lane in ("contact", "role")])

    assert count_calls(puts) == 2


def test_a_new_record_and_a_known_one_are_two_calls():
    puts = estimate_puts([foregone(Part.ACTIVITY, "task", at, creates=True) for at in (0, 0.5)])

    assert ([put.creates for put in puts], count_calls(puts)) == ([True, False], 2)


def test_an_estimate_says_so_and_whether_it_was_off_all_the_time():
    off = estimate_puts([foregone(Part.ACTIVITY, "one", 0), foregone(Part.ACTIVITY, "two", 9)])
    now = NOON + timedelta(hours=5)
    all_off = make_cost(Feature.ACTIVITY, off, None, now, LOOKS)
    partly = make_cost(Feature.ACTIVITY, [a_put(0), *off], None, now, LOOKS)

    assert (all_off.is_estimated, partly.is_estimated) == (True, True)
    assert all_off.because == "Estimated by 2 changes that came in during the last 5 hours while it was off."
    assert "1 write and 2 changes" in partly.because
    assert make_cost(Feature.ACTIVITY, [a_put(0)], None, now, LOOKS).is_estimated is False


@pytest.mark.parametrize(
    ("deals", "told", "is_at_most"),
    [
        (1, "by 1 deal ", True),
        (70, "by 70 deals ", True),
        (2000, "by 2,000 deals ", True),
        (2001, "more than 2,000 ", False),
    ],
)
def test_plans_by_rules_are_told_by_the_deals_that_are_created(deals, told, is_at_most):
    cost = plans_cost(deals, Calls(2000, 10_000, NOON), is_on=False, syncs_fields=True)

    assert told in cost.because
    assert (round(cost.records_a_day, 3), cost.left) == (round(deals * 2 / 7, 3), 8000)
    assert (cost.is_at_most, "each would get one" in cost.because) == (is_at_most, True)


def test_plans_by_rules_read_what_they_write_to():
    cost = plans_cost(70, Calls(0, 100, NOON), is_on=True, syncs_fields=False)

    assert (cost.calls_a_day, cost.reads_a_day, cost.share) == (10, 10, 0.2)
    assert "each gets one" in cost.because
    assert plans_cost(70, None, is_on=True, syncs_fields=False).share is None


def test_a_deal_that_cannot_be_counted_is_no_cost_of_nothing():
    cost = plans_unknown("The login is over.", None)

    assert (cost.days, cost.because) == (0, "How many deals are created a day is not known: The login is over.")
    assert (cost.share, cost.left) == (None, None)
    assert plans_unknown("It is away.", Calls(120, 100, NOON)).left == 0


def test_the_first_minute_is_no_storm():
    assert make_cost(Feature.ALL, [a_put(0)], None, NOON + timedelta(minutes=1), LOOKS).records_a_day == 24


def test_the_figure_is_within_a_tenth_of_a_simulated_day():
    """Writes of a working day come in at random; a worker that looks twice a second sends what is there."""
    dice = random.Random(7)
    puts = sorted((a_put(dice.triangular(0, 86_400)) for _ in range(3000)), key=lambda put: put.at)
    puts += [a_put(86_399) for _ in range(900)]
    calls, waiting, edge = 0, 0, puts[0].at
    for put in puts:
        if (put.at - edge).total_seconds() >= 0.5:
            calls, waiting, edge = calls + -(-waiting // 200), 0, put.at
        waiting += 1
    calls += -(-waiting // 200)
    cost = make_cost(Feature.ALL, puts, None, NOON + timedelta(days=1), LOOKS)

    assert abs(cost.calls_a_day - calls) <= calls / 10
