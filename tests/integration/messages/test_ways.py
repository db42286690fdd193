"""Each message goes by mail and bell once, to whom it is for, and says what became of it."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from accord.core.errors import RejectedError, TooManyRequestsError
from accord.core.identity import Identity, Role
from accord.core.ids import MemberId, UserId
from accord.core.notifications import PersonalNotice
from accord.core.troubles import Cause, Trouble
from accord.features.messages import store as messages_store
from accord.features.messages.groups import OrgGroups
from accord.features.messages.model import Fate, Message, MessageSettings, State, Way
from accord.features.messages.service import Messages
from accord.features.messages.setup import MessageSetup
from accord.features.messages.ways import store
from accord.features.messages.ways.mailing import LEASE
from accord.infra.db import Database
from accord.infra.mail import Letter, MailError, MailTrouble
from accord.workspace.members.model import MemberStatus, NewMember, Person
from accord.workspace.members.store import add_member, set_person, set_status
from support.delivery import ADelivery
from support.messages import messages_of, no_groups

# what no database has a part in
one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PARKED = Trouble(Cause.MANY_PARKED, "", "Many writes are parked", "Look at them.")
DEAD = Trouble(Cause.LOGIN_DEAD, "", "The integration owner cannot sign in", "See the doctor.")
ADA, BO, RILEY = (UserId(f"00500000000000{number}AAA") for number in (1, 2, 3))


@dataclass
class APost:
    """A mail server that fails as it is told to."""

    sent: list[Letter] = field(default_factory=list)
    error: MailError | None = None

    def send(self, letter: Letter) -> None:
        if self.error is not None:
            raise self.error
        self.sent.append(letter)


class AGroupOf:
    """A gateway to an org in which a permission set is assigned to these users."""

    def __init__(self, *users: UserId) -> None:
        self.users = users

    def query(self, _query: object) -> list[dict[str, str]]:
        return [{"AssigneeId": user} for user in self.users]


@dataclass
class AnOrgOfPeople:
    delivery: ADelivery
    post: APost
    members: dict[UserId, MemberId]

    @property
    def caller(self) -> Identity:
        return Identity(self.delivery.workspace_id, self.delivery.connection_id, Role.ADMIN, self.members[ADA])

    @property
    def setup(self) -> MessageSetup:
        return MessageSetup(self.delivery.database, self.delivery.clock, has_mail=True, org_groups=no_groups())

    def messages(self, *troubles: Trouble, notices: tuple[PersonalNotice, ...] = ()) -> Messages:
        return messages_of(self.delivery, *troubles, mailer=self.post, notices=notices)

    def save(self, **changes: object) -> None:
        self.setup.save(self.caller, replace(self.setup.load(self.caller), **changes))

    def told(self, way: Way) -> list[tuple[str, State, Fate, int]]:
        return [
            (message.cause, message.state, told.fate, told.count)
            for message in reversed(self.inbox())
            for told in message.told
            if told.way is way
        ]

    def inbox(self) -> list[Message]:
        return list(self.messages().load(self.caller, unseen=False, before=None, most=500))

    def rings(self) -> list[tuple[str, tuple[str, ...]]]:
        """Title and users of what waits to ring."""
        from sqlalchemy import select

        from accord.delivery.store import outbox

        with self.delivery.database.reading(self.delivery.workspace_id) as session:
            intents = [self.delivery.outbox.read(session, row) for row in session.rows(select(outbox))]
        return sorted((one.fields["title"], tuple(one.fields["users"])) for one in intents)


@pytest.fixture
def org(database: Database) -> AnOrgOfPeople:
    delivery, members = ADelivery(database), {}
    for user, name, role in ((ADA, "ada", Role.ADMIN), (BO, "bo", Role.ADMIN), (RILEY, "riley", Role.USER)):
        person = Person(name.title(), f"{name}@halden.example", "UTC")
        with database.workspace(delivery.workspace_id) as session:
            new = NewMember(delivery.connection_id, user, role, person)
            members[user] = add_member(session, new, now=delivery.clock()).id
    return AnOrgOfPeople(delivery, APost(), members)


@one_engine
def test_of_a_group_all_are_rung_and_those_whose_address_is_known_get_a_mail(org):
    stranger = UserId("005000000000009AAA")
    group = OrgGroups(lambda *_: AGroupOf(stranger, RILEY))
    with org.delivery.database.workspace(org.delivery.workspace_id) as session:
        chosen = MessageSettings(group_id="0PS000000000001AAA")
        messages_store.SETTINGS.save(session, org.delivery.connection_id, chosen, by=None, at=org.delivery.clock())

    messages = messages_of(org.delivery, PARKED, mailer=org.post, groups=group)
    messages.look_at_all()
    messages.mailing.send_due()

    assert [one.to for one in org.post.sent] == ["riley@halden.example"]
    assert org.rings() == [("Accord: Many writes are parked", (RILEY, stranger))]
    assert org.told(Way.BELL) == [("many_parked", State.TROUBLE, Fate.WAITING, 2)]


@one_engine
def test_an_org_that_cannot_be_asked_who_is_in_a_group_has_all_admins_told(org):
    with org.delivery.database.workspace(org.delivery.workspace_id) as session:
        chosen = MessageSettings(group_id="00G000000000001AAA")
        messages_store.SETTINGS.save(session, org.delivery.connection_id, chosen, by=None, at=org.delivery.clock())

    org.messages(PARKED).look_at_all()

    assert org.rings() == [("Accord: Many writes are parked", (ADA, BO))]


def test_many_looks_at_one_cause_are_one_message_on_each_way(org):
    messages = org.messages(PARKED)
    for _ in range(20):
        messages.look_at_all()
    for _ in range(3):
        messages.mailing.send_due()

    assert [(one.to, one.subject) for one in org.post.sent] == [
        (f"{name}@halden.example", "Accord, Halden: Many writes are parked") for name in ("ada", "bo")
    ]
    assert org.rings() == [("Accord: Many writes are parked", (ADA, BO))]
    assert org.told(Way.EMAIL) == [("many_parked", State.TROUBLE, Fate.DONE, 2)]
    assert org.told(Way.BELL) == [("many_parked", State.TROUBLE, Fate.WAITING, 2)]

    org.messages().look_at_all()
    messages.mailing.send_due()
    assert [one.subject for one in org.post.sent[2:]] == ["Accord, Halden: Well again: Many writes are parked"] * 2
    assert [title for title, _ in org.rings()] == [
        "Accord: Many writes are parked",
        "Accord: Well again: Many writes are parked",
    ]


@one_engine
def test_when_the_org_cannot_be_reached_the_mail_tells_and_the_bell_does_not_wait(org):
    org.messages(DEAD).look_at_all()

    assert org.messages().mailing.send_due() == 2
    assert (org.rings(), org.told(Way.BELL)) == ([], [("login_dead", State.TROUBLE, Fate.UNREACHABLE, 0)])


def test_whom_an_admin_chooses_is_told_by_the_ways_he_chooses(org):
    org.save(people=(RILEY,), by_bell=False)
    org.messages(PARKED).look_at_all()
    org.messages().mailing.send_due()

    assert ([one.to for one in org.post.sent], org.rings()) == (["riley@halden.example"], [])
    assert org.told(Way.BELL) == [("many_parked", State.TROUBLE, Fate.OFF, 0)]
    with pytest.raises(RejectedError) as refused:
        org.save(people=(UserId("005000000000009AAA"),))
    assert [problem.field for problem in refused.value.problems] == ["people"]


@one_engine
def test_when_nobody_who_was_chosen_is_left_all_admins_are_told(org):
    org.save(people=(RILEY,))
    with org.delivery.database.workspace(org.delivery.workspace_id) as session:
        set_status(session, org.members[RILEY], MemberStatus.BLOCKED)

    assert org.setup.load(org.caller) == MessageSettings(version=1)
    org.messages(PARKED).look_at_all()
    assert org.rings() == [("Accord: Many writes are parked", (ADA, BO))]


@one_engine
def test_a_mail_that_is_not_taken_is_tried_again_and_has_an_end(org):
    org.post.error = MailError(MailTrouble.UNREACHABLE)
    messages = org.messages(PARKED)
    messages.look_at_all()
    assert messages.mailing.send_due() == messages.mailing.send_due() == 0
    assert org.told(Way.EMAIL) == [("many_parked", State.TROUBLE, Fate.WAITING, 2)]

    org.delivery.clock.advance(minutes=1)
    org.post.error = MailError(MailTrouble.ADDRESS_REFUSED, is_final=True)
    messages.mailing.send_due()
    assert org.told(Way.EMAIL) == [("many_parked", State.TROUBLE, Fate.FAILED, 2)]
    org.post.error = None
    org.delivery.clock.advance(hours=30)
    assert messages.mailing.send_due() == 0


def test_a_mail_whose_sender_died_is_sent_again_under_its_own_id(org):
    messages = org.messages(PARKED)
    messages.look_at_all()
    org.post.error = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        messages.mailing.send_due()
    org.post.error = None
    assert messages.mailing.send_due() == 1, "the other one; this one is under its lease"
    org.delivery.clock.advance(minutes=10)

    assert (messages.mailing.send_due(), messages.mailing.send_due()) == (1, 0)
    assert len({one.id for one in org.post.sent}) == 2


def test_a_mail_that_two_processes_have_found_is_sent_by_one(org):
    org.save(people=(ADA,))
    org.messages(PARKED).look_at_all()
    now = org.delivery.clock()
    with org.delivery.database.system_reading() as session:
        (due,) = store.load_due(session, now=now, limit=9)
    taken = []
    for _ in range(2):
        with org.delivery.database.workspace(due.workspace_id) as session:
            taken.append(store.take(session, due.id, now=now, until=now + LEASE))

    assert [one is None for one in taken] == [False, True]


@one_engine
def test_who_is_blocked_meanwhile_gets_no_mail(org):
    org.messages(PARKED).look_at_all()
    with org.delivery.database.workspace(org.delivery.workspace_id) as session:
        set_status(session, org.members[BO], MemberStatus.BLOCKED)

    assert org.messages().mailing.send_due() == 1
    assert org.told(Way.EMAIL) == [("many_parked", State.TROUBLE, Fate.FAILED, 1)]


@one_engine
def test_who_has_no_address_that_mail_can_go_to_gets_none(org):
    org.save(people=(ADA,))
    with org.delivery.database.workspace(org.delivery.workspace_id) as session:
        set_person(session, org.members[ADA], Person("Ada", "ada@halden.example, eve@halden.example", "UTC"))
    org.messages(PARKED).look_at_all()

    assert (org.messages().mailing.send_due(), org.post.sent) == (0, [])
    assert org.told(Way.EMAIL) == [("many_parked", State.TROUBLE, Fate.FAILED, 1)]


@one_engine
def test_a_test_message_goes_every_way_and_not_twice_in_a_minute(org):
    message = org.messages().send_test(org.caller)
    assert [(told.way, told.fate, told.count) for told in message.told] == [
        (Way.EMAIL, Fate.WAITING, 2), (Way.BELL, Fate.WAITING, 2)
    ]  # fmt: skip
    assert message.seen_at is not None
    with pytest.raises(TooManyRequestsError):
        org.messages().send_test(org.caller)
    org.delivery.clock.advance(minutes=1)
    org.messages().send_test(org.caller)
    org.messages().mailing.send_due()

    assert len(org.post.sent) == 4


@one_engine
def test_a_member_is_told_of_his_own_once_unless_that_is_switched_off(org):
    notice = PersonalNotice("k", org.members[RILEY], "Your login ends", "Connect it again.")
    org.save(tell_concerned=False)
    org.messages(notices=(notice,)).look_at_all()
    assert org.rings() == []
    org.save(tell_concerned=True)
    for _ in range(3):
        org.messages(notices=(notice, replace(notice, key="l", member_id=MemberId("nobody")))).look_at_all()
        org.delivery.clock.advance(days=1)

    assert org.rings() == [("Your login ends", (RILEY,))]


def test_mails_are_forgotten_with_their_messages(org):
    org.messages(PARKED).look_at_all()
    org.delivery.clock.now += timedelta(days=90)
    org.messages().forget_old()

    assert (org.inbox(), org.messages().mailing.send_due()) == ([], 0)
