"""simple-salesforce, held so that its known traps cannot spring. No other module imports it.

It is used with a ready-made token only, over our own session (transport), and only by its plain `restful`: SFType
builds addresses from foreign text, its own login retries without end and drops headers, `format_soql` writes some
values raw.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceError

from accord.core.clock import Clock
from accord.core.errors import AuthorizationLostError
from accord.core.outcomes import Refused
from accord.salesforce.errors import call_refused, no_answer, odd_answer
from accord.salesforce.guard import check_org_url
from accord.salesforce.model import Login, Usage
from accord.salesforce.transport import HttpOptions, never_sent, open_session
from accord.salesforce.wire import encode

API_VERSION = "67.0"
READS = {"GET"}
_USAGE = re.compile(r"(?:^|[\s;,])api-usage=(\d+)/(\d+)", re.ASCII)
_VERSION = re.compile(r"\d{2,3}\.0", re.ASCII)
_NEXT_PAGE = re.compile(r"/services/data/v\d{2,3}\.\d/(query/[A-Za-z0-9-]+)", re.ASCII)
# no scheme, no host, no fragment; @{ref.id} is a composite reference
_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_.~%@{}\-]*(?:/[A-Za-z0-9_.~%@{}\-]+)*(?:\?[!-\"$-~]*)?")

Renew = Callable[[], Login]


class CallFailedError(Exception):
    """A whole call failed, and how."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Client:
    """Calls to one org with one login. It belongs to one thread at a time."""

    def __init__(
        self,
        login: Login,
        *,
        http: HttpOptions,
        version: Callable[[], str],
        clock: Clock | None = None,
        renew: Renew | None = None,
    ) -> None:
        """`version` gives the API version at the first call; `renew` a fresh login of the same user, once per call."""
        self.login = login
        self.usage: Usage | None = None
        # how far the org's clock is before ours, by the Date of its last answer: to the second, None before the first
        self.ahead: timedelta | None = None
        self._clock = clock
        self._http = http
        self._version = version
        self._renew = renew
        self._session = open_session(http)
        self._session.hooks["response"].append(self._note_usage)
        self._origin = check_org_url(login.instance_url, allowed_loopback=http.allowed_loopback)
        self._salesforce: Salesforce | None = None

    @property
    def version(self) -> str:
        return self._version()

    def call(
        self, method: str, path: str, body: Any = None, *, params: Mapping[str, str] | None = None, safe: bool = False
    ) -> Any:
        """The JSON answer of one request below /services/data/vNN.N/ (None for an empty one), numbers as Decimal.

        `safe`: the request changes nothing, so that a lost answer leaves no doubt. Raises CallFailedError, and
        AuthorizationLostError when the login is over and cannot be renewed.
        """
        check_path(path)
        data = None if body is None else encode(body)
        only_reads = safe or method in READS
        try:
            return self._send(method, path, data=data, params=params, safe=only_reads)
        except CallFailedError as failure:
            if failure.refusal.code != "INVALID_SESSION_ID":
                raise
        self._renew_login()
        return self._send(method, path, data=data, params=params, safe=only_reads)

    def pages(self, soql: str, *, with_deleted: bool = False) -> Iterator[Mapping[str, Any]]:
        """The pages of a query, one call each. Raises as `call` does."""
        page = self.call("GET", "queryAll" if with_deleted else "query", params={"q": soql})
        while True:
            if not isinstance(page, dict) or not isinstance(page.get("records"), list):
                raise CallFailedError(odd_answer("Salesforce answered a query without records."))
            yield page
            if page.get("done") is True:
                return
            page = self.call("GET", next_page_path(page.get("nextRecordsUrl")))

    def versions(self) -> tuple[str, ...]:
        """The API versions that the org offers, asked without the login. Raises CallFailedError."""
        try:
            answer = self._session.get(f"{self._origin}/services/data/", headers={"Accept": "application/json"})
        except requests.RequestException as problem:
            raise _unanswered(problem, safe=True) from None
        try:
            listed = answer.json() if answer.status_code == 200 else None
        except (ValueError, RecursionError):
            listed = None
        items = listed if isinstance(listed, list) else []
        found = [str(item.get("version")) for item in items if isinstance(item, dict)]
        return tuple(version for version in found if _VERSION.fullmatch(version))

    def _send(self, method: str, path: str, *, data: bytes | None, params: Mapping[str, str] | None, safe: bool) -> Any:
        salesforce = self._connected()
        try:
            return salesforce.restful(path, params=dict(params) if params else None, method=method, data=data)
        except SalesforceError as refusal:
            refused = call_refused(refusal.status, refusal.content)
            raise CallFailedError(refused if not safe else _without_doubt(refused)) from None
        except requests.RequestException as problem:
            # not `from problem`: its text carries the address with the query in it
            if isinstance(problem, requests.JSONDecodeError):
                raise _unreadable(safe=safe) from None
            raise _unanswered(problem, safe=safe) from None
        except (TypeError, ValueError, RecursionError):
            # JSON that is a bare number, has a number without end, or is nested without end
            raise _unreadable(safe=safe) from None

    def _connected(self) -> Salesforce:
        if self._salesforce is None:
            self._salesforce = Salesforce(
                instance_url=self._origin,
                session_id=self.login.access_token.reveal(),
                version=self.version,
                session=self._session,
                parse_float=Decimal,
                object_pairs_hook=dict,
            )
            self._salesforce.headers.pop("X-PrettyPrint", None)
        return self._salesforce

    def _renew_login(self) -> None:
        if self._renew is None:
            raise AuthorizationLostError("The Salesforce login has ended. Connect again.")
        fresh = self._renew()
        if (fresh.org_id, fresh.user_id) != (self.login.org_id, self.login.user_id):
            raise AuthorizationLostError("The renewed login is another user's or another org's. Connect again.")
        self._origin = check_org_url(fresh.instance_url, allowed_loopback=self._http.allowed_loopback)
        self.login = fresh
        self._salesforce = None

    def _note_usage(self, answer: requests.Response, *_args: Any, **_kwargs: Any) -> None:
        found = _USAGE.search(answer.headers.get("Sforce-Limit-Info", ""))
        if found:
            self.usage = Usage(used=int(found[1]), allowed=int(found[2]))
            if self._http.on_counted is not None:
                self._http.on_counted(self.login.org_id, self.usage)
        moment = _moment(answer.headers.get("Date", ""))
        if moment is not None and self._clock is not None:
            self.ahead = moment - self._clock()


def _moment(text: str) -> datetime | None:
    """RFC 9110, 5.6.7: the Date of an answer is in GMT and without fractions of a second."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def check_path(path: str) -> None:
    """Raises ValueError for a path that could lead out of the API."""
    steps = path.partition("?")[0].lower().replace("%2e", ".").split("/")
    if not _PATH.fullmatch(path) or not {".", ".."}.isdisjoint(steps):
        raise ValueError("this is no path of the REST API")


def next_page_path(url: Any) -> str:
    """The path of a query's next page. The answer's text is not followed as it stands: it could name another host."""
    found = _NEXT_PAGE.fullmatch(url) if isinstance(url, str) else None
    if found is None:
        raise CallFailedError(odd_answer("Salesforce answered a query without its next page."))
    return found[1]


def _unreadable(*, safe: bool) -> CallFailedError:
    return CallFailedError(odd_answer("Salesforce answered with no JSON that we know.", in_doubt=not safe))


def _unanswered(problem: requests.RequestException, *, safe: bool) -> CallFailedError:
    return CallFailedError(no_answer(in_doubt=not safe and not never_sent(problem)))


def _without_doubt(refusal: Refused) -> Refused:
    return no_answer(in_doubt=False) if refusal.in_doubt else refusal
