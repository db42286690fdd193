"""Queries: the first batch, the following ones, and with deleted records."""

import re
from typing import Any

from localorg import errors
from localorg.calls import Call, Reply
from localorg.errors import Code, Problem, RefusedError
from localorg.limits import Cursor
from localorg.query_source import query
from localorg.soql import NotBuilt, SoqlError

LONGEST_QUERY = 100_000
SMALLEST_BATCH, LARGEST_BATCH = 200, 2000
_BATCH_SIZE = re.compile(r"batchSize\s*=\s*(\d+)", re.IGNORECASE)


def first_page(call: Call) -> Reply:
    return _first_page(call, with_deleted=False)


def first_page_with_deleted(call: Call) -> Reply:
    return _first_page(call, with_deleted=True)


def next_page(call: Call, locator: str) -> Reply:
    """GET /query/0r8...-2000: the batch that begins at that row."""
    cursor_id, _, start = locator.rpartition("-")
    cursor = call.org.cursors.find(cursor_id, user_id=call.tx.user_id)
    if cursor is None or not start.isdigit() or int(start) >= len(cursor.records):
        raise RefusedError(Problem(Code.INVALID_QUERY_LOCATOR, "invalid query locator", None))
    return Reply(body=_page(call, cursor, int(start)))


def _first_page(call: Call, *, with_deleted: bool) -> Reply:
    if "explain" in call.query:
        raise errors.not_built("query plans")
    if call.query.get("columns"):
        raise errors.not_built("column metadata of a query")
    text = call.query.get("q")
    if not text:
        raise RefusedError(Problem(Code.MALFORMED_QUERY, "A query string has to be specified", None))
    if len(text) > LONGEST_QUERY:
        too_long = f"SOQL statements can not be longer than {LONGEST_QUERY} characters"
        raise RefusedError(Problem(Code.MALFORMED_QUERY, too_long, None))
    try:
        total, records = query(call.org, text, user_id=call.tx.user_id, with_deleted=with_deleted, version=call.version)
    except SoqlError as error:
        raise RefusedError(Problem(error.code, error.message, None)) from error
    except NotBuilt as error:
        raise errors.not_built(str(error.what)) from error
    batch = _batch_size(call)
    if len(records) <= batch:
        return Reply(body={"totalSize": total, "done": True, "records": records})
    cursor = call.org.cursors.open(records, user_id=call.tx.user_id, batch=batch)
    return Reply(body=_page(call, cursor, 0))


def _page(call: Call, cursor: Cursor, start: int) -> dict[str, Any]:
    end = start + cursor.batch
    page: dict[str, Any] = {"totalSize": len(cursor.records), "done": end >= len(cursor.records)}
    if not page["done"]:
        page["nextRecordsUrl"] = f"{call.root}/query/{cursor.id}-{end}"
    return {**page, "records": cursor.records[start:end]}


def _batch_size(call: Call) -> int:
    """Salesforce: 200 to 2000 records; what lies outside is moved to the nearer end."""
    asked = _BATCH_SIZE.search(call.headers.get("sforce-query-options", ""))
    return LARGEST_BATCH if asked is None else min(max(int(asked[1]), SMALLEST_BATCH), LARGEST_BATCH)
