"""A record or a person of the org is forgotten: every copy that lies here goes, and a scan says that none is left."""

from dataclasses import dataclass, replace

import structlog

from accord.core.clock import Clock
from accord.core.errors import ConflictError, Problem, RejectedError
from accord.core.identity import Identity
from accord.core.ids import UserId, widen
from accord.delivery.outbox import Outbox
from accord.features.privacy.forgetting import rules, store
from accord.features.privacy.forgetting.model import Preview, Receipt, Subject, Wanted
from accord.features.privacy.forgetting.people.store import load_people
from accord.features.privacy.forgetting.store import Copies
from accord.infra.audit import Entry, actor_of, record
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.model import Member
from accord.workspace.members.store import find_by_email, find_by_user

log = structlog.get_logger()
KIND = "privacy.forgotten"
USER_PREFIX = "005"
CONTACT_PREFIX = "003"


@dataclass(frozen=True, slots=True)
class Forgetting:
    database: Database
    clock: Clock
    outbox: Outbox

    def preview(self, caller: Identity, subject: Subject) -> Preview:
        """What forgetting would delete, by the same search as the deed's, so that no count can differ. Nobody waits.

        Raises as `forget` does.
        """
        with self.database.reading(caller.workspace_id) as session:
            wanted = self._wanted(session, caller, subject)
            return Preview(wanted.is_person, wanted.name, self._find(session, caller, wanted, lock=False).counts)

    def forget(self, caller: Identity, subject: Subject) -> Receipt:
        """Deletes every copy of a record, or everything that says who a person was. A plan stays, without its deal;
        what a person did stays, without his name.

        Raises RejectedError for what is no id or address, or the admin himself, ConflictError while a write of it is
        under way. Nothing was deleted then.
        """
        with self.database.workspace(caller.workspace_id) as session:
            wanted = self._wanted(session, caller, subject)
            store.lock_plans(session, caller.connection_id, wanted)
            copies = self._find(session, caller, wanted, lock=True)
            store.forget(session, caller.connection_id, wanted, copies)
            receipt = Receipt(copies.counts, store.count_left(session, caller.connection_id, wanted, self.outbox))
            by, rows = caller.member_id, sum(receipt.deleted.values())
            entry = Entry(caller.connection_id, KIND, actor_of(by), by, new={"rows": rows, "left": receipt.left})
            record(session, entry, now=self.clock())
        log.info("copies_forgotten", connection_id=caller.connection_id, count=rows, left=receipt.left)
        return receipt

    def _find(self, session: WorkspaceSession, caller: Identity, wanted: Wanted, *, lock: bool) -> Copies:
        copies = store.find(session, caller.connection_id, wanted, self.outbox)
        if store.is_being_written(session, caller.connection_id, copies, lock=lock):
            message = "A write of it is under way. Nothing was deleted: try again in a minute."
            raise ConflictError(message, code="BEING_WRITTEN")
        return copies

    def _wanted(self, session: WorkspaceSession, caller: Identity, subject: Subject) -> Wanted:
        """Who or what is meant, and everything by which it is known here."""
        if subject.email is not None:
            wanted = _by_email(session, caller, subject.email)
        else:
            wanted = _by_id(session, caller, subject.salesforce_id or "")
        if caller.member_id is not None and wanted.member_id == caller.member_id:
            raise _wrong("You cannot forget yourself: another admin does that.", subject)
        return wanted


def _by_id(session: WorkspaceSession, caller: Identity, salesforce_id: str) -> Wanted:
    subject = Subject(salesforce_id=salesforce_id)
    try:
        full = widen(salesforce_id)
    except ValueError:
        raise _wrong("This is no id of a Salesforce record: it has 15 or 18 letters and digits.", subject) from None
    if full == caller.salesforce_user_id:
        raise _wrong("You cannot forget yourself: another admin does that.", subject)
    ids = _both_lengths(full)
    if full.startswith(USER_PREFIX):
        known = find_by_user(session, caller.connection_id, UserId(full))
        return Wanted(ids) if known is None else _of_member(session, caller, known)
    if full.startswith(CONTACT_PREFIX):
        people = [one for one in load_people(session, caller.connection_id) if one.contact_id in ids]
        if people:
            emails = frozenset(one.email.strip().casefold() for one in people if one.email)
            return _with_people(session, caller, Wanted(ids, emails=emails))
    return Wanted(ids)


def _by_email(session: WorkspaceSession, caller: Identity, email: str) -> Wanted:
    members = find_by_email(session, caller.connection_id, email)
    if len(members) > 1:
        message = "Several members have this address. Enter the Salesforce id of the one who is meant (005…)."
        raise _wrong(message, Subject(email=email))
    if members:
        return _of_member(session, caller, members[0])
    address = email.strip()
    return _with_people(session, caller, Wanted(names=frozenset({address}), emails=frozenset({address.casefold()})))


def _of_member(session: WorkspaceSession, caller: Identity, known: Member) -> Wanted:
    emails = frozenset({known.email.strip().casefold()}) - {""}
    names = frozenset(text for text in (known.name, known.email) if text)
    ids = _both_lengths(known.salesforce_user_id)
    return _with_people(session, caller, Wanted(ids, names, emails, known.id, name=known.name))


def _with_people(session: WorkspaceSession, caller: Identity, wanted: Wanted) -> Wanted:
    """With everybody in plans who is the same person, and what those rows know of him besides."""
    people = tuple(one for one in load_people(session, caller.connection_id) if rules.is_same_person(one, wanted))
    contacts = (_both_lengths(one.contact_id) for one in people if one.contact_id is not None)
    return replace(
        wanted,
        ids=wanted.ids.union(*contacts),
        names=wanted.names | rules.words_for(people),
        people=people,
        name=wanted.name or next((one.name or one.email for one in people), None),
    )


def _both_lengths(full: str) -> frozenset[str]:
    return frozenset({full, full[:15]})


def _wrong(message: str, subject: Subject) -> RejectedError:
    field = "email" if subject.email is not None else "salesforce_id"
    return RejectedError(message, problems=(Problem("INVALID_VALUE", message, field=field),))
