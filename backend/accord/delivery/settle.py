"""What the answer to a call means for each row of its claim and for the gates. Values in, values out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from accord.core.errors import RejectedError
from accord.core.outcomes import Done, Ignored, Outcome, Recovery, Refused
from accord.delivery import retry
from accord.delivery.model import BATCH_SIZE, Again, Cause, Claim, ClaimedRow, Finished, Mark, Park, Refusal, Salvage
from accord.salesforce.error_table import Retry
from accord.salesforce.errors import NO_ANSWER, Said, is_of_a_field, refused, retry_for

# the user's rights and state: no new sign-in changes them
_MENDED_IN_THE_ORG = {"API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED", "INACTIVE_USER"}
_WHOLE_CALL = {NO_ANSWER, "SERVER_UNAVAILABLE"}


@dataclass(frozen=True, slots=True)
class Answered:
    """One outcome a row, in order."""

    outcomes: Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class CallFailed:
    """No usable answer to the call as a whole. `retry_after` in seconds, where the other side said so."""

    code: str
    message: str
    in_doubt: bool
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class LoginLost:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class CallRefused:
    """Salesforce refused the call as a whole and has done nothing of it."""

    error: RejectedError


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A brake was pulled after the claim was made; in doubt when a part of it had been sent."""

    in_doubt: bool


@dataclass(frozen=True, slots=True)
class OurFault:
    """Our own program failed; what it had sent by then is not known."""

    message: str


Answer = Answered | CallFailed | LoginLost | CallRefused | HeldBack | OurFault


