"""The application's server asks for a token of one of our own people, to show him the panel in the application.

What he is shown and may save is what his own stored Salesforce login shows and saves; without one he sees no values.
"""

from dataclasses import dataclass

from accord.core.audit import Actor
from accord.core.clock import Clock
from accord.core.errors import NotAllowedError, NotFoundError
from accord.core.identity import Identity, Role
from accord.core.ids import MemberId, UserId, is_our_id
from accord.features.connections import tokens
from accord.features.connections.model import ShortToken
from accord.features.connections.rules import widened
from accord.infra.audit import Entry, record
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.model import Member, MemberStatus
from accord.workspace.members.store import find_by_user, find_member

KIND = "client.acted"
OUR_OWN = {Role.ADMIN, Role.USER}


@dataclass(frozen=True, slots=True)
class Named:
    """Who is meant: one of both."""

    member_id: str | None = None
    salesforce_user_id: str | None = None


@dataclass(frozen=True, slots=True)
class ActingTokens:
    database: Database
    clock: Clock
    signer: tokens.TokenKey

    def issue(self, caller: Identity, named: Named) -> tuple[Member, ShortToken]:
        """A token of fifteen minutes for an active member of the caller's org; it ends with the application's login.

        Each one is a line in the audit. Raises NotFoundError for anybody else, above all customers and partners.
        """
        if caller.client_id is None:
            raise NotAllowedError("Only the application's server speaks for somebody else.")
        with self.database.workspace(caller.workspace_id) as session:
            member = _find(session, caller, named)
            if (
                member is None
                or member.connection_id != caller.connection_id
                or member.status is not MemberStatus.ACTIVE
                or member.role not in OUR_OWN
            ):
                raise NotFoundError("active member of this org")
            line = Entry(caller.connection_id, KIND, Actor.APPLICATION, subject=member.id, new=caller.client_id)
            record(session, line, now=self.clock())
        ids = tokens.TokenIds(
            caller.workspace_id, caller.connection_id, member_id=member.id, client_id=caller.client_id
        )
        return member, tokens.issue_token(ids, self.signer, self.clock())


def _find(session: WorkspaceSession, caller: Identity, named: Named) -> Member | None:
    if named.member_id is not None:
        return find_member(session, MemberId(named.member_id)) if is_our_id(named.member_id) else None
    user_id = widened(named.salesforce_user_id or "")
    return find_by_user(session, caller.connection_id, UserId(user_id)) if user_id else None
