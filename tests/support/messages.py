"""Messages of one connection, with whatever troubles a test names."""

from accord.core.notifications import PersonalNotice
from accord.core.troubles import Trouble
from accord.features.messages.people import Concerned
from accord.features.messages.service import Messages
from accord.features.messages.ways.mailing import Mailing
from accord.features.messages.ways.telling import Ways
from accord.features.notifications.service import Notifications
from accord.infra.mail import Mailer
from support.delivery import ADelivery


def messages_of(
    delivery: ADelivery, *more: Trouble, mailer: Mailer | None = None, notices: tuple[PersonalNotice, ...] = ()
) -> Messages:
    place = (delivery.workspace_id, delivery.connection_id)
    ring = Notifications(delivery.outbox, delivery.clock).put
    return Messages(
        delivery.database,
        delivery.clock,
        ways=Ways(mailer is not None, ring),
        concerned=Concerned(ring),
        mailing=Mailing(delivery.database, delivery.clock, mailer, lambda *_: "Halden"),
        live_connections=lambda: [place],
        more_troubles=lambda *_: list(more),
        notices=lambda *_: notices,
    )
