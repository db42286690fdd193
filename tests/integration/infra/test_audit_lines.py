"""The audit is only added to, and a change and its line are there together or not at all."""

import pytest
from sqlalchemy import delete, select, update

from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId
from accord.features.transfer.model import SettingsFile
from accord.features.transfer.service import Transfer
from accord.infra.audit import Actor, Entry, LineFilter, Prepared, Standing, record
from accord.infra.audit.store import audit_line, load_lines
from accord.infra.db import Database, TenancyError
from support.builders import NOON
from support.delivery import ADelivery


@pytest.fixture
def place(database: Database) -> ADelivery:
    return ADelivery(database)


def write(place: ADelivery, kind: str = "settings.a", **more) -> str:
    with place.database.workspace(place.workspace_id) as session:
        return record(session, Entry(place.connection_id, kind, Actor.OPERATOR, **more), now=NOON)


def read(place: ADelivery, connection_id: ConnectionId | None = None, **wanted):
    with place.database.reading(place.workspace_id) as session:
        return load_lines(session, connection_id or place.connection_id, LineFilter(**wanted), most=100).lines


def test_a_line_is_not_changed_and_not_deleted(place):
    write(place, old=1, new=2)

    for statement in (update(audit_line).values(kind="other"), delete(audit_line)):
        with (
            pytest.raises(TenancyError, match="only added to"),
            place.database.workspace(place.workspace_id) as session,
        ):
            session.execute(statement)

    assert [(line.entry.kind, line.entry.old, line.entry.new) for line in read(place)] == [("settings.a", 1, 2)]


def test_what_was_and_what_is_lie_sealed(place):
    write(place, old={"label": "canary"}, new=None)
    with place.database.reading(place.workspace_id) as session:
        row = session.first(select(audit_line.c.sealed))

    assert row is not None
    assert b"canary" not in row.sealed


class Stub:
    """Settings of which storing fails when told so."""

    title, is_portable = "Stub", True

    def __init__(self, place: ADelivery, kind: str, *, fails: bool = False) -> None:
        self.place, self.kind, self.fails = place, kind, fails

    def standing(self, caller) -> Standing:
        return Standing(1, {"a": 1})

    def prepare(self, caller, values, *, version, reason) -> Prepared:
        def keep(session) -> str:
            if self.fails:
                raise RuntimeError("the power went")
            return record(session, Entry(caller.connection_id, self.kind, Actor.OPERATOR, new=values), now=NOON)

        return Prepared(keep)


def test_an_import_that_fails_in_its_middle_has_changed_nothing(place):
    settings = [Stub(place, "settings.a"), Stub(place, "settings.b", fails=True)]
    transfer = Transfer(place.database, place.clock, settings, org_of=lambda _caller: None)
    caller = Identity(place.workspace_id, place.connection_id, Role.ADMIN)
    file = SettingsFile({"settings.a": {"a": 2}, "settings.b": {"a": 2}})
    ticket = transfer.compare(caller, file).ticket

    with pytest.raises(RuntimeError):
        transfer.take_over(caller, file, ticket)
    assert read(place) == []

    settings[1].fails = False
    assert transfer.take_over(caller, file, ticket) == ["settings.a", "settings.b"]
    assert len(read(place)) == 2
