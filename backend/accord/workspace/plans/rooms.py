"""The use cases of plans, room by room, made from one way to change plans and one way to reach them."""

from dataclasses import dataclass

from accord.workspace.plans.access import Access
from accord.workspace.plans.changing import Changes
from accord.workspace.plans.criteria.service import Criteria
from accord.workspace.plans.editing import Editing, GuardDeal
from accord.workspace.plans.elements.service import Elements
from accord.workspace.plans.keyed import Keyed
from accord.workspace.plans.notes.service import Notes
from accord.workspace.plans.people.service import People


@dataclass(frozen=True, slots=True)
class PlanRooms:
    changes: Changes
    access: Access
    guard_deal: GuardDeal

    @property
    def editing(self) -> Editing:
        return Editing(self.changes, self.access, self.guard_deal)

    @property
    def elements(self) -> Elements:
        return Elements(self.changes, self.access)

    @property
    def people(self) -> People:
        return People(self.changes, self.access)

    @property
    def notes(self) -> Notes:
        return Notes(self.changes, self.access)

    @property
    def criteria(self) -> Criteria:
        return Criteria(self.changes, self.access)

    @property
    def keyed(self) -> Keyed:
        return Keyed(self.changes, self.access)
