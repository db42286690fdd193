"""Decisions about tries: values in, values out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from accord.core.errors import AccordError, ConflictError, RejectedError, StoppedError
from accord.core.written import Written
from accord.features.panels.model import SaveOutcome
from accord.features.panels.why.model import Outcome, Skipped, Try

MOST_WRITTEN: Final = 10

SENTENCES: Final[Mapping[Outcome, str]] = {
    Outcome.UNCHANGED: "Salesforce had this value already.",
    Outcome.IGNORED: "Salesforce took the change and kept its own value. An amount that comes from products does so.",
    Outcome.STALE: "Somebody had changed the field in Salesforce meanwhile, so nothing was written over that.",
    Outcome.REFUSED: "Salesforce refused the value.",
    Outcome.OTHER_FIELD: "Another field of the same save could not be written, so none of them was.",
    Outcome.STOPPED: "An admin had stopped everything that is written to Salesforce.",
    Outcome.UNREACHABLE: "Salesforce did not answer, so nothing was saved.",
    Outcome.IN_DOUBT: "No clear answer came from Salesforce: it may have been saved or not.",
}
_OF_SAVE: Final = {
    SaveOutcome.SAVED: Outcome.SAVED,
    SaveOutcome.UNCHANGED: Outcome.UNCHANGED,
    SaveOutcome.IGNORED_BY_PLATFORM: Outcome.IGNORED,
}

Told = Mapping[str, tuple[Outcome, str | None]]


def of_save(outcomes: Mapping[str, SaveOutcome]) -> Told:
    """What became of each field of a save that went through."""
    return {key: (_OF_SAVE[outcome], None) for key, outcome in outcomes.items()}


def of_failure(error: AccordError, keys: Collection[str]) -> Told:
    """What became of each of these fields in a save that was not carried out."""
    if isinstance(error, StoppedError):
        return dict.fromkeys(keys, (Outcome.STOPPED, None))
    if isinstance(error, RejectedError | ConflictError):
        outcome = Outcome.REFUSED if isinstance(error, RejectedError) else Outcome.STALE
        named = {one.key: one.message for one in error.problems if one.key is not None and one.key in keys}
        if not named:  # Salesforce's words are about the record as a whole
            words = error.problems[0].message if error.problems else None
            return dict.fromkeys(keys, (outcome, words))
        others = dict.fromkeys(keys, (Outcome.OTHER_FIELD, None))
        # the words of a stale edit are ours and hold both values; the sentence says enough
        told = {key: (outcome, words if outcome is Outcome.REFUSED else None) for key, words in named.items()}
        return {**others, **told}
    outcome = Outcome.IN_DOUBT if error.code == "SAVE_IN_DOUBT" else Outcome.UNREACHABLE
    return dict.fromkeys(keys, (outcome, None))


def newest(written: Sequence[Written], *, is_hidden: bool) -> Sequence[Written]:
    """The newest of all writers; without values for somebody who may not see them (S3)."""
    found = sorted(written, key=lambda one: one.at, reverse=True)[:MOST_WRITTEN]
    return [replace(one, old=None, new=None) for one in found] if is_hidden else found


def skipped(tries: Sequence[Try], *, is_hidden: bool) -> Skipped | None:
    """The last try, when nothing was written by it. Salesforce's own words may repeat the value."""
    last = max(tries, key=lambda one: one.at, default=None)
    if last is None or last.outcome is Outcome.SAVED:
        return None
    sentence = SENTENCES[last.outcome]
    told = sentence if is_hidden or last.words is None else f"{sentence} It said: {last.words}"
    return Skipped(str(last.outcome), told, last.at, last.member_id)
