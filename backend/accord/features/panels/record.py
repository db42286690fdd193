"""What is asked of Salesforce for one panel, in one call, and how its answers are read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from accord.core.errors import NotFoundError, Problem, RejectedError
from accord.core.ids import RecordId
from accord.features.panels import rules
from accord.features.panels.model import (
    ACCOUNT,
    CURRENCY,
    DEAL,
    DealRecord,
    Layout,
    Panel,
    Row,
    RowSpec,
    Tab,
    VariableSpec,
)
from accord.features.panels.paths import described, field_of, holder_of
from accord.features.panels.row_types import CHOSEN, variable_type
from accord.salesforce.errors import read_errors
from accord.salesforce.model import Gateway, PicklistValue, Subanswer, Subrequest
from accord.salesforce.paths import Describes
from accord.salesforce.soql import Query, eq, in_, select
from accord.salesforce.wire import query_path

_OF_DEAL = ("HasOpportunityLineItem", "StageName", "Probability")
FACTS = {
    DEAL: ("AccountId", "RecordTypeId", "CurrencyIsoCode", "LastModifiedDate", *_OF_DEAL),
    ACCOUNT: ("Id", "RecordTypeId", "CurrencyIsoCode", "LastModifiedDate"),
}
# Salesforce: REST API guide, "Composite": a later part may name a value of an earlier answer, also in its address
ACCOUNT_OF_DEAL = "@{deal.records[0].AccountId}"


def describes_of(gateway: Gateway, layout: Layout) -> Describes:
    """What this user's describes say of the objects of the rows: of the Account only when a row asks for it.

    What is closed to him, be it the Account or the lookup to it, is left out; without Opportunities there is no panel.
    """
    deal = gateway.describe(DEAL)
    rows = [row for row in layout.rows if row.sobject == DEAL or "AccountId" in deal.fields]
    return {DEAL: deal, **described(gateway, rows)}


def reads(
    gateway: Gateway,
    deal_id: RecordId,
    layout: Layout,
    *,
    account_id: str | None = ACCOUNT_OF_DEAL,
    with_approvals: bool = True,
) -> list[Subrequest]:
    """The parts of the one call: the deal and its account with their values, and what this user may do with them.

    `account_id`: the account where it is known (None: the deal has none), else what the deal's own answer says.
    `with_approvals`: not behind a write, which a refused question would take back.
    """
    describes = describes_of(gateway, layout)
    about = select(*_paths(describes, layout)).from_(DEAL).where(eq("Id", deal_id))
    asked = [Subrequest("deal", "GET", query_path(about))]
    # parts of their own: for a deal without an account the platform refuses those of the account alone
    records = {"": str(deal_id)} | ({"account_": account_id} if ACCOUNT in describes and account_id else {})
    for prefix, record_id in records.items():
        is_open = record_id == ACCOUNT_OF_DEAL
        # UserRecordAccess says what may be done with the record; the describe only says what the profile allows (W12)
        asked.append(
            Subrequest(f"{prefix}access", "GET", query_path(_access(gateway, record_id), with_references=is_open))
        )
        if with_approvals:
            pending = query_path(_pending(record_id), with_references=is_open)
            asked.append(Subrequest(f"{prefix}approval", "GET", pending))
    return asked


def _paths(describes: Describes, layout: Layout) -> Iterable[str]:
    yield from ("Id", "Name")
    for sobject in (DEAL, ACCOUNT):
        if sobject not in describes:
            continue
        prefix = "" if sobject == DEAL else f"{sobject}."
        rows = [row for row in layout.rows if row.sobject == sobject]
        known = describes[sobject].fields
        yield from (f"{prefix}{name}" for name in FACTS[sobject] if name in known)
        for row in rows:
            found = field_of(row, describes)
            if found is not None:
                yield f"{prefix}{row.field}"
            if found is not None and found.controller in known:
                yield f"{prefix}{found.controller}"
            if found is not None and row.is_related:
                yield f"{prefix}{row.beside('Id').field}"
            if found is not None and row.is_related and found.type == "currency":
                holder = holder_of(row, describes.get)
                assert holder is not None
                yield from (f"{prefix}{row.beside(CURRENCY).field}",) if CURRENCY in holder.fields else ()


def _access(gateway: Gateway, record_id: str) -> Query:
    return (
        select("RecordId", "HasEditAccess")
        .from_("UserRecordAccess")
        .where(eq("UserId", gateway.user_id), in_("RecordId", (record_id,)))
    )


def _pending(record_id: str) -> Query:
    """Salesforce: Object Reference, ProcessInstance: one of an approval that is under way is `Pending`."""
    return (
        select("TargetObjectId", "CreatedDate")
        .from_("ProcessInstance")
        .where(eq("Status", "Pending"), in_("TargetObjectId", (record_id,)))
    )


def read_panel(gateway: Gateway, deal_id: RecordId, layout: Layout, answers: Sequence[Subanswer]) -> Panel:
    """The panel in the answers to `reads`. Raises NotFoundError when this user cannot see the deal."""
    by_reference = {answer.reference: answer for answer in answers}
    found = _records(by_reference["deal"])
    if not found:
        raise NotFoundError("deal")
    describes = describes_of(gateway, layout)
    deal = _deal(found[0], deal_id, layout, describes, by_reference)
    tabs = tuple(
        Tab(
            spec.key,
            spec.label,
            tuple(_row(gateway, row, describes, deal, gone=row.key in layout.gone) for row in spec.rows),
            shown=rules.is_shown(spec.rule, deal),
        )
        for spec in layout.filled
    )
    also = [_row(gateway, _named(row, describes), describes, deal, gone=False) for row in layout.also]
    variables = [_variable(gateway, one, describes, deal, gone=one.row.key in layout.gone) for one in layout.read]
    return Panel(
        record_id=deal_id,
        name=deal.name,
        tabs=tabs,
        account_id=deal.account_id,
        also=tuple(row for row in also if row.locked is None),
        variables=tuple(variables),
        changed_at=dict(_changes(found[0])),
        probability=found[0].get("Probability"),
    )


def _named(row: RowSpec, describes: Describes) -> RowSpec:
    """A row that no admin has named has the field's own label."""
    found = field_of(row, describes)
    return row if found is None else replace(row, label=found.label)


