"""What happens to unsaved edits. They are given back to the rep who typed them, as far as his rights go by then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotAllowedError, RejectedError, UnavailableError
from accord.core.identity import Identity
from accord.core.ids import MemberId, RecordId
from accord.features.panels.drafts import rules, store
from accord.features.panels.drafts.model import Draft
from accord.features.panels.model import Change, Panel
from accord.infra.db import Database

log = structlog.get_logger()
MOST_CHANGES = 50


@dataclass(frozen=True, slots=True)
class Drafts:
    database: Database
    clock: Clock
    # without a Salesforce login of his own a caller is given no field values, so none are kept for him (S3)
    has_login: Callable[[Identity], bool]
    # raises NotFoundError for a deal that the caller cannot see
    check_deal: Callable[[Identity, RecordId], None]

    def keep(self, caller: Identity, deal_id: RecordId, changes: Sequence[Change]) -> datetime | None:
        """Keeps the edits in the place of those before; none at all is no draft. Gives when they were kept.

        The first of a deal costs a Salesforce call, those behind it none. Raises RejectedError for too many,
        NotAllowedError for a caller who has no Salesforce login here, NotFoundError for a deal that he cannot see.
        """
        if len(changes) > MOST_CHANGES:
            raise RejectedError(f"Send at most {MOST_CHANGES} changes.")
        member_id = _member_id(caller)
        if not self.has_login(caller):
            raise NotAllowedError("Your own Salesforce login is needed for this.", code="NO_SALESFORCE_LOGIN")
        if self.find(caller, deal_id) is None:
            self.check_deal(caller, deal_id)
        draft = Draft(changes, self.clock())
        with self.database.workspace(caller.workspace_id) as session:
            if not changes:
                store.drop(session, caller.connection_id, member_id, deal_id)
                return None
            store.keep(session, caller.connection_id, member_id, deal_id, draft)
        return draft.kept_at

    def find(self, caller: Identity, deal_id: RecordId) -> Draft | None:
        """The caller's draft as it was kept: what of it he may see is decided by `shown`."""
        if caller.member_id is None:
            return None
        with self.database.reading(caller.workspace_id) as session:
            return store.find(session, caller.connection_id, caller.member_id, deal_id)

    def shown(self, draft: Draft | None, panel: Panel) -> Draft | None:
        """What of a draft is given back beside this panel."""
        return None if draft is None else rules.decide_draft(draft, panel, now=self.clock())

    def drop_saved(self, caller: Identity, deal_id: RecordId) -> None:
        """The edits are in Salesforce. A database that is away by now fails no save: the draft is shown as old."""
        if caller.member_id is None:
            return
        try:
            with self.database.workspace(caller.workspace_id) as session:
                store.drop(session, caller.connection_id, caller.member_id, deal_id)
        except UnavailableError as error:
            log.warning("draft_not_dropped", code=error.code)

    def forget_old(self) -> int:
        """Drops what nobody has come back to for a month; gives how many."""
        with self.database.system() as session:
            return store.forget_older(session, self.clock() - rules.KEPT_FOR)


def _member_id(caller: Identity) -> MemberId:
    if caller.member_id is None:
        raise NotAllowedError("Only a member has drafts.")
    return caller.member_id
