"""Mail by the standard library: plain text, one recipient a mail, sent by the worker alone."""

from accord.infra.mail.letters import Letter
from accord.infra.mail.sending import Mailer, MailError, MailTrouble, open_mailer

__all__ = ["Letter", "MailError", "MailTrouble", "Mailer", "open_mailer"]
