"""What a deal's owner is told of its values: that somebody has to choose, and that nobody has. Pure; no value in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accord.core.ids import PlanId, RecordId
from accord.core.notifications import Notification
from accord.features.two_way.model import Linked, Terms, ValueState
from accord.features.two_way.rules import Step
from accord.mapping.merge import Move, Policy

_NAMES: Final = {Linked.CLOSE_DATE: "close date", Linked.AMOUNT: "amount"}
_WINS: Final = {
    Policy.SALESFORCE: "what Salesforce has",
    Policy.OURS: "what the plan has",
    Policy.NEWEST: "what was changed last",
}


class Word(StrEnum):
    ASKED = "two_way_asked"  # a conflict has begun, and he is asked
    DECIDED = "two_way_decided"  # he was asked for long enough, and the default was taken


@dataclass(frozen=True, slots=True)
class About:
    plan_id: PlanId
    deal: RecordId
    linked: Linked


def decide_word(before: ValueState, step: Step, terms: Terms) -> Word | None:
    """What the owner is told when the two sides have met."""
    if terms.settings.policy is not Policy.ASK:
        return None
    if before.conflict is None:
        return Word.ASKED if step.state.conflict is not None else None
    is_over = terms.now - before.conflict.since >= terms.ask_for
    return Word.DECIDED if is_over and step.state.conflict is None and step.move is not Move.NONE else None


def notification_of(word: Word, about: About, terms: Terms) -> Notification:
    """Once a day for each value, however often it begins anew."""
    name, wins = _NAMES[about.linked], _WINS[terms.settings.ask_default]
    if word is Word.ASKED:
        title = f"Accord: the {name} of a deal of yours needs your choice"
        until = terms.now + terms.ask_for
        text = (
            f"The {name} was changed in the plan and in Salesforce, and the two differ. Open the deal and choose in "
            f"its Accord panel. If nobody has by {until:%Y-%m-%d}, Accord takes {wins}."
        )
    else:
        title = f"Accord: the {name} of a deal of yours was decided"
        text = f"Nobody has chosen for {terms.settings.ask_days} days, so Accord took {wins}."
    key = f"{word}|{about.plan_id}|{about.linked}|{terms.now:%Y-%m-%d}"
    return Notification(key, title, text, owner_of=about.deal)
