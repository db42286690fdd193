"""What Salesforce has shown to somebody just now is known for a minute, to him alone."""

from dataclasses import replace

from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, MemberId, RecordId, SessionId, WorkspaceId
from accord.workspace.plans.seen_deals import MOST, SECONDS, Seen

RILEY = Identity(WorkspaceId("w"), ConnectionId("c"), Role.USER, member_id=MemberId("riley"), session_id=SessionId("s"))
DEAL, OTHER = RecordId("006000000000001AAA"), RecordId("006000000000002AAA")


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_deal_is_known_for_a_minute():
    clock = Clock()
    seen = Seen(clock)
    seen.note(RILEY, DEAL, 40)

    clock.seconds = SECONDS - 1
    assert seen.find(RILEY, DEAL).stage == 40
    clock.seconds = SECONDS
    assert seen.find(RILEY, DEAL) is None


def test_it_is_known_to_the_one_who_was_shown_it_in_his_session():
    seen = Seen(Clock())
    seen.note(RILEY, DEAL, 40)

    others = [
        replace(RILEY, member_id=MemberId("noor")),
        replace(RILEY, session_id=SessionId("later")),
        replace(RILEY, session_id=None),
        replace(RILEY, connection_id=ConnectionId("other")),
    ]
    assert [seen.find(other, DEAL) for other in others] == [None] * 4
    assert seen.find(RILEY, OTHER) is None


def test_the_oldest_go_when_there_are_too_many():
    seen = Seen(Clock())
    for number in range(MOST + 1):
        seen.note(RILEY, RecordId(str(number)), None)

    assert seen.find(RILEY, RecordId("0")) is None
    assert seen.find(RILEY, RecordId("1")) is not None
