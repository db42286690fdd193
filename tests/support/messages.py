"""Messages of one connection, with whatever troubles a test names."""

from accord.core.errors import TransientError
from accord.core.notifications import PersonalNotice
from accord.core.troubles import Trouble
from accord.features.messages.groups import OrgGroups
from accord.features.messages.people import Concerned
from accord.features.messages.service import Messages
from accord.features.messages.ways.mailing import Mailing
from accord.features.messages.ways.telling import Ways
from accord.features.notifications.service import Notifications
from accord.infra.mail import Mailer
from accord.salesforce.model import Gateway
from support.delivery import ADelivery


def no_groups() -> OrgGroups:
    """Of an org that cannot be asked."""

    def away(*_: object) -> Gateway:
        raise TransientError("Salesforce does not answer.")

    return OrgGroups(away)


def messages_of(
    delivery: ADelivery,
    *more: Trouble,
    mailer: Mailer | None = None,
    notices: tuple[PersonalNotice, ...] = (),
    groups: OrgGroups | None = None,
) -> Messages:
    place = (delivery.workspace_id, delivery.connection_id)
    ring = Notifications(delivery.outbox, delivery.clock).put
    return Messages(
        delivery.database,
        delivery.clock,
        ways=Ways(mailer is not None, ring),
        groups=groups or no_groups(),
        concerned=Concerned(ring),
        mailing=Mailing(delivery.database, delivery.clock, mailer, lambda *_: "Halden"),
        live_connections=lambda: [place],
        more_troubles=lambda *_: list(more),
        notices=lambda *_: notices,
    )
