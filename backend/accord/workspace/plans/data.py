"""What a plan has to tell Salesforce: the data of A42 to A48, what is missing (D21), and the execution criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from accord.core.ids import ConnectionId, CriterionId, PlanId, RecordId
from accord.infra.db import WorkspaceSession
from accord.workspace.plans import rules, store
from accord.workspace.plans.criteria import store as criteria
from accord.workspace.plans.model import CriterionKind, PlanFacts, Status
from accord.workspace.plans.score import score

Value = str | int | Decimal | date | bool | None


class Datum(StrEnum):
    ACCORD_URL = "accord_url"
    ACCORD_STATUS = "accord_status"
    ACCORD_STAGE_NAME = "accord_stage_name"
    CUSTOMERS_INVITED = "customers_invited"
    CUSTOMERS_ACCEPTED = "customers_accepted"
    ACCORD_PROGRESS = "accord_progress"
    EXECUTION_SCORE = "execution_score"
    MISSING_CRITERIA = "missing_criteria"


# A42 to A48, and ours (D21)
LABELS: Final[Mapping[Datum, str]] = {
    Datum.ACCORD_URL: "Accord URL",
    Datum.ACCORD_STATUS: "Accord Status",
    Datum.ACCORD_STAGE_NAME: "Accord Stage Name",
    Datum.CUSTOMERS_INVITED: "Accord Customers Invited",
    Datum.CUSTOMERS_ACCEPTED: "Accord Customers Accepted",
    Datum.ACCORD_PROGRESS: "Accord Progress",
    Datum.EXECUTION_SCORE: "Accord Execution Score",
    Datum.MISSING_CRITERIA: "Accord Missing Criteria",
}


@dataclass(frozen=True, slots=True)
class PlanData:
    """`values` by datum, and by `criterion_key` of each criterion. The status of a draft is None: it is not written."""

    plan_id: PlanId
    opportunity_id: RecordId | None
    is_published: bool
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class CriterionChoice:
    """A criterion in a picker. `is_live` is False for one that was deleted: its rows are broken (A83), and its key is
    free for another.
    """

    id: CriterionId
    title: str
    kind: CriterionKind
    is_live: bool
    key: str = ""


def criterion_key(criterion_id: CriterionId) -> str:
    """The name of a criterion's datum, in the same space as `Datum`."""
    return f"criterion:{criterion_id}"


def plan_url(plans_url: str, plan_id: PlanId) -> str:
    """Where the plan itself can be read (A42)."""
    return f"{plans_url}/{plan_id}"


def data_of(facts: PlanFacts, *, today: date, plans_url: str) -> PlanData:
    """All data of one plan."""
    plan, status = facts.plan, rules.status(facts, today)
    stage = rules.current_stage(facts.stages, facts.steps)
    values: dict[str, Value] = {
        Datum.ACCORD_URL: plan_url(plans_url, plan.id),
        Datum.ACCORD_STATUS: None if status is Status.DRAFT else str(status),
        Datum.ACCORD_STAGE_NAME: stage.title if stage else "",
        Datum.CUSTOMERS_INVITED: facts.invited,
        Datum.CUSTOMERS_ACCEPTED: facts.accepted,
        Datum.ACCORD_PROGRESS: rules.progress(facts.steps),
        Datum.EXECUTION_SCORE: score(facts).score,
        Datum.MISSING_CRITERIA: ", ".join(one.title for one in rules.missing_now(facts)),
    }
    for one in facts.criteria:
        values[criterion_key(one.id)] = rules.criterion_datum(one, facts.values.get(one.id), facts.steps)
    return PlanData(plan.id, plan.opportunity_id, plan.published_at is not None, values)


def load_data(
    session: WorkspaceSession, connection_id: ConnectionId, plan_ids: Sequence[PlanId], *, today: date, plans_url: str
) -> dict[PlanId, PlanData]:
    """The data of those of the plans that there are: at most some hundred, with a fixed number of queries."""
    facts = store.load_facts(session, connection_id, store.load(session, connection_id, plan_ids))
    return {plan_id: data_of(one, today=today, plans_url=plans_url) for plan_id, one in facts.items()}


def load_connected_ids(
    session: WorkspaceSession, connection_id: ConnectionId, after: PlanId | None, limit: int
) -> list[PlanId]:
    """One page of the plans that are connected to a deal and not archived; the next one begins `after` the last."""
    return store.load_connected(session, connection_id, after=after, limit=limit)


def load_criteria(session: WorkspaceSession, connection_id: ConnectionId) -> list[CriterionChoice]:
    """Every criterion that there is or was, in order."""
    found = criteria.load_criteria(session, connection_id, with_deleted=True)
    return [CriterionChoice(one.id, one.title, one.kind, one.deleted_at is None, one.key) for one in found]
