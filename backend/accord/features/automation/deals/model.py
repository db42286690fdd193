"""Items of the two actions as they come, and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.core.ids import MemberId, PlanId, RecordId, UserId
from accord.workspace.plans.model import NewPlan, PlanFacts
from accord.workspace.plans.playbooks.model import Playbook


@dataclass(frozen=True, slots=True)
class GetPlanItem:
    record_id: str
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ConnectDealItem:
    """`plan_id`, `playbook_key` or `title` says which plan the deal gets."""

    opportunity_id: str
    plan_id: str = ""
    playbook_key: str = ""
    title: str = ""
    stage_title: str = ""
    point_person_user_id: str = ""
    steps_total: int = 0
    steps_done: int = 0
    idempotency_key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the items of one call name and what there is of it; playbooks by what names them: an id or a title."""

    plans: Mapping[PlanId, PlanFacts]
    members: Mapping[UserId, MemberId]
    playbooks: Mapping[str, Playbook] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """A checked item: the deal gets the plan `plan_id`, or `new` when that is None."""

    opportunity_id: RecordId
    new: NewPlan
    plan_id: PlanId | None = None
    point_person: MemberId | None = None
