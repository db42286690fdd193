"""One call of the REST API and its answer, free of any web framework: composite and batch make calls of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from localorg import errors

if TYPE_CHECKING:
    from localorg.org import Org
    from localorg.transaction import Transaction

OLDEST_VERSION = 50
NEWEST_VERSION = 68


@dataclass(frozen=True, slots=True)
class Reply:
    """`body` None means an answer without content (or `null` inside a composite)."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """`path` are the decoded segments after the version; `root` is `/services/data/v59.0`; header names lower-case."""

    tx: "Transaction"
    method: str
    version: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    base: str

    @property
    def org(self) -> "Org":
        return self.tx.org

    @property
    def root(self) -> str:
        return f"/services/data/v{self.version}"

    def json_object(self) -> dict[str, Any]:
        """The body, which must be a JSON object."""
        if not isinstance(self.body, dict):
            raise errors.json_error("Unexpected input: a JSON object is expected at [line:1, column:1]")
        return self.body


Handler = Callable[..., Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` segments in angle brackets match anything and are passed on in order."""

    pattern: tuple[str, ...]
    handlers: Mapping[str, Handler]

    def match(self, path: tuple[str, ...]) -> tuple[str, ...] | None:
        if len(path) != len(self.pattern):
            return None
        values = []
        for want, have in zip(self.pattern, path, strict=True):
            if want.startswith("<"):
                values.append(have)
            elif want != have:
                return None
        return tuple(values)


def route(pattern: str, **handlers: Handler) -> Route:
    """`route("sobjects/<object>", GET=..., POST=...)`."""
    return Route(pattern=tuple(pattern.split("/")), handlers=handlers)


@dataclass(frozen=True, slots=True)
class Target:
    """A request line taken apart."""

    version: str
    path: tuple[str, ...]
    query: Mapping[str, str]


def parse_target(url: str) -> Target | None:
    """From `/services/data/v59.0/sobjects/Account/Ext__c/a%2Fb?fields=Name`; None when it is no such address.

    Segments are decoded one by one, so an encoded slash stays inside its value. A trailing slash means nothing.
    """
    parts = urlsplit(url)
    segments = [unquote(one) for one in parts.path.split("/")]
    if segments[:3] != ["", "services", "data"] or len(segments) < 4 or not segments[3].startswith("v"):
        return None
    rest = segments[4:]
    while rest and not rest[-1]:
        rest.pop()
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Target(version=segments[3][1:], path=tuple(rest), query=query)


def version_is_served(version: str) -> bool:
    whole, _, fraction = version.partition(".")
    return whole.isdigit() and fraction == "0" and OLDEST_VERSION <= int(whole) <= NEWEST_VERSION


def is_true(text: str | None) -> bool:
    return (text or "").lower() == "true"
