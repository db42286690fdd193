"""Sends the mails that are due: by the worker, never in a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, WorkspaceId
from accord.core.mail import is_address
from accord.features.messages import store as messages
from accord.features.messages.ways import rules, store
from accord.features.messages.ways.model import DueMail, Hindrance, MailRow, MailState
from accord.infra.db import Database
from accord.infra.mail import Letter, Mailer, MailError
from accord.workspace.members.store import load_members

log = structlog.get_logger()
MOST_AT_ONCE: Final = 50
LEASE: Final = timedelta(minutes=10)  # longer than one mail takes: a try whose process died is made again after it


@dataclass(frozen=True, slots=True)
class Mailing:
    """`mailer` None: no mail is sent. `org_of` gives the org's name."""

    database: Database
    clock: Clock
    mailer: Mailer | None
    org_of: Callable[[WorkspaceId, ConnectionId], str]

    def send_due(self) -> int:
        """Gives how many mails were taken by the server. A mail is sent at least once: who dies between its sending
        and the note of it is followed by one who sends it again, under the same Message-ID.
        """
        if self.mailer is None:
            return 0
        with self.database.system_reading() as session:
            due = store.load_due(session, now=self.clock(), limit=MOST_AT_ONCE)
        return sum(self._send(self.mailer, each) for each in due)

    def _send(self, mailer: Mailer, due: DueMail) -> bool:
        now = self.clock()
        with self.database.workspace(due.workspace_id) as session:
            mail = store.take(session, due.id, now=now, until=now + LEASE)
        if mail is None:
            return False
        letter = self._write(due, mail)
        if letter is None:
            self._settle(due, MailState.FAILED, Hindrance.NO_ADDRESS)
            return False
        try:
            mailer.send(letter)
        except MailError as error:
            self._put_off(due, mail, error)
            return False
        self._settle(due, MailState.SENT, None)
        return True

    def _write(self, due: DueMail, mail: MailRow) -> Letter | None:
        """None when the message is gone, or whom it is for may not sign in any more or has no address."""
        org = self.org_of(due.workspace_id, mail.connection_id)
        with self.database.reading(due.workspace_id) as session:
            message = messages.find(session, mail.connection_id, mail.message_id)
            people = load_members(session, mail.connection_id, [mail.member_id])
        if message is None or not people or not is_address(people[0].email):
            return None
        return Letter(
            mail.id, people[0].email, rules.subject_of(message, org), rules.body_of(message, org), mail.put_at
        )

    def _settle(self, due: DueMail, state: MailState, hindrance: Hindrance | None) -> None:
        with self.database.workspace(due.workspace_id) as session:
            store.settle(session, due.id, state, hindrance)

    def _put_off(self, due: DueMail, mail: MailRow, error: MailError) -> None:
        now, hindrance = self.clock(), Hindrance(error.trouble.value)
        again = None if error.is_final else rules.next_try(mail.put_at, mail.attempts, now)
        log.warning("mail_not_sent", mail_id=mail.id, code=hindrance.value, again=again is not None)
        if again is None:
            self._settle(due, MailState.FAILED, hindrance)
            return
        with self.database.workspace(due.workspace_id) as session:
            store.put_off(session, mail.id, hindrance, run_at=again)

    def forget_old(self, kept: timedelta) -> int:
        with self.database.system() as session:
            return store.forget_old(session, self.clock() - kept)
