"""Decisions about the audit: values in, values out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from accord.core import spreadsheet
from accord.core.errors import AccordError, ConflictError, OutdatedError
from accord.features.audit.model import ShownLine

_TITLES: Final[Mapping[str, str]] = {
    "brake.stopped": "Stop switch",
    "brake.observed": "Observing",
    "brake.quiet": "Quiet time",
    "access.assigned": "Access given",
    "deal.followed": "Deal followed in Salesforce",
    "plan.made_by_rule": "Plan made by a rule",
    "playbook.saved": "Playbook saved",
    "playbook.changed": "Playbook changed",
    "playbook.deleted": "Playbook deleted",
    "two_way.close_date": "Close date decided or freed",
    "two_way.amount": "Amount decided or freed",
    "privacy.forgotten": "Copies forgotten",
    "trust.link_made": "Connect link made",
    "trust.sign_in_refused": "Administrator's sign-in refused",
    "trust.admin_proved": "Administrator's sign-in proved",
    "trust.org_connected": "Org connected",
    "trust.org_change_seen": "Another org seen",
    "trust.org_confirmed": "Org confirmed",
    "trust.org_disconnected": "Org disconnected",
    "uninstall.finished": "Copies deleted after disconnecting",
    "uninstall.values_exported": "Field values exported",
    "trust.certificate_registered": "Certificate registered",
    "trust.certificate_retired": "Certificate retired",
    "trust.integration_changed": "Integration owner's sign-in changed",
    "trust.client_made": "Login of an application made",
    "trust.client_ended": "Login of an application ended",
    "client.acted": "Application shown to a member",
}
COLUMNS: Final = ("at", "kind", "title", "action", "by", "actor", "subject", "old", "new", "undoes", "id")


def title_of(kind: str, settings: Mapping[str, str]) -> str:
    """What a kind is called; `settings` are the titles of settings. One that nobody knows is called by its word."""
    return settings.get(kind) or _TITLES.get(kind) or kind


def titles(settings: Mapping[str, str]) -> Mapping[str, str]:
    return {**settings, **_TITLES}


def why_not_put_back(line: ShownLine, *, version: int | None, latest: ShownLine | None) -> AccordError | None:
    """Why a line cannot be put back; None when it can. `version` is that of the settings now (None: the line is about
    none), `latest` the last line of its kind.
    """
    if version is None or line.line.entry.old is None or line.line.entry.version is None:
        message = "This line cannot be put back: it is about no settings. Undo it where it was done."
        return ConflictError(message, code="NOT_PUT_BACK")
    if version == line.line.entry.version:
        return None
    who = (latest.by if latest else None) or "Somebody else"
    when = f" on {latest.line.at:%Y-%m-%d at %H:%M} UTC" if latest else ""
    return OutdatedError(
        f"Nothing was put back: {who} has changed {line.title} since{when}. Put that line back first, or change the"
        " settings themselves."
    )


def csv_of(lines: Iterable[ShownLine]) -> str:
    """The lines as a CSV file, newest first."""
    return spreadsheet.csv_of(COLUMNS, (_cells(shown) for shown in lines))


def _cells(shown: ShownLine) -> Sequence[str]:
    entry = shown.line.entry
    return (
        shown.line.at.isoformat(),
        entry.kind,
        shown.title,
        entry.action.value,
        shown.by or "",
        entry.actor.value,
        entry.subject,
        _json(entry.old),
        _json(entry.new),
        entry.undoes or "",
        shown.line.id,
    )


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
