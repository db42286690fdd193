"""Where mail goes out, and what an address is. Pure: nothing here sends anything."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS: Final = {"smtp": 587, "smtps": 465}
LONGEST_ADDRESS: Final = 254  # RFC 5321, 4.5.3.1.3
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
# the dot-atom of RFC 5321 at a named host: no quotes, no comments, no display name, nothing that begins another header
_ADDRESS: Final = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})*")


class MailSecurity(StrEnum):
    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"  # demanded, never only when it is offered
    NONE = "none"  # to this very machine


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes our mail, and the address it comes from. With `folder` nothing is sent: mails become files there."""

    sender: str
    host: str = ""
    port: int = 0
    security: MailSecurity = MailSecurity.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    folder: Path | None = None


class WrongMailSettingError(ValueError):
    """`name` is the setting; the message continues its name in a sentence."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def is_address(text: str) -> bool:
    """Whether mail can go there as it is. Addresses outside ASCII are none here: few servers take them."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def read_mail_server(url: str, sender: str) -> MailServer | None:
    """From ACCORD_SMTP_URL and ACCORD_MAIL_FROM; None when both are empty: no mail is sent then.

    `smtps://` is TLS from the first byte; `smtp://` becomes TLS by STARTTLS or sends nothing, but to this machine.
    `file:///folder` writes each mail there as an .eml file. Raises WrongMailSettingError.
    """
    if not url and not sender:
        return None
    if not is_address(sender):
        raise WrongMailSettingError("ACCORD_MAIL_FROM", "must be the address that mail comes from: accord@example.com.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc:
        return MailServer(sender, folder=Path(unquote(parts.path)))
    is_whole = parts.scheme in _PORTS and parts.hostname and parts.path in {"", "/"}
    if not is_whole or parts.query or parts.fragment or port == 0 or (parts.username and parts.password is None):
        raise WrongMailSettingError(
            "ACCORD_SMTP_URL",
            "must be smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465 (percent-encoded).",
        )
    host = str(parts.hostname)
    security = MailSecurity.TLS if parts.scheme == "smtps" else MailSecurity.STARTTLS
    if security is MailSecurity.STARTTLS and host in _HERE:
        security = MailSecurity.NONE
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password is not None else None
    return MailServer(sender, host, port or _PORTS[parts.scheme], security, user, password)
