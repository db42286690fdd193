"""The way to an org: sessions with time-outs, without redirects, with an IP filter, blind to the environment.

Every gateway and every sign-in gets a session of its own (headers and cookies are never shared between logins); what is
shared are the adapters below it, which hold nothing but open connections.
"""

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.exceptions import ConnectTimeout, InvalidSchema, InvalidURL
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError, SSLError

from accord.core.ids import OrgId
from accord.salesforce.model import Usage
from accord.settings import Settings

CLIENT_NAME = "Accord"
CONNECT_TIMEOUT = 5.0
HEADERS = {
    # Salesforce: REST API guide, "Call Options Header": our writes carry the name in the changeOrigin of change events
    "Sforce-Call-Options": f"client={CLIENT_NAME}",
    # Salesforce: "Assignment Rule Header": absent means TRUE, and assignment rules would hand our records to others
    "Sforce-Auto-Assign": "FALSE",
    "Accept-Encoding": "gzip",
}


class Adapters:
    """The pools of open connections; made at first use, shared by all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_kind: dict[str, HTTPAdapter] = {}

    def public(self) -> HTTPAdapter:
        """To hosts of the internet: refuses every address that is private, local or otherwise special."""
        with self._lock:
            return self._by_kind.setdefault("public", IPFilterAdapter(is_https_proto=True))

    def loopback(self) -> HTTPAdapter:
        """To the exact loopback entries of the settings."""
        with self._lock:
            return self._by_kind.setdefault("loopback", HTTPAdapter(max_retries=0))


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """How calls to orgs are made; one for the whole program, so that connections are kept open.

    `timeout` in seconds bounds each wait for an answer. `on_counted` is told of each call that an org counts, with what
    it said of its calls. `adapter` carries all requests instead of the network: the way
    of tests to an org in the same process.
    """

    timeout: float
    allowed_loopback: frozenset[str] = frozenset()
    ca_file: Path | None = None
    adapter: BaseAdapter | None = None
    on_counted: Callable[[OrgId, Usage], None] | None = field(default=None, repr=False, compare=False)
    adapters: Adapters = field(default_factory=Adapters, repr=False, compare=False)


def http_options(settings: Settings) -> HttpOptions:
    return HttpOptions(
        timeout=settings.salesforce_timeout,
        allowed_loopback=settings.allowed_loopback,
        ca_file=settings.ca_file,
    )


class _Session(HTTPSession):  # type: ignore[misc]  # the package has no types
    """A session that closes nothing which it shares, and trusts our own authority for loopback alone."""

    _loopback: tuple[str, ...] = ()
    _ca_file: str | bool = True

    def __init__(self, http: HttpOptions) -> None:
        super().__init__(
            Config(
                ip_filter_enable=False,  # mounted below, shared
                ip_filter_allow_loopback_ips=False,
                never_redirect=True,
                default_timeout=(min(CONNECT_TIMEOUT, http.timeout), http.timeout),
                user_agent_override=CLIENT_NAME,
            )
        )
        self.trust_env = False  # proxies, .netrc and CA bundles of the environment would override what is set here
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.update(HEADERS)
        self.adapters.clear()
        if http.adapter is not None:
            self.mount("https://", http.adapter)
            return
        self.mount("https://", http.adapters.public())
        self._loopback = tuple(f"https://{entry}/" for entry in sorted(http.allowed_loopback))
        self._ca_file = str(http.ca_file) if http.ca_file else True
        for prefix in self._loopback:
            self.mount(prefix, http.adapters.loopback())

    def send(self, request: requests.PreparedRequest, **kwargs: object) -> requests.Response:
        if self._loopback and str(request.url).startswith(self._loopback):
            kwargs["verify"] = self._ca_file
        answer: requests.Response = super().send(request, **kwargs)
        return answer

    def close(self) -> None:
        """The adapters belong to all sessions."""


def open_session(http: HttpOptions) -> requests.Session:
    """A session for one login. Nothing but https can be asked for with it."""
    return _Session(http)


def never_sent(problem: BaseException) -> bool:
    """Whether a failed request certainly did not reach the other side: no connection was made, or none was trusted."""
    if isinstance(problem, ConnectTimeout | InvalidIPAddress | InvalidURL | InvalidSchema):
        return True
    if isinstance(problem.__cause__, socket.gaierror):
        return True
    cause = problem.args[0] if problem.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(reason, SSLError):
        # an end in mid-answer is an SSLError as well: only a refused certificate is surely before the request
        return any(isinstance(part, ssl.SSLCertVerificationError) for part in reason.args)
    return isinstance(reason, NewConnectionError | NameResolutionError | ConnectTimeoutError)
