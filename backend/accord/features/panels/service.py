"""The panel's use cases. A warm panel costs one Salesforce call, a save two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from accord.core.errors import (
    AccordError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    RejectedError,
    TransientError,
)
from accord.core.identity import Identity
from accord.core.ids import RecordId, widen
from accord.features.panels import rules
from accord.features.panels.model import Change, Layout, Panel, SaveOutcome, SaveResult
from accord.features.panels.opened import read_opened
from accord.features.panels.record import read_panel, reads, salesforce_problems
from accord.features.panels.why.rules import of_failure, of_save
from accord.features.panels.why.tries import Tries
from accord.salesforce.canonical import to_json
from accord.salesforce.errors import SalesforceUnavailableError
from accord.salesforce.model import Gateway, Subrequest
from accord.salesforce.wire import record_path

log = structlog.get_logger()
MOST_CHANGES = 50
NOTHING_SAVED = "Salesforce does not answer just now. Nothing was saved; what you typed is kept. Try again in a moment."
IN_DOUBT = (
    "No clear answer came from Salesforce, so the change may or may not have been saved. "
    "What you typed is kept: save again, and you will see if it is there already."
)


@dataclass(frozen=True, slots=True)
class Panels:
    # the caller's own login, or None: then he is given no values at all (S3)
    gateway_for: Callable[[Identity], Gateway | None]
    # the tabs and rows that the admins of the caller's org have chosen
    layout_for: Callable[[Identity], Layout]
    tries: Tries
    # why nothing may be saved in the caller's org now
    stop_for: Callable[[Identity], str | None]
    # reads what an admin has opened to people without a login of their own
    owner_gateway: Callable[[Identity], Gateway]
    # whether the deal is proved to be one that Salesforce shows to the caller himself
    sees: Callable[[Identity, RecordId], bool]

    def load(self, caller: Identity, record_id: str, *, also: Sequence[str] = (), typed: Sequence[str] = ()) -> Panel:
        """The panel of a deal under the caller's own rights; `also`: keys of fields outside the set-up, `typed`: of a
        draft, which may name such fields too.

        Without a Salesforce login of his own he is shown the rows that an admin has opened, to be read, and nothing
        else (S3). Raises NotFoundError for a deal that he cannot see, NotAllowedError where nothing is opened or
        nothing proves that he sees it.
        """
        layout = self.layout_for(caller)
        opened, deal_id = layout.opened, deal_id_of(record_id)
        if opened.filled and self.gateway_for(caller) is None and self.sees(caller, deal_id):
            return _read_twice(self.owner_gateway(caller), lambda gateway: read_opened(gateway, deal_id, opened))
        return self._load(self._gateway(caller), deal_id, rules.with_also(layout, also, typed=typed))

    def save(
        self, caller: Identity, record_id: str, changes: Sequence[Change], *, also: Sequence[str] = ()
    ) -> SaveResult:
        """Writes the changed fields with the caller's own login, all or none; `also`: as in `load`.

        Raises RejectedError (INVALID_VALUE, or SALESFORCE_REFUSED with Salesforce's own words at the field) and
        ConflictError (STALE_EDIT, with both values). In each case nothing was written. TransientError says in its words
        whether the change may have been saved. What was written and cannot be read back is shown as it was written.
        """
        if not 0 < len(changes) <= MOST_CHANGES:
            raise RejectedError(f"Send from 1 to {MOST_CHANGES} changes.")
        gateway, layout = self._gateway(caller), rules.with_also(self.layout_for(caller), also)
        panel = self._load(gateway, deal_id_of(record_id), layout)
        decision = rules.decide_save(panel, changes)
        if decision.problems:
            raise RejectedError("Nothing was saved. Correct the fields that are named.", problems=decision.problems)
        try:
            result = self._carry_out(gateway, panel, layout, decision)
        except AccordError as error:
            self.tries.note(caller, panel, changes, of_failure(error, decision.wanted))
            raise
        self.tries.note(caller, panel, changes, of_save(result.outcomes))
        return result

    def _carry_out(self, gateway: Gateway, panel: Panel, layout: Layout, decision: rules.Decision) -> SaveResult:
        if decision.stale:
            raise ConflictError(
                "Nothing was saved: somebody changed the same field in Salesforce.",
                code="STALE_EDIT",
                problems=decision.stale,
            )
        outcomes = dict.fromkeys(decision.unchanged, SaveOutcome.UNCHANGED)
        if not decision.writes:
            return SaveResult(panel, outcomes)
        fresh = self._write(gateway, panel, layout, decision.writes)
        for key, ignored in rules.ignored_by_platform(decision.writes, fresh).items():
            outcomes[key] = SaveOutcome.IGNORED_BY_PLATFORM if ignored else SaveOutcome.SAVED
        return SaveResult(fresh, outcomes)

    def _gateway(self, caller: Identity) -> Gateway:
        gateway = self.gateway_for(caller)
        if gateway is None:
            raise NotAllowedError(
                "Your own Salesforce login is needed to show field values. Open the panel from the record page.",
                code="NO_SALESFORCE_LOGIN",
            )
        return gateway

    def _load(self, gateway: Gateway, deal_id: RecordId, layout: Layout) -> Panel:
        return _read_twice(gateway, lambda gateway: _read(gateway, deal_id, layout))

    def _write(self, gateway: Gateway, panel: Panel, layout: Layout, writes: Sequence[rules.Write]) -> Panel:
        """Writes both records and reads back in one call, all or none (W12); the reads run only when every write was
        accepted.
        """
        by_sobject: dict[str, list[rules.Write]] = {}
        for write in writes:
            by_sobject.setdefault(write.row.spec.sobject, []).append(write)
        parts = [_patch(sobject, own) for sobject, own in by_sobject.items()]
        back = reads(gateway, panel.record_id, layout, account_id=panel.account_id, with_approvals=False)
        try:
            answers = gateway.composite([*parts, *back], all_or_none=True)
        except TransientError as error:
            surely_not = isinstance(error, SalesforceUnavailableError) and not error.in_doubt
            raise TransientError(
                NOTHING_SAVED if surely_not else IN_DOUBT,
                code="SALESFORCE_UNAVAILABLE" if surely_not else "SAVE_IN_DOUBT",
                retry_after=error.retry_after,
            ) from error
        if any(answer.status >= 300 for answer in answers[: len(parts)]):
            # a read that failed is named too: with it Salesforce takes the writes back
            problems = tuple(
                problem
                for answer in answers
                if answer.status >= 300
                for problem in salesforce_problems(answer, by_sobject.get(answer.reference, ()))
            )
            raise RejectedError(
                "Salesforce did not accept the change. Nothing was saved; what you typed is kept.",
                code="SALESFORCE_REFUSED",
                problems=problems,
            )
        try:
            return read_panel(gateway, panel.record_id, layout, answers[len(parts) :])
        except AccordError as error:
            # the change is saved, whatever became of the deal since: it may have moved out of the rep's sight
            log.info("saved_without_reading_back", code=error.code)
            return rules.assumed(panel, writes)


def deal_id_of(record_id: str) -> RecordId:
    """The id of a deal in its 18-character form. Raises NotFoundError for anything else."""
    try:
        widened = RecordId(widen(record_id))
    except ValueError:
        raise NotFoundError("deal") from None
    if not widened.startswith("006"):
        raise NotFoundError("deal")
    return widened


def _read(gateway: Gateway, deal_id: RecordId, layout: Layout) -> Panel:
    answers = gateway.composite(reads(gateway, deal_id, layout), all_or_none=False)
    return read_panel(gateway, deal_id, layout, answers)


def _read_twice(gateway: Gateway, read: Callable[[Gateway], Panel]) -> Panel:
    try:
        try:
            return read(gateway)
        except RejectedError as refused:
            # a field that the kept describe still shows may be closed or gone since: one such fails the whole query
            if all(problem.code != "INVALID_FIELD" for problem in refused.problems):
                raise
        gateway.forget_describes()
        return read(gateway)
    except TransientError as error:
        raise TransientError(
            "Salesforce does not answer just now, and nothing was changed. Try again in a moment.",
            code="SALESFORCE_UNAVAILABLE",
            retry_after=error.retry_after,
        ) from error


def _patch(sobject: str, writes: Sequence[rules.Write]) -> Subrequest:
    """The write of one record; its reference is the object's name."""
    record_id = writes[0].row.record_id
    assert record_id is not None  # only rows of a record can be edited
    body: dict[str, Any] = {}
    for write in writes:
        assert write.row.describe is not None
        body[write.row.spec.field] = to_json(write.row.describe, write.value)
    return Subrequest(sobject, "PATCH", record_path(sobject, record_id), body)
