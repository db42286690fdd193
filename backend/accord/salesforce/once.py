"""What cannot be taken back or sent again under the same key: published events, and actions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from accord.core.errors import AuthorizationLostError, TransientError
from accord.core.outcomes import Done, Outcome, Recovery, Refused
from accord.salesforce.client import CallFailedError
from accord.salesforce.errors import NO_ANSWER, as_error, odd_answer, read_errors, refused
from accord.salesforce.model import Subanswer

ENQUEUED: Final = "OPERATION_ENQUEUED"


def in_batches(
    items: Sequence[Mapping[str, Any]], most: int, send: Callable[[Sequence[Mapping[str, Any]]], list[Outcome]]
) -> list[Outcome]:
    """Sends what cannot be taken back, one batch after the other. Raises only while nothing has gone out."""
    outcomes: list[Outcome] = []
    while len(outcomes) < len(items):
        try:
            outcomes.extend(send(items[len(outcomes) : len(outcomes) + most]))
            continue
        except CallFailedError as failure:
            if not outcomes and is_about_the_org(failure.refusal):
                raise as_error(failure.refusal) from None
            refusal = failure.refusal
        except (AuthorizationLostError, TransientError) as lost:
            if not outcomes:
                raise
            refusal = _not_renewed(lost)
        # what went out before cannot be called back, so nothing is raised for all
        return [*outcomes, *[refusal] * (len(items) - len(outcomes))]
    return outcomes


def read_acted(answer: Any) -> Outcome:
    """Salesforce: an action answers a list with one result for each input (Actions Developer Guide)."""
    said = answer[0] if isinstance(answer, list) and len(answer) == 1 else None
    if not isinstance(said, dict):
        return odd_answer("Salesforce answered an action in a way that we do not know.", in_doubt=True)
    if said.get("isSuccess") is True:
        return Done(None, created=True)
    return refused(read_errors(said.get("errors")))


def read_published(answer: Subanswer) -> Outcome:
    """Salesforce: a published event is answered with success and all the same with `errors`, of which the one with
    OPERATION_ENQUEUED holds the EventUuid; the `id` is not unique and not delivered (Platform Events guide, "Publish").
    """
    said = answer.body if isinstance(answer.body, dict) else {}
    errors = read_errors(said.get("errors") if "errors" in said else answer.body)
    if said.get("success") is True:
        uuid = next((error.message for error in errors if error.code == ENQUEUED), "")
        return Done(None, created=True, note=f"EventUuid {uuid}" if uuid else None)
    if not errors and not 400 <= answer.status < 500:
        return odd_answer(f"Salesforce answered {answer.status} without a reason.", in_doubt=True)
    return refused(errors)


def is_about_the_org(refusal: Refused) -> bool:
    """Whether no row is to blame: the login is over, or Salesforce is away and has surely done nothing."""
    is_away = refusal.code in {NO_ANSWER, "SERVER_UNAVAILABLE"} and not refusal.in_doubt
    return refusal.recovery is Recovery.AUTH or is_away


def _not_renewed(lost: AuthorizationLostError | TransientError) -> Refused:
    """The login ended, and there is no new one: the call was refused as a whole and has done nothing."""
    recovery = Recovery.AUTH if isinstance(lost, AuthorizationLostError) else Recovery.TRANSIENT
    return Refused(recovery, lost.code, lost.message, lost.message)