@dataclass(frozen=True, slots=True)
class Settlement:
    """Marks for the rows; `connection`, `creates` and `login` close gates; `healthy` ends the count of failed calls."""

    marks: Sequence[Mark]
    connection: Cause | None = None
    creates: Cause | None = None
    login: Cause | None = None
    healthy: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a decision needs beside the answer. `failures`: failed calls of the connection before this one."""

    now: datetime
    failures: int
    dice: Callable[[], float]


def settle(claim: Claim, answer: Answer, terms: Terms) -> Settlement:
    match answer:
        case Answered():
            return _settle_outcomes(claim, answer.outcomes, terms)
        case CallFailed():
            return _settle_failed(claim, answer, terms)
        case LoginLost():
            marks = [_back(row, terms) for row in claim.rows]
            return Settlement(marks, login=_login_cause(claim, answer.code, answer.message, terms))
        case CallRefused():
            return _settle_refused(claim, answer.error, terms)
        case HeldBack():
            return Settlement([_back(row, terms, in_doubt=answer.in_doubt) for row in claim.rows])
        case OurFault():
            return _settle_fault(claim, answer, terms)
    assert_never(answer)


def _back(row: ClaimedRow, terms: Terms, *, in_doubt: bool = False) -> Again:
    """The try does not count."""
    return Again(row, run_at=terms.now, in_doubt=row.in_doubt or in_doubt, alone=row.alone)


def _login_cause(claim: Claim, code: str, message: str, terms: Terms) -> Cause:
    """A member has to connect again; what an admin mends in the org is looked at from time to time."""
    in_the_org = claim.login_member_id is None or code in _MENDED_IN_THE_ORG
    return Cause(code, message, terms.now + retry.OWNER_PROBE if in_the_org else None)


def _settle_outcomes(claim: Claim, outcomes: Sequence[Outcome], terms: Terms) -> Settlement:
    no_answers = [
        each for each in outcomes if isinstance(each, Refused) and (each.in_doubt or each.code in _WHOLE_CALL)
    ]
    if outcomes and len(no_answers) == len(outcomes):
        doubt = any(each.in_doubt for each in no_answers)
        return _settle_failed(claim, CallFailed(no_answers[0].code, no_answers[0].advice, in_doubt=doubt), terms)
    whole = _whole_call(outcomes)
    if whole is not None:
        return _settle_whole(claim, whole, terms)
    return _settle_each(claim, outcomes, terms)


def _whole_call(outcomes: Sequence[Outcome]) -> Refused | None:
    """The gateway gives one and the same refusal to all rows when Salesforce refused the call, not the rows."""
    first = outcomes[0]
    if len(outcomes) > 1 and isinstance(first, Refused) and all(each is first for each in outcomes):
        return first
    return None


def _settle_whole(claim: Claim, refusal: Refused, terms: Terms) -> Settlement:
    salvages = [_salvage(row, refusal) for row in claim.rows]
    if any(salvages):
        # the call was refused for a field that some of the rows have; the others had no part in it
        marks = [salvage or _back(row, terms) for row, salvage in zip(claim.rows, salvages, strict=True)]
        return Settlement(marks, healthy=True)
    if refusal.recovery is Recovery.UNKNOWN:
        # a fault inside Salesforce: the batches shrink until it passes, or until the row that brings it on is alone
        return _settle_failed(claim, CallFailed(refusal.code, refusal.advice, in_doubt=True), terms)
    if refusal.recovery is Recovery.DATA:
        return Settlement([_by_itself(row, terms, in_doubt=False) for row in claim.rows], healthy=True)
    return _settle_each(claim, [refusal] * len(claim.rows), terms)


def _settle_each(claim: Claim, outcomes: Sequence[Outcome], terms: Terms) -> Settlement:
    marks: list[Mark] = []
    connection = creates = login = None
    for row, outcome in zip(claim.rows, outcomes, strict=True):
        mark: Mark
        match outcome:
            case Done():
                how = "created" if outcome.created else "found" if claim.creates or not outcome.sent else "updated"
                left_out, told = outcome.left_out, outcome.told
                mark = Finished(row, how, outcome.record_id, note=outcome.note, left_out=left_out, told=told)
            case Ignored():
                mark = Finished(row, "ignored", outcome.record_id, note=outcome.reason)
            case Refused():
                mark, decision = _settle_row(row, outcome, terms, creates=claim.creates)
                if isinstance(decision, retry.PauseConnection):
                    until = terms.now + retry.pause(terms.failures + 1, retry_for(outcome), dice=terms.dice())
                    connection = Cause(outcome.code, outcome.advice, until)
                elif isinstance(decision, retry.PauseCreates):
                    creates = Cause(outcome.code, outcome.advice, terms.now + retry.hourly(dice=terms.dice()))
                elif isinstance(decision, retry.PauseLogin):
                    login = _login_cause(claim, outcome.code, outcome.advice, terms)
        marks.append(mark)
    return Settlement(marks, connection, creates, login, healthy=connection is None)


def _salvage(row: ClaimedRow, outcome: Refused) -> Salvage | None:
    """The way on without the fields that were refused, when that leaves something to write."""
    named = {name.lower() for name in outcome.fields} if is_of_a_field(outcome) else set()
    fields = tuple(name for name in row.fields if name.lower() in named)
    return Salvage(row, replace(_refusal(outcome), fields=fields)) if 0 < len(fields) < len(row.fields) else None


def _refusal(outcome: Refused) -> Refusal:
    return Refusal(outcome.recovery, outcome.code, outcome.message, outcome.advice, outcome.fields)


def _settle_row(row: ClaimedRow, outcome: Refused, terms: Terms, *, creates: bool) -> tuple[Mark, retry.Decision]:
    refusal = _refusal(outcome)
    decision = retry.decide_retry(
        outcome,
        creates=creates,
        attempts=row.attempts + 1,
        age=timedelta() if row.first_refused_at is None else terms.now - row.first_refused_at,
        dice=terms.dice(),
    )
    match decision:
        case retry.TryAgain():
            again = Again(row, terms.now + decision.after, outcome.in_doubt, refusal, alone=row.alone)
            return again, decision
        case retry.GiveToPerson():
            return _salvage(row, outcome) or Park(row, refusal, outcome.in_doubt), decision
        case retry.PauseConnection() | retry.PauseCreates() | retry.PauseLogin():
            return _back(row, terms), decision
    assert_never(decision)


def _settle_failed(claim: Claim, failed: CallFailed, terms: Terms) -> Settlement:
    """The connection rests. A row that fails a call in which it is alone goes on by itself, on its own schedule."""
    row = claim.rows[0]
    smallest = retry.batch_limit(BATCH_SIZE, failures=terms.failures) == 1
    until = terms.now + retry.pause(terms.failures + 1, Retry.SOON, dice=terms.dice())
    if failed.retry_after is not None:
        until = max(until, terms.now + timedelta(seconds=failed.retry_after))
    connection = Cause(failed.code, failed.message, until)
    if len(claim.rows) > 1 or not (row.alone or smallest):
        return Settlement([_back(each, terms, in_doubt=failed.in_doubt) for each in claim.rows], connection)
    outcome = Refused(Recovery.TRANSIENT, failed.code, failed.message, failed.message, in_doubt=failed.in_doubt)
    mark, _ = _settle_row(row, outcome, terms, creates=claim.creates)
    if isinstance(mark, Again):
        blamed = row.alone or terms.failures < retry.BLAME_UNTIL
        mark = Again(row, mark.run_at, row.in_doubt or failed.in_doubt, mark.refusal, alone=blamed)
    return Settlement([mark], connection=None if row.alone and not terms.failures else connection)


def _settle_refused(claim: Claim, error: RejectedError, terms: Terms) -> Settlement:
    problem = error.problems[0] if error.problems else None
    fields = tuple(each.field for each in error.problems if each.field)
    said = Said(problem.code, problem.message, fields) if problem else Said(error.code, error.message)
    outcome = refused((said,))
    if len(claim.rows) == 1:
        return _settle_each(claim, [outcome], terms)
    if outcome.recovery is Recovery.UNKNOWN:
        return Settlement([_by_itself(row, terms, in_doubt=False) for row in claim.rows], healthy=True)
    return _settle_whole(claim, outcome, terms)


def _settle_fault(claim: Claim, fault: OurFault, terms: Terms) -> Settlement:
    if len(claim.rows) > 1:
        return Settlement([_by_itself(row, terms, in_doubt=True) for row in claim.rows])
    advice = "Accord itself failed on this record. Tell support, with the reference of the row."
    row = claim.rows[0]
    outcome = Refused(Recovery.UNKNOWN, "ACCORD_FAULT", fault.message, advice, in_doubt=True)
    mark, _ = _settle_row(row, outcome, terms, creates=claim.creates)
    return Settlement([mark])


def _by_itself(row: ClaimedRow, terms: Terms, *, in_doubt: bool) -> Again:
    """One of the rows spoils the call for all: each is tried alone, at once."""
    return Again(row, run_at=terms.now, in_doubt=row.in_doubt or in_doubt, alone=True)
