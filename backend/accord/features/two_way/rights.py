"""Who may see and change a plan's value while it is the deal's amount: who may in Salesforce, by his own login (S3).

The end date needs no such look: Salesforce cannot hide the close date, a required field, from who sees the deal.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accord.core.errors import AccordError
from accord.core.identity import Identity, Role
from accord.features.two_way import store
from accord.features.two_way.model import DEAL, FIELDS, Linked
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from accord.workspace.plans.changing import ValueRight
from accord.workspace.plans.model import Plan


@dataclass(frozen=True, slots=True)
class AmountRights:
    database: Database
    gateway_for: Callable[[Identity], Gateway | None]  # the caller's own login, or None

    def __call__(self, caller: Identity, plan: Plan) -> ValueRight:
        """All of it for the application's server, for a plan without a deal, and while the link is off."""
        if plan.opportunity_id is None or caller.role not in {Role.ADMIN, Role.USER}:
            return ValueRight.CHANGE
        with self.database.reading(caller.workspace_id) as session:
            if Linked.AMOUNT not in store.load_settings(session, plan.connection_id).enabled:
                return ValueRight.CHANGE
        try:
            gateway = self.gateway_for(caller)
            field = gateway.describe(DEAL).fields.get(FIELDS[Linked.AMOUNT]) if gateway else None
        except AccordError:
            return ValueRight.NONE  # nobody can be asked at the moment
        if field is None:
            return ValueRight.NONE
        return ValueRight.CHANGE if field.updateable else ValueRight.SEE
