"""What changed and what was deleted in a time span: GET /sobjects/X/updated and /sobjects/X/deleted.

REST API Developer Guide, sObject Get Updated and Get Deleted; SOAP API Developer Guide, getUpdated() and getDeleted().
"""

from datetime import datetime, timedelta
from typing import Any

from localorg import recycle_bin, rows
from localorg.calls import Call, Reply
from localorg.errors import Code, Problem, RefusedError
from localorg.records import Row
from localorg.row_checks import visible
from localorg.schema import SObject
from localorg.values import moment_text, parse_moment

LONGEST_LOOK_BACK = timedelta(days=30)


def updated(call: Call, name: str) -> Reply:
    """Ids of the records that were created or changed, by SystemModstamp; what has been deleted since is left out."""
    sobject, start, end = _asked(call, name)
    found = [
        row
        for row in call.org.records.all(sobject.name)
        if start <= parse_moment(row["SystemModstamp"]) < end and visible(call.tx, sobject, row)
    ]
    found.sort(key=lambda row: (row["SystemModstamp"], row["Id"]))
    return Reply(body={"ids": [row["Id"] for row in found], "latestDateCovered": _latest(call, end)})


def deleted(call: Call, name: str) -> Reply:
    """The records that were deleted or lost a merge, with when; only while they lie in the recycle bin."""
    sobject, start, end = _asked(call, name)
    found: list[Row] = [
        row
        for row in recycle_bin.rows(call.org, sobject.name)
        if row.get("_deleted_at") and start <= parse_moment(row["_deleted_at"]) < end and visible(call.tx, sobject, row)
    ]
    found.sort(key=lambda row: (row["_deleted_at"], row["Id"]))
    body: dict[str, Any] = {
        "deletedRecords": [{"deletedDate": row["_deleted_at"], "id": row["Id"]} for row in found],
        "earliestDateAvailable": moment_text(max(_org_created(call), call.tx.now - recycle_bin.KEPT)),
        "latestDateCovered": _latest(call, end),
    }
    return Reply(body=body)


def _asked(call: Call, name: str) -> tuple[SObject, datetime, datetime]:
    sobject = rows.object_for(call.tx, name, enforce=True)
    if not sobject.facts["replicateable"]:
        raise RefusedError(Problem(Code.INVALID_TYPE, f"sObject type {sobject.name} is not replicable", None))
    start, end = _moment(call, "start"), _moment(call, "end")
    if start >= end:
        raise _refused("endDate must be at least one minute greater than startDate")
    if call.tx.now - start > LONGEST_LOOK_BACK:
        raise _refused("startDate cannot be more than 30 days ago")
    if start < _minute(_org_created(call)):
        raise _refused("startDate before org replication enabled date")
    return sobject, start, end


def _moment(call: Call, name: str) -> datetime:
    """Salesforce ignores the seconds of both ends."""
    text = call.query.get(name)
    if not text:
        raise RefusedError(Problem(Code.MISSING_ARGUMENT, f"{name} must be specified", None))
    try:
        return _minute(parse_moment(text.replace(" ", "+")))  # a plus sign that nobody encoded
    except ValueError:
        raise _refused(f"{name}: {text} is not a valid date") from None


def _latest(call: Call, end: datetime) -> str:
    """What a caller starts from the next time: nothing after it has been looked at for good."""
    return moment_text(min(end, _minute(call.tx.now)))


def _org_created(call: Call) -> datetime:
    organization = call.org.records.find("Organization", call.org.id)
    assert organization is not None
    return parse_moment(organization["CreatedDate"])


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _refused(text: str) -> RefusedError:
    return RefusedError(Problem(Code.INVALID_REPLICATION_DATE, text, None))
