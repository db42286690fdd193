"""How often something happened of late: requests of a caller, wrong tries of a secret. One count for all processes."""

from accord.infra.limits.counters import Counters, Tally, counters_for, forget_over

__all__ = ["Counters", "Tally", "counters_for", "forget_over"]
