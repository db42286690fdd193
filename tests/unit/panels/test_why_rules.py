"""Why the last try wrote nothing: a closed list, each with its sentence (D6)."""

from datetime import timedelta

import pytest

from accord.core.errors import ConflictError, Problem, RejectedError, StoppedError, TransientError
from accord.core.ids import MemberId, RecordId
from accord.core.written import Writer, Written
from accord.features.panels.model import SaveOutcome
from accord.features.panels.why import rules
from accord.features.panels.why.model import Outcome, Try
from support.builders import NOON

AMOUNT, STAGE = "Opportunity.Amount", "Opportunity.StageName"
KEYS = (AMOUNT, STAGE)
RILEY = MemberId("riley")


def a_try(outcome: Outcome, *, minutes: int = 0, words: str | None = None) -> Try:
    at = NOON + timedelta(minutes=minutes)
    return Try(at, RILEY, RecordId("006000000000001AAA"), "Amount", outcome, "1", "2", words)


def a_problem(key: str | None, code: str = "STALE_EDIT") -> Problem:
    return Problem(code=code, message="In words.", key=key)


def test_every_reason_has_its_sentence_and_success_has_none() -> None:
    assert set(rules.SENTENCES) == set(Outcome) - {Outcome.SAVED}
    assert len(set(rules.SENTENCES.values())) == len(rules.SENTENCES)


@pytest.mark.parametrize("outcome", SaveOutcome)
def test_whatever_becomes_of_a_save_is_told(outcome: SaveOutcome) -> None:
    assert rules.of_save({AMOUNT: outcome})[AMOUNT][0] in Outcome


@pytest.mark.parametrize(
    ("error", "amount", "stage"),
    [
        (StoppedError("Stopped."), (Outcome.STOPPED, None), (Outcome.STOPPED, None)),
        (ConflictError("Stale.", problems=(a_problem(AMOUNT),)), (Outcome.STALE, None), (Outcome.OTHER_FIELD, None)),
        (
            RejectedError("No.", problems=(a_problem(STAGE, "FIELD_CUSTOM_VALIDATION_EXCEPTION"),)),
            (Outcome.OTHER_FIELD, None),
            (Outcome.REFUSED, "In words."),
        ),
        (
            RejectedError("No.", problems=(a_problem(None, "ENTITY_IS_LOCKED"),)),
            (Outcome.REFUSED, "In words."),
            (Outcome.REFUSED, "In words."),
        ),
        (
            TransientError("Away.", code="SALESFORCE_UNAVAILABLE"),
            (Outcome.UNREACHABLE, None),
            (Outcome.UNREACHABLE, None),
        ),
        (TransientError("Perhaps.", code="SAVE_IN_DOUBT"), (Outcome.IN_DOUBT, None), (Outcome.IN_DOUBT, None)),
    ],
    ids=["stopped", "stale", "refused field", "refused record", "away", "in doubt"],
)
def test_a_save_that_was_not_carried_out_is_told_for_each_field(error, amount, stage) -> None:
    assert rules.of_failure(error, KEYS) == {AMOUNT: amount, STAGE: stage}


def test_a_try_is_only_told_while_nothing_was_saved_after_it() -> None:
    refused, saved = a_try(Outcome.REFUSED, words="Too low."), a_try(Outcome.SAVED, minutes=1)

    assert rules.skipped([refused, saved], is_hidden=False) is None
    told = rules.skipped([refused], is_hidden=False)
    assert told is not None
    assert (told.reason, told.sentence) == ("refused", "Salesforce refused the value. It said: Too low.")


def test_who_may_not_see_the_field_is_told_who_and_when_and_no_value() -> None:
    """S3: Salesforce's own words may repeat the value."""
    written = Written(NOON, Writer.FIELD_SYNC, RILEY, own_login=False, old="1", new="2")

    (told,) = rules.newest([written], is_hidden=True)
    skipped = rules.skipped([a_try(Outcome.REFUSED, words="2 is too low.")], is_hidden=True)

    assert (told.member_id, told.at, told.old, told.new) == (RILEY, NOON, None, None)
    assert skipped is not None
    assert (skipped.member_id, skipped.sentence) == (RILEY, "Salesforce refused the value.")


def test_the_newest_of_all_writers_come_first_and_the_list_ends() -> None:
    times = [NOON + timedelta(minutes=minute) for minute in range(30)]
    written = [Written(at, Writer.PANEL, RILEY, own_login=True, old=None, new="x") for at in times]

    told = rules.newest(written, is_hidden=False)

    assert [one.at for one in told] == times[:-11:-1]
