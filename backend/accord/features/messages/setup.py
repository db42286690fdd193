"""Who is told, by which ways, and when: set by admins."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.errors import Problem, RejectedError
from accord.core.identity import Identity
from accord.features.messages import store
from accord.features.messages.groups import Group, OrgGroups
from accord.features.messages.model import MOST_PEOPLE, MessageSettings
from accord.features.messages.wishes import unknown_people
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.model import Member
from accord.workspace.members.store import load_active, load_by_users
from accord.workspace.settings.store import Change


@dataclass(frozen=True, slots=True)
class MessageSetup:
    """`has_mail`: a mail server is set up, so that mails go out."""

    database: Database
    clock: Clock
    has_mail: bool
    org_groups: OrgGroups

    def groups(self, caller: Identity) -> Sequence[Group]:
        """What can be chosen instead of people. Raises what the gateway raises."""
        return self.org_groups.load(caller.workspace_id, caller.connection_id)

    def load(self, caller: Identity) -> MessageSettings:
        with self.database.reading(caller.workspace_id) as session:
            return store.load_settings(session, caller.connection_id)

    def choices(self, caller: Identity) -> Sequence[Member]:
        """Who can be chosen: admins first, and whoever was chosen."""
        with self.database.reading(caller.workspace_id) as session:
            known = load_active(session, caller.connection_id, limit=MOST_PEOPLE)
            settings = store.load_settings(session, caller.connection_id)
            chosen = load_by_users(session, caller.connection_id, settings.people or ())
        return list({each.id: each for each in (*known, *chosen)}.values())

    def save(self, caller: Identity, new: MessageSettings) -> MessageSettings:
        """`new.version` is the version that was changed. Raises RejectedError, OutdatedError."""
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        return self.load(caller)

    def prepare(self, caller: Identity, new: MessageSettings, *, reason: Reason = CHANGED) -> Prepared:
        """The settings, ready to be stored in the place of `new.version`. Raises RejectedError."""
        with self.database.reading(caller.workspace_id) as session:
            known = load_by_users(session, caller.connection_id, new.people or ())
            problems = unknown_people(new, {each.salesforce_user_id for each in known})
            present = store.load_settings(session, caller.connection_id)
        problems += self._unknown_group(caller, new) if new.group_id != present.group_id else []
        if problems:
            raise RejectedError(problems[0].message, problems=tuple(problems))

        def keep(session: WorkspaceSession) -> str:
            change = Change(new, caller.member_id, self.clock(), reason)
            return store.SETTINGS.change(session, caller.connection_id, change)

        return Prepared(keep)

    def _unknown_group(self, caller: Identity, new: MessageSettings) -> list[Problem]:
        """A group that stands is not asked for again: one that is gone since holds up no other change."""
        if new.group_id is None or self.org_groups.load(caller.workspace_id, caller.connection_id, new.group_id):
            return []
        text = "There is no such public group or permission set in this org. Choose one from the list."
        return [Problem("INVALID_VALUE", text, field="group_id")]
