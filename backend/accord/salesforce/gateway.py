"""The gateway: what the product asks of an org, over one login."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accord.core.clock import Clock
from accord.core.ids import RecordId, UserId, widen
from accord.core.outcomes import Done, Outcome
from accord.salesforce import describe
from accord.salesforce.client import API_VERSION, READS, CallFailedError, Client, Renew, check_path
from accord.salesforce.describe import DescribeCache, Owner
from accord.salesforce.errors import as_error, odd_answer, read_errors, refused, upsert_refused
from accord.salesforce.model import (
    MOST_PARTS,
    Allowance,
    Gateway,
    Login,
    PicklistValue,
    SObjectDescribe,
    Subanswer,
    Subrequest,
    UpdateRow,
    UpsertRow,
    Usage,
)
from accord.salesforce.once import in_batches, is_about_the_org, read_acted, read_published
from accord.salesforce.soql import Query, name
from accord.salesforce.transport import HttpOptions

MOST_ROWS = 200  # Salesforce: REST API guide, "sObject Collections"
LONGEST_KEY = 255
_METHODS = {"GET", "POST", "PATCH", "PUT", "DELETE"}


def open_gateway(
    login: Login, *, http: HttpOptions, describes: DescribeCache, clock: Clock, renew: Renew | None = None
) -> Gateway:
    """A gateway over one login; it makes no call yet. `renew` gives a fresh login of the same user when this one ends.

    Raises UnsafeAddressError when the login's address is not Salesforce's.
    """
    return _Gateway(open_client(login, http=http, describes=describes, clock=clock, renew=renew), describes, clock)


def open_client(
    login: Login, *, http: HttpOptions, describes: DescribeCache, clock: Clock, renew: Renew | None = None
) -> Client:
    """As `open_gateway`: the client beneath it, for another port of this package."""

    def version() -> str:
        return str(describes.get("versions", login.instance_url, now=clock(), fetch=lambda: _version(client)))

    client = Client(login, http=http, version=version, clock=clock, renew=renew)
    return client


def _version(client: Client) -> str:
    """Ours, or the org's highest when that is lower (or unknown: then ours is tried)."""
    offered = sorted(client.versions(), key=float)
    return min(API_VERSION, offered[-1], key=float) if offered else API_VERSION


class _Gateway:
    def __init__(self, client: Client, describes: DescribeCache, clock: Clock) -> None:
        self._client = client
        self._describes = describes
        self._clock = clock
        self._owner = Owner(client.login.org_id, client.login.user_id)

    @property
    def user_id(self) -> UserId:
        return self._owner.user_id

    @property
    def usage(self) -> Usage | None:
        return self._client.usage

    def describe(self, sobject: str) -> SObjectDescribe:
        path = f"sobjects/{name(sobject)}/describe"
        found: SObjectDescribe = self._kept(path, describe.read_describe)
        return found

    def picklist_values(self, sobject: str, record_type_id: str | None, field: str) -> Sequence[PicklistValue]:
        chosen = describe.record_type(record_type_id)
        path = f"ui-api/object-info/{name(sobject)}/picklist-values/{chosen}/{name(field)}"
        found: Sequence[PicklistValue] = self._kept(path, describe.read_picklist)
        return found

    def limits(self) -> Mapping[str, Allowance]:
        found: Mapping[str, Allowance] = self._fetch("limits", _read_limits)
        return found

    def forget_describes(self) -> None:
        self._describes.forget(self._owner)

    def query(self, soql: Query | str) -> Sequence[Mapping[str, Any]]:
        if isinstance(soql, Query) and soql.never:
            return ()
        try:
            return [record for page in self._client.pages(str(soql)) for record in page["records"]]
        except CallFailedError as failure:
            raise as_error(failure.refusal) from None

    def tooling(self, soql: Query) -> Sequence[Mapping[str, Any]]:
        if soql.never:
            return ()
        try:
            answer = self._client.call("GET", "tooling/query", params={"q": str(soql)})
            return list(answer["records"])
        except CallFailedError as failure:
            raise as_error(failure.refusal) from None
        except (KeyError, TypeError):
            raise as_error(odd_answer("Salesforce answered a query without records.")) from None

    def composite(self, parts: Sequence[Subrequest], *, all_or_none: bool) -> Sequence[Subanswer]:
        _check_parts(parts)
        if not parts:
            return ()
        reads_only = all(part.method in READS for part in parts)
        try:
            body = {"allOrNone": all_or_none, "compositeRequest": [self._part(part) for part in parts]}
            answer = self._client.call("POST", "composite", body, safe=reads_only)
            return _read_subanswers(answer, parts, in_doubt=not reads_only)
        except CallFailedError as failure:
            raise as_error(failure.refusal) from None

    def upsert(self, sobject: str, external_id_field: str, rows: Sequence[UpsertRow]) -> Sequence[Outcome]:
        _check_upsert(external_id_field, rows)
        path = f"composite/sobjects/{name(sobject)}/{name(external_id_field)}"
        records = [{"attributes": {"type": sobject}, external_id_field: row.external_id, **row.fields} for row in rows]

        def read(row: UpsertRow, answer: Mapping[str, Any]) -> Outcome:
            if answer["success"] is True:
                return Done(RecordId(widen(answer["id"])), created=answer.get("created") is True)
            return upsert_refused(read_errors(answer["errors"]), key_field=external_id_field, key=row.external_id)

        return self._save(path, records, rows, read)

    def update(self, sobject: str, rows: Sequence[UpdateRow]) -> Sequence[Outcome]:
        ids = [widen(row.record_id) for row in rows]
        _check_rows([row.fields for row in rows], keys=ids, forbidden={"id", "attributes"})
        records = [
            {"attributes": {"type": name(sobject)}, "id": record_id, **row.fields}
            for record_id, row in zip(ids, rows, strict=True)
        ]

        def read(row: UpdateRow, answer: Mapping[str, Any]) -> Outcome:
            if answer["success"] is not True:
                return refused(read_errors(answer["errors"]))
            if widen(answer["id"]) != widen(row.record_id):
                raise ValueError("the answer names another record")
            return Done(RecordId(widen(answer["id"])), created=False)

        return self._save("composite/sobjects", records, rows, read)

    def publish(self, event: str, messages: Sequence[Mapping[str, Any]]) -> Sequence[Outcome]:
        def on_the_bus(batch: Sequence[Mapping[str, Any]]) -> list[Outcome]:
            parts = [
                Subrequest(f"event{place}", "POST", f"sobjects/{name(event)}", message)
                for place, message in enumerate(batch)
            ]
            body = {"allOrNone": False, "compositeRequest": [self._part(part) for part in parts]}
            answers = _read_subanswers(self._client.call("POST", "composite", body), parts, in_doubt=True)
            return [read_published(answer) for answer in answers]

        return in_batches(messages, MOST_PARTS, on_the_bus)

    def act(self, action: str, inputs: Sequence[Mapping[str, Any]]) -> Sequence[Outcome]:
        path = f"actions/standard/{name(action)}"

        # one input a call: what Salesforce answers for several of which one is refused is not documented
        return in_batches(inputs, 1, lambda one: [read_acted(self._client.call("POST", path, {"inputs": [*one]}))])

    def _save(
        self,
        path: str,
        records: Sequence[Mapping[str, Any]],
        rows: Sequence[Any],
        read: Callable[[Any, Mapping[str, Any]], Outcome],
    ) -> Sequence[Outcome]:
        if not rows:
            return ()
        try:
            answers = self._client.call("PATCH", path, {"allOrNone": False, "records": records})
        except CallFailedError as failure:
            if is_about_the_org(failure.refusal):
                raise as_error(failure.refusal) from None
            return [failure.refusal] * len(rows)
        # Salesforce: collections answer 200 with failures inside, in the order of the request
        if not isinstance(answers, list) or len(answers) != len(rows):
            return [odd_answer("Salesforce answered for another number of records.", in_doubt=True)] * len(rows)
        return [_read_row(row, answer, read) for row, answer in zip(rows, answers, strict=True)]

    def _part(self, part: Subrequest) -> Mapping[str, Any]:
        request: dict[str, Any] = {
            "method": part.method,
            "url": f"/services/data/v{self._client.version}/{part.path}",
            "referenceId": part.reference,
        }
        return request if part.body is None else {**request, "body": part.body}

    def _kept(self, path: str, read: Callable[[Mapping[str, Any]], Any]) -> Any:
        return self._describes.get(self._owner, path, now=self._clock(), fetch=lambda: self._fetch(path, read))

    def _fetch(self, path: str, read: Callable[[Mapping[str, Any]], Any]) -> Any:
        try:
            return read(self._client.call("GET", path))
        except CallFailedError as failure:
            raise as_error(failure.refusal) from None
        except (KeyError, TypeError, ValueError):
            raise as_error(odd_answer("Salesforce described something in a way that we do not know.")) from None


