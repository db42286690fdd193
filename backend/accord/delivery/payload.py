"""How field values and Salesforce's messages lie in the outbox: sealed, with a schema number, numbers exact."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from accord.core.ids import ConnectionId, IntentId, WorkspaceId
from accord.infra.db import SealContext

SCHEMA = 1
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


def encode(fields: Mapping[str, Any], create_only: frozenset[str]) -> str:
    """The payload as text. Raises TypeError for a value that is neither JSON nor a Decimal."""
    body = {"schema": SCHEMA, "fields": dict(fields), "create_only": sorted(create_only)}
    return json.dumps(body, default=_encode_number, separators=(",", ":"), allow_nan=False)


def decode(text: str) -> tuple[dict[str, Any], frozenset[str]]:
    """The fields and the names of those that go out once. Raises PayloadError for an unknown schema number."""
    body = json.loads(text, object_hook=_decode_number)
    if body.get("schema") != SCHEMA:
        raise PayloadError(f"an outbox payload has schema {body.get('schema')}, this program reads {SCHEMA}")
    return body["fields"], frozenset(body["create_only"])


def _encode_number(value: object) -> dict[str, str]:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise TypeError(f"a field value cannot be a {type(value).__name__}; dates and times are text, money is Decimal")
    return {_NUMBER: format(value, "f")}


def _decode_number(value: dict[str, Any]) -> Any:
    return Decimal(value[_NUMBER]) if value.keys() == {_NUMBER} else value
