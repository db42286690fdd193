"""Builders of values: a test names what it depends on and nothing else."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from accord.core.ids import WorkspaceId, new_id
from accord.infra.db import Database
from accord.settings import Secret, Settings, read_settings

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SESSION_KEY = base64.b64encode(bytes(range(32))).decode()
MASTER_KEY = bytes(range(100, 132))
MASTER_KEYS = (("k1", Secret(MASTER_KEY)),)


class AClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


def some_settings(environ: Mapping[str, str] | None = None) -> Settings:
    keys = f"k1:{base64.b64encode(MASTER_KEY).decode()}"
    return read_settings({"ACCORD_SESSION_KEY": SESSION_KEY, "ACCORD_MASTER_KEYS": keys, **(environ or {})})


def a_workspace(database: Database, name: str = "Halden") -> WorkspaceId:
    """A stored workspace with its data key."""
    from sqlalchemy import insert

    from accord.infra.db.tables import workspace

    workspace_id = WorkspaceId(new_id(NOON))
    with database.system() as session:
        session.execute(insert(workspace).values(id=workspace_id, name=name))
        database.vault.make_key(session, workspace_id)
    return workspace_id
