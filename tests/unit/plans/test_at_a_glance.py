"""What counts of a plan for somebody who may not see how far its deal is (S3)."""

from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from accord.core.identity import Identity, Role
from accord.core.ids import ConnectionId, WorkspaceId
from accord.infra.db import Database
from accord.workspace.plans.access import Access
from accord.workspace.plans.deal_values import DealValues
from accord.workspace.plans.rules import missing_now
from support.plans import a_criterion, a_plan, facts_of

SOMEBODY = Identity(WorkspaceId("w"), ConnectionId("c"), Role.USER)


@dataclass
class Sees:
    stage: bool

    def sees_stage(self, *_asked: Any) -> bool:
        return self.stage


@pytest.mark.parametrize(("sees", "percent", "missing"), [(True, 40, 1), (False, None, 0)])
def test_who_may_not_see_the_stage_is_told_nothing_that_gives_it_away(sees, percent, missing):
    """The criteria that are required now would name the stage: he is told them as if nobody knew it."""
    late = replace(a_criterion(1), stages=("Prospecting",))
    facts = facts_of(plan=a_plan(deal_stage=40, deal_stage_name="Prospecting"), criteria=(late,))
    access = Access(cast("Database", None), lambda _caller: None, deal_values=cast("DealValues", Sees(sees)))

    shown = access.at_a_glance(SOMEBODY, facts)

    assert (shown.plan.deal_stage, len(missing_now(shown))) == (percent, missing)