def _records(answer: Subanswer) -> Sequence[Mapping[str, Any]]:
    if answer.status != 200 or not isinstance(answer.body, dict) or "records" not in answer.body:
        problems = tuple(salesforce_problems(answer, ()))
        raise RejectedError("Salesforce did not answer for this deal.", code="SALESFORCE_REFUSED", problems=problems)
    records: Sequence[Mapping[str, Any]] = answer.body["records"]
    return records


def _deal(
    record: Mapping[str, Any],
    deal_id: RecordId,
    layout: Layout,
    describes: Describes,
    answers: Mapping[str, Subanswer],
) -> DealRecord:
    # null also where sharing hides the account: then there is nothing of it to show
    account: Mapping[str, Any] = record.get(ACCOUNT) or {}
    account_id = RecordId(str(record["AccountId"])) if account and record.get("AccountId") else None
    sources = {DEAL: record, ACCOUNT: account}
    values: dict[str, Any] = {}
    for row in layout.rows:
        found, source = field_of(row, describes), sources[row.sobject]
        if found is None:
            continue
        values[row.key] = value_at(source, row.steps)
        if found.controller is not None and found.controller in describes[row.sobject].fields:
            values[f"{row.sobject}.{found.controller}"] = source.get(found.controller)
        if row.is_related:
            for other in (row.beside(CURRENCY), row.beside("Id")):
                values[other.key] = value_at(source, other.steps)
    return DealRecord(
        record_id=deal_id,
        name=str(record["Name"]),
        account_id=account_id,
        record_type_id=record.get("RecordTypeId"),
        currency=record.get("CurrencyIsoCode"),
        has_products=bool(record.get("HasOpportunityLineItem")),
        editable=frozenset(_editable(answers, deal_id, account_id)),
        values=values,
        stage=record.get("StageName"),
        account_record_type_id=account.get("RecordTypeId"),
        account_currency=account.get("CurrencyIsoCode"),
        approvals=dict(_approvals(answers, deal_id, account_id)),
    )


