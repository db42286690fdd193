"""Single records: create, read, update, delete, and all of it by external id."""

from collections.abc import Callable
from typing import Any, TypeVar

from localorg import conditional, errors, events, rows
from localorg.calls import Call, Reply
from localorg.errors import Code, Problem, RefusedError, SeveralRecordsError
from localorg.ids import looks_like_id
from localorg.row_view import view
from localorg.schema import Field, SObject

_Result = TypeVar("_Result")
NOT_IN_BODY = "The {} field should not be specified in the sobject data."

# Parts of a record's address that exist on the platform and are not built here.
SUB_RESOURCES = frozenset({"listviews", "quickActions", "defaultValues", "relevantItems", "compactLayouts"})


def create(call: Call, name: str) -> Reply:
    _without_id(call)
    record_id = _single(lambda: call.tx.insert(name, call.json_object()))
    location = f"{call.root}/sobjects/{name}/{record_id}"
    return Reply(201, created(call, record_id), {"Location": location})


def created(call: Call, record_id: str) -> dict[str, Any]:
    """The answer to a new record, and to an event, whose success has an entry in `errors`."""
    return {"id": record_id, "success": True, "errors": events.enqueued(call.tx, record_id)}


def read(call: Call, name: str, record_id: str) -> Reply:
    if record_id in SUB_RESOURCES:
        raise errors.not_built(f"{record_id} of an object")
    sobject = rows.object_for(call.tx, name, enforce=True)
    row = rows.existing(call.tx, sobject, record_id, enforce=True)
    stamps = conditional.headers(call, sobject, row)
    if conditional.is_not_modified(call, sobject, row):
        return Reply(304, headers=stamps)
    access = call.org.access(call.tx.user_id)
    fields = chosen_fields(call, sobject)
    return Reply(body=view(access, sobject, row, root=call.root, fields=fields), headers=stamps)


def change(call: Call, name: str, record_id: str) -> Reply:
    sobject = rows.object_for(call.tx, name, enforce=True)
    conditional.check(call, sobject, rows.existing(call.tx, sobject, record_id, enforce=True))
    _without_id(call)
    _single(lambda: call.tx.update(name, record_id, call.json_object()))
    return Reply(204)


def remove(call: Call, name: str, record_id: str) -> Reply:
    call.tx.delete(name, record_id)
    return Reply(204)


def read_by_key(call: Call, name: str, key_name: str, key: str) -> Reply:
    sobject, found = _by_key(call, name, key_name, key)
    return read(call, sobject.name, found[0])


def remove_by_key(call: Call, name: str, key_name: str, key: str) -> Reply:
    sobject, found = _by_key(call, name, key_name, key)
    return remove(call, sobject.name, found[0])


def write_by_key(call: Call, name: str, key_name: str, key: str) -> Reply:
    """Upsert: 201 created, 200 updated, 300 with the addresses when several records carry the key."""
    values = call.json_object()
    if any(given.lower() == key_name.lower() for given in values):
        raise RefusedError(Problem(Code.INVALID_FIELD, NOT_IN_BODY.format(key_name), (key_name,)))
    result = _single(lambda: call.tx.upsert(name, key_name, key, values))
    body = {"id": result.id, "success": True, "errors": [], "created": result.created}
    if not result.created:
        return Reply(200, body)
    return Reply(201, body, {"Location": f"{call.root}/sobjects/{name}/{result.id}"})


def chosen_fields(call: Call, sobject: SObject) -> list[Field] | None:
    """The `fields` parameter; None without one. A field that the user may not see does not exist for him."""
    text = call.query.get("fields")
    return None if text is None else known_fields(call, sobject, text.split(","))


def known_fields(call: Call, sobject: SObject, names: list[str]) -> list[Field]:
    access = call.org.access(call.tx.user_id)
    chosen = []
    for name in dict.fromkeys(one.strip() for one in names):
        field = sobject.find(name)
        if field is None or not access.field(sobject.name, field.name).read:
            text = (
                f"No such column '{name}' on entity '{sobject.name}'. If you are attempting to use a custom field, be "
                "sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call "
                "for the appropriate names."
            )
            raise RefusedError(Problem(Code.INVALID_FIELD, text, None))
        chosen.append(field)
    return chosen


def _by_key(call: Call, name: str, key_name: str, key: str) -> tuple[SObject, list[str]]:
    if looks_like_id(key_name) or key_name == "describe":
        raise errors.not_built(f"the resource {key} of a record or describe")
    sobject = rows.object_for(call.tx, name, enforce=True)
    field = rows.key_field(call.tx, sobject, key_name, enforce=True)
    found = rows.find_by_key(call.tx, sobject, field, key, enforce=True)
    if not found:
        raise errors.not_found()
    if len(found) > 1:
        raise SeveralRecordsError(sobject=sobject.name, field=field.name, ids=found)
    return sobject, found


def _without_id(call: Call) -> None:
    """Recorded: the id of a single row stands in its address, never in the body; such an error names no fields."""
    if any(given.lower() == "id" for given in call.json_object()):
        raise RefusedError(Problem(Code.INVALID_FIELD, NOT_IN_BODY.format("Id"), None))


def _single(work: Callable[[], _Result]) -> _Result:
    """Salesforce: a value of the wrong JSON type fails a single row while it is parsed, with the parser's code."""
    try:
        return work()
    except RefusedError as error:
        wrong = next((one.parser_text for one in error.problems if one.parser_text), None)
        if wrong is None:
            raise
        raise errors.json_error(wrong) from error
