"""Links by which an administrator of an org may begin: the operator's word, sealed, good for an hour."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

import orjson

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, MemberId, WorkspaceId, new_id
from accord.features.connections.model import Connection, PrivateKey, RefusedTokenError
from accord.features.connections.trust import rules, store
from accord.features.connections.trust.model import Link, NewLink, Proposal, TrustEvent, TrustKind
from accord.infra.db import Database, SealBrokenError, SealContext
from accord.salesforce.guard import check_org_url
from accord.salesforce.model import AccessToken
from accord.settings import Secret

OVER = "This sign-in is over, was finished already, or was begun in another browser. Start again with the link."


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links, and opens what is sealed in them. `create_workspace` makes a tenant with its data key."""

    database: Database
    clock: Clock
    public_url: str
    allowed_loopback: frozenset[str]
    create_workspace: Callable[[str], WorkspaceId]

    def link_for_new_org(self, name: str, proposal: Proposal) -> NewLink:
        """A link by which an administrator of an org, whichever signs in, connects it to a new workspace.

        Raises UnsafeAddressError for an address that can never work; nothing was made then.
        """
        login_url = check_org_url(proposal.login_url, allowed_loopback=self.allowed_loopback)
        return self._new_link(self.create_workspace(name), None, replace(proposal, login_url=login_url), by=None)

    def link_for(self, connection: Connection, *, by: MemberId | None) -> NewLink:
        """A link by which an administrator of a connected org registers a certificate, or decides about a hold."""
        return self._new_link(connection.workspace_id, connection.id, None, by=by)

    def _new_link(
        self,
        workspace_id: WorkspaceId,
        connection_id: ConnectionId | None,
        proposal: Proposal | None,
        *,
        by: MemberId | None,
    ) -> NewLink:
        now, code = self.clock(), secrets.token_urlsafe(24)
        link_id, expires_at = new_id(now), now + rules.LINK_LIFE
        sealed = None if proposal is None else self.seal(workspace_id, link_id, "proposal", _proposal_json(proposal))
        with self.database.workspace(workspace_id) as session:
            link = Link(workspace_id, link_id, connection_id, sealed)
            store.add_link(session, link, code_digest=rules.digest("code", code), expires_at=expires_at)
            store.add_event(session, connection_id, TrustEvent(TrustKind.LINK_MADE, now, by_member=by))
        return NewLink(self.public_url + rules.CONNECT_PATH, AccessToken(code), expires_at)

    def proposal(self, link: Link) -> Proposal:
        """What the operator told of the org. Raises RefusedTokenError when it is not there any more."""
        if link.sealed_proposal is None:
            raise RefusedTokenError("connect_session", OVER)
        return _proposal(self.open(link, "proposal", link.sealed_proposal))

    def seal(self, workspace_id: WorkspaceId, link_id: str, purpose: str, plain: str) -> bytes:
        return self.database.vault.seal(workspace_id, plain, _context(link_id, purpose))

    def open(self, link: Link, purpose: str, sealed: bytes) -> str:
        """Raises RefusedTokenError for what was altered or moved."""
        try:
            return self.database.vault.open(link.workspace_id, sealed, _context(link.id, purpose))
        except SealBrokenError:
            raise RefusedTokenError("connect_seal", OVER) from None


def _context(link_id: str, purpose: str) -> SealContext:
    return SealContext(table="connect_link", connection_id=link_id, user_id="", purpose=purpose)


def _proposal_json(proposal: Proposal) -> str:
    key = proposal.private_key
    content = {
        "label": proposal.label,
        "login_url": proposal.login_url,
        "consumer_key": proposal.consumer_key,
        "consumer_secret": proposal.consumer_secret.value.decode(),
        "integration_username": proposal.integration_username,
        "private_key": None if key is None else key.value.decode(),
    }
    return orjson.dumps(content).decode()


def _proposal(text: str) -> Proposal:
    content = orjson.loads(text)
    key = content.pop("private_key")
    secret = Secret(content.pop("consumer_secret").encode())
    return Proposal(**content, consumer_secret=secret, private_key=PrivateKey(Secret(key.encode())) if key else None)
