"""Keeps a claim's lease from running out while its call takes long."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog

from accord.core.clock import Clock
from accord.delivery.claims import renew
from accord.delivery.model import Claim
from accord.infra.db import Database

_log = structlog.get_logger()
BEATS_A_LEASE = 3


@contextmanager
def heartbeat(database: Database, claim: Claim, *, clock: Clock, lease: timedelta) -> Iterator[None]:
    """Renews the lease three times in its length for as long as the block runs; ends when the claim is lost."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(lease.total_seconds() / BEATS_A_LEASE):
            try:
                with database.workspace(claim.workspace_id) as session:
                    if not renew(session, claim.id, until=clock() + lease):
                        return
            except Exception:  # noqa: BLE001 - whatever the database has
                # the next beat tries again, and without any the claim goes to another worker
                _log.warning("claim_not_renewed", claim_id=claim.id, exc_info=True)

    thread = threading.Thread(target=beat, name=f"heartbeat-{claim.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
