"""Settings come from the environment once, into one frozen object. Everything that is wrong is listed at once."""

import base64
import binascii
import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from accord.core.errors import MisconfiguredError, Problem
from accord.core.mail import MailServer, WrongMailSettingError, read_mail_server

KEY_BYTES = 32
LONGEST_WORDS = 80
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
    owner_database_url: str  # the same database in the role that owns its tables, for `accord release`
    listen: str  # the address of this machine that the web listens on
    port: int
    web_processes: int
    public_url: str
    plans_url: str  # a plan's id behind it is the address of its page
    data_region: str  # where the database lies, in words for admins; empty when it is not said
    session_key: Secret
    master_keys: tuple[tuple[str, Secret], ...]  # (key id, key), the first one seals, all of them open
    allowed_loopback: frozenset[str]  # exact host:port entries; empty in production
    ca_file: Path | None
    assets_dir: Path
    log_level: str
    requests_per_minute: int
    sign_ins_per_minute: int
    proxy_hops: int  # exactly so many proxies stand in front, each of which adds the caller's address
    max_body_bytes: int
    salesforce_timeout: float  # seconds for one call
    worker_threads: int
    mail: MailServer | None  # None: no mail is sent

    @property
    def embedded(self) -> bool:
        return self.database_url.startswith("sqlite")


DEFAULTS = {
    "DATABASE_URL": "sqlite:///var/accord.db",
    "PORT": "8000",
    "ACCORD_LISTEN": "127.0.0.1",
    "ACCORD_WEB_PROCESSES": "2",
    "ACCORD_ALLOWED_LOOPBACK": "",
    "ACCORD_CA_FILE": "",
    "ACCORD_ASSETS_DIR": "build/panel",
    "ACCORD_LOG_LEVEL": "info",
    "ACCORD_REQUESTS_PER_MINUTE": "600",
    "ACCORD_SIGN_INS_PER_MINUTE": "300",
    "ACCORD_PROXY_HOPS": "0",
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
            value = float("nan")
        if not low <= value <= high:  # nan is not either
            self.wrong(name, f"must be a number from {low:g} to {high:g}.")
            return low
        return value

    def whole(self, name: str, *, low: int, high: int) -> int:
        text = self.text(name)
        if not (text.isascii() and text.isdecimal() and len(text) < 12 and low <= int(text) <= high):
            self.wrong(name, f"must be a whole number from {low} to {high}.")
            return low
        return int(text)

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
            host, _, port = entry.rpartition(":")
            is_port = port.isascii() and port.isdecimal() and len(port) < 6 and 1 <= int(port) <= 65535
            if host not in {"localhost", "127.0.0.1"} or not is_port:
                self.wrong(name, f"has the entry {entry!r}; each entry is localhost:PORT or 127.0.0.1:PORT.")
        return entries

    def certificates(self, name: str) -> Path | None:
        text = self.text(name)
        if not text:
            return None
        if not Path(text).is_file():
            self.wrong(name, "names a file that does not exist.")
            return None
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=text)
        except OSError:  # an SSLError is one
            self.wrong(name, "names a file that holds no certificates in PEM form, or that cannot be read.")
        return Path(text)

    def url(self, name: str, *, port: int) -> str:
        value = self.text(name).rstrip("/") or f"http://localhost:{port}"
        if not _is_origin(value):
            self.wrong(
                name, "must be https://HOST or https://HOST:PORT and nothing after it (http:// only for localhost)."
            )
        return value

    def place(self, name: str) -> str:
        """The address of pages, without what is put behind it; empty when it is left out."""
        value = self.text(name).rstrip("/")
        if value and not _is_place(value):
            self.wrong(name, "must be https://HOST or https://HOST/PATH, without ? and # (http:// only for localhost).")
        return value

    def words(self, name: str) -> str:
        """A few words that are shown as they are; empty when they are left out."""
        value = self.text(name)
        if len(value) > LONGEST_WORDS or not value.isprintable():
            self.wrong(name, f"must be at most {LONGEST_WORDS} printable characters, such as: Frankfurt, Germany.")
            return ""
        return value

    def database(self, name: str) -> str:
        value = self.text(name)
        if value.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + value.partition("://")[2]
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            self.wrong(name, "must begin with sqlite:/// or postgresql://.")
        elif value.startswith("sqlite:") and value.removeprefix("sqlite:///").partition("?")[0] in {"", ":memory:"}:
            self.wrong(name, "must name a file: sqlite:///path/to/accord.db.")
        return value

    def owner_database(self, name: str, database_url: str) -> str:
        return self.database(name) if self.text(name) else database_url

    def address(self, name: str) -> str:
        value = self.text(name)
        try:
            ipaddress.ip_address(value)
        except ValueError:
            self.wrong(name, "must be an IP address: 127.0.0.1 for a proxy on this machine, 0.0.0.0 for one elsewhere.")
        return value

    def mail(self, url: str, sender: str) -> MailServer | None:
        try:
            return read_mail_server(self.text(url), self.text(sender))
        except WrongMailSettingError as wrong:
            self.wrong(wrong.name, str(wrong))
            return None

    def different(self, name: str, session_key: Secret, master_keys: tuple[tuple[str, Secret], ...]) -> None:
        """One key for two purposes would make a leak of one a leak of both."""
        if session_key.value and session_key in [key for _, key in master_keys]:
            self.wrong(name, "is one of ACCORD_MASTER_KEYS. Make another key with `accord new-key`.")


