"""The step that seals texts loses none: what an older version stored in the open is there, sealed (G26)."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import MetaData, Table, insert

from accord.core.ids import ConnectionId, MemberId, PlanId, WorkspaceId
from accord.features.activities.model import Kind
from accord.features.activities.store import load_settings
from accord.features.panels.setup import store as panels
from accord.infra.db import Database, migrate
from accord.infra.db.engine import WRITING
from accord.workspace.members.store import find_member
from accord.workspace.plans import rules
from accord.workspace.plans import store as plans
from accord.workspace.plans.elements import store as elements
from support.builders import NOON, a_workspace
from support.canaries import CANARY, dump_of
from support.database import PROGRAM, a_postgres_database, open_database

CONNECTION = ConnectionId("c1")
KIND = {"enabled": True, "folding": "none", "minutes": None, "folded_text": "{count}", "internal": "excluded"}
ROWS = [{"sobject": "Opportunity", "field": "Amount", "label": "canary-row"}]
TABS = [{"key": "deal", "label": "canary-tab", "rows": ROWS, "rule": {"record_types": [], "stages": []}}]
CHECK = {"status": "bad", "fault": "FIELD_GONE", "message": "canary-check", "seen_by": [], "editable": True}
ORG = {"org_id": "00D000000000001AAA", "instance_url": "https://x", "login_url": "https://x", "consumer_key": "k"}
OPEN_ROWS = {
    "connection": {
        "id": CONNECTION,
        "label": "Halden",
        "is_sandbox": True,
        "status": "live",
        "created_at": NOON,
        "integration_username": "i@halden.example",
        **ORG,
    },
    "plan": {
        "id": "p1",
        "connection_id": CONNECTION,
        "opportunity_id": "006000000000001AAA",
        "created_at": NOON,
        "title": "canary-title",
        "stage_title": "canary-stage",
        "steps_total": 2,
        "steps_done": 1,
    },
    "member": {
        "id": "m1",
        "connection_id": CONNECTION,
        "salesforce_user_id": "005000000000001AAA",
        "role": "user",
        "name": "canary-name",
        "email": "canary-mail",
        "time_zone": "",
        "status": "active",
        "created_at": NOON,
        "role_checked_at": NOON,
    },
    "panel_setup": {"id": "s1", "connection_id": CONNECTION, "version": 1, "tabs": TABS, "changed_at": NOON},
    "panel_check": {"id": "k1", "connection_id": CONNECTION, "checked_at": NOON, "rows": {"Opportunity.Amount": CHECK}},
    "activity_settings": {
        "id": "a1",
        "connection_id": CONNECTION,
        "version": 1,
        "enabled": True,
        "owner_time_zone": "UTC",
        "kinds": {"comment": {**KIND, "text": "canary-words"}},
        "changed_at": NOON,
    },
}


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request: pytest.FixtureRequest, tmp_path) -> Iterator[Database]:
    """A database of the version before the step."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'older.db'}")
        yield at_version_4(opened)
        opened.close()
        return
    with a_postgres_database(request.getfixturevalue("postgres_socket"), "older") as url:
        opened = open_database(url)
        yield at_version_4(opened)
        opened.close()


def at_version_4(database: Database) -> Database:
    config = migrate._config()
    with database.engine.connect().execution_options(**WRITING) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        if database.dialect == "postgresql":
            connection.exec_driver_sql(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {PROGRAM}")
    return database


def fill(database: Database) -> WorkspaceId:
    workspace_id = a_workspace(database)
    tables = MetaData()
    with database.engine.connect().execution_options(**WRITING) as connection, connection.begin():
        for name, row in OPEN_ROWS.items():
            table = Table(name, tables, autoload_with=connection)
            connection.execute(insert(table).values({"workspace_id": workspace_id, **row}))
    return workspace_id


def test_what_lay_open_is_sealed_and_can_be_read(older):
    workspace_id = fill(older)
    assert len(set(CANARY.findall(dump_of(older)))) >= 8

    migrate.upgrade(older)
    if older.dialect == "postgresql":
        migrate.admit_role(older.engine, PROGRAM)  # as `accord release` does

    with older.reading(workspace_id) as session:
        plan = plans.find(session, CONNECTION, PlanId("p1"))
        facts = plans.facts_of(session, plan)
        steps = elements.load_steps(session, PlanId("p1"))
        member = find_member(session, MemberId("m1"))
        tabs = panels.load(session, CONNECTION).tabs
        check = panels.load_check(session, CONNECTION).rows["Opportunity.Amount"]
        words = load_settings(session, CONNECTION).kinds[Kind.COMMENT].text
    assert (plan.title, [stage.title for stage in facts.stages]) == ("canary-title", ["canary-stage"])
    assert [(step.title, step.mark.completed_at) for step in steps] == [("Step 1", NOON), ("Step 2", None)]
    assert (plan.published_at, rules.status(facts, NOON.date()), plan.sequence) == (NOON, "On Track", 1)
    assert (member.name, member.email) == ("canary-name", "canary-mail")
    assert (tabs[0].label, tabs[0].rows[0].label) == ("canary-tab", "canary-row")
    assert (check.message, words) == ("canary-check", "canary-words")
    assert CANARY.findall(dump_of(older)) == []
