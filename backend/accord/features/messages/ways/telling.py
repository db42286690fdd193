"""Sets a message on its ways, in the transaction in which it is made, and says later what has become of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accord.core.identity import Role
from accord.core.ids import ConnectionId, IntentId, UserId
from accord.core.notifications import Notification
from accord.delivery.allowance import load_served
from accord.delivery.gates import load_closed_gates
from accord.delivery.model import State as IntentState
from accord.delivery.reports import load_intents
from accord.delivery.skips import SENTENCES, decide_skip
from accord.features.messages import store as messages
from accord.features.messages.model import MOST_PEOPLE, Fate, Message, MessageSettings, Start, Started, State, Telling
from accord.features.messages.ways import rules, store
from accord.features.messages.ways.model import Rung
from accord.infra.db import WorkspaceSession
from accord.workspace.members.model import Member
from accord.workspace.members.store import load_active, load_by_users

Ring = Callable[[WorkspaceSession, ConnectionId, Notification], IntentId]


@dataclass(frozen=True, slots=True)
class Ways:
    """`has_mail`: a mail server is set up. `ring` puts a notification for Salesforce's bell."""

    has_mail: bool
    ring: Ring

    def tell(  # noqa: PLR0913 - one message, with everything that decides its ways
        self,
        session: WorkspaceSession,
        connection_id: ConnectionId,
        telling: Telling,
        settings: MessageSettings,
        *,
        now: datetime,
        group: Sequence[UserId] = (),
    ) -> str:
        """Adds the message, its mails and its ring: all of them or none. Gives the message's id.

        `group`: the users in the group that is told. All of them are rung; a mail goes to those who have signed in to
        Accord, whose address is known. Where there is nobody in it, it is all admins.
        """
        people = readers(session, connection_id, settings, group)
        rung = tuple(group) or tuple(each.salesforce_user_id for each in people)
        cause = telling.watched.cause
        email = rules.decide_email(settings, has_mail=self.has_mail, people=len(people))
        bell = rules.decide_bell(settings, cause=cause, state=telling.state, people=len(rung))
        started = Started(email, bell, len(rung))
        message_id = messages.add(session, connection_id, telling, started, now=now)
        if email is Start.QUEUED:
            store.add(session, connection_id, message_id, [each.id for each in people], now=now)
        if bell is Start.QUEUED:
            again = "Well again: " if telling.state is State.WELL else ""
            title = f"Accord: {again}{telling.watched.title}"
            intent_id = self.ring(
                session, connection_id, Notification(f"message|{message_id}", title, telling.text, rung)
            )
            messages.set_bell(session, message_id, intent_id)
        return message_id


def readers(
    session: WorkspaceSession, connection_id: ConnectionId, settings: MessageSettings, group: Sequence[UserId]
) -> list[Member]:
    """Which members are told: those in the group, else who was chosen and may still sign in, else all admins."""
    if group:
        return load_by_users(session, connection_id, group)
    chosen = load_by_users(session, connection_id, settings.people or ())
    return chosen or load_active(session, connection_id, role=Role.ADMIN, limit=MOST_PEOPLE)


def with_fates(
    session: WorkspaceSession, connection_id: ConnectionId, found: Sequence[Message], *, now: datetime
) -> list[Message]:
    """The messages, and what has become of their ways."""
    mails = store.load_of(session, [each.id for each in found])
    bells = [each.started.bell_intent for each in found if each.started is not None and each.started.bell_intent]
    rung = _load_rung(session, connection_id, bells, now)
    return [
        replace(
            each,
            told=rules.told_of(
                each, mails.get(each.id, ()), rung.get(each.started.bell_intent or "") if each.started else None
            ),
        )
        for each in found
    ]


def _load_rung(
    session: WorkspaceSession, connection_id: ConnectionId, ids: Sequence[IntentId], now: datetime
) -> Mapping[str, Rung]:
    if not ids:
        return {}
    closed = load_closed_gates(session, connection_id, now=now)
    served = load_served(session, connection_id, now=now)
    found = {}
    for row in load_intents(session, ids):
        skip = decide_skip(row, closed, served, now)
        if row.state == IntentState.DONE:
            rang = row.outcome == "created"
            found[row.id] = Rung(Fate.DONE) if rang else Rung(Fate.FAILED, row.note or "")
        elif row.state == IntentState.PARKED:
            found[row.id] = Rung(Fate.FAILED, row.advice or "")
        else:
            found[row.id] = Rung(Fate.WAITING, SENTENCES[skip.reason] if skip else "")
    return found
