"""What a back-fill would do, before anybody lets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accord.core.ids import PlanId, RecordId
from accord.features.field_sync.model import Row
from accord.features.field_sync.reasons import FieldSkip
from accord.mapping.values import Canonical


@dataclass(frozen=True, slots=True)
class TriedField:
    """`skip` None: it would be written. `is_hidden`: the admin himself may not see the field, so no value is told."""

    row: Row
    old: Canonical
    new: Canonical
    skip: FieldSkip | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class TriedPlan:
    plan_id: PlanId
    opportunity_id: RecordId
    fields: Sequence[TriedField]


@dataclass(frozen=True, slots=True)
class DryRun:
    """Some plans. `reads` and `writes` are the calls that they would cost; `calls_at_most` all `total` plans.

    `calls_left`: of the org's 24 hours; None before the org has said anything. `after`: where the next page begins.
    """

    plans: Sequence[TriedPlan]
    after: PlanId | None
    records: int
    skipped: Mapping[FieldSkip, int]
    reads: int
    writes: int
    total: int
    calls_at_most: int
    calls_left: int | None

    @property
    def fields(self) -> int:
        """How many fields would be written."""
        return sum(field.skip is None for plan in self.plans for field in plan.fields)
