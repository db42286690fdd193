"""The audit: one line for each change of settings, written in the transaction that makes the change.

Lines are added and read, never changed; what was and what is lies sealed in them.
"""

from accord.core.audit import Action, Actor, Entry, Line, LineFilter, Lines, actor_of
from accord.infra.audit.settings import CHANGED, Prepared, Reason, Setting, Standing
from accord.infra.audit.store import record

__all__ = [
    "CHANGED",
    "Action",
    "Actor",
    "Entry",
    "Line",
    "LineFilter",
    "Lines",
    "Prepared",
    "Reason",
    "Setting",
    "Standing",
    "actor_of",
    "record",
]
