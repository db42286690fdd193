"""What somebody may see and change of the values that a plan and its deal share: what he may in Salesforce (S3, W12).

It is asked with his own login. Where he has none here, what his org has signed for this very call holds (Lightning);
who has neither sees no amount and changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accord.core.errors import AccordError
from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, RecordId
from accord.features.two_way import store
from accord.features.two_way.model import DEAL, FIELDS, Linked
from accord.features.two_way.sides import STAGE
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from accord.salesforce.soql import eq, select
from accord.workspace.plans.model import Plan

VALUES = {"end_date": Linked.CLOSE_DATE, "value": Linked.AMOUNT}  # what a plan calls them


@dataclass(frozen=True, slots=True)
class Right:
    """`sees` the field; `edits` it in this very deal."""

    sees: bool = False
    edits: bool = False


@dataclass(frozen=True, slots=True)
class DealRights:
    database: Database
    gateway_for: Callable[[Identity], Gateway | None]  # the caller's own login, or None

    def sees_value(self, who: Identity, plan: Plan) -> bool:
        """Whether he may see the plan's value, which is the deal's amount while the two are linked.

        The end date needs no such look: Salesforce cannot hide the close date, a required field, from who sees the
        deal. No call but that of the describe, which is kept.
        """
        if plan.opportunity_id is None or not self._is_held(who, plan.connection_id, Linked.AMOUNT):
            return True
        try:
            return self._field(self.gateway_for(who), who, plan.opportunity_id, FIELDS[Linked.AMOUNT]).sees
        except AccordError:
            return False  # nobody can be asked at the moment

    def sees_stage(self, who: Identity, plan: Plan) -> bool:
        """Whether he may see how far the deal is, its Probability, which counts in the plan's score. No call either."""
        if plan.opportunity_id is None or who.role not in {Role.ADMIN, Role.USER}:
            return True
        try:
            return self._field(self.gateway_for(who), who, plan.opportunity_id, STAGE).sees
        except AccordError:
            return False

    def refused(self, who: Identity, deal: RecordId, names: Iterable[str]) -> list[str]:
        """Which of a plan's values (`end_date`, `value`) he may not change, because that would change this deal.

        One call, and none where the link is off. Raises what the call raises: then nothing may be changed.
        """
        wanted = [name for name in names if name in VALUES]
        held = [name for name in wanted if self._is_held(who, who.connection_id, VALUES[name])]
        if not held:
            return []
        gateway = self.gateway_for(who)
        fields = {name: self._field(gateway, who, deal, FIELDS[VALUES[name]]) for name in held}
        may_edit = _may_edit(gateway, deal) if any(one.edits for one in fields.values()) else False
        return [name for name in held if not (fields[name].edits and may_edit)]

    def find(self, who: Identity, deal: RecordId, linked: Linked, *, at_record: bool = True) -> Right:
        """What he may do with this field of this deal, whether or not the link is on.

        Without `at_record` it costs no call, and sharing and approvals are not asked about.
        """
        gateway = self.gateway_for(who)
        found = self._field(gateway, who, deal, FIELDS[linked])
        return Right(found.sees, found.edits and (not at_record or _may_edit(gateway, deal)))

    def _is_held(self, who: Identity, connection_id: ConnectionId, linked: Linked) -> bool:
        """The application's server by itself and a Flow stand for the whole org; for others Salesforce says it."""
        if who.role not in {Role.ADMIN, Role.USER}:
            return False
        with self.database.reading(who.workspace_id) as session:
            return linked in store.load_settings(session, connection_id).enabled

    def _field(self, gateway: Gateway | None, who: Identity, deal: RecordId, name: str) -> Right:
        """By the describe, which says nothing of the record yet; what the org has signed says it of both."""
        if gateway is None:
            is_about = who.record_id == deal
            return Right(is_about and name in who.visible_fields, is_about and name in who.editable_fields)
        field = gateway.describe(DEAL).fields.get(name)
        return Right(field is not None, field is not None and field.updateable)


def _may_edit(gateway: Gateway | None, deal: RecordId) -> bool:
    """Sharing and approvals, which the describe does not know (W12); without a login the signed word has said it."""
    if gateway is None:
        return True
    access = select("RecordId", "HasEditAccess").from_("UserRecordAccess")
    asked = access.where(eq("UserId", gateway.user_id), eq("RecordId", deal))
    return any(row["HasEditAccess"] is True for row in gateway.query(asked))
