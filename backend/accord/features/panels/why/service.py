"""Tells why a field of the panel holds what it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accord.core.errors import NotAllowedError, NotFoundError
from accord.core.identity import Identity
from accord.core.ids import MemberId, RecordId
from accord.core.written import TellsWritten, Writer, Written
from accord.features.panels.model import DEAL, Layout
from accord.features.panels.why import rules, store
from accord.features.panels.why.glance import glance_at
from accord.features.panels.why.model import Glance, Outcome, Sight, Skipped, Try, Why
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from accord.workspace.members.store import load_names


@dataclass(frozen=True, slots=True)
class Whys:
    """`others` are told of what else writes to the fields of the panel."""

    database: Database
    # the caller's own login, or None: then he is told no value (S3)
    gateway_for: Callable[[Identity], Gateway | None]
    layout_for: Callable[[Identity], Layout]
    # raises NotFoundError unless the deal is shown to the caller himself
    check_deal: Callable[[Identity, RecordId], None]
    others: Sequence[TellsWritten] = ()

    def explain(self, caller: Identity, deal_id: RecordId, key: str) -> Why:
        """Why a field that the panel is set up to show holds what it holds; with a login one call, without none.

        Raises NotFoundError for another field and for a deal that the caller may not see, NotAllowedError
        (NO_SALESFORCE_LOGIN) for a field of the account when nothing but his own login tells which one it is.
        """
        glance = self._glance(caller, deal_id, key)
        tries = self._tries(caller, glance)
        return Why(
            key=key,
            label=glance.spec.label,
            sight=glance.sight,
            changed_at=glance.changed_at,
            wrote=rules.newest(self._written(caller, glance, tries), is_hidden=glance.sight is not Sight.SHOWN),
            skipped=rules.skipped(tries, is_hidden=glance.sight is not Sight.SHOWN) or self._left(caller, glance),
        )

    def names(self, caller: Identity, why: Why) -> Mapping[MemberId, str]:
        """What everybody is called whom the explanation names."""
        with self.database.reading(caller.workspace_id) as session:
            return load_names(session, why.members)

    def _glance(self, caller: Identity, deal_id: RecordId, key: str) -> Glance:
        spec = next((row for row in self.layout_for(caller).rows if row.key == key), None)
        if spec is None:
            raise NotFoundError("field")
        gateway = self.gateway_for(caller)
        if gateway is not None:
            return glance_at(gateway, deal_id, spec)
        self.check_deal(caller, deal_id)
        if spec.sobject != DEAL:
            raise NotAllowedError(
                "Connect your own Salesforce login with Accord to be told about fields of the account.",
                code="NO_SALESFORCE_LOGIN",
            )
        return Glance(spec, deal_id, Sight.NO_LOGIN)

    def _tries(self, caller: Identity, glance: Glance) -> Sequence[Try]:
        if glance.record_id is None:
            return []
        with self.database.reading(caller.workspace_id) as session:
            return store.load(session, caller.connection_id, glance.record_id, glance.spec.field)

    def _left(self, caller: Identity, glance: Glance) -> Skipped | None:
        """Why none of the others has written; no value stands in that."""
        if glance.record_id is None:
            return None
        told = (other.left(caller, glance.record_id, glance.spec.field) for other in self.others)
        return next((Skipped(one.reason, one.sentence) for one in told if one is not None), None)

    def _written(self, caller: Identity, glance: Glance, tries: Sequence[Try]) -> Sequence[Written]:
        if glance.record_id is None:
            return []
        record_id, field = glance.record_id, glance.spec.field
        ours = [
            Written(one.at, Writer.PANEL, one.member_id, own_login=True, old=one.old, new=one.new)
            for one in tries
            if one.outcome is Outcome.SAVED
        ]
        return [*ours, *(one for tell in self.others for one in tell.wrote(caller, record_id, field))]
