"""Server-sent events of the record page: one event whenever something of the page was committed."""

from collections.abc import Callable, Iterable, Iterator

from flask import Response, request

from localorg.journal import Journal, JournalEntry
from localorg.org import Org

HEARTBEAT_SECONDS = 15.0


def changes_of_record(org: Org, record_id: str) -> Response:
    """Follows a record, its tasks, and the records whose names stand on its page."""

    def concerns(entry: JournalEntry) -> bool:
        if entry.id == record_id or record_id in (entry.before.get("WhatId"), entry.after.get("WhatId")):
            return True
        with org.lock:
            if entry.object == "Task":
                task = org.records.find("Task", entry.id) or {}
                return task.get("WhatId") == record_id
            row = org.records.find("Opportunity", record_id) or {}
            return entry.id in row.values()

    return _events(org.journal, concerns)


def changes_of_object(org: Org, sobject: str) -> Response:
    return _events(org.journal, lambda entry: entry.object == sobject)


def _events(journal: Journal, concerns: Callable[[JournalEntry], bool]) -> Response:
    """Starts behind `Last-Event-ID` (a browser that comes back), else behind `after` (a page just loaded)."""
    text = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    after = int(text) if text.isdigit() and len(text) < 16 else journal.last_seq
    return Response(
        _stream(journal, after, concerns), content_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


def _stream(journal: Journal, after: int, concerns: Callable[[JournalEntry], bool]) -> Iterator[str]:
    yield "retry: 1000\n\n"
    if after > journal.last_seq:  # the page was made by an org that has since begun anew
        after = journal.last_seq
        yield _changed(after)
    while True:
        entries: Iterable[JournalEntry] = journal.wait(after, HEARTBEAT_SECONDS)
        hit = False
        for entry in entries:
            after = entry.seq
            hit = hit or concerns(entry)
        yield _changed(after) if hit else ": nothing new\n\n"


def _changed(seq: int) -> str:
    return f"id: {seq}\nevent: changed\ndata: {{}}\n\n"
