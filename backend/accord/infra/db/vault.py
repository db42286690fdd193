"""Encryption at rest: AES-256-GCM, a data key per workspace, wrapped by a master key from the settings.

What a ciphertext belongs to (table, connection, user, purpose) is its associated data: moved to another row it does
not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, ForeignKey, LargeBinary, PrimaryKeyConstraint, String, insert, select, update

from accord.core.ids import WorkspaceId
from accord.infra.db.tables import system_table
from accord.settings import KEY_BYTES, Secret

if TYPE_CHECKING:
    from accord.infra.db.session import SystemSession

NONCE_BYTES = 12

workspace_key = system_table(
    "workspace_key",
    Column("workspace_id", String(36), ForeignKey("workspace.id"), nullable=False),
    Column("key_id", String(40), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
)


class SealBrokenError(Exception):
    """The ciphertext was altered, belongs to another row, or its key is gone."""


@dataclass(frozen=True, slots=True)
class SealContext:
    """What a secret belongs to. All of it must be the same again when it is opened."""

    table: str
    connection_id: str
    user_id: str
    purpose: str

    def associated_data(self, workspace_id: str, key_id: str) -> bytes:
        # each part with its length, so that no two contexts read the same
        parts = (workspace_id, self.table, self.connection_id, self.user_id, self.purpose, key_id)
        return b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)


class Vault:
    """Seals and opens secrets of one workspace at a time. `reading` opens a session to read a workspace's key."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[SystemSession]],
        master_keys: tuple[tuple[str, Secret], ...],
    ) -> None:
        self._reading = reading
        self._masters = dict(master_keys)
        self._newest = master_keys[0][0]
        self._data_keys: dict[WorkspaceId, AESGCM] = {}

    def seal(self, workspace_id: WorkspaceId, plain: str, context: SealContext) -> bytes:
        """The sealed form of `plain`: nonce and ciphertext."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        key = self._data_key(workspace_id)
        return nonce + key.encrypt(nonce, plain.encode(), context.associated_data(workspace_id, "data"))

    def open(self, workspace_id: WorkspaceId, sealed: bytes, context: SealContext) -> str:
        """What was sealed. Raises SealBrokenError when anything differs."""
        key = self._data_key(workspace_id)
        associated = context.associated_data(workspace_id, "data")
        try:
            return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], associated).decode()
        except InvalidTag:
            raise SealBrokenError(f"{context.table}: {context.purpose} does not open") from None

    def make_key(self, session: SystemSession, workspace_id: WorkspaceId) -> None:
        """Gives a new workspace its data key, in the transaction that makes the workspace."""
        session.execute(
            insert(workspace_key).values(
                workspace_id=workspace_id,
                key_id=self._newest,
                wrapped=self._wrap(workspace_id, secrets.token_bytes(KEY_BYTES)),
            )
        )

    def rewrap_keys(self, session: SystemSession) -> int:
        """Seals the data key of every workspace under the newest master key; what they have sealed stays as it is.

        Gives how many were under an older one. Raises SealBrokenError, before anything is written, when a master key
        is missing.
        """
        older = session.rows(select(workspace_key).where(workspace_key.c.key_id != self._newest).with_for_update())
        opened = {row.workspace_id: self._unwrap(row.workspace_id, row.key_id, row.wrapped) for row in older}
        for workspace_id, key in opened.items():
            session.execute(
                update(workspace_key)
                .where(workspace_key.c.workspace_id == workspace_id)
                .values(key_id=self._newest, wrapped=self._wrap(workspace_id, key))
            )
        return len(opened)

    def _data_key(self, workspace_id: WorkspaceId) -> AESGCM:
        known = self._data_keys.get(workspace_id)
        if known is None:
            known = self._data_keys[workspace_id] = AESGCM(self._load(workspace_id))
        return known

    def _load(self, workspace_id: WorkspaceId) -> bytes:
        # reads only: a caller may already be inside a writing session
        with self._reading() as session:
            row = session.first(
                select(workspace_key.c.key_id, workspace_key.c.wrapped).where(
                    workspace_key.c.workspace_id == workspace_id
                )
            )
        if row is None:
            raise SealBrokenError("this workspace has no data key")
        return self._unwrap(workspace_id, row.key_id, row.wrapped)

    def _wrap(self, workspace_id: WorkspaceId, key: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        master = AESGCM(self._masters[self._newest].value)
        return nonce + master.encrypt(nonce, key, f"{workspace_id}|{self._newest}".encode())

    def _unwrap(self, workspace_id: WorkspaceId, key_id: str, wrapped: bytes) -> bytes:
        master = self._masters.get(key_id)
        if master is None:
            raise SealBrokenError(f"ACCORD_MASTER_KEYS has no key {key_id!r}, under which this workspace is sealed")
        try:
            return AESGCM(master.value).decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], f"{workspace_id}|{key_id}".encode()
            )
        except InvalidTag:
            raise SealBrokenError(f"the master key {key_id!r} is not the one that sealed this workspace") from None
