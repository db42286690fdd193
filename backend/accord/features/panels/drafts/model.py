"""What a rep has typed in a panel and not saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.features.panels.model import Change


@dataclass(frozen=True, slots=True)
class Draft:
    """One rep's unsaved edits of one deal. `offered`: they are old, so he is asked before they are filled in."""

    changes: Sequence[Change]
    kept_at: datetime
    offered: bool = False
