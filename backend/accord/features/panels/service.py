"""The panel's use cases. A warm panel costs one Salesforce call, a save two."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

import structlog

from accord.core.errors import (
    AccordError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    Problem,
    RejectedError,
    TransientError,
)
from accord.core.identity import Identity
from accord.core.ids import RecordId, widen
from accord.features.panels import rules
from accord.features.panels.model import DEFAULT_TABS, Change, DealRecord, Panel, Row, SaveOutcome, SaveResult, Tab
from accord.salesforce.canonical import to_json
from accord.salesforce.errors import SalesforceUnavailableError, read_errors
from accord.salesforce.model import Gateway, SObjectDescribe, Subanswer, Subrequest
from accord.salesforce.soql import Query, eq, in_, select

log = structlog.get_logger()
MOST_CHANGES = 50
NOTHING_SAVED = "Salesforce does not answer just now. Nothing was saved; what you typed is kept. Try again in a moment."
IN_DOUBT = (
    "No clear answer came from Salesforce, so the change may or may not have been saved. "
    "What you typed is kept: save again, and you will see if it is there already."
)
DEAL = "Opportunity"
FACTS = ("AccountId", "RecordTypeId", "CurrencyIsoCode", "HasOpportunityLineItem")


@dataclass(frozen=True, slots=True)
class Panels:
    # the caller's own login, or None: then he is given no values at all (S3)
    gateway_for: Callable[[Identity], Gateway | None]

    def load(self, caller: Identity, record_id: str) -> Panel:
        """The panel of a deal under the caller's own rights.

        Raises NotFoundError for a deal that he cannot see, NotAllowedError when he has no Salesforce login here.
        """
        return self._load(self._gateway(caller), deal_id_of(record_id))

    def save(self, caller: Identity, record_id: str, changes: Sequence[Change]) -> SaveResult:
        """Writes the changed fields with the caller's own login, all or none.

        Raises RejectedError (INVALID_VALUE, or SALESFORCE_REFUSED with Salesforce's own words at the field) and
        ConflictError (STALE_EDIT, with both values). In each case nothing was written. TransientError says in its words
        whether the change may have been saved. What was written and cannot be read back is shown as it was written.
        """
        if not 0 < len(changes) <= MOST_CHANGES:
            raise RejectedError(f"Send from 1 to {MOST_CHANGES} changes.")
        gateway, deal_id = self._gateway(caller), deal_id_of(record_id)
        panel = self._load(gateway, deal_id)
        decision = rules.decide_save(panel, changes)
        if decision.problems:
            raise RejectedError("Nothing was saved. Correct the fields that are named.", problems=decision.problems)
        if decision.stale:
            raise ConflictError(
                "Nothing was saved: somebody changed the same field in Salesforce.",
                code="STALE_EDIT",
                problems=decision.stale,
            )
        outcomes = dict.fromkeys(decision.unchanged, SaveOutcome.UNCHANGED)
        if not decision.writes:
            return SaveResult(panel, outcomes)
        fresh = self._write(gateway, panel, decision.writes)
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

    def _load(self, gateway: Gateway, deal_id: RecordId) -> Panel:
        try:
            reads = _reads(gateway, deal_id)
            return _panel(gateway, deal_id, gateway.composite(reads, all_or_none=False))
        except TransientError as error:
            raise TransientError(
                "Salesforce does not answer just now, and nothing was changed. Try again in a moment.",
                code="SALESFORCE_UNAVAILABLE",
                retry_after=error.retry_after,
            ) from error

    def _write(self, gateway: Gateway, panel: Panel, writes: Sequence[rules.Write]) -> Panel:
        """Writes and reads back in one call; the reads run only when every write was accepted."""
        deal_id = panel.record_id
        bodies: dict[tuple[str, RecordId], dict[str, Any]] = {}
        for write in writes:
            row = write.row
            assert row.record_id is not None
            assert row.describe is not None
            body = bodies.setdefault((row.spec.sobject, row.record_id), {})
            body[row.spec.field] = to_json(row.describe, write.value)
        parts = [
            Subrequest(f"write{number}", "PATCH", f"sobjects/{sobject}/{record_id}", body)
            for number, ((sobject, record_id), body) in enumerate(bodies.items())
        ]
        try:
            answers = gateway.composite([*parts, *_reads(gateway, deal_id)], all_or_none=True)
        except TransientError as error:
            surely_not = isinstance(error, SalesforceUnavailableError) and not error.in_doubt
            raise TransientError(
                NOTHING_SAVED if surely_not else IN_DOUBT, code="SALESFORCE_UNAVAILABLE", retry_after=error.retry_after
            ) from error
        if any(answer.status >= 300 for answer in answers[: len(parts)]):
            # a read that failed is named too: with it Salesforce takes the writes back
            refused = [answer for answer in answers if answer.status >= 300]
            raise RejectedError(
                "Salesforce did not accept the change. Nothing was saved; what you typed is kept.",
                code="SALESFORCE_REFUSED",
                problems=tuple(problem for answer in refused for problem in _salesforce_problems(answer, writes)),
            )
        try:
            return _panel(gateway, deal_id, answers[len(parts) :])
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


def _visible(gateway: Gateway) -> tuple[SObjectDescribe, Mapping[str, SObjectDescribe]]:
    """The describes that the configured rows need: of the deal, and of its Account only when a row asks for it."""
    sobjects = {row.sobject for tab in DEFAULT_TABS for row in tab.rows} | {DEAL}
    describes = {name: gateway.describe(name) for name in sorted(sobjects)}
    return describes[DEAL], describes


def _reads(gateway: Gateway, deal_id: RecordId) -> list[Subrequest]:
    """The parts of the one call: the deal with its values, and what this user may do with it."""
    deal, describes = _visible(gateway)
    paths = ["Id", "Name", *(name for name in FACTS if name in deal.fields)]
    paths.extend(
        row.field if row.sobject == DEAL else row.key
        for tab in DEFAULT_TABS
        for row in tab.rows
        if row.field in describes[row.sobject].fields
    )
    return [
        _ask("deal", select(*paths).from_(DEAL).where(eq("Id", deal_id))),
        # UserRecordAccess says what sharing allows; the describe only says what the profile allows (W12)
        _ask(
            "access",
            select("RecordId", "HasEditAccess")
            .from_("UserRecordAccess")
            .where(eq("UserId", gateway.user_id), in_("RecordId", (deal_id,))),
        ),
    ]


def _ask(reference: str, query: Query) -> Subrequest:
    return Subrequest(reference, "GET", f"query?q={quote_plus(str(query))}")


def _panel(gateway: Gateway, deal_id: RecordId, answers: Sequence[Subanswer]) -> Panel:
    found = _records(answers[0])
    if not found:
        raise NotFoundError("deal")
    deal = _deal(found[0], deal_id, _records(answers[1]))
    _, describes = _visible(gateway)
    tabs = tuple(
        Tab(
            spec.key,
            spec.label,
            tuple(_row(gateway, row, describes[row.sobject], deal) for row in spec.rows),
        )
        for spec in DEFAULT_TABS
    )
    return Panel(record_id=deal_id, name=deal.name, tabs=tabs)


def _records(answer: Subanswer) -> Sequence[Mapping[str, Any]]:
    if answer.status != 200 or not isinstance(answer.body, dict) or "records" not in answer.body:
        problems = tuple(_salesforce_problems(answer, ()))
        raise RejectedError("Salesforce did not answer for this deal.", code="SALESFORCE_REFUSED", problems=problems)
    records: Sequence[Mapping[str, Any]] = answer.body["records"]
    return records


def _deal(record: Mapping[str, Any], deal_id: RecordId, access: Sequence[Mapping[str, Any]]) -> DealRecord:
    values: dict[str, Any] = {}
    for tab in DEFAULT_TABS:
        for row in tab.rows:
            source = record if row.sobject == DEAL else record.get(row.sobject) or {}
            values[row.key] = source.get(row.field)
    account_id = record.get("AccountId")
    return DealRecord(
        record_id=deal_id,
        name=str(record["Name"]),
        account_id=RecordId(account_id) if account_id else None,
        record_type_id=record.get("RecordTypeId"),
        currency=record.get("CurrencyIsoCode"),
        has_products=bool(record.get("HasOpportunityLineItem")),
        editable=frozenset(RecordId(str(one["RecordId"])) for one in access if one.get("HasEditAccess")),
        values=values,
    )


def _row(gateway: Gateway, spec: Any, describe: SObjectDescribe, deal: DealRecord) -> Row:
    field = describe.fields.get(spec.field)
    options = None
    if field is not None and field.type == "picklist":
        record_type = deal.record_type_id if spec.sobject == DEAL else None
        options = gateway.picklist_values(spec.sobject, record_type, spec.field)
    return rules.decide_row(spec, field, deal, options)


def _salesforce_problems(answer: Subanswer, writes: Sequence[rules.Write]) -> list[Problem]:
    """Salesforce's own words, each at the row of the field it names; without a field they stand at the top."""
    by_field = {write.row.spec.field: write.row for write in writes}
    found: list[Problem] = []
    for said in read_errors(answer.body):
        if said.code == "PROCESSING_HALTED":
            continue
        named = [by_field[name] for name in said.fields if name in by_field]
        if not named:
            found.append(Problem(code=said.code, message=said.message, field=next(iter(said.fields), None)))
        found.extend(
            Problem(code=said.code, message=said.message, key=row.spec.key, field=row.spec.field) for row in named
        )
    return found
