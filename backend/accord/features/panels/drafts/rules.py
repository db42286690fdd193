"""Decisions about drafts: values in, values out."""

from dataclasses import replace
from datetime import datetime, timedelta

from accord.features.panels.drafts.model import Draft
from accord.features.panels.model import Panel

FRESH_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=30)


def decide_draft(draft: Draft, panel: Panel, *, now: datetime) -> Draft | None:
    """What of a draft is given back to the rep whose panel this is: edits of fields that he may edit now (S3).

    An old one is offered, not filled in: after a week, or when a record was changed since.
    """
    rows = {row.spec.key: row for row in (*panel.rows, *panel.variables) if row.locked is None}
    changes = [change for change in draft.changes if change.key in rows]
    if not changes:
        return None
    changed = [panel.changed_at.get(rows[change.key].spec.sobject) for change in changes]
    is_overtaken = any(at is not None and at > draft.kept_at for at in changed)
    return replace(draft, changes=changes, offered=is_overtaken or now - draft.kept_at > FRESH_FOR)