def _read_limits(answer: Mapping[str, Any]) -> Mapping[str, Allowance]:
    return {name: Allowance(int(one["Max"]), int(one["Remaining"])) for name, one in answer.items()}


def _read_row(row: Any, answer: Any, read: Callable[[Any, Mapping[str, Any]], Outcome]) -> Outcome:
    try:
        return read(row, answer)
    except (AttributeError, KeyError, TypeError, ValueError):
        return odd_answer("Salesforce answered for this record in a way that we do not know.", in_doubt=True)


def _check_parts(parts: Sequence[Subrequest]) -> None:
    if len(parts) > MOST_PARTS or len({part.reference for part in parts}) != len(parts):
        raise ValueError("a composite call has at most 25 parts, each with a reference of its own")
    for part in parts:
        name(part.reference)
        check_path(part.path)
        if part.method not in _METHODS:
            raise ValueError("no method of the REST API")


def _read_subanswers(answer: Any, parts: Sequence[Subrequest], *, in_doubt: bool) -> Sequence[Subanswer]:
    try:
        found = {
            item["referenceId"]: Subanswer(item["referenceId"], int(item["httpStatusCode"]), item["body"])
            for item in answer["compositeResponse"]
        }
        return [found[part.reference] for part, _ in zip(parts, answer["compositeResponse"], strict=True)]
    except (KeyError, TypeError, ValueError):
        failure = odd_answer("Salesforce answered a composite call in a way that we do not know.", in_doubt=in_doubt)
        raise CallFailedError(failure) from None


def _check_upsert(field: str, rows: Sequence[UpsertRow]) -> None:
    """Without its external id a row would be a plain insert, and a repeat a second record."""
    keys = [row.external_id for row in rows]
    if not all(key and key == key.strip() and len(key) <= LONGEST_KEY for key in keys):
        raise ValueError("an external id has 1 to 255 characters and no space around it")
    _check_rows([row.fields for row in rows], keys=keys, forbidden={"id", "attributes", field.lower()})


def _check_rows(fields: Sequence[Mapping[str, Any]], *, keys: Sequence[str], forbidden: set[str]) -> None:
    if len(keys) > MOST_ROWS or len({key.lower() for key in keys}) != len(keys):
        raise ValueError("a call takes at most 200 records, each once")
    for row in fields:
        if not forbidden.isdisjoint(field.lower() for field in row):
            raise ValueError("the id of a record is not among its fields")
        for field in row:
            name(field)
