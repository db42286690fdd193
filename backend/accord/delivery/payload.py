"""How field values and Salesforce's messages lie in the outbox: sealed, with a schema number, numbers exact."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Protocol

from accord.core.ids import ConnectionId, IntentId, WorkspaceId
from accord.core.outcomes import Recovery
from accord.delivery.model import Held, Refusal
from accord.infra.db import SealContext

SCHEMA = 2
_READABLE = {1, 2}  # 1 had no held fields
_NUMBER = "$number"


class Sealer(Protocol):
    """Seals texts of one workspace (accord.infra.db.vault.Vault)."""

    def seal(self, workspace_id: WorkspaceId, plain: str, context: SealContext) -> bytes: ...

    def open(self, workspace_id: WorkspaceId, sealed: bytes, context: SealContext) -> str: ...


class PayloadError(ValueError):
    """The payload was written by a version of the program that this one cannot read."""


def fields_context(connection_id: ConnectionId, intent_id: IntentId) -> SealContext:
    return SealContext(table="outbox", connection_id=connection_id, user_id="", purpose=f"fields of {intent_id}")


def words_context(connection_id: ConnectionId, intent_id: IntentId) -> SealContext:
    return SealContext(table="outbox", connection_id=connection_id, user_id="", purpose=f"message about {intent_id}")


@dataclass(frozen=True, slots=True)
class Payload:
    """What of an intent lies sealed. `before` is there when it is written, and tells what its fields held."""

    fields: Mapping[str, Any]
    create_only: frozenset[str] = frozenset()
    held: Held | None = None
    before: Mapping[str, Any] | None = None


def encode(payload: Payload) -> str:
    """The payload as text. Raises TypeError for a value that is neither JSON nor a Decimal."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "fields": dict(payload.fields),
        "create_only": sorted(payload.create_only),
    }
    if payload.held is not None:
        body["held"] = asdict(payload.held)
    if payload.before is not None:
        body["before"] = dict(payload.before)
    return json.dumps(body, default=_encode_number, separators=(",", ":"), allow_nan=False)


def decode(text: str) -> Payload:
    """Raises PayloadError for an unknown schema number."""
    body = json.loads(text, object_hook=_decode_number)
    if body.get("schema") not in _READABLE:
        raise PayloadError(f"an outbox payload has schema {body.get('schema')}, this program reads up to {SCHEMA}")
    held = body.get("held")
    held = None if held is None else _held(held)
    return Payload(body["fields"], frozenset(body["create_only"]), held, body.get("before"))


def _held(body: Mapping[str, Any]) -> Held:
    said = body["refusal"]
    refusal = Refusal(Recovery(said["recovery"]), said["code"], said["message"], said["advice"], tuple(said["fields"]))
    return Held(body["fields"], refusal)


def _encode_number(value: object) -> dict[str, str]:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise TypeError(f"a field value cannot be a {type(value).__name__}; dates and times are text, money is Decimal")
    return {_NUMBER: format(value, "f")}


def _decode_number(value: dict[str, Any]) -> Any:
    return Decimal(value[_NUMBER]) if value.keys() == {_NUMBER} else value
