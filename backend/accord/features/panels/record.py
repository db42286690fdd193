"""What is asked of Salesforce for one panel, in one call, and how its answers are read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from accord.core.errors import NotFoundError, Problem, RejectedError
from accord.core.ids import RecordId
from accord.features.panels import rules
from accord.features.panels.model import ACCOUNT, DEAL, DealRecord, Layout, Panel, Row, RowSpec, Tab
from accord.salesforce.errors import read_errors
from accord.salesforce.model import Gateway, SObjectDescribe, Subanswer, Subrequest
from accord.salesforce.soql import Query, eq, in_, select
from accord.salesforce.wire import query_path

FACTS = {
    DEAL: ("AccountId", "RecordTypeId", "CurrencyIsoCode", "HasOpportunityLineItem", "StageName"),
    ACCOUNT: ("Id", "RecordTypeId", "CurrencyIsoCode"),
}
# Salesforce: REST API guide, "Composite": a later part may name a value of an earlier answer, also in its address
ACCOUNT_OF_DEAL = "@{deal.records[0].AccountId}"
Describes = Mapping[str, SObjectDescribe]


def describes_of(gateway: Gateway, layout: Layout) -> Describes:
    """What this user's describes say of the objects of the rows: of the Account only when a row asks for it.

    An Account that is closed to him, as a whole or by the lookup, is left out; without Opportunities there is no panel.
    """
    found = {DEAL: gateway.describe(DEAL)}
    if any(row.sobject == ACCOUNT for row in layout.rows) and "AccountId" in found[DEAL].fields:
        try:
            found[ACCOUNT] = gateway.describe(ACCOUNT)
        except RejectedError:
            return found
    return found


def reads(
    gateway: Gateway, deal_id: RecordId, layout: Layout, *, account_id: str | None = ACCOUNT_OF_DEAL
) -> list[Subrequest]:
    """The parts of the one call: the deal and its account with their values, and what this user may do with them.

    `account_id`: the account where it is known (None: the deal has none), else what the deal's own answer says.
    """
    describes = describes_of(gateway, layout)
    asked = [
        Subrequest("deal", "GET", query_path(select(*_paths(describes, layout)).from_(DEAL).where(eq("Id", deal_id)))),
        # UserRecordAccess says what sharing allows; the describe only says what the profile allows (W12)
        Subrequest("access", "GET", query_path(_access(gateway, deal_id))),
    ]
    if ACCOUNT in describes and account_id is not None:
        # a part of its own: for a deal without an account the platform refuses this one alone
        access = query_path(_access(gateway, account_id), with_references=account_id == ACCOUNT_OF_DEAL)
        asked.append(Subrequest("account_access", "GET", access))
    return asked


def _paths(describes: Describes, layout: Layout) -> Iterable[str]:
    yield from ("Id", "Name")
    for sobject, describe in describes.items():
        configured = [row.field for row in layout.rows if row.sobject == sobject]
        for name in (*FACTS[sobject], *configured):
            if name in describe.fields:
                yield name if sobject == DEAL else f"{sobject}.{name}"


def _access(gateway: Gateway, record_id: str) -> Query:
    return (
        select("RecordId", "HasEditAccess")
        .from_("UserRecordAccess")
        .where(eq("UserId", gateway.user_id), in_("RecordId", (record_id,)))
    )


def read_panel(gateway: Gateway, deal_id: RecordId, layout: Layout, answers: Sequence[Subanswer]) -> Panel:
    """The panel in the answers to `reads`. Raises NotFoundError when this user cannot see the deal."""
    by_reference = {answer.reference: answer for answer in answers}
    found = _records(by_reference["deal"])
    if not found:
        raise NotFoundError("deal")
    deal = _deal(found[0], deal_id, layout, by_reference)
    describes = describes_of(gateway, layout)
    tabs = tuple(
        Tab(
            spec.key,
            spec.label,
            tuple(_row(gateway, row, describes, deal, gone=row.key in layout.gone) for row in spec.rows),
            shown=rules.is_shown(spec.rule, deal),
        )
        for spec in layout.filled
    )
    return Panel(record_id=deal_id, name=deal.name, tabs=tabs, account_id=deal.account_id)


def _records(answer: Subanswer) -> Sequence[Mapping[str, Any]]:
    if answer.status != 200 or not isinstance(answer.body, dict) or "records" not in answer.body:
        problems = tuple(salesforce_problems(answer, ()))
        raise RejectedError("Salesforce did not answer for this deal.", code="SALESFORCE_REFUSED", problems=problems)
    records: Sequence[Mapping[str, Any]] = answer.body["records"]
    return records


def _deal(record: Mapping[str, Any], deal_id: RecordId, layout: Layout, answers: Mapping[str, Subanswer]) -> DealRecord:
    # null also where sharing hides the account: then there is nothing of it to show
    account: Mapping[str, Any] = record.get(ACCOUNT) or {}
    account_id = RecordId(str(record["AccountId"])) if account and record.get("AccountId") else None
    sources = {DEAL: record, ACCOUNT: account}
    return DealRecord(
        record_id=deal_id,
        name=str(record["Name"]),
        account_id=account_id,
        record_type_id=record.get("RecordTypeId"),
        currency=record.get("CurrencyIsoCode"),
        has_products=bool(record.get("HasOpportunityLineItem")),
        editable=frozenset(_editable(answers, deal_id, account_id)),
        values={row.key: sources[row.sobject].get(row.field) for row in layout.rows},
        stage=record.get("StageName"),
        account_record_type_id=account.get("RecordTypeId"),
        account_currency=account.get("CurrencyIsoCode"),
    )


def _editable(answers: Mapping[str, Subanswer], deal_id: RecordId, account_id: RecordId | None) -> Iterable[RecordId]:
    if _may_edit(_records(answers["access"])):
        yield deal_id
    told = answers.get("account_access")
    # where the question itself was refused nobody knows: the save asks Salesforce, which has the last word anyway
    if account_id is not None and told is not None and (told.status != 200 or _may_edit(_records(told))):
        yield account_id


def _may_edit(access: Sequence[Mapping[str, Any]]) -> bool:
    return any(one.get("HasEditAccess") for one in access)


def _row(gateway: Gateway, spec: RowSpec, describes: Describes, deal: DealRecord, *, gone: bool) -> Row:
    describe = describes.get(spec.sobject)
    field = None if describe is None else describe.fields.get(spec.field)
    options = None
    if field is not None and field.type == "picklist":
        record_type = deal.record_type_id if spec.sobject == DEAL else deal.account_record_type_id
        options = gateway.picklist_values(spec.sobject, record_type, spec.field)
    return rules.decide_row(spec, field, deal, options, gone=gone)


def salesforce_problems(answer: Subanswer, writes: Sequence[rules.Write]) -> list[Problem]:
    """Salesforce's own words, each at the row of the field it names; without a field they stand at the top.

    `writes` are those of the record that the answer is about.
    """
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
