"""Settings come from the environment once, into one frozen object. Everything that is wrong is listed at once."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from accord.core.errors import MisconfiguredError, Problem

KEY_BYTES = 32
_WEAK = {"changeme", "secret", "password", "test", "default"}


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that no repr, log line or traceback shows."""

    value: bytes

    def __repr__(self) -> str:
        return "Secret(…)"


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str
    port: int
    public_url: str
    session_key: Secret
    master_keys: tuple[tuple[str, Secret], ...]  # (key id, key), the first one seals, all of them open
    allowed_loopback: frozenset[str]  # exact host:port entries; empty in production
    ca_file: Path | None
    assets_dir: Path
    log_level: str
    requests_per_minute: int
    max_body_bytes: int
    salesforce_timeout: float  # seconds for one call
    worker_threads: int

    @property
    def embedded(self) -> bool:
        return self.database_url.startswith("sqlite")


DEFAULTS = {
    "DATABASE_URL": "sqlite:///var/accord.db",
    "PORT": "8000",
    "ACCORD_PUBLIC_URL": "http://localhost:8000",
    "ACCORD_ALLOWED_LOOPBACK": "",
    "ACCORD_CA_FILE": "",
    "ACCORD_ASSETS_DIR": "build/panel",
    "ACCORD_LOG_LEVEL": "info",
    "ACCORD_REQUESTS_PER_MINUTE": "600",
    "ACCORD_MAX_BODY_BYTES": "1048576",
    "ACCORD_SALESFORCE_TIMEOUT": "20",
    "ACCORD_WORKER_THREADS": "2",
}


class _Reader:
    """Reads one variable after the other and gathers what is wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[Problem] = []

    def wrong(self, name: str, message: str) -> None:
        self.problems.append(Problem(code="SETTING", field=name, message=f"{name} {message}"))

    def text(self, name: str) -> str:
        return self._environ.get(name, "").strip() or DEFAULTS.get(name, "")

    def number(self, name: str, *, low: float, high: float) -> float:
        try:
            value = float(self.text(name))
        except ValueError:
            self.wrong(name, f"must be a number from {low:g} to {high:g}.")
            return low
        if not low <= value <= high:
            self.wrong(name, f"must be from {low:g} to {high:g}.")
        return value

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name).lower()
        if value not in allowed:
            self.wrong(name, f"must be one of {', '.join(allowed)}.")
        return value

    def key(self, name: str, text: str) -> Secret:
        if text.lower() in _WEAK:
            self.wrong(name, "is a well-known word. Make a key with `accord new-key`.")
            return Secret(b"")
        try:
            value = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            self.wrong(name, "must be base64. Make a key with `accord new-key`.")
            return Secret(b"")
        if len(value) != KEY_BYTES or len(set(value)) < 8:
            self.wrong(name, f"must hold {KEY_BYTES} random bytes. Make a key with `accord new-key`.")
        return Secret(value)

    def required_key(self, name: str) -> Secret:
        text = self.text(name)
        if not text:
            self.wrong(name, "is missing. Make a key with `accord new-key`.")
            return Secret(b"")
        return self.key(name, text)

    def master_keys(self, name: str) -> tuple[tuple[str, Secret], ...]:
        text = self.text(name)
        if not text:
            self.wrong(name, "is missing. It is a list such as k1:BASE64; make a key with `accord new-key`.")
            return ()
        keys: list[tuple[str, Secret]] = []
        for part in text.split(","):
            key_id, colon, key = part.strip().partition(":")
            if not colon or not key_id.isalnum():
                self.wrong(name, "must be a list such as k2:BASE64,k1:BASE64 (newest first).")
                continue
            keys.append((key_id, self.key(name, key)))
        if len({key_id for key_id, _ in keys}) != len(keys):
            self.wrong(name, "names a key id twice.")
        return tuple(keys)

    def hosts(self, name: str) -> frozenset[str]:
        entries = frozenset(part.strip().lower() for part in self.text(name).split(",") if part.strip())
        for entry in sorted(entries):
            host, colon, port = entry.rpartition(":")
            if not colon or host not in {"localhost", "127.0.0.1"} or not port.isdecimal():
                self.wrong(name, f"has the entry {entry!r}; each entry is localhost:PORT or 127.0.0.1:PORT.")
        return entries

    def file(self, name: str) -> Path | None:
        text = self.text(name)
        if not text:
            return None
        if not Path(text).is_file():
            self.wrong(name, "names a file that does not exist.")
        return Path(text)

    def url(self, name: str) -> str:
        value = self.text(name).rstrip("/")
        if not value.startswith("https://") and not value.startswith(("http://localhost:", "http://127.0.0.1:")):
            self.wrong(name, "must begin with https:// (http:// only for localhost).")
        return value

    def database(self, name: str) -> str:
        value = self.text(name)
        if value.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + value.partition("://")[2]
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.wrong(name, "must begin with sqlite:/// or postgresql://.")
        return value


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from `environ`. Raises MisconfiguredError that lists every missing, weak or malformed one."""
    read = _Reader(environ)
    settings = Settings(
        database_url=read.database("DATABASE_URL"),
        port=int(read.number("PORT", low=1, high=65535)),
        public_url=read.url("ACCORD_PUBLIC_URL"),
        session_key=read.required_key("ACCORD_SESSION_KEY"),
        master_keys=read.master_keys("ACCORD_MASTER_KEYS"),
        allowed_loopback=read.hosts("ACCORD_ALLOWED_LOOPBACK"),
        ca_file=read.file("ACCORD_CA_FILE"),
        assets_dir=Path(read.text("ACCORD_ASSETS_DIR")),
        log_level=read.choice("ACCORD_LOG_LEVEL", ("debug", "info", "warning", "error")),
        requests_per_minute=int(read.number("ACCORD_REQUESTS_PER_MINUTE", low=1, high=1_000_000)),
        max_body_bytes=int(read.number("ACCORD_MAX_BODY_BYTES", low=1024, high=64 * 1024 * 1024)),
        salesforce_timeout=read.number("ACCORD_SALESFORCE_TIMEOUT", low=0.1, high=120),
        worker_threads=int(read.number("ACCORD_WORKER_THREADS", low=1, high=32)),
    )
    if read.problems:
        listed = "\n".join(f"  - {problem.message}" for problem in read.problems)
        raise MisconfiguredError(
            f"Accord cannot start. Please mend these settings:\n{listed}", problems=tuple(read.problems)
        )
    return settings
