"""Decisions about automatic plans: values in, values out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Final

from accord.core.errors import Problem
from accord.core.ids import MemberId, RecordId, UserId
from accord.core.text import is_clean, printable
from accord.features.auto_create.model import (
    NAME_OF_DEAL,
    Choices,
    Deal,
    Fit,
    People,
    Reason,
    Rule,
    Tried,
    Waits,
)

PAGE: Final = 200  # deals that one call reads
MOST_RULES: Final = 20
MOST_NAMED: Final = 20
MOST_LOOKED_AT: Final = 2000
LONGEST_NAME: Final = 80
LONGEST_TITLE: Final = 255
MOST_DIGITS: Final = 16
MOST_DECIMALS: Final = 4
UNNAMED: Final = "Plan"  # the title where a deal's name leaves none
SENTENCES: Final = {
    Reason.OWNER_NOT_MEMBER: "The owner of the deal is no member here. He becomes one when he first opens Accord.",
    Reason.OWNER_BLOCKED: "The owner of the deal is blocked here. Give the deal another owner, or let him in again.",
    Reason.PERSON_BLOCKED: "The rule's point person is no active member here. Choose another one in the rule.",
}


def fit(rule: Rule, deal: Deal) -> Fit:
    """Whether the deal is one that the rule is about, whenever it was changed. Amounts are compared in one currency
    alone; a deal without an amount is within no bounds.
    """
    if deal.stage not in rule.stages or (rule.types and deal.type not in rule.types):
        return Fit.NO
    if rule.amount_from is None and rule.amount_to is None:
        return Fit.YES
    if deal.amount is None:
        return Fit.NO
    if deal.currency != rule.currency:
        return Fit.OTHER_CURRENCY
    is_within = (rule.amount_from is None or deal.amount >= rule.amount_from) and (
        rule.amount_to is None or deal.amount <= rule.amount_to
    )
    return Fit.YES if is_within else Fit.NO


def decide_rule(
    rules: Sequence[Rule], deal: Deal, *, ahead: timedelta, exempt: Collection[str] = frozenset()
) -> Rule | None:
    """The first rule that is on and meets the deal. Rules whose ids are `exempt` meet deals that did not change since
    they were switched on, too. `ahead`: how far Salesforce's clock is before ours.
    """
    for rule in rules:
        if not rule.enabled or rule.since is None or fit(rule, deal) is not Fit.YES:
            continue
        if rule.id in exempt or deal.changed_at - ahead >= rule.since:
            return rule
    return None


def decide_person(rule: Rule, deal: Deal, people: People) -> MemberId | Waits:
    """Who is the plan's point person, or who has to be an active member first."""
    user_id = rule.point_person or deal.owner_id or UserId("")  # a deal gets an owner by a change, which is told
    person = people.get(user_id)
    if person is not None and person.is_active:
        return person.member_id
    if rule.point_person is not None:
        return Waits(rule.id, Reason.PERSON_BLOCKED, user_id)
    return Waits(rule.id, Reason.OWNER_NOT_MEMBER if person is None else Reason.OWNER_BLOCKED, user_id)


def title_of(rule: Rule, deal: Deal) -> str:
    """The plan's title: at most as long as one may be, and never empty."""
    return rule.title.replace(NAME_OF_DEAL, deal.name).strip()[:LONGEST_TITLE].strip() or UNNAMED


def begun(new: Sequence[Rule], before: Sequence[Rule], now: datetime) -> tuple[Rule, ...]:
    """The rules with the moment since which each is on: one that stays on keeps its own."""
    known = {one.id: one for one in before if one.enabled}
    start = now.replace(microsecond=0)  # Salesforce tells its changes by the second
    return tuple(
        replace(one, since=(known[one.id].since if one.id in known else start) if one.enabled else None) for one in new
    )


def tried(  # noqa: PLR0913 - what is known of the deals, each by its name
    rule: Rule,
    deals: Sequence[Deal],
    with_plan: Collection[RecordId],
    people: People,
    *,
    taken: Collection[RecordId] = frozenset(),
    is_more: bool,
) -> Tried:
    """What the rule would do with these deals, which are all of its stages and types or a page of them. `taken`: those
    that a rule above it meets.
    """
    fits = {deal.id: fit(rule, deal) for deal in deals}
    met = [deal for deal in deals if fits[deal.id] is Fit.YES]
    without = [deal for deal in met if deal.id not in with_plan]
    free = [deal for deal in without if deal.id not in taken]
    decided = [(deal, decide_person(rule, deal, people)) for deal in free]
    named = [(deal, who.reason if isinstance(who, Waits) else None) for deal, who in decided]
    waiting = sum(reason is not None for _, reason in named)
    return Tried(
        would_make=len(free) - waiting,
        would_wait=waiting,
        had_one=len(met) - len(without),
        by_others=len(without) - len(free),
        other_currency=sum(one is Fit.OTHER_CURRENCY for one in fits.values()),
        looked_at=len(deals),
        after=deals[-1].id if is_more else None,
        calls=ceil((len(deals) + 1) / PAGE),  # the last page is known by being short
        named=tuple(named[:MOST_NAMED]),
    )


