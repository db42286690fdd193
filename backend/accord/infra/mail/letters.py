"""One mail, and its form on the wire."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

LONGEST_SUBJECT: Final = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """`id` makes the Message-ID, the same at every try, so that a mailbox can know a repeat. `to` is a bare address
    (accord.core.mail.is_address).
    """

    id: str
    to: str
    subject: str
    text: str
    at: datetime


def compose(letter: Letter, *, sender: str) -> EmailMessage:
    """Plain text. A subject is one line whatever it is made of, and the library refuses a header with a line break."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())[:LONGEST_SUBJECT]
    message["Date"] = letter.at
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    message.set_content(letter.text)
    return message
