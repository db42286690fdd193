"""The fields that Accord reads: those of the settings as they are, and those that it always needs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from accord.features.privacy.leaving.model import Read

DEAL: Final = "Opportunity"

_PANEL: Final = ("drafts",)
_SYNC: Final = ("synced_values", "written_values", "outbox")
_COPIES: Final[Mapping[str, tuple[str, ...]]] = {
    "settings.panel": _PANEL,
    "settings.variables": _PANEL,
    "settings.field_sync": _SYNC,
}


def _always(sobject: str, why: str, *fields: str, copies: tuple[str, ...] = ()) -> Iterator[Read]:
    for name in fields:
        yield Read(sobject, name, why, copies)


_SET: Final = "PermissionSet"
_RIGHTS: Final = tuple(f"{_SET}.Permissions{right}" for right in ("ApiEnabled", "CustomizeApplication", "EditTask",
                                                                  "ModifyAllData"))  # fmt: skip
ALWAYS: Final = (
    *_always(DEAL, "find and name the deal", "Id", "Name"),
    *_always(DEAL, "know the panel's rows and why they are locked", "AccountId", "RecordTypeId", "CurrencyIsoCode",
             "HasOpportunityLineItem", "StageName", "LastModifiedDate"),
    *_always(DEAL, "score a plan", "Probability", copies=("plans",)),
    *_always(DEAL, "know which execution criteria are required", "StageName", copies=("plans",)),
    *_always(DEAL, "keep a plan's end date and value equal", "CloseDate", "Amount", "IsDeleted",
             copies=("plans", "synced_values")),
    *_always(DEAL, "know which of two edits is the newer one", "LastCloseDateChangedHistoryId",
             "LastAmountChangedHistoryId"),
    *_always("OpportunityHistory", "know which of two edits is the newer one", "Id", "CreatedDate"),
    *_always(DEAL, "know which deals get a plan automatically", "Type", "OwnerId", "SystemModstamp", copies=("rules",)),
    *_always("OpportunityStage", "know which stages are won or lost", "ApiName", "IsWon", "IsClosed"),
    *_always("Account", "know the panel's rows of the account", "Id", "RecordTypeId", "CurrencyIsoCode",
             "LastModifiedDate"),
    *_always("UserRecordAccess", "say before typing that a row is locked", "RecordId", "HasEditAccess"),
    *_always("ProcessInstance", "say that an approval locks a deal", "TargetObjectId", "CreatedDate"),
    *_always("RecordType", "offer record types for a tab's rule", "Id", "Name"),
    *_always("Organization", "know which org it is", "Id", "Name", "IsSandbox"),
    *_always("User", "know who signs in and who may what", "Id", "Name", "Username", "IsActive", "UserType",
             copies=("members",)),
    *_always("User", "know who may what", "Profile.UserLicense.Name"),
    *_always("User", "date Tasks where their owner lives", "TimeZoneSidKey", copies=("members",)),
    *_always(_SET, "give access", "Id"),
    *_always("PermissionSetAssignment", "know who may what", "Id", "AssigneeId", "Assignee.Username", f"{_SET}.Name",
             *_RIGHTS),
    *_always("TaskStatus", "close Tasks with the org's own status", "ApiName", "SortOrder"),
    *_always("Account", "follow a deal whose account was merged", "MasterRecordId"),
    *_always("Contact", "name a contact on a Task", "Id"),
    *_always("Contact", "invite a contact to a plan", "Name", "Email", copies=("plans",)),
    *_always("OpportunityContactRole", "know the contacts of a deal", "Id", "OpportunityId", "ContactId",
             copies=("plans",)),
    *_always("Contact", "find the Contact of a member", "AccountId", "CreatedDate", "Accord_Id__c"),
    *_always(DEAL, "tell a deal's owner that he has to choose between two values", "OwnerId"),
    *_always("Group", "tell a group of people", "Id", "Name", "Type", "RelatedId"),
    *_always("GroupMember", "tell a group of people", "GroupId", "UserOrGroupId"),
    *_always("UserRole", "tell a group of people", "Id", "ParentRoleId"),
    *_always("User", "tell a group of people", "UserRoleId"),
    *_always(_SET, "tell a group of people", "Label", "IsOwnedByProfile"),
    *_always("UserRecordAccess", "ring for who follows a plan and may see its deal", "RecordId", "HasReadAccess"),
    *_always("CustomNotificationType", "ring Salesforce's bell", "Id", "DeveloperName"),
    *_always("Task", "find a Task again whose answer was lost", "Id", "Accord_Id__c", "WhoId", "WhatId", "OwnerId",
             "Subject", "Description", "Status", "ActivityDate", "TaskSubtype", copies=("outbox",)),
)  # fmt: skip


def reads_of(kind: str, title: str, values: Any) -> Iterator[Read]:
    """The fields that settings of any kind name: by `sobject`, or by a path that leads from the deal."""
    if isinstance(values, Mapping):
        if values.get("read") is False:  # a variable that is shown to nobody is asked for never
            return
        name = values.get("field")
        if isinstance(name, str) and isinstance(values.get("sobject"), str):
            yield Read(values["sobject"], name, f"chosen in {title}", _COPIES.get(kind, ()))
            related = name.rpartition(".")[0]
            if related:
                yield Read(values["sobject"], f"{related}.Id", f"lead to a related record chosen in {title}", ())
        elif isinstance(name, str) and isinstance(values.get("path"), str):
            path = values["path"]
            yield Read(DEAL, f"{path}.{name}" if path else name, f"chosen in {title}", _COPIES.get(kind, ()))
            if path:
                yield Read(DEAL, f"{path}.Id", f"chosen in {title}", _COPIES.get(kind, ()))
        for inner in values.values():
            yield from reads_of(kind, title, inner)
    elif isinstance(values, list):
        for inner in values:
            yield from reads_of(kind, title, inner)


def sorted_reads(reads: Iterable[Read]) -> list[Read]:
    """Each once, by object and field."""
    return sorted(dict.fromkeys(reads), key=lambda each: (each.sobject, each.field, each.why))