def _is_origin(value: str) -> bool:
    """Scheme, host and perhaps a port; http only for this machine."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    if not value.isascii() or any(char.isspace() for char in value) or not parts.hostname or port == 0:
        return False
    if value != SplitResult(parts.scheme, parts.netloc, "", "", "").geturl() or "@" in parts.netloc:
        return False
    is_here = parts.hostname in {"localhost", "127.0.0.1"} and port is not None
    return parts.scheme == "https" or (parts.scheme == "http" and is_here)


def _is_place(value: str) -> bool:
    """An origin, and perhaps a path behind it."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    same = SplitResult(parts.scheme, parts.netloc, parts.path, "", "").geturl() == value
    return same and _is_origin(f"{parts.scheme}://{parts.netloc}") and value.isascii() and " " not in value


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from `environ`. Raises MisconfiguredError that lists every missing, weak or malformed one."""
    read = _Reader(environ)
    port = read.whole("PORT", low=1, high=65535)
    session_key = read.required_key("ACCORD_SESSION_KEY")
    master_keys = read.master_keys("ACCORD_MASTER_KEYS")
    read.different("ACCORD_SESSION_KEY", session_key, master_keys)
    database_url = read.database("DATABASE_URL")
    public_url = read.url("ACCORD_PUBLIC_URL", port=port)
    settings = Settings(
        database_url=database_url,
        owner_database_url=read.owner_database("ACCORD_OWNER_DATABASE_URL", database_url),
        listen=read.address("ACCORD_LISTEN"),
        port=port,
        web_processes=read.whole("ACCORD_WEB_PROCESSES", low=1, high=64),
        public_url=public_url,
        plans_url=read.place("ACCORD_PLANS_URL") or f"{public_url}/plans",
        data_region=read.words("ACCORD_DATA_REGION"),
        session_key=session_key,
        master_keys=master_keys,
        allowed_loopback=read.hosts("ACCORD_ALLOWED_LOOPBACK"),
        ca_file=read.certificates("ACCORD_CA_FILE"),
        assets_dir=Path(read.text("ACCORD_ASSETS_DIR")),
        log_level=read.choice("ACCORD_LOG_LEVEL", ("debug", "info", "warning", "error")),
        requests_per_minute=read.whole("ACCORD_REQUESTS_PER_MINUTE", low=1, high=1_000_000),
        sign_ins_per_minute=read.whole("ACCORD_SIGN_INS_PER_MINUTE", low=1, high=1_000_000),
        proxy_hops=read.whole("ACCORD_PROXY_HOPS", low=0, high=10),
        max_body_bytes=read.whole("ACCORD_MAX_BODY_BYTES", low=1024, high=64 * 1024 * 1024),
        salesforce_timeout=read.number("ACCORD_SALESFORCE_TIMEOUT", low=0.1, high=120),
        worker_threads=read.whole("ACCORD_WORKER_THREADS", low=1, high=32),
        mail=read.mail("ACCORD_SMTP_URL", "ACCORD_MAIL_FROM"),
    )
    if read.problems:
        listed = "\n".join(f"  - {problem.message}" for problem in read.problems)
        raise MisconfiguredError(
            f"Accord cannot start. Please mend these settings:\n{listed}", problems=tuple(read.problems)
        )
    return settings
