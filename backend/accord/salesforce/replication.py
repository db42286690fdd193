"""What changed and what was deleted in an org since a moment: its own replication resources, by its own clock.

REST API Developer Guide, "sObject Get Updated", "sObject Get Deleted": at most 30 days back and 600,000 ids; a record
counts by its SystemModstamp; seconds are ignored at both ends; `latestDateCovered` is where the next span begins, and
waits for transactions that were still under way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from accord.core.clock import Clock
from accord.core.ids import RecordId, widen
from accord.salesforce.client import CallFailedError, Client, Renew
from accord.salesforce.describe import DescribeCache
from accord.salesforce.errors import as_error, odd_answer
from accord.salesforce.gateway import open_client
from accord.salesforce.model import Login, Usage
from accord.salesforce.soql import Query, name
from accord.salesforce.transport import HttpOptions

SHORTEST: Final = timedelta(minutes=1)
FURTHEST_BACK: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to before `end`, by the org's clock. Whole minutes count."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """Ids of records, each once. `covered_until`: the span has been looked at for good up to there."""

    ids: tuple[RecordId, ...]
    covered_until: datetime


class ChangeLog(Protocol):
    """Reads of one org with one login. Raises as Gateway does: RejectedError with INVALID_REPLICATION_DATE for a span
    that the org no longer knows about, with EXCEEDED_ID_LIMIT for one with too many changes.
    """

    def updated(self, sobject: str, span: Span) -> Listed:
        """Records that were made, changed or undeleted, and are there."""
        ...

    def deleted(self, sobject: str, span: Span) -> Listed:
        """Records that were deleted or lost a merge. What has left the recycle bin is not told."""
        ...

    def query(self, query: Query) -> Sequence[Mapping[str, Any]]:
        """As Gateway.query."""
        ...

    def query_all(self, query: Query) -> Sequence[Mapping[str, Any]]:
        """As Gateway.query, with records that lie in the recycle bin."""
        ...

    @property
    def ahead(self) -> timedelta | None:
        """How far the org's clock is before ours, to the second; None before the first answer that said so."""
        ...

    @property
    def usage(self) -> Usage | None:
        """As Gateway.usage."""
        ...


def open_change_log(
    login: Login, *, http: HttpOptions, describes: DescribeCache, clock: Clock, renew: Renew | None = None
) -> ChangeLog:
    """As open_gateway; it makes no call yet."""
    return _ChangeLog(open_client(login, http=http, describes=describes, clock=clock, renew=renew))


class _ChangeLog:
    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def ahead(self) -> timedelta | None:
        return self._client.ahead

    @property
    def usage(self) -> Usage | None:
        return self._client.usage

    def updated(self, sobject: str, span: Span) -> Listed:
        return self._listed(f"sobjects/{name(sobject)}/updated", span, lambda body: body["ids"])

    def deleted(self, sobject: str, span: Span) -> Listed:
        return self._listed(
            f"sobjects/{name(sobject)}/deleted", span, lambda body: [one["id"] for one in body["deletedRecords"]]
        )

    def query(self, query: Query) -> Sequence[Mapping[str, Any]]:
        return self._queried(query, with_deleted=False)

    def query_all(self, query: Query) -> Sequence[Mapping[str, Any]]:
        return self._queried(query, with_deleted=True)

    def _queried(self, query: Query, *, with_deleted: bool) -> Sequence[Mapping[str, Any]]:
        if query.never:
            return ()
        try:
            pages = self._client.pages(str(query), with_deleted=with_deleted)
            return [record for page in pages for record in page["records"]]
        except CallFailedError as failure:
            raise as_error(failure.refusal) from None

    def _listed(self, path: str, span: Span, ids_in: Any) -> Listed:
        try:
            answer = self._client.call("GET", path, params={"start": _text(span.start), "end": _text(span.end)})
            ids = dict.fromkeys(RecordId(widen(one)) for one in ids_in(answer))
            return Listed(tuple(ids), datetime.fromisoformat(answer["latestDateCovered"]))
        except CallFailedError as failure:
            raise as_error(failure.refusal) from None
        except (KeyError, TypeError, ValueError):
            raise as_error(odd_answer("Salesforce listed changes in a way that we do not know.")) from None


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