def _changes(record: Mapping[str, Any]) -> Iterable[tuple[str, datetime]]:
    for sobject, one in ((DEAL, record), (ACCOUNT, record.get(ACCOUNT) or {})):
        if one.get("LastModifiedDate"):
            yield sobject, datetime.fromisoformat(one["LastModifiedDate"])


def value_at(record: Mapping[str, Any], steps: Sequence[str]) -> Any:
    """The value at the end of a path; None where a record on the way is missing or hidden."""
    found: Any = record
    for step in steps:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _editable(answers: Mapping[str, Subanswer], deal_id: RecordId, account_id: RecordId | None) -> Iterable[RecordId]:
    if _may_edit(_records(answers["access"])):
        yield deal_id
    told = answers.get("account_access")
    # where the question itself was refused nobody knows: the save asks Salesforce, which has the last word anyway
    if account_id is not None and told is not None and (told.status != 200 or _may_edit(_records(told))):
        yield account_id


def _may_edit(access: Sequence[Mapping[str, Any]]) -> bool:
    return any(one.get("HasEditAccess") for one in access)


def _approvals(
    answers: Mapping[str, Subanswer], deal_id: RecordId, account_id: RecordId | None
) -> Iterable[tuple[RecordId, datetime]]:
    """Which records wait for an approval, as far as this user may know."""
    for record_id, reference in ((deal_id, "approval"), (account_id, "account_approval")):
        told = answers.get(reference)
        if record_id is None or told is None or told.status != 200:
            continue
        since = [datetime.fromisoformat(str(one["CreatedDate"])) for one in _records(told)]
        if since:
            yield record_id, min(since)


def _row(gateway: Gateway, spec: RowSpec, describes: Describes, deal: DealRecord, *, gone: bool) -> Row:
    field = field_of(spec, describes)
    options = _options(gateway, spec, deal) if field is not None and field.type == "picklist" else None
    return rules.decide_row(spec, field, deal, options, gone=gone)


def _variable(gateway: Gateway, one: VariableSpec, describes: Describes, deal: DealRecord, *, gone: bool) -> Row:
    spec, field = one.row, field_of(one.row, describes)
    options = _options(gateway, spec, deal) if field is not None and variable_type(field) in CHOSEN else None
    return rules.decide_row(spec, field, deal, options, gone=gone, type_of=variable_type, write=one.write)


def _options(gateway: Gateway, spec: RowSpec, deal: DealRecord) -> Sequence[PicklistValue] | None:
    if spec.is_related:
        return None
    record_type = deal.record_type_id if spec.sobject == DEAL else deal.account_record_type_id
    return gateway.picklist_values(spec.sobject, record_type, spec.field)


def salesforce_problems(answer: Subanswer, writes: Sequence[rules.Write]) -> list[Problem]:
    """Salesforce's own words, each at the row of the field it names; without a field they stand at the top.

    `writes` are those of the record that the answer is about. A field that was not written is named by its key too.
    """
    sobject = writes[0].row.spec.sobject if writes else None
    found: list[Problem] = []
    for said in read_errors(answer.body):
        if said.code == "PROCESSING_HALTED":
            continue
        names = said.fields if sobject else ()
        if not names:
            found.append(Problem(code=said.code, message=said.message, field=next(iter(said.fields), None)))
        found.extend(
            Problem(code=said.code, message=said.message, key=f"{sobject}.{name}", field=name) for name in names
        )
    return found
