"""What an admin does with the audit: read it, take it along, and put a setting back from its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotFoundError
from accord.core.identity import Identity
from accord.core.ids import MemberId
from accord.features.audit import rules
from accord.features.audit.model import Page, ShownLine
from accord.infra.audit import Action, Line, LineFilter, Reason, Setting
from accord.infra.audit.store import find_latest, find_line, load_lines
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.store import find_member

log = structlog.get_logger()
MOST_IN_FILE = 10_000


@dataclass(frozen=True, slots=True)
class Audit:
    """`settings` are all kinds that can be put back."""

    database: Database
    clock: Clock
    settings: Sequence[Setting]

    @property
    def titles(self) -> Mapping[str, str]:
        """What each kind of line is called."""
        return rules.titles(self._setting_titles)

    @property
    def _setting_titles(self) -> Mapping[str, str]:
        return {each.kind: each.title for each in self.settings}

    def page(self, caller: Identity, wanted: LineFilter, *, most: int) -> Page:
        """The newest lines that fit, and where the next page begins."""
        with self.database.reading(caller.workspace_id) as session:
            found = load_lines(session, caller.connection_id, wanted, most=most)
            return Page(self._shown(session, found.lines), found.next_before)

    def file(self, caller: Identity, wanted: LineFilter) -> str:
        """The newest 10,000 lines that fit, as CSV."""
        return rules.csv_of(self.page(caller, replace(wanted, before=None), most=MOST_IN_FILE).lines)

    def put_back(self, caller: Identity, line_id: str) -> ShownLine:
        """Sets what a line has changed to what it was before; gives the new line.

        Raises NotFoundError, ConflictError (NOT_PUT_BACK) for a line that is about no settings, OutdatedError when
        they were changed since, RejectedError when the org does not take the old ones any more.
        """
        line = self._line(caller, line_id)
        setting = next((each for each in self.settings if each.kind == line.line.entry.kind), None)
        version = None if setting is None else setting.standing(caller).version
        refusal = rules.why_not_put_back(line, version=version, latest=self._latest(caller, line.line.entry.kind))
        if refusal is not None:
            raise refusal
        assert setting is not None
        assert version is not None
        reason = Reason(Action.PUT_BACK, undoes=line_id)
        prepared = setting.prepare(caller, line.line.entry.old, version=version, reason=reason)
        with self.database.workspace(caller.workspace_id) as session:
            new_id = prepared.store(session)
        prepared.afterwards()
        log.info("setting_put_back", kind=setting.kind, connection_id=caller.connection_id)
        return self._line(caller, new_id)

    def _line(self, caller: Identity, line_id: str) -> ShownLine:
        with self.database.reading(caller.workspace_id) as session:
            found = find_line(session, caller.connection_id, line_id)
            if found is None:
                raise NotFoundError("line of the audit")
            return self._shown(session, [found])[0]

    def _latest(self, caller: Identity, kind: str) -> ShownLine | None:
        with self.database.reading(caller.workspace_id) as session:
            found = find_latest(session, caller.connection_id, kind)
            return None if found is None else self._shown(session, [found])[0]

    def _shown(self, session: WorkspaceSession, lines: Sequence[Line]) -> Sequence[ShownLine]:
        names = _names(session, {line.entry.member_id for line in lines if line.entry.member_id})
        settings = self._setting_titles
        shown = []
        for line in lines:
            entry = line.entry
            can = entry.kind in settings and entry.old is not None
            by = names.get(entry.member_id) if entry.member_id else None
            shown.append(ShownLine(line, rules.title_of(entry.kind, settings), by, can))
        return shown


def _names(session: WorkspaceSession, ids: set[MemberId]) -> dict[MemberId, str]:
    found = {member_id: find_member(session, member_id) for member_id in ids}
    return {member_id: member.name for member_id, member in found.items() if member is not None}
