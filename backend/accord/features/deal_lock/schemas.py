"""The lock on the wire."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from accord.features.deal_lock.model import LockSettings
from accord.features.deal_lock.service import LockView
from accord.infra.json_body import SentBack, load_as


class NewDealLockSchema(SentBack):
    shown_only = frozenset({"is_default", "changed_at", "changed_by"})

    allow_modifying = fields.Boolean(
        required=True, metadata={"description": "Allow Modifying Connected Deal after Creation."}
    )


class DealLockSchema(Schema):
    allow_modifying = fields.Boolean(required=True)
    is_default = fields.Boolean(required=True)
    changed_at = fields.AwareDateTime(required=True, allow_none=True)
    changed_by = fields.String(required=True, allow_none=True)


def read_settings(given: Mapping[str, Any], *, version: int) -> LockSettings:
    return LockSettings(given["allow_modifying"], version)


def read_values(values: Any, *, version: int) -> LockSettings:
    """Stored or foreign settings, in the place of this version. Raises RejectedError."""
    return read_settings(load_as(NewDealLockSchema(), values), version=version)


def lock_json(view: LockView) -> dict[str, Any]:
    settings = view.settings
    return {
        "allow_modifying": settings.allow_modifying,
        "is_default": settings.version == 0,
        "changed_at": settings.changed_at,
        "changed_by": view.changed_by,
    }
