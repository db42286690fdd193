"""A plan: the customer's mutual action plan, with all that belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from accord.core.identity import Role
from accord.core.ids import ConnectionId, CriterionId, MemberId, PlanId, PlaybookId, RecordId, StageId, StepId
from accord.core.money import Money


class Status(StrEnum):
    """How a plan stands (B1). Salesforce may be given all but the first (A52)."""

    DRAFT = "Draft"
    NOT_STARTED = "Not Started"
    ON_TRACK = "On Track"
    AT_RISK = "At Risk"
    STALLED = "Stalled"


class CriterionKind(StrEnum):
    """What fulfils a criterion, and so what is told of it."""

    STEP = "step"  # the day on which the step was completed
    ROLE = "role"  # a person
    RESOURCE = "resource"  # a link
    TEXT = "text"
    CHECKBOX = "checkbox"


class Factor(StrEnum):
    """What the execution score is made of (B1)."""

    CRITERIA = "criteria"
    PROGRESS = "progress"
    CUSTOMERS_INVITED = "customers_invited"
    CUSTOMERS_ACCEPTED = "customers_accepted"
    DEAL_STAGE = "deal_stage"


@dataclass(frozen=True, slots=True)
class Plan:
    """`deal_stage` says how far its deal is in Salesforce, in percent; None where nobody has told yet. So with
    `deal_stage_name`, the stage itself.

    `weights_version` is None while the newest weights count, and those of its time for an archived plan.
    `told_status` is the status that was told last; time alone may have moved it on.
    """

    id: PlanId
    connection_id: ConnectionId
    opportunity_id: RecordId | None
    title: str
    created_by: MemberId | None
    created_at: datetime
    creation_key: str | None = None  # digest of the key that a caller gave, to know his repeats by
    point_person: MemberId | None = None
    published_at: datetime | None = None
    archived_at: datetime | None = None
    end_date: date | None = None
    end_date_changed_at: datetime | None = None
    value: Money | None = None
    value_changed_at: datetime | None = None
    deal_stage: int | None = None
    deal_stage_name: str | None = None
    weights_version: int | None = None
    told_status: Status = Status.DRAFT
    customer_active_at: datetime | None = None
    version: int = 1
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    id: StageId
    plan_id: PlanId
    position: int
    title: str
    is_internal: bool = False
    completed_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class StepMark:
    """What counts of a step. `completed_on` is the day on which it was done, where the one lives who did it."""

    id: StepId
    plan_id: PlanId
    stage_id: StageId
    position: int
    due_date: date | None = None
    completed_at: datetime | None = None
    completed_on: date | None = None
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its words. `key` names it for a Flow; `owner` is a member of the plan."""

    mark: StepMark
    title: str
    description: str = ""
    key: str | None = None
    owner: str | None = None
    completed_by: str | None = None
    version: int = 1


class MemberState(StrEnum):
    """How far somebody who takes part has come."""

    NOT_YET_INVITED = "not_yet_invited"  # added, by somebody or from the deal's contacts
    INVITED = "invited"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class PlanMember:
    """Somebody who takes part. `member_id` names one of our own people; customers and partners have none."""

    id: str
    plan_id: PlanId
    role: Role
    name: str
    email: str
    member_id: MemberId | None = None
    contact_id: RecordId | None = None
    invited_at: datetime | None = None
    accepted_at: datetime | None = None

    @property
    def is_customer(self) -> bool:
        """Partners have customers' rights (B1)."""
        return self.role in {Role.CUSTOMER, Role.PARTNER}

    @property
    def state(self) -> MemberState:
        if self.accepted_at is not None:
            return MemberState.ACCEPTED
        return MemberState.INVITED if self.invited_at is not None else MemberState.NOT_YET_INVITED


@dataclass(frozen=True, slots=True)
class Stakeholder:
    id: str
    plan_id: PlanId
    name: str
    position_title: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    id: str
    plan_id: PlanId
    title: str
    url: str
    is_internal: bool
    added_by: str | None
    added_by_customer: bool
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    id: str
    plan_id: PlanId
    step_id: StepId
    text: str
    is_internal: bool
    author: str | None
    author_is_customer: bool
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Criterion:
    """An execution criterion of all plans of an org. One that was deleted stays known. `stages`: those of the deal at
    which it is required, by the values of its picklist; none: at each.
    """

    id: CriterionId
    key: str
    kind: CriterionKind
    title: str
    position: int
    deleted_at: datetime | None = None
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionValue:
    """What one plan has for a criterion: `step_id` for a step, `is_checked` for a checkbox, `text` for the others.
    `about_id`: a person or a resource of the plan, of which `text` is the name or the link while it is there.
    """

    step_id: StepId | None = None
    text: str | None = None
    is_checked: bool = False
    about_id: str | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each factor of the score counts; together 100. Version 0 is ours, before any admin changed it."""

    version: int
    of: Mapping[Factor, int]
    changed_at: datetime | None = None
    changed_by: MemberId | None = None


DEFAULT_WEIGHTS = Weights(
    0,
    {
        Factor.CRITERIA: 40,
        Factor.PROGRESS: 25,
        Factor.CUSTOMERS_INVITED: 10,
        Factor.CUSTOMERS_ACCEPTED: 15,
        Factor.DEAL_STAGE: 10,
    },
)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan with all that its status, progress, score and data are made of. Stages and steps come by position."""

    plan: Plan
    stages: tuple[Stage, ...] = ()
    steps: tuple[StepMark, ...] = ()
    invited: int = 0  # customers
    accepted: int = 0
    criteria: tuple[Criterion, ...] = ()
    values: Mapping[CriterionId, CriterionValue] = field(default_factory=dict)
    weights: Weights = DEFAULT_WEIGHTS


@dataclass(frozen=True, slots=True)
class NewStep:
    title: str
    due_date: date | None = None
    is_done: bool = False
    is_internal: bool = False
    key: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class NewStage:
    title: str
    steps: Sequence[NewStep] = ()
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What somebody gives to make a plan. Without a deal it is connected later. `template`, a plan of the connection,
    or `playbook`: whose stages, steps and resources it gets instead of `stages`, and whose title where none is given.
    `point_person` is a member; whoever makes the plan when none is given.
    """

    opportunity_id: RecordId | None
    title: str
    stages: Sequence[NewStage] = ()
    is_draft: bool = False
    end_date: date | None = None
    value: Money | None = None
    creation_key: str | None = None
    template: PlanId | None = None
    playbook: PlaybookId | None = None
    point_person: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Connected:
    """The deal's plan. `is_new`: this wish made it, now or when it came before with the same key."""

    facts: PlanFacts
    is_new: bool

    @property
    def plan(self) -> Plan:
        return self.facts.plan


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which plans a page has: `after` is the last one of the page before. None: no matter which."""

    limit: int
    after: PlanId | None = None
    opportunity_id: RecordId | None = None
    is_connected: bool | None = None
    is_archived: bool | None = None
    status: Status | None = None
