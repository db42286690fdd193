"""The use cases of plans, room by room, made from one way to change plans and one way to reach them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from accord.core.identity import Identity
from accord.infra.audit import Setting
from accord.salesforce.model import Gateway
from accord.workspace.plans.access import Access
from accord.workspace.plans.changing import Changes
from accord.workspace.plans.criteria.service import Criteria
from accord.workspace.plans.criteria.setting import criteria_setting, weights_setting
from accord.workspace.plans.criteria.setup import CriteriaSetup, WeightsSetup
from accord.workspace.plans.editing import Editing, GuardDeal
from accord.workspace.plans.elements.service import Elements
from accord.workspace.plans.following.service import Following
from accord.workspace.plans.keyed import Keyed
from accord.workspace.plans.notes.service import Notes
from accord.workspace.plans.people.service import People
from accord.workspace.plans.playbooks.model import PlaybookUses, names_none
from accord.workspace.plans.playbooks.service import Playbooks


@dataclass(frozen=True, slots=True)
class PlanRooms:
    """`owner_gateway` reaches the caller's org with the integration owner's login; None: there is nobody to ask.
    `playbook_uses` says which rules name which playbooks.
    """

    changes: Changes
    access: Access
    guard_deal: GuardDeal
    owner_gateway: Callable[[Identity], Gateway] | None = None
    playbook_uses: PlaybookUses = names_none

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
    def following(self) -> Following:
        return Following(self.changes, self.access)

    @property
    def criteria(self) -> Criteria:
        return Criteria(self.changes, self.access)

    @property
    def criteria_setup(self) -> CriteriaSetup:
        return CriteriaSetup(self.changes, self._stages_of)

    @property
    def weights_setup(self) -> WeightsSetup:
        return WeightsSetup(self.changes)

    @property
    def playbooks(self) -> Playbooks:
        return Playbooks(self.changes, self.access, self.playbook_uses)

    @property
    def settings(self) -> Sequence[Setting]:
        """What admins set of plans, as kinds of settings among others."""
        return criteria_setting(self.criteria_setup), weights_setting(self.weights_setup)

    def _stages_of(self, caller: Identity) -> Collection[str] | None:
        """The stages that deals of the caller's org can have; None where nobody can be asked."""
        if self.owner_gateway is None:
            return None
        return {one.value for one in self.owner_gateway(caller).picklist_values("Opportunity", None, "StageName")}

    @property
    def keyed(self) -> Keyed:
        return Keyed(self.changes, self.access)
