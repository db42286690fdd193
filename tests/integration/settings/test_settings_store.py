"""Settings have versions: of two who change the same one the second is told, and each change has its line."""

from datetime import timedelta

import pytest

from accord.core.errors import OutdatedError
from accord.core.identity import Role
from accord.core.ids import MemberId, UserId
from accord.features.deal_lock.model import LockSettings
from accord.features.deal_lock.store import SETTINGS
from accord.features.panels.setup.model import Checked, Fault, RowCheck, RowStatus
from accord.features.panels.variables.store import CHECKS
from accord.infra.audit import Action, Actor, LineFilter, Reason
from accord.infra.audit.store import load_lines
from accord.infra.db import Database
from accord.workspace.members.model import NewMember, Person
from accord.workspace.members.store import add_member
from accord.workspace.settings.store import Change
from support.builders import NOON
from support.delivery import ADelivery, a_connection

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def place(database: Database) -> ADelivery:
    return ADelivery(database)


def an_admin(place: ADelivery) -> MemberId:
    with place.database.workspace(place.workspace_id) as session:
        new = NewMember(
            place.connection_id, UserId("005000000000001AAA"), Role.ADMIN, Person("Ada Lindqvist", "", "UTC")
        )
        return add_member(session, new, now=NOON).id


def change(place: ADelivery, new: LockSettings, *, by: MemberId | None = None, reason: Reason | None = None) -> str:
    with place.database.workspace(place.workspace_id) as session:
        return SETTINGS.change(session, place.connection_id, Change(new, by, LATER, reason or Reason()))


def test_each_change_is_the_next_version_and_has_its_line(place):
    ada = an_admin(place)
    first = change(place, LockSettings(allow_modifying=False, version=0), by=ada)
    second = change(place, LockSettings(allow_modifying=True, version=1), reason=Reason(Action.PUT_BACK, undoes=first))

    with place.database.reading(place.workspace_id) as session:
        present = SETTINGS.load(session, place.connection_id)
        lines = load_lines(session, place.connection_id, LineFilter(), most=10).lines
    assert present == LockSettings(True, 2, LATER, None)
    assert [(line.id, line.at, line.entry.kind, line.entry.version) for line in lines] == [
        (second, LATER, "settings.deal_lock", 2),
        (first, LATER, "settings.deal_lock", 1),
    ]
    back, away = (line.entry for line in lines)
    assert (away.actor, away.member_id, away.action, away.undoes) == (Actor.MEMBER, ada, Action.CHANGED, None)
    assert (back.actor, back.member_id, back.action, back.undoes) == (Actor.OPERATOR, None, Action.PUT_BACK, first)
    assert (away.old, away.new) == ({"allow_modifying": True}, {"allow_modifying": False})
    assert (back.old, back.new) == (away.new, away.old)


@pytest.mark.parametrize(("known", "by_somebody"), [(0, True), (0, False), (1, True)])
def test_the_second_is_told_who_was_first_and_nothing_of_his_is_there(place, known, by_somebody):
    ada = an_admin(place) if by_somebody else None
    for version in range(known + 1):
        change(place, LockSettings(allow_modifying=False, version=version), by=ada)

    with pytest.raises(
        OutdatedError, match="Ada Lindqvist has changed" if by_somebody else "somebody else has changed"
    ):
        change(place, LockSettings(allow_modifying=True, version=known))

    with place.database.workspace(place.workspace_id) as session:
        late = LockSettings(allow_modifying=True, version=known)
        assert not SETTINGS.save(session, place.connection_id, late, by=None, at=LATER)
        with pytest.raises(OutdatedError):
            SETTINGS.load_version(session, place.connection_id, known)
        assert SETTINGS.load_version(session, place.connection_id, known + 1).version == known + 1
        present = SETTINGS.load(session, place.connection_id)
        lines = load_lines(session, place.connection_id, LineFilter(), most=10).lines
    assert (present.allow_modifying, present.version, len(lines)) == (False, known + 1, known + 1)


def test_each_connection_has_settings_of_its_own(place):
    other = a_connection(place.database, place.workspace_id)
    for version in range(2):
        change(place, LockSettings(allow_modifying=False, version=version))

    with place.database.workspace(place.workspace_id) as session:
        assert SETTINGS.load(session, other) == LockSettings()
        SETTINGS.change(session, other, Change(LockSettings(allow_modifying=False), None, LATER))
        SETTINGS.change(session, other, Change(LockSettings(allow_modifying=True, version=1), None, LATER))
        assert not SETTINGS.load(session, place.connection_id).allow_modifying


def test_what_a_night_found_in_one_org_is_told_of_no_other(place):
    """Both belong to one workspace: each org has its own settings and its own check."""
    other = a_connection(place.database, place.workspace_id)
    found = RowCheck(RowStatus.BAD, Fault.NO_EDIT_RIGHT, "It is read-only.", frozenset({"ada"}), editable=False)
    with place.database.workspace(place.workspace_id) as session:
        CHECKS.save(session, place.connection_id, {"Opportunity.Amount": found}, now=NOON)
        CHECKS.save(session, place.connection_id, {"Opportunity.Type": found}, now=LATER)

    with place.database.reading(place.workspace_id) as session:
        mine, theirs = CHECKS.load(session, place.connection_id), CHECKS.load(session, other)
    assert mine == Checked(LATER, {"Opportunity.Type": found})
    assert theirs == Checked()
