"""What an administrator would have set up in the org: connected apps, named credentials, flows and tabs.

On the platform these are made by hand in Setup; here they are registered through the door and kept in a file beside
the certificates, so that the org finds them again after a restart.
"""

import json
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_APPROVALS = frozenset({"admin", "self", "none"})
_LISTS = frozenset({"permission_sets", "redirect_uris", "scopes", "fields", "networks"})
_SWITCHES = frozenset({"require_pkce", "require_secret", "rotate_refresh_tokens", "installed"})


class SetupFileError(Exception):
    """The kept registrations cannot be read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class ConnectedApp:
    """An OAuth client of the org. `approved`: "admin" = admin-approved users are pre-authorized (those with one of
    `permission_sets`, or everybody when none is named), "self" = each user would have to allow it, "none" = nobody.
    `run_as` is the user name of the client-credentials flow. `redirect_uris`, `scopes` and the three switches are of
    the web-server flow; their defaults are those of a new external client app, with rotation on as partners must have.
    `installed` is off for an app of another org that nobody has installed here. `networks` ("203.0.113.0/24") are the
    only addresses that get tokens; none: any address does.
    """

    name: str
    consumer_key: str
    consumer_secret: str
    certificate_pem: str | None = None
    canvas_url: str | None = None
    approved: str = "admin"
    permission_sets: tuple[str, ...] = ()
    run_as: str | None = None
    redirect_uris: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("api", "id", "web", "refresh_token")
    require_pkce: bool = True
    require_secret: bool = True
    rotate_refresh_tokens: bool = True
    installed: bool = True
    networks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.name and self.consumer_key and self.consumer_secret):
            raise ValueError("An app needs a name, a consumer_key and a consumer_secret.")
        if self.approved not in _APPROVALS:
            raise ValueError('"approved" is "admin", "self" or "none".')
        if self.canvas_url is not None:
            require_loopback(self.canvas_url, "canvas_url")
        for uri in self.redirect_uris:
            require_loopback(uri, "redirect_uris")
        for network in self.networks:
            ip_network(network)  # ValueError with a sentence

    def approves(self, permission_sets: frozenset[str]) -> bool:
        """Whether a user with these permission sets may use the app without being asked."""
        return self.approved == "admin" and (
            not self.permission_sets or bool(permission_sets.intersection(self.permission_sets))
        )


@dataclass(frozen=True, slots=True)
class NamedCredential:
    """Where a flow's callout goes and the client-credentials login that it is made with."""

    name: str
    base_url: str
    token_url: str
    client_id: str
    client_secret: str

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("A named credential needs a name.")
        require_loopback(self.base_url, "base_url")
        require_loopback(self.token_url, "token_url")


@dataclass(frozen=True, slots=True)
class Flow:
    """A button on the record page of `object`: pressed, it sends `body` (JSON with merge fields) to the credential, or
    publishes `event` with the values of `body`.
    """

    name: str
    label: str
    object: str
    named_credential: str = ""
    method: str = "POST"
    path: str = "/"
    body: Any = None
    event: str | None = None

    def __post_init__(self) -> None:
        if not (self.name and self.label and self.object and bool(self.named_credential) != bool(self.event)):
            raise ValueError("A flow needs a name, a label, an object, and a named_credential or an event.")
        if self.event is not None and not (self.event.endswith("__e") and isinstance(self.body, Mapping)):
            raise ValueError('"event" is the name of an event, and "body" an object with its values.')
        if self.method not in _METHODS:
            raise ValueError(f'"method" is one of {", ".join(sorted(_METHODS))}.')
        if not self.path.startswith("/"):
            raise ValueError('"path" begins with "/".')


@dataclass(frozen=True, slots=True)
class CanvasTab:
    """A tab of the org whose page shows the canvas app, with `parameters` of its own and no record."""

    name: str
    label: str
    parameters: Any = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z]\w{0,79}", self.name, re.ASCII) or not self.label:
            raise ValueError('A tab needs a label, and a name of letters, digits and "_".')
        if not isinstance(self.parameters, Mapping):
            raise ValueError('"parameters" is an object.')  # noqa: TRY004 - wrong input, not a wrong call


@dataclass(frozen=True, slots=True)
class PageSection:
    """A part of the record page with a title: `fields` of `object`, in their order."""

    name: str
    object: str
    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.name or not self.fields:
            raise ValueError('A section needs a title in "name", and fields.')


