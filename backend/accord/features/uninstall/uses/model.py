"""What of the package, and of the fields that settings name, is used by something in the org."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Part:
    """A component by its kind and name; a field is called `Opportunity.Stage_Name__c`. `is_ours`: the package brings
    it, otherwise settings name it.
    """

    kind: str
    name: str
    is_ours: bool = True


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A part as the org knows it."""

    part: Part
    id: str


@dataclass(frozen=True, slots=True)
class User:
    """What uses parts: its kind in Salesforce's word, name and id, and the names of those parts."""

    kind: str
    name: str
    id: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """`absent`: parts that the org does not have. `is_cut_off`: Salesforce tells no more than so many at once."""

    users: Sequence[User]
    found: Sequence[FoundPart]
    absent: Sequence[Part]
    is_cut_off: bool
    calls: int


def _fields(sobject: str, *names: str) -> tuple[Part, ...]:
    return tuple(Part("CustomField", f"{sobject}.{name}") for name in names)


# what the package brings and others may use; its permission sets, tab, labels, rule and layout use, and are not used
OUR_PARTS: Final = (
    *_fields("Opportunity", "Accord_Status__c", "Accord_URL__c", "Customer_Accepted_Num__c", "Customer_Invited_Num__c",
             "Accord_Missing_Criteria__c", "Execution_Score__c", "Progress__c",
             "Stage_Name__c"),
    *_fields("Contact", "Accord_Id__c"),
    *_fields("OpportunityContactRole", "Accord_Id__c"),
    *_fields("Activity", "Accord_Id__c"),
    *(Part("CustomObject", name) for name in ("Accord_Parameter__mdt", "Accord_Plan_Event__e", "Accord_Request__e")),
    *(
        Part("ApexClass", f"Accord{name}")
        for name in (
            "ActionResult", "Api", "DraftController", "FieldRights", "InviteMemberAction", "LogActivityAction",
            "PanelController", "Parameter", "PlanController", "PlanRequest", "RequestPublisher", "SaveController",
            "SetCriterionAction", "SettingsController", "SyncNowAction", "Token", "UpdateStepAction",
        )
    ),
    *(Part("LightningComponentBundle", name) for name in ("accordPanel", "accordSettings")),
    *(Part("NamedCredential", name) for name in ("Accord_Apex", "Accord_Flow")),
)  # fmt: skip
# what the package brings and uses its own parts: told to nobody as a use
OUR_USERS: Final = frozenset(
    {
        ("ValidationRule", "Accord_Customer_Invite_Block_Progression"),
        ("ValidationRule", "Accord_Missing_Criteria_Block_Progression"),
        ("Layout", "Accord Opportunity Layout"),
        *(
            ("ApexClass", f"Accord{name}")
            for name in ("ApiMock", "BusMock", "BypassTest", "DraftControllerTest", "LogActivityActionTest",
                         "PanelControllerTest",
                         "PlanActionsTest", "PlanControllerTest", "SaveControllerTest", "SettingsControllerTest",
                         "SyncNowActionTest", "TokenTest")
        ),
    }
)  # fmt: skip
