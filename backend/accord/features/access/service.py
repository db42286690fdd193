"""Who may what, and giving access: shown first, then done with the admin's own login."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotAllowedError, OutdatedError
from accord.core.identity import Identity
from accord.features.access import probe, rules
from accord.features.access.model import Access, Assigned, OurSet, Preview
from accord.infra.audit import Entry, actor_of, record
from accord.infra.db import Database
from accord.salesforce.model import Gateway

log = structlog.get_logger()
KIND = "access.assigned"


@dataclass(frozen=True, slots=True)
class AccessPage:
    """`own_gateway` is the admin's own login, or None; `owner_gateway` the integration owner's, to look alone."""

    database: Database
    clock: Clock
    own_gateway: Callable[[Identity], Gateway | None]
    owner_gateway: Callable[[Identity], Gateway]

    def load(self, caller: Identity) -> Access:
        own = self.own_gateway(caller)
        users, more = probe.fetch_users(own or self.owner_gateway(caller))
        return Access([rules.person_of(user) for user in users], None if own else rules.NO_OWN_LOGIN, more)

    def preview(self, caller: Identity, user_ids: Sequence[str], permission_set: OurSet) -> Preview:
        """Who would get the set; nothing is assigned. Raises NotAllowedError without a login of his own."""
        users, _ = probe.fetch_users(self._own(caller))
        return rules.decide_preview({user.user_id: user for user in users}, user_ids, permission_set)

    def assign(
        self, caller: Identity, user_ids: Sequence[str], permission_set: OurSet, *, ticket: str
    ) -> Sequence[Assigned]:
        """Gives the set to those whom the preview showed, with the admin's own login; Salesforce's own words say why
        somebody did not get it. Each who got it is a line of the audit.

        Raises OutdatedError when the preview would show others now, RejectedError when the org has no such set.
        """
        own = self._own(caller)
        found = self.preview(caller, user_ids, permission_set)
        if found.ticket != ticket:
            raise OutdatedError("Nothing was assigned: others would get it now than were shown. Look again first.")
        results = probe.assign_set(own, probe.fetch_set_id(own, permission_set), found.gives)
        with self.database.workspace(caller.workspace_id) as session:
            for each in results:
                if each.ok:
                    entry = Entry(
                        caller.connection_id,
                        KIND,
                        actor_of(caller.member_id),
                        caller.member_id,
                        subject=each.user.user_id,
                        new={"permission_set": permission_set.value},
                    )
                    record(session, entry, now=self.clock())
        done = sum(each.ok for each in results)
        log.info("access_assigned", connection_id=caller.connection_id, count=done, refused=len(results) - done)
        return results

    def _own(self, caller: Identity) -> Gateway:
        own = self.own_gateway(caller)
        if own is None:
            raise NotAllowedError(rules.NO_OWN_LOGIN, code="NO_SALESFORCE_LOGIN")
        return own
