"""What is decided about an org, by an administrator who was proved or by what Salesforce said; all is written down."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from accord.core.clock import Clock
from accord.core.errors import ConflictError, NotFoundError
from accord.core.ids import MemberId, OrgId, UserId
from accord.delivery.brakes.service import observe_first
from accord.delivery.gates import Behind
from accord.delivery.model import Cause
from accord.delivery.service import Delivery
from accord.features.connections import store as connections
from accord.features.connections.certificates import check_registrable, pem_of
from accord.features.connections.model import Certificate, Connection, Purpose
from accord.features.connections.personal import store as personal
from accord.features.connections.rules import wrong
from accord.features.connections.trust import store
from accord.features.connections.trust.model import ShownCertificate, TrustEvent, TrustKind, TrustSession
from accord.infra.db import Database, WorkspaceSession

log = structlog.get_logger()
MOST_EVENTS = 200
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
ON_HOLD = "The login leads to another Salesforce org than the one that was connected. An admin must confirm it first."


@dataclass(frozen=True, slots=True)
class Decisions:
    """`find_org` gives an org's connection that is not ended."""

    database: Database
    delivery: Delivery
    clock: Clock
    find_org: Callable[[OrgId], Connection | None]

    def note_connected(self, at: TrustSession, connection: Connection) -> None:
        """The org is connected on this admin's word; the session goes on with its certificate."""
        with self.database.workspace(connection.workspace_id) as session:
            store.note_connected(session, at.link.id, connection.id)
            store.add_event(session, connection.id, self._event(TrustKind.ORG_CONNECTED, at, at.proof.org_id))

    def take_over(self, at: TrustSession) -> Connection:
        """The connection on hold goes on with the org that this admin has proved.

        Raises ConflictError when the org is connected elsewhere or the hold is over.
        """
        old, proof = at.connection, at.proof
        assert old is not None, "the step is about a connection"
        other = self.find_org(proof.org_id)
        if other is not None and other.id != old.id:
            raise ConflictError("This Salesforce org is connected to Accord already.", code="ORG_TAKEN")
        with self.database.workspace(old.workspace_id) as session:
            is_new = proof.org_id != old.org_id
            done = store.take_over(
                session, old, org_id=proof.org_id, instance_url=proof.instance_url, sandbox=proof.is_sandbox
            )
            if done:
                store.add_event(session, old.id, self._event(TrustKind.ORG_CONFIRMED, at, proof.org_id))
                if is_new:
                    # a copy of the org is another org: its certificate is registered anew, by its own admin, and its
                    # members sign in to it themselves
                    connections.retire_certificates(session, old.id)
                    connections.drop_credentials_of(session, old.id, Purpose.PERSONAL_LOGIN)
                    personal.forget_connection(session, old.id)
                    observe_first(session, old.id, is_sandbox=proof.is_sandbox, now=self.clock())
                self._resume(session, old)
            found = connections.find_connection(session, old.id)
        if not done or found is None:
            raise ConflictError("Somebody else has decided about this connection meanwhile.", code="CONFLICT")
        return found

    def show_certificate(self, content: bytes) -> ShownCertificate:
        """A certificate's fingerprint and end, before it is registered. Raises RejectedError."""
        pem = pem_of(content)
        found = check_registrable(pem, self.clock())
        return ShownCertificate(pem, found.fingerprint, found.not_after)

    def register_certificate(self, connection: Connection, pem: str, *, key_id: str, by: UserId | None) -> str:
        """Lets Apex of this org sign with a certificate; gives its SHA-256 fingerprint in hex.

        `by` is the administrator of this very org whose sign-in was proved; None: the operator, who owns the database
        and gave the file himself. Raises RejectedError.
        """
        found = check_registrable(pem, self.clock())
        if not (0 < len(key_id) <= connections.LONGEST_KEY_ID and key_id.isprintable()):
            raise wrong("key_id", f"The key id has 1 to {connections.LONGEST_KEY_ID} characters.")
        certificate = Certificate(connection.org_id, key_id, pem, found.fingerprint, active=True)
        event = TrustEvent(TrustKind.CERTIFICATE_REGISTERED, self.clock(), detail=found.fingerprint, by_user=by)
        with self.database.workspace(connection.workspace_id) as session:
            connections.add_certificate(session, connection.id, certificate, now=self.clock())
            store.add_event(session, connection.id, event)
        return found.fingerprint

    def retire_certificate(self, connection: Connection, fingerprint: str, *, by: MemberId | None) -> None:
        """Puts a certificate out of use. Raises NotFoundError."""
        event = TrustEvent(TrustKind.CERTIFICATE_RETIRED, self.clock(), detail=fingerprint, by_member=by)
        with self.database.workspace(connection.workspace_id) as session:
            known = _FINGERPRINT.fullmatch(fingerprint) is not None
            if not known or not connections.retire_certificate(session, connection.id, fingerprint):
                raise NotFoundError("certificate")
            store.add_event(session, connection.id, event)

    def end_session(self, at: TrustSession) -> None:
        """Nothing more can be decided with this sign-in."""
        with self.database.workspace(at.link.workspace_id) as session:
            store.drop_link(session, at.link.id)

    def events(self, connection: Connection) -> Sequence[TrustEvent]:
        """What was decided about an org, newest first."""
        with self.database.reading(connection.workspace_id) as session:
            return store.load_events(session, connection.id, most=MOST_EVENTS)

    def freeze(self, connection: Connection, found: OrgId) -> None:
        """Puts the connection on hold: a login led to another org. Nothing is written until an admin confirms."""
        with self.database.workspace(connection.workspace_id) as session:
            if store.freeze(session, connection.id, found):
                connections.drop_canvas_sessions(session, connection.id)
                cause = Cause("OTHER_ORG", ON_HOLD, until=None)
                self.delivery.stop_connection(session, connection.id, cause, now=self.clock())
                event = TrustEvent(TrustKind.ORG_CHANGE_SEEN, self.clock(), detail=found)
                store.add_event(session, connection.id, event)
                log.warning("connection_frozen", connection_id=connection.id, org_id=found)

    def _resume(self, session: WorkspaceSession, connection: Connection) -> None:
        """What waited goes on: for the whole org, and for each login that met the hold."""
        now = self.clock()
        for gate in self.delivery.backlog(session, connection.id, now=now).closed:
            if gate.behind is Behind.CONNECTION and gate.code == "OTHER_ORG":
                self.delivery.resume_connection(session, connection.id, now=now)
            elif gate.behind is Behind.LOGIN and (gate.member_id is None or gate.code == "CONNECTION_FROZEN"):
                self.delivery.resume_login(session, connection.id, gate.member_id, now=now)

    def _event(self, kind: TrustKind, at: TrustSession, detail: str) -> TrustEvent:
        return TrustEvent(kind, self.clock(), detail=detail, by_user=at.proof.user_id)
