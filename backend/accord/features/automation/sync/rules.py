"""Decides how a record stands: values in, values out."""

from accord.delivery.records.service import Standing
from accord.features.automation.sync.model import SyncState, SyncStatus

NOTHING_TO_WRITE = "Accord has nothing to write about this."


def decide_status(standing: Standing | None, *, stop: str | None) -> SyncStatus:
    """`standing` is None when nothing is known of it; `stop` says why nothing at all goes out, if that is so."""
    if standing is None:
        return SyncStatus(SyncState.NOT_MAPPED, NOTHING_TO_WRITE)
    undone = standing.on_its_way + standing.parked
    if undone and stop is not None:
        return SyncStatus(SyncState.FROZEN, stop, undone, standing.last_done_at)
    if standing.parked:
        return SyncStatus(SyncState.PARKED, standing.advice or "", undone, standing.last_done_at)
    if standing.on_its_way:
        return SyncStatus(SyncState.PENDING, "", undone, standing.last_done_at)
    return SyncStatus(SyncState.IN_SYNC, "", 0, standing.last_done_at)
