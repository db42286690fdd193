"""Conditional requests on single records. REST API Developer Guide, Conditional Request Headers.

If-Modified-Since and If-Unmodified-Since work on every record, to the second; entity tags on Account only. DELETE
takes none of them.
"""

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from localorg.calls import Call
from localorg.errors import RefusedError
from localorg.records import Row
from localorg.row_view import view
from localorg.schema import SObject
from localorg.values import parse_moment

TAGGED = frozenset({"Account"})
_TAG = re.compile(r'(?:W/)?"[^"]*"|\*')
BAD_REQUEST, PRECONDITION_FAILED = 400, 412


def headers(call: Call, sobject: SObject, row: Row) -> dict[str, str]:
    """What an answer says of the record's age, and for an account of its content."""
    stamps = {"Last-Modified": format_datetime(parse_moment(row["LastModifiedDate"]), usegmt=True)}
    return {**stamps, "ETag": _tag(call, sobject, row)} if sobject.name in TAGGED else stamps


def is_not_modified(call: Call, sobject: SObject, row: Row) -> bool:
    """True when a GET is to be answered 304. A condition that cannot be read is none."""
    tags = call.headers.get("if-none-match")
    if tags is not None and sobject.name in TAGGED:
        return _names(tags, _tag(call, sobject, row))
    since = _moment(call.headers.get("if-modified-since"))
    return since is not None and parse_moment(row["LastModifiedDate"]) <= since


def check(call: Call, sobject: SObject, row: Row) -> None:
    """Raises RefusedError when a PATCH must not happen: 412, or 400 for a condition that cannot be read."""
    for name, wanted in (("if-match", True), ("if-none-match", False)):
        tags = call.headers.get(name)
        if tags is None or sobject.name not in TAGGED:
            continue
        if not _TAG.findall(tags):
            raise RefusedError(status=BAD_REQUEST)
        if _names(tags, _tag(call, sobject, row)) is not wanted:
            raise RefusedError(status=PRECONDITION_FAILED)
    text = call.headers.get("if-unmodified-since")
    if text is None:
        return
    since = _moment(text)
    if since is None:
        raise RefusedError(status=BAD_REQUEST)
    if parse_moment(row["LastModifiedDate"]) > since:
        raise RefusedError(status=PRECONDITION_FAILED)


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tag(call: Call, sobject: SObject, row: Row) -> str:
    """A hash of what the caller may see of the record."""
    content = view(call.org.access(call.tx.user_id), sobject, row, root="")
    digest = hashlib.sha1(json.dumps(content, sort_keys=True).encode(), usedforsecurity=False).digest()
    return f'"{base64.b64encode(digest).decode()}"'


def _names(tags: str, tag: str) -> bool:
    """Whether a list of tags holds this one, or every one (`*`)."""
    return any(one in {"*", tag} for one in _TAG.findall(tags))
