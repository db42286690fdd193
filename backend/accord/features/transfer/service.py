"""Settings move to another org as a file: shown as a difference first, then taken over as a whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from accord.core.clock import Clock
from accord.core.errors import OutdatedError, Problem, RejectedError
from accord.core.identity import Identity
from accord.core.text import printable
from accord.features.transfer import rules
from accord.features.transfer.model import Comparison, Difference, Lack, SettingsFile
from accord.infra.audit import Action, Prepared, Reason, Setting, Standing
from accord.infra.db import Database

log = structlog.get_logger()
NOT_TAKEN = "Nothing was changed: this org lacks what is named, or does not take it."


class Org(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def is_sandbox(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Transfer:
    """`settings` are all kinds there are; those of one org alone stay there."""

    database: Database
    clock: Clock
    settings: Sequence[Setting]
    org_of: Callable[[Identity], Org]

    def export(self, caller: Identity) -> SettingsFile:
        org = self.org_of(caller)
        values = {each.kind: each.standing(caller).values for each in self._portable}
        return SettingsFile(values, self.clock(), org.label, org.is_sandbox)

    def compare(self, caller: Identity, file: SettingsFile) -> Comparison:
        """What the file would change, and what this org lacks for it; nothing is changed."""
        found, _ = self._look(caller, file)
        return found

    def take_over(self, caller: Identity, file: SettingsFile, ticket: str) -> Sequence[str]:
        """Sets everything that the file has otherwise, in one transaction; gives the kinds.

        Raises OutdatedError when the settings or the file are not those that were compared, RejectedError when the org
        lacks something. Nothing was changed then.
        """
        found, prepared = self._look(caller, file)
        if found.ticket != ticket:
            message = "Nothing was changed: the settings are not those that were compared. Compare the file again."
            raise OutdatedError(message)
        if found.lacks:
            raise RejectedError(NOT_TAKEN, problems=tuple(each.problem for each in found.lacks))
        with self.database.workspace(caller.workspace_id) as session:
            for each in prepared.values():
                each.store(session)
        for each in prepared.values():
            each.afterwards()
        log.info("settings_imported", connection_id=caller.connection_id, kinds=sorted(prepared))
        return list(prepared)

    @property
    def _portable(self) -> Sequence[Setting]:
        return [each for each in self.settings if each.is_portable]

    def _look(self, caller: Identity, file: SettingsFile) -> tuple[Comparison, Mapping[str, Prepared]]:
        known = {each.kind: each for each in self._portable}
        lacks = [Lack(kind, _unknown(kind)) for kind in file.settings if kind not in known]
        differences: list[Difference] = []
        prepared: dict[str, Prepared] = {}
        # in the order of the kinds, not of the file: a later one may name what an earlier one brings
        standing = {kind: each.standing(caller) for kind, each in known.items() if kind in file.settings}
        for kind, present in standing.items():
            changes = rules.changes_of(present.values, file.settings[kind])
            if not changes:
                continue
            differences.append(Difference(kind, known[kind].title, changes))
            try:
                prepared[kind] = self._prepared(caller, known[kind], file, present)
            except RejectedError as refused:
                problems = refused.problems or (Problem(refused.code, refused.message),)
                lacks.extend(Lack(kind, problem) for problem in problems)
        versions = {kind: present.version for kind, present in standing.items()}
        return Comparison(differences, lacks, rules.ticket_of(file.settings, versions)), prepared

    @staticmethod
    def _prepared(caller: Identity, setting: Setting, file: SettingsFile, present: Standing) -> Prepared:
        reason = Reason(Action.IMPORTED, beside=file.settings)
        return setting.prepare(caller, file.settings[setting.kind], version=present.version, reason=reason)


def _unknown(kind: str) -> Problem:
    message = "This Accord has no settings of that kind. Bring it up to date first."
    return Problem("UNKNOWN_SETTINGS", message, field=printable(kind))
