"""How agreed, refused and written values lie in their sealed columns."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from accord.core.ids import RecordId
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.sync.model import Copy, Held, RefusedValue, Write
from accord.mapping.changeset import Change
from accord.mapping.values import Canonical


def write_json(write: Write) -> dict[str, Any]:
    """The words of a write: what it changes, by which login, and whether the old values were read for it."""
    changes = {
        key: {"name": write.names[key], "old": value_json(change.old), "new": value_json(change.new)}
        for key, change in write.changes.items()
    }
    return {"changes": changes, "login": write.login, "is_read": write.is_read}


def words_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a write that lie sealed, by name."""
    # what was written before the login was kept has the changes alone
    stored = body["changes"] if "login" in body else body
    return {
        "changes": {key: Change(value_of(one["old"]), value_of(one["new"])) for key, one in stored.items()},
        "names": {key: one["name"] for key, one in stored.items()},
        "login": body.get("login") if stored is not body else None,
        "is_read": stored is not body and body.get("is_read", False),
    }


def copy_json(copy: Copy) -> Mapping[str, Any]:
    return {
        "held": {
            key: {
                "record_id": one.record_id,
                "value": value_json(one.value),
                "at": one.at.isoformat(),
                "write_id": one.write_id,
            }
            for key, one in copy.held.items()
        },
        "refused": {
            key: {"value": value_json(one.value), "code": one.code, "at": one.at.isoformat()}
            for key, one in copy.refused.items()
        },
        "skips": {key: one.value for key, one in copy.skips.items()},
    }


def value_json(value: Canonical) -> Any:
    return {"number": format(value, "f")} if isinstance(value, Decimal) else value


def value_of(stored: Any) -> Canonical:
    found: Canonical = Decimal(stored["number"]) if isinstance(stored, dict) else stored
    return found


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def agreed_of(body: Mapping[str, Any]) -> dict[str, Held]:
    return {
        key: Held(RecordId(one["record_id"]), value_of(one["value"]), _moment(one["at"]), one["write_id"])
        for key, one in body["held"].items()
    }


def refused_of(body: Mapping[str, Any]) -> dict[str, RefusedValue]:
    return {
        key: RefusedValue(value_of(one["value"]), one["code"], _moment(one["at"]))
        for key, one in body["refused"].items()
    }


def skips_of(body: Mapping[str, Any]) -> dict[str, FieldSkip]:
    return {key: FieldSkip(one) for key, one in body["skips"].items()}
