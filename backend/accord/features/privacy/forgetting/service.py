"""A record or a person of the org is forgotten: every copy that lies here goes, and a scan says that none is left."""

from dataclasses import dataclass

import structlog

from accord.core.clock import Clock
from accord.core.errors import ConflictError, Problem, RejectedError
from accord.core.identity import Identity
from accord.core.ids import UserId, widen
from accord.delivery.outbox import Outbox
from accord.features.privacy.forgetting import store
from accord.features.privacy.forgetting.model import Receipt, Wanted
from accord.infra.audit import Entry, actor_of, record
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.store import find_by_user

log = structlog.get_logger()
KIND = "privacy.forgotten"
USER_PREFIX = "005"
CONTACT_PREFIX = "003"


@dataclass(frozen=True, slots=True)
class Forgetting:
    database: Database
    clock: Clock
    outbox: Outbox

    def forget(self, caller: Identity, salesforce_id: str) -> Receipt:
        """Deletes every copy of a record, or everything that says who a user was. A plan stays, without its deal; what
        a member did stays, without his name; so does a contact's part in plans.

        Raises RejectedError for what is no id or the admin himself, ConflictError while a write of it is under way.
        Nothing was deleted then.
        """
        try:
            full = widen(salesforce_id)
        except ValueError:
            raise _wrong("This is no id of a Salesforce record: it has 15 or 18 letters and digits.") from None
        if full == caller.salesforce_user_id:
            raise _wrong("You cannot forget yourself: another admin does that.")
        with self.database.workspace(caller.workspace_id) as session:
            wanted = self._wanted(session, caller, full)
            if wanted.member_id is not None and wanted.member_id == caller.member_id:
                raise _wrong("You cannot forget yourself: another admin does that.")
            if store.is_being_written(session, caller.connection_id, wanted):
                message = "A write of it is under way. Nothing was deleted: try again in a minute."
                raise ConflictError(message, code="BEING_WRITTEN")
            deleted = store.forget(session, caller.connection_id, wanted, self.outbox)
            left = store.count_left(session, caller.connection_id, wanted, self.outbox)
            by = caller.member_id
            entry = Entry(caller.connection_id, KIND, actor_of(by), by, new={"rows": deleted.total(), "left": left})
            record(session, entry, now=self.clock())
        log.info("copies_forgotten", connection_id=caller.connection_id, count=deleted.total(), left=left)
        return Receipt(dict(deleted), left)

    @staticmethod
    def _wanted(session: WorkspaceSession, caller: Identity, full: str) -> Wanted:
        ids = frozenset({full, full[:15]})
        if full.startswith(CONTACT_PREFIX):
            return Wanted(ids, store.load_contact_words(session, caller.connection_id, ids))
        known = find_by_user(session, caller.connection_id, UserId(full)) if full.startswith(USER_PREFIX) else None
        if known is None:
            return Wanted(ids)
        return Wanted(ids, frozenset(text for text in (known.name, known.email) if text), known.id)


def _wrong(message: str) -> RejectedError:
    return RejectedError(message, problems=(Problem("INVALID_VALUE", message, field="salesforce_id"),))
