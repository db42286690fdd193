"""Gives a mail to the server of the settings, and says what became of it. Nothing of what the server says is kept: its
words may hold addresses.
"""

import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from accord.core.mail import MailSecurity, MailServer
from accord.infra.mail.letters import Letter, compose

SECONDS: Final = 15  # for each answer of the server


class MailTrouble(StrEnum):
    """Why a mail was not taken."""

    ADDRESS_REFUSED = "address_refused"
    REFUSED = "refused"
    NOT_SIGNED_IN = "not_signed_in"
    NO_TLS = "no_tls"
    UNREACHABLE = "unreachable"


class MailError(Exception):
    """`is_final`: the server says that it will never take it."""

    def __init__(self, trouble: MailTrouble, *, is_final: bool = False) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.is_final = is_final


class Mailer(Protocol):
    def send(self, letter: Letter) -> None:
        """Returns when the server has taken it. Raises MailError; then it may have been taken all the same."""
        ...


def open_mailer(server: MailServer | None, *, ca_file: Path | None) -> Mailer | None:
    """None when no mail is sent. `ca_file`: further certificates that are trusted."""
    if server is None:
        return None
    if server.folder is not None:
        return _Folder(server.folder, server.sender)
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
    return _Smtp(server, context)


@dataclass(frozen=True, slots=True)
class _Folder:
    """For a look at mails where nobody sends any: a file each."""

    folder: Path
    sender: str

    def send(self, letter: Letter) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = self.folder / f"{letter.id}.part"
            draft.write_bytes(bytes(compose(letter, sender=self.sender)))
            draft.replace(self.folder / f"{letter.at:%Y%m%d-%H%M%S}-{letter.id}.eml")
        except OSError:
            raise MailError(MailTrouble.UNREACHABLE) from None


@dataclass(frozen=True, slots=True)
class _Smtp:
    """A connection for each mail: there are a few a day."""

    server: MailServer
    context: ssl.SSLContext

    def send(self, letter: Letter) -> None:
        message = compose(letter, sender=self.server.sender)
        try:
            with self._connect() as smtp:
                if self.server.security is MailSecurity.STARTTLS:
                    self._protect(smtp)
                if self.server.user is not None:
                    smtp.login(self.server.user, self.server.password or "")
                smtp.send_message(message, self.server.sender, [letter.to])
        except smtplib.SMTPRecipientsRefused as refused:
            code, _ = next(iter(refused.recipients.values()))
            raise MailError(MailTrouble.ADDRESS_REFUSED, is_final=code >= 500) from None
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, smtplib.SMTPNotSupportedError):
            raise MailError(MailTrouble.NOT_SIGNED_IN) from None
        except smtplib.SMTPDataError as refused:
            raise MailError(MailTrouble.REFUSED, is_final=refused.smtp_code >= 500) from None
        except ssl.SSLError:
            raise MailError(MailTrouble.NO_TLS) from None
        except (smtplib.SMTPException, OSError):
            raise MailError(MailTrouble.UNREACHABLE) from None

    def _protect(self, smtp: smtplib.SMTP) -> None:
        """Demanded: a server that does not offer it gets neither password nor mail."""
        try:
            smtp.starttls(context=self.context)
        except smtplib.SMTPNotSupportedError:
            raise MailError(MailTrouble.NO_TLS) from None

    def _connect(self) -> smtplib.SMTP:
        place = (self.server.host, self.server.port)
        if self.server.security is MailSecurity.TLS:
            return smtplib.SMTP_SSL(*place, timeout=SECONDS, context=self.context)
        return smtplib.SMTP(*place, timeout=SECONDS)
