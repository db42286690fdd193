"""An admin sets the budget of calls."""

from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.errors import RejectedError
from accord.core.identity import Identity
from accord.delivery.allowance import SETTINGS, load_budget
from accord.delivery.budget import CallBudget
from accord.features.call_budget.rules import problems_of
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database
from accord.workspace.members.store import find_name
from accord.workspace.settings.store import Change


@dataclass(frozen=True, slots=True)
class BudgetView:
    """`changed_by` is a name."""

    budget: CallBudget
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class BudgetSetup:
    database: Database
    clock: Clock

    def load(self, caller: Identity) -> BudgetView:
        with self.database.reading(caller.workspace_id) as session:
            budget = load_budget(session, caller.connection_id)
            return BudgetView(budget, find_name(session, budget.changed_by))

    def save(self, caller: Identity, new: CallBudget) -> BudgetView:
        """Stores it; `new.version` is the version that was changed. It holds for the next call that is claimed.

        Raises RejectedError naming each wrong field, OutdatedError.
        """
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        return self.load(caller)

    def prepare(self, caller: Identity, new: CallBudget, *, reason: Reason = CHANGED) -> Prepared:
        """The budget, ready to be stored in the place of `new.version`. Raises RejectedError."""
        problems = problems_of(new)
        if problems:
            raise RejectedError("Nothing was saved. Correct what is named.", problems=problems)
        return Prepared(
            lambda session: SETTINGS.change(
                session, caller.connection_id, Change(new, caller.member_id, self.clock(), reason)
            )
        )
