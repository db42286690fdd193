"""Which rule meets which deal, who is the point person, and what is wrong with a rule (B1)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.core.ids import UserId
from accord.features.auto_create import rules
from accord.features.auto_create.model import Choices, Fit, Person, Reason, Settings, Waits
from accord.features.auto_create.needs import needs
from support.auto_create import CHOICES, MEMBER, OWNER, PEOPLE, a_deal, a_rule
from support.builders import NOON

AMOUNTS = st.one_of(st.none(), st.decimals(min_value=-1000, max_value=1000, places=2))
CURRENCIES = st.sampled_from([None, "EUR", "USD"])
NO_TIME = timedelta()


@given(AMOUNTS, AMOUNTS, AMOUNTS, CURRENCIES, CURRENCIES)
def test_an_amount_fits_between_its_bounds_in_its_own_currency_alone(low, high, amount, of_rule, of_deal) -> None:
    rule = a_rule(amount_from=low, amount_to=high, currency=of_rule)
    found = rules.fit(rule, a_deal(amount=amount, currency=of_deal))

    if low is None and high is None:
        assert found is Fit.YES
    elif amount is None:
        assert found is Fit.NO
    elif of_rule != of_deal:
        assert found is Fit.OTHER_CURRENCY
    else:
        is_within = (low is None or low <= amount) and (high is None or amount <= high)
        assert (found is Fit.YES) == is_within


@given(st.sets(st.sampled_from("ABC")), st.sets(st.sampled_from("XYZ")), st.sampled_from("ABC"), st.sampled_from("XYZ"))
def test_stage_and_type_must_be_among_those_chosen_and_no_type_means_any(stages, types, stage, kind) -> None:
    rule = a_rule(stages=tuple(stages), types=tuple(types))
    fits = rules.fit(rule, a_deal(stage=stage, type=kind)) is Fit.YES

    assert fits == (stage in stages and (not types or kind in types))


def test_a_deal_without_a_type_is_of_none_that_is_chosen() -> None:
    assert rules.fit(a_rule(types=("New",)), a_deal(type=None)) is Fit.NO


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=6))
def test_the_first_rule_that_is_on_and_meets_the_deal_decides(kinds: list[tuple[bool, bool]]) -> None:
    made = [
        a_rule(id=str(number), enabled=is_on, stages=("Qualification",) if fits else ("Closed Won",))
        for number, (is_on, fits) in enumerate(kinds)
    ]
    found = rules.decide_rule(made, a_deal(), ahead=NO_TIME)

    assert (found.id if found else None) == next((str(at) for at, kind in enumerate(kinds) if all(kind)), None)


@pytest.mark.parametrize(("seconds", "is_met"), [(-1, False), (0, True), (1, True)])
@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(hours=1), timedelta(hours=-1)])
def test_a_rule_meets_deals_that_change_from_when_it_was_switched_on_by_whatever_clock(seconds, is_met, ahead) -> None:
    deal = a_deal(changed_at=NOON + timedelta(seconds=seconds) + ahead)

    assert (rules.decide_rule([a_rule()], deal, ahead=ahead) is not None) is is_met
    assert rules.decide_rule([a_rule()], deal, ahead=ahead, exempt={"r1"}) is not None
    assert (rules.decide_rule([a_rule()], deal, ahead=ahead, exempt={"r2"}) is not None) is is_met


def test_the_owner_is_point_person_when_he_is_an_active_member_and_else_the_deal_waits_for_him() -> None:
    stranger = UserId("005000000000002AAA")
    blocked = {OWNER: Person(MEMBER, is_active=False)}
    fixed, his = a_rule(point_person=OWNER), a_deal(owner_id=stranger)

    assert rules.decide_person(a_rule(), a_deal(), PEOPLE) == MEMBER
    assert rules.decide_person(a_rule(), his, PEOPLE) == Waits("r1", Reason.OWNER_NOT_MEMBER, stranger)
    assert rules.decide_person(a_rule(), a_deal(), blocked) == Waits("r1", Reason.OWNER_BLOCKED, OWNER)
    assert rules.decide_person(fixed, his, PEOPLE) == MEMBER
    assert rules.decide_person(fixed, his, blocked) == Waits("r1", Reason.PERSON_BLOCKED, OWNER)
    assert set(rules.SENTENCES) == set(Reason)


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_title_is_never_empty_and_never_too_long(title: str, name: str) -> None:
    made = rules.title_of(a_rule(title=title + "{deal}"), a_deal(name=name))

    assert 0 < len(made) <= rules.LONGEST_TITLE
    assert made == made.strip()


def test_a_title_has_the_name_of_the_deal_where_it_says_so() -> None:
    assert rules.title_of(a_rule(title="Plan for {deal}"), a_deal()) == "Plan for Brightwater"
    assert rules.title_of(a_rule(title="Go-live"), a_deal()) == "Go-live"


def test_a_rule_that_stays_on_keeps_its_moment_and_one_switched_on_again_gets_a_new_one() -> None:
    later = NOON + timedelta(hours=1, microseconds=7)
    before = (a_rule(), a_rule(id="r2", enabled=False, since=None))
    new = (a_rule(since=None), a_rule(id="r2", since=None), a_rule(id="r3", enabled=False))

    assert [one.since for one in rules.begun(new, before, later)] == [NOON, later.replace(microsecond=0), None]


def problem(choices: Choices = CHOICES, **facts) -> tuple[str | None, str | None]:
    (found,) = rules.problems_of([a_rule(**facts)], choices)
    return found.key, found.field


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"title": ""}, "title"),
        ({"stage_title": ""}, "stage_title"),
        ({"stages": ()}, "stages"),
        ({"stages": ("Qualification", "Gone")}, "stages"),
        ({"types": ("Gone",)}, "types"),
        ({"currency": "EUR"}, "currency"),
        ({"amount_from": Decimal(2), "amount_to": Decimal(1)}, "amount_to"),
        ({"amount_from": Decimal("0.00001")}, "amount_from"),
        ({"amount_to": Decimal(10) ** 17}, "amount_to"),
        ({"amount_to": Decimal(1), "currency": "EUR"}, "currency"),
    ],
)
def test_what_is_wrong_is_named_at_its_field_of_the_rule(facts, field) -> None:
    assert problem(**facts) == ("rules.0", field)


def test_amounts_need_a_currency_where_the_org_has_several_and_the_right_to_be_seen() -> None:
    several = replace(CHOICES, currencies=("EUR", "USD"))

    assert problem(several, amount_from=Decimal(1)) == ("rules.0", "currency")
    assert problem(several, amount_from=Decimal(1), currency="JPY") == ("rules.0", "currency")
    assert rules.problems_of([a_rule(amount_from=Decimal(1), currency="EUR")], several) == ()
    assert problem(replace(CHOICES, sees_amount=False), amount_to=Decimal(1)) == ("rules.0", "amount_to")
    assert problem(replace(CHOICES, types=None), types=("New",)) == ("rules.0", "types")


def test_rules_have_different_names_and_there_are_not_too_many() -> None:
    (found,) = rules.problems_of([a_rule(), a_rule(name="LATE deals")], CHOICES)
    assert (found.key, found.field) == ("rules.1", "name")

    many = [a_rule(name=str(number)) for number in range(rules.MOST_RULES + 1)]
    assert [one.field for one in rules.problems_of(many, CHOICES)] == ["rules"]
    assert rules.problems_of(many[1:], CHOICES) == ()


def test_a_rule_with_a_template_needs_no_stage_of_its_own() -> None:
    assert rules.problems_of([a_rule(template="p1", stage_title="")], CHOICES) == ()


def test_a_dry_run_counts_what_would_be_made_what_would_wait_and_what_stays_as_it_is() -> None:
    rule = a_rule(amount_from=Decimal(10), currency="EUR")
    deals = [
        a_deal(id="made", currency="EUR"),
        a_deal(id="waits", currency="EUR", owner_id=UserId("005000000000002AAA")),
        a_deal(id="has one", currency="EUR"),
        a_deal(id="dollars", currency="USD"),
        a_deal(id="small", currency="EUR", amount=Decimal(9)),
    ]
    found = rules.tried(rule, deals, {"has one"}, PEOPLE, taken={"has one"}, is_more=False)

    assert (found.would_make, found.would_wait, found.had_one, found.other_currency) == (1, 1, 1, 1)
    assert (found.by_others, found.after) == (0, None)
    earlier = rules.tried(rule, deals, {"has one"}, PEOPLE, taken={"waits", "made"}, is_more=True)
    assert (earlier.would_make, earlier.would_wait, earlier.by_others, earlier.named) == (0, 0, 2, ())
    assert earlier.after == deals[-1].id
    assert [(deal.id, reason) for deal, reason in found.named] == [
        ("made", None),
        ("waits", Reason.OWNER_NOT_MEMBER),
    ]
    assert (found.looked_at, found.calls) == (5, 1)


@pytest.mark.parametrize(("number", "calls"), [(0, 1), (199, 1), (200, 2), (400, 3)])
def test_the_cost_is_a_call_for_200_deals_and_the_last_page_is_known_by_being_short(number: int, calls: int) -> None:
    deals = [a_deal(id=str(one)) for one in range(number)]
    found = rules.tried(a_rule(), deals, set(), PEOPLE, is_more=False)

    assert found.calls == calls
    assert len(found.named) == min(number, rules.MOST_NAMED)


def test_the_integration_owner_needs_the_fields_that_rules_look_at_and_none_while_they_are_off() -> None:
    plain, narrow = a_rule(), a_rule(types=("New",), amount_to=Decimal(1))

    assert needs(Settings((replace(narrow, enabled=False),))) == ()
    assert [one.field for one in needs(Settings((plain,)))] == ["StageName", "OwnerId"]
    assert [one.field for one in needs(Settings((plain, narrow)))] == ["StageName", "OwnerId", "Type", "Amount"]
