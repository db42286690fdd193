"""A feature's settings as one kind among others: the audit can put them back, and a file can take them along."""

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from accord.core.identity import Identity
from accord.infra.audit import Prepared, Reason, Standing
from accord.infra.db import Database
from accord.workspace.settings.store import S, SettingsStore, Versioned

S_contra = TypeVar("S_contra", bound=Versioned, contravariant=True)
S_co = TypeVar("S_co", bound=Versioned, covariant=True)


class Reads(Protocol[S_co]):
    """Makes settings of JSON values, in the place of this version. Raises RejectedError."""

    def __call__(self, values: Any, *, version: int) -> S_co: ...


class Prepares(Protocol[S_contra]):
    """Checks settings, in the place of `new.version`. Raises RejectedError that names what is wrong, OutdatedError."""

    def __call__(self, caller: Identity, new: S_contra, *, reason: Reason) -> Prepared: ...


@dataclass(frozen=True, slots=True)
class SettingOf(Generic[S]):
    """A feature's settings as an `infra.audit.Setting`. `is_portable`: another org may have them too."""

    database: Database
    store: SettingsStore[S]
    title: str
    read: Reads[S]
    prepares: Prepares[S]
    is_portable: bool = True

    @property
    def kind(self) -> str:
        return self.store.kind

    def standing(self, caller: Identity) -> Standing:
        with self.database.reading(caller.workspace_id) as session:
            present = self.store.load(session, caller.connection_id)
        return Standing(present.version, self.store.values_of(present))

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        return self.prepares(caller, self.read(values, version=version), reason=reason)
