"""Decides how a record stands: values in, values out."""

from collections.abc import Sequence

from accord.core.mapped import MappedValue, Stands
from accord.delivery.records.service import Standing
from accord.features.automation.sync.model import SyncState, SyncStatus

NOTHING_TO_WRITE = "Accord has nothing to write about this."


def decide_status(
    standing: Standing | None, values: Sequence[MappedValue] = (), *, stop: str | None = None
) -> SyncStatus:
    """`standing` is that of the writes, None when there were none; `values` are those that a plan shares with the
    record; `stop` says why nothing at all goes out, if that is so. What a person has to do comes before what
    Accord does by itself.
    """
    if standing is None and not values:
        return SyncStatus(SyncState.NOT_MAPPED, NOTHING_TO_WRITE)
    parked = standing.parked if standing else 0
    undone = parked + (standing.on_its_way if standing else 0)
    last_done_at = standing.last_done_at if standing else None

    def status(state: SyncState, reason: str | None = None) -> SyncStatus:
        return SyncStatus(state, reason or "", undone, last_done_at)

    found = {one.stands: one.reason for one in reversed(values)}
    if stop is not None and (undone or Stands.WAITS in found):
        return status(SyncState.FROZEN, stop)
    if Stands.FROZEN in found:
        return status(SyncState.FROZEN, found[Stands.FROZEN])
    if parked:
        return status(SyncState.PARKED, standing.advice if standing else None)
    if Stands.NEEDS_SOMEBODY in found:
        return status(SyncState.PARKED, found[Stands.NEEDS_SOMEBODY])
    return status(SyncState.PENDING if undone or Stands.WAITS in found else SyncState.IN_SYNC)
