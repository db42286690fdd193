"""What admins set about contacts, and what they are shown: who waits, and who was left out (B1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from accord.core.clock import Clock
from accord.core.errors import ConflictError, NotFoundError, Problem, RejectedError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, MemberId, PlanId, WorkspaceId
from accord.features.contacts import store
from accord.features.contacts.filling import Filling
from accord.features.contacts.model import CONTACT, LEAD_SOURCE, ContactSettings, LeftOutRow
from accord.features.contacts.wishing import Wishing
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway, PicklistValue
from accord.workspace.members.store import find_name
from accord.workspace.plans.store import lock
from accord.workspace.settings.store import Change

PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class ContactsView:
    """`changed_by` is a name; `waiting` members are on their way to become Contacts, `left_out` contacts are not
    members. Of `plans` that have a deal the contacts of `to_read` are still to be read since it was switched on.
    """

    settings: ContactSettings
    changed_by: str | None
    waiting: int
    left_out: int
    plans: int = 0
    to_read: int = 0


@dataclass(frozen=True, slots=True)
class ContactSetup:
    """`gateway_for` gives the integration owner's login for no member."""

    database: Database
    clock: Clock
    wishing: Wishing
    filling: Filling
    gateway_for: Callable[[WorkspaceId, ConnectionId, MemberId | None], Gateway]
    wake: Callable[[], None]

    def load(self, caller: Identity) -> ContactsView:
        with self.database.reading(caller.workspace_id) as session:
            settings = store.load_settings(session, caller.connection_id)
            waiting, left_out = store.count(session, caller.connection_id)
            plans, to_read = store.count_to_read(session, caller.connection_id)
            name = find_name(session, settings.changed_by)
            return ContactsView(settings, name, waiting, left_out, plans, to_read)

    def lead_sources(self, caller: Identity) -> Sequence[PicklistValue]:
        """The values that a Contact's lead source may have; none where the integration owner does not see the field."""
        gateway = self.gateway_for(caller.workspace_id, caller.connection_id, None)
        if LEAD_SOURCE not in gateway.describe(CONTACT).fields:
            return ()
        return gateway.picklist_values(CONTACT, None, LEAD_SOURCE)

    def save(self, caller: Identity, new: ContactSettings) -> ContactsView:
        """Stores the settings; `new.version` is the version that was changed.

        Raises RejectedError that names what is wrong, OutdatedError when another admin was first. Nothing was written.
        """
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        self.wake()
        return self.load(caller)

    def prepare(self, caller: Identity, new: ContactSettings, *, reason: Reason = CHANGED) -> Prepared:
        """The settings, checked and ready to be stored in the place of `new.version`. Raises as `save` does."""
        if new.lead_source is not None and new.lead_source not in {one.value for one in self.lead_sources(caller)}:
            raise RejectedError("Nothing was saved. Correct what is named.", problems=(_no_such_source(),))

        def keep(session: WorkspaceSession) -> str:
            change = Change(new, caller.member_id, self.clock(), reason)
            was_on = store.load_settings(session, caller.connection_id).enabled
            line_id = store.SETTINGS.change(session, caller.connection_id, change)
            if not new.enabled:
                store.forget_all(session, caller.connection_id)
            elif not was_on:
                self.filling.begin(session, caller.connection_id, now=change.at)
            return line_id

        return Prepared(keep)

    def left_out(self, caller: Identity, *, after: str | None) -> Sequence[LeftOutRow]:
        """A page of the contacts that were left out."""
        with self.database.reading(caller.workspace_id) as session:
            return store.load_left_out(session, caller.connection_id, after=after, limit=PAGE)

    def look_again(self, caller: Identity, plan_id: PlanId) -> None:
        """The contacts of the plan's deal are read once more, and its members become Contacts who are none yet.

        Raises NotFoundError, ConflictError (CONTACTS_OFF).
        """
        with self.database.workspace(caller.workspace_id) as session:
            plan = lock(session, caller.connection_id, plan_id)
            if plan is None or plan.opportunity_id is None or plan.archived_at is not None:
                raise NotFoundError("plan with a deal")
            if not store.load_settings(session, caller.connection_id).enabled:
                raise ConflictError("Contacts are not synced. Switch it on first.", code="CONTACTS_OFF")
            self.wishing.read(session, plan, now=self.clock())
        self.wake()


def _no_such_source() -> Problem:
    message = "Salesforce has no such lead source for Contacts. Choose one of the list, or none."
    return Problem(code="INVALID_VALUE", field="lead_source", key="lead_source", message=message)