def require_loopback(url: str, name: str) -> None:
    """ValueError unless `url` is http(s) on this machine: the local org never calls out into the world."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or parts.hostname not in LOOPBACK_HOSTS:
        raise ValueError(f'"{name}" must be an http or https address on localhost, not {url!r}.')


_Registered = TypeVar("_Registered", ConnectedApp, NamedCredential, Flow, CanvasTab, PageSection)


def parse(kind: type[_Registered], body: Any) -> _Registered:
    """A registration from posted JSON. ValueError with a sentence when something is missing, unknown or wrong."""
    if not isinstance(body, Mapping):
        raise ValueError("A JSON object is expected.")  # noqa: TRY004 - wrong input, not a wrong call
    known = {item.name for item in fields(kind)}
    unknown = sorted(set(body) - known)
    if unknown:
        raise ValueError(f"Unknown: {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
    values: dict[str, Any] = dict(body)
    for name, value in values.items():
        if name in _LISTS:
            if not isinstance(value, list | tuple):
                raise ValueError(f'"{name}" is a list of texts.')
            values[name] = tuple(str(item) for item in value)
        elif name in _SWITCHES:
            if not isinstance(value, bool):
                raise ValueError(f'"{name}" is true or false.')
        elif name not in {"body", "parameters"} and not isinstance(value, str | None):
            raise ValueError(f'"{name}" is text.')
    try:
        return kind(**values)
    except TypeError as problem:  # a field without a default is not there
        raise ValueError(str(problem).replace("__init__() ", "").capitalize() + ".") from problem


class OrgSetup:
    """The registrations of one org, each under its name; registering a name again replaces it. Thread-safe.

    `file` is written (for the owner alone: it holds secrets) at each change; None keeps everything in memory.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = threading.RLock()
        self._apps: dict[str, ConnectedApp] = {}
        self._credentials: dict[str, NamedCredential] = {}
        self._flows: dict[str, Flow] = {}
        self._tabs: dict[str, CanvasTab] = {}
        self._sections: dict[str, PageSection] = {}
        if file is not None and file.exists():
            try:
                self._load(json.loads(file.read_text("utf-8")))
            except (ValueError, AttributeError, TypeError) as problem:
                raise SetupFileError(f"{file} is damaged: {problem}. Remove it and register again.") from problem

    def register(self, item: ConnectedApp | NamedCredential | Flow | CanvasTab | PageSection) -> None:
        with self._lock:
            match item:
                case ConnectedApp():
                    self._apps.pop(item.name, None)  # the newest registration is the last one
                    self._apps[item.name] = item
                case NamedCredential():
                    self._credentials[item.name] = item
                case Flow():
                    self._flows[item.name] = item
                case CanvasTab():
                    self._tabs[item.name] = item
                case PageSection():
                    self._sections[item.name] = item
            self._save()

    def apps(self) -> tuple[ConnectedApp, ...]:
        with self._lock:
            return tuple(self._apps.values())

    def flows_of(self, sobject: str) -> tuple[Flow, ...]:
        with self._lock:
            return tuple(flow for flow in self._flows.values() if flow.object == sobject)

    def sections_of(self, sobject: str) -> tuple[PageSection, ...]:
        with self._lock:
            return tuple(one for one in self._sections.values() if one.object == sobject)

    def tabs(self) -> tuple[CanvasTab, ...]:
        with self._lock:
            return tuple(self._tabs.values())

    def find_app(self, consumer_key: str) -> ConnectedApp | None:
        return next((app for app in self.apps() if app.consumer_key == consumer_key), None)

    def find_canvas_app(self) -> ConnectedApp | None:
        """The app that is shown on the record page: the one registered last that has a canvas URL."""
        return next((app for app in reversed(self.apps()) if app.canvas_url), None)

    def find_tab(self, name: str) -> CanvasTab | None:
        with self._lock:
            return self._tabs.get(name)

    def find_flow(self, name: str) -> Flow | None:
        with self._lock:
            return self._flows.get(name)

    def find_credential(self, name: str) -> NamedCredential | None:
        with self._lock:
            return self._credentials.get(name)

    def _load(self, stored: dict[str, list[dict[str, Any]]]) -> None:
        self._apps = {app.name: app for app in (parse(ConnectedApp, item) for item in stored.get("apps", []))}
        credentials = (parse(NamedCredential, item) for item in stored.get("named_credentials", []))
        self._credentials = {credential.name: credential for credential in credentials}
        self._flows = {flow.name: flow for flow in (parse(Flow, item) for item in stored.get("flows", []))}
        self._tabs = {tab.name: tab for tab in (parse(CanvasTab, item) for item in stored.get("tabs", []))}
        self._sections = {one.name: one for one in (parse(PageSection, item) for item in stored.get("sections", []))}

    def _save(self) -> None:
        if self._file is None:
            return
        content = {
            "apps": [asdict(app) for app in self._apps.values()],
            "named_credentials": [asdict(credential) for credential in self._credentials.values()],
            "flows": [asdict(flow) for flow in self._flows.values()],
            "tabs": [asdict(tab) for tab in self._tabs.values()],
            "sections": [asdict(section) for section in self._sections.values()],
        }
        fresh = self._file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(content, stream, indent=1)
        fresh.replace(self._file)