def problems_of(rules: Sequence[Rule], choices: Choices) -> tuple[Problem, ...]:
    """Everything that is wrong with rules to be stored, each at its field, by the org's own words."""
    return tuple(_problems_of(rules, choices))


def _problems_of(rules: Sequence[Rule], choices: Choices) -> Iterator[Problem]:
    if len(rules) > MOST_RULES:
        yield _problem("rules", "rules", f"There are at most {MOST_RULES} rules. Bring some of them together.")
    names: set[str] = set()
    for number, rule in enumerate(rules):
        place = f"rules.{number}"
        if rule.name.casefold() in names:
            yield _problem(place, "name", "Two rules have the same name. Give them different ones.")
        names.add(rule.name.casefold())
        for field, message in (
            *_word_problems(rule),
            *_filter_problems(rule, choices),
            *_amount_problems(rule, choices),
        ):
            yield _problem(place, field, message)


def _word_problems(rule: Rule) -> Iterator[tuple[str, str]]:
    yield from _text_problems("name", "The name of a rule", rule.name, LONGEST_NAME)
    yield from _text_problems("title", "The title of a plan", rule.title, LONGEST_TITLE)
    if rule.playbook is not None and rule.template is not None:
        yield "playbook", "A plan begins with a playbook or with another plan, not with both. Choose one of them."
    if rule.playbook is None and rule.template is None:
        yield from _text_problems("stage_title", "The title of the plan's stage", rule.stage_title, LONGEST_TITLE)


def _text_problems(field: str, what: str, text: str, longest: int) -> Iterator[tuple[str, str]]:
    if not is_clean(text) or not text.isprintable():
        yield field, f"{what} is one line of plain text. Type it anew."
    elif not 0 < len(text.strip()) <= longest:
        yield field, f"{what} has 1 to {longest} characters; this one has {len(text.strip())}."


def _filter_problems(rule: Rule, choices: Choices) -> Iterator[tuple[str, str]]:
    if not rule.stages:
        yield "stages", "Choose at least one stage: a deal gets its plan when it is in one of them."
    known = {one.value for one in choices.stages}
    for value in rule.stages:
        if value not in known:
            yield "stages", f"The stage {value} is not one of this org's. Take it out of the rule, or choose another."
    if rule.types and choices.types is None:
        yield "types", "The integration owner may not see the type of an Opportunity. Let him read the field Type."
        return
    known = {one.value for one in choices.types or ()}
    for value in rule.types:
        if value not in known:
            yield "types", f"The type {value} is not one of this org's. Take it out of the rule, or choose another."


def _amount_problems(rule: Rule, choices: Choices) -> Iterator[tuple[str, str]]:
    bounds = {"amount_from": rule.amount_from, "amount_to": rule.amount_to}
    given = {field: amount for field, amount in bounds.items() if amount is not None}
    if not given:
        if rule.currency is not None:
            yield "currency", "A currency goes with an amount. Give an amount, or leave the currency empty."
        return
    if not choices.sees_amount:
        yield next(iter(given)), "The integration owner may not see the amount of an Opportunity. Let him read Amount."
    for field, amount in given.items():
        if not _is_kept(amount):
            yield field, f"An amount has at most {MOST_DIGITS} digits, {MOST_DECIMALS} of them behind the point."
    if rule.amount_from is not None and rule.amount_to is not None and rule.amount_from > rule.amount_to:
        yield "amount_to", "The highest amount is below the lowest one. Exchange them, or leave one empty."
    if choices.currencies and rule.currency not in choices.currencies:
        yield "currency", "Say in which of this org's currencies the amounts are: others are not compared."
    if not choices.currencies and rule.currency is not None:
        yield "currency", "This org has one currency alone. Leave the currency empty."


def _is_kept(amount: Decimal) -> bool:
    _, digits, exponent = amount.as_tuple()
    return isinstance(exponent, int) and exponent >= -MOST_DECIMALS and len(digits) + max(exponent, 0) <= MOST_DIGITS


def _problem(key: str, field: str, message: str) -> Problem:
    return Problem(code="INVALID_VALUE", key=key, field=field, message=printable(message))
