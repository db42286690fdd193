"""Up to 200 records in one call: HTTP 200 with an outcome per record, in order, or all of them or none."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from localorg import errors, rows
from localorg.calls import Call, Reply, is_true
from localorg.errors import Code, Problem, RefusedError, SeveralRecordsError
from localorg.events import is_enqueued
from localorg.ids import widen
from localorg.records import index_key
from localorg.rest_rows import created, known_fields
from localorg.row_checks import visible
from localorg.row_view import view

MOST_RECORDS = 200

Outcome = dict[str, Any]


def create(call: Call) -> Reply:
    return _each(call, _records(call), lambda record: created(call, call.tx.insert(_type(record), record)))


def change(call: Call) -> Reply:
    def work(record: Mapping[str, Any]) -> Outcome:
        record_id = _id(record)
        if not record_id:
            raise RefusedError(Problem(Code.MISSING_ARGUMENT, "Id not specified in an update call"))
        values = {name: value for name, value in record.items() if name.lower() != "id"}
        call.tx.update(_type(record), record_id, values)
        return _success(widen(record_id))

    return _each(call, _records(call), work)


def write_by_key(call: Call, name: str, key_name: str) -> Reply:
    sobject = rows.object_for(call.tx, name, enforce=True)
    field = rows.key_field(call.tx, sobject, key_name, enforce=True)
    records = _records(call)
    keys = [index_key(field, _key(record, field.name)) for record in records if _key(record, field.name) is not None]
    twice = {key for key, count in Counter(keys).items() if count > 1}

    def work(record: Mapping[str, Any]) -> Outcome:
        key = _key(record, field.name)
        if key is not None and index_key(field, key) in twice:
            raise RefusedError(errors.same_key_twice(key))
        if _type(record) != sobject.name:
            text = f"record type {_type(record)} does not match the object of the request"
            raise RefusedError(Problem(Code.INVALID_TYPE, text))
        values = {given: value for given, value in record.items() if given.lower() != field.name.lower()}
        result = call.tx.upsert(sobject.name, field.name, key, values)
        return {**_success(result.id), "created": result.created}

    return _each(call, records, work)


def remove(call: Call) -> Reply:
    ids = [one for one in call.query.get("ids", "").split(",") if one]
    _not_too_many(ids)

    def work(record: Mapping[str, Any]) -> Outcome:
        record_id = str(record["id"])
        sobject = call.org.schema.of_id(record_id)
        if sobject is None:
            raise RefusedError(Problem(Code.MALFORMED_ID, f"malformed id {record_id}"))
        call.tx.delete(sobject.name, record_id)
        return _success(widen(record_id))

    return _each(call, [{"id": one} for one in ids], work, all_or_none=is_true(call.query.get("allOrNone")))


def read(call: Call, name: str) -> Reply:
    """Records by id with named fields: GET with parameters or POST with a body. What is not there is null."""
    if call.method == "POST":
        body = call.json_object()
        ids, names = _texts(body, "ids"), _texts(body, "fields")
    else:
        ids = [one for one in call.query.get("ids", "").split(",") if one]
        names = [one for one in call.query.get("fields", "").split(",") if one]
    if not ids or not names:
        raise RefusedError(Problem(Code.MISSING_ARGUMENT, "ids and fields must be specified", None))
    sobject = rows.object_for(call.tx, name, enforce=True)
    fields = known_fields(call, sobject, names)
    access = call.org.access(call.tx.user_id)
    found: list[Outcome | None] = []
    for one in ids:
        row = call.org.records.find(sobject.name, widen(one))
        shown = row is not None and visible(call.tx, sobject, row)
        found.append(view(access, sobject, row, root=call.root, fields=fields) if row is not None and shown else None)
    return Reply(body=found)


def _each(
    call: Call,
    records: Sequence[Mapping[str, Any]],
    work: Callable[[Mapping[str, Any]], Outcome],
    *,
    all_or_none: bool | None = None,
) -> Reply:
    if all_or_none is None:
        all_or_none = bool(call.json_object().get("allOrNone", False))
    start = call.tx.mark()
    outcomes: list[Outcome] = []
    for record in records:
        before = call.tx.mark()
        try:
            outcomes.append(work(record))
        except RefusedError as error:
            call.tx.back_to(before)
            outcomes.append(_failure(_id(record), [_as_record_problem(one) for one in error.problems]))
        except SeveralRecordsError as error:
            call.tx.back_to(before)
            outcomes.append(_failure(_id(record), [error.problem]))
    if all_or_none and not all(one["success"] for one in outcomes):
        call.tx.back_to(start)
        outcomes = [
            _failure(_id(record), [errors.rolled_back()]) if one["success"] and not is_enqueued(one) else one
            for record, one in zip(records, outcomes, strict=True)
        ]
    return Reply(body=outcomes)


def _records(call: Call) -> list[Mapping[str, Any]]:
    records = call.json_object().get("records")
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise errors.json_error("The records of the request are missing or are no objects at [line:1, column:1]")
    _not_too_many(records)
    return records


def _texts(body: Mapping[str, Any], name: str) -> list[str]:
    values = body.get(name) or []
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise errors.json_error(f"{name} must be a list of texts at [line:1, column:1]")
    return values


def _not_too_many(records: Sequence[Any]) -> None:
    if len(records) > MOST_RECORDS:
        text = f"record limit reached. cannot submit more than {MOST_RECORDS} records into this call"
        raise RefusedError(Problem(Code.EXCEEDED_ID_LIMIT, text, None))


def _type(record: Mapping[str, Any]) -> str:
    attributes = record.get("attributes")
    kind = attributes.get("type") if isinstance(attributes, dict) else None
    if not kind:
        raise RefusedError(Problem(Code.INVALID_TYPE, "an attributes.type is needed for each record"))
    return str(kind)


def _id(record: Mapping[str, Any]) -> str | None:
    found = next((value for name, value in record.items() if name.lower() == "id"), None)
    return None if found is None else str(found)


def _key(record: Mapping[str, Any], name: str) -> Any:
    return next((value for given, value in record.items() if given.lower() == name.lower()), None)


def _success(record_id: str) -> Outcome:
    return {"id": record_id, "success": True, "errors": []}


def _failure(record_id: str | None, problems: Sequence[Problem]) -> Outcome:
    outcome: Outcome = {"success": False, "errors": [one.as_save_error() for one in problems]}
    return outcome if not record_id else {"id": record_id, **outcome}


def _as_record_problem(problem: Problem) -> Problem:
    """Salesforce: a record that is not there is an invalid cross reference in a collection, not a missing resource."""
    if problem.code == Code.NOT_FOUND and problem.fields is None and "resource" in problem.message:
        return Problem(Code.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id")
    return problem
