"""What the recorded describes do not say about the standard objects, written by hand for make_localorg_facts.py.

Sources: Object Reference for the Salesforce Platform (documented), or the same field of a fully recorded object.
"""

from typing import Any

FULL = ("Account", "Contact", "Opportunity", "User", "Lead", "Case", "Event", "OpportunityContactRole")
SHORT = (
    "Task", "Organization", "OpportunityStage", "Profile", "Product2", "Pricebook2", "PricebookEntry",
    "OpportunityLineItem",
)  # fmt: skip

SYSTEM_READ_ONLY = {
    "Id", "IsDeleted", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp",
    "LastViewedDate", "LastReferencedDate",
}  # fmt: skip

READ_ONLY: dict[str, set[str]] = {
    "Task": {"IsHighPriority", "AccountId", "IsClosed", "IsArchived", "RecurrenceActivityId", "CompletedDateTime"},
    "OpportunityStage": {
        "MasterLabel", "ApiName", "IsActive", "SortOrder", "IsClosed", "IsWon", "ForecastCategory",
        "ForecastCategoryName", "DefaultProbability", "Description",
    },
    "TaskStatus": {"MasterLabel", "ApiName", "SortOrder", "IsDefault", "IsClosed"},
    "Organization": {"PrimaryContact", "TrialExpirationDate", "OrganizationType", "NamespacePrefix", "InstanceName",
                     "IsSandbox", "MonthlyPageViewsUsed", "MonthlyPageViewsEntitlement", "IsReadOnly", "Address"},
    "Profile": {"UserLicenseId", "UserType"},
    "RecordType": {"SobjectType", "IsPersonType", "NamespacePrefix"},
    "PermissionSet": {
        "IsOwnedByProfile", "IsCustom", "NamespacePrefix", "PermissionsApiEnabled", "PermissionsCustomizeApplication",
        "PermissionsEditTask", "PermissionsModifyAllData", "PermissionsSendCustomNotifications",
    },
    "PermissionSetAssignment": {"IsActive", "PermissionSetGroupId"},
    "Opportunity": {"PushCount"},
    "Product2": {"IsArchived", "ProductClass"},
    "Pricebook2": {"IsArchived", "IsStandard"},
    "PricebookEntry": {"IsArchived", "Name", "ProductCode"},
    "OpportunityLineItem": {"SortOrder", "Name", "ProductCode", "ListPrice", "Subtotal"},
    "Contact": {"ContactSource"},
    "User": {"Address", "BadgeText", "NumberOfFailedLogins", "PortalRole", "IsPortalEnabled", "FullPhotoUrl",
             "SmallPhotoUrl", "MediumPhotoUrl", "IsExtIndicatorVisible", "OutOfOfficeMessage", "BannerPhotoUrl",
             "SmallBannerPhotoUrl", "MediumBannerPhotoUrl", "IsProfilePhotoActive"},
}  # fmt: skip

SHORT_LENGTHS = {
    "Task.Subject": 255, "Task.Description": 32000, "Task.CallDisposition": 255, "Task.CallObject": 255,
    "Organization.Name": 80, "OpportunityStage.MasterLabel": 255, "OpportunityStage.ApiName": 255,
    "Product2.Name": 255, "Product2.ProductCode": 255, "Product2.Description": 4000, "Product2.Family": 255,
    "Product2.ExternalId": 255, "Product2.DisplayUrl": 1000, "Product2.QuantityUnitOfMeasure": 255,
    "Product2.StockKeepingUnit": 180, "Product2.Type": 255, "Product2.ProductClass": 255, "Pricebook2.Name": 255,
    "Pricebook2.Description": 255, "PricebookEntry.Name": 255, "PricebookEntry.ProductCode": 255,
    "OpportunityLineItem.Name": 376, "OpportunityLineItem.ProductCode": 255, "OpportunityLineItem.Description": 255,
    "Profile.Name": 255, "RecordType.Name": 80, "RecordType.DeveloperName": 80, "PermissionSet.Name": 80,
    "PermissionSet.Label": 80, "TaskStatus.MasterLabel": 255, "TaskStatus.ApiName": 255,
}  # fmt: skip

# Where a lookup may point to dozens of objects, these stay.
REFERENCES_KEPT = {"Account", "Campaign", "Case", "Contract", "Lead", "Opportunity", "Order", "Product2", "Asset"}

KEEP_OF_LARGE = {
    "Profile": {
        "Id", "Name", "UserLicenseId", "UserType", "CreatedDate", "CreatedById", "LastModifiedDate",
        "LastModifiedById", "SystemModstamp", "Description", "LastViewedDate", "LastReferencedDate",
    }
}  # fmt: skip


def _field(name: str, kind: str, label: str = "", **facts: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": label or name, **facts}


def _audit() -> list[dict[str, Any]]:
    return [
        _field("CreatedDate", "datetime", "Created Date", nillable=False),
        _field("CreatedById", "reference", "Created By ID", nillable=False, referenceTo=["User"],
               relationshipName="CreatedBy"),
        _field("LastModifiedDate", "datetime", "Last Modified Date", nillable=False),
        _field("LastModifiedById", "reference", "Last Modified By ID", nillable=False, referenceTo=["User"],
               relationshipName="LastModifiedBy"),
        _field("SystemModstamp", "datetime", "System Modstamp", nillable=False),
    ]  # fmt: skip


def _id(label: str) -> dict[str, Any]:
    return _field("Id", "id", label, nillable=False)


_RECORD_TYPE_ID = _field(
    "RecordTypeId", "reference", "Record Type ID", referenceTo=["RecordType"], relationshipName="RecordType",
    defaultedOnCreate=True, permissionable=False,
)  # fmt: skip

HAND_WRITTEN: dict[str, list[dict[str, Any]]] = {
    "Opportunity": [_RECORD_TYPE_ID],
    "Contact": [_RECORD_TYPE_ID],
    "Task": [_RECORD_TYPE_ID],
    "Lead": [_RECORD_TYPE_ID],
    "Case": [_RECORD_TYPE_ID],
    "Event": [_RECORD_TYPE_ID],
    "Product2": [_RECORD_TYPE_ID],
    "OpportunityLineItem": [
        _field("Subtotal", "currency", "Subtotal", scale=2),
        _field("Discount", "percent", "Line Item Discount (%)", precision=5, scale=2),
    ],
    "RecordType": [
        _id("Record Type ID"),
        _field("Name", "string", "Name", nillable=False),
        _field("DeveloperName", "string", "Record Type Name", nillable=False),
        _field("NamespacePrefix", "string", "Namespace Prefix", length=15),
        _field("Description", "string", "Description", length=255),
        _field("BusinessProcessId", "reference", "Business Process ID", referenceTo=["BusinessProcess"]),
        _field("SobjectType", "picklist", "SObject Type Name", nillable=False, length=40, restrictedPicklist=True),
        _field("IsActive", "boolean", "Active", nillable=False, defaultValue=False),
        _field("IsPersonType", "boolean", "Is Person Type", nillable=False, defaultValue=False),
        *_audit(),
    ],
    "TaskStatus": [
        _id("Task Status Value ID"),
        _field("MasterLabel", "string", "Master Label", nillable=True),
        _field("ApiName", "string", "API Name", nillable=False),
        _field("SortOrder", "int", "Sort Order"),
        _field("IsDefault", "boolean", "Is Default", nillable=False, defaultValue=False),
        _field("IsClosed", "boolean", "Is Closed", nillable=False, defaultValue=False),
        *_audit(),
    ],
    "PermissionSet": [
        _id("PermissionSet ID"),
        _field("Name", "string", "Permission Set Name", nillable=False),
        _field("Label", "string", "Permission Set Label", nillable=False),
        _field("LicenseId", "reference", "License ID", referenceTo=["PermissionSetLicense", "UserLicense"]),
        _field("ProfileId", "reference", "Profile ID", referenceTo=["Profile"], relationshipName="Profile"),
        _field("IsOwnedByProfile", "boolean", "Is Owned By Profile", nillable=False, defaultValue=False),
        _field("IsCustom", "boolean", "Is Custom", nillable=False, defaultValue=True),
        *(
            _field(f"Permissions{name}", "boolean", label, nillable=False, defaultValue=False)
            for name, label in (
                ("ApiEnabled", "API Enabled"), ("CustomizeApplication", "Customize Application"),
                ("EditTask", "Edit Tasks"), ("ModifyAllData", "Modify All Data"),
                ("SendCustomNotifications", "Send Custom Notifications"),
            )
        ),
        _field("Description", "string", "Description", length=255),
        _field("NamespacePrefix", "string", "Namespace Prefix", length=15),
        *_audit(),
    ],
    "PermissionSetAssignment": [
        _id("PermissionSetAssignment ID"),
        _field("PermissionSetId", "reference", "PermissionSet ID", nillable=False, referenceTo=["PermissionSet"],
               relationshipName="PermissionSet", updateable=False, createable=True, defaultedOnCreate=False),
        _field("PermissionSetGroupId", "reference", "PermissionSetGroup ID", referenceTo=["PermissionSetGroup"]),
        _field("AssigneeId", "reference", "Assignee ID", nillable=False, referenceTo=["User"],
               relationshipName="Assignee", updateable=False, createable=True, defaultedOnCreate=False),
        _field("SystemModstamp", "datetime", "System Modstamp", nillable=False),
        _field("IsActive", "boolean", "Is Active", nillable=False, defaultValue=True),
    ],
}  # fmt: skip
for _fields in HAND_WRITTEN.values():
    for _one in _fields:
        _one.setdefault("picklistValues", [])
        _one.setdefault("relationshipName", None)

OVERRIDES: dict[str, dict[str, Any]] = {
    # Object Reference: the owner defaults to the running user; status and priority have default values.
    "Task.OwnerId": {"defaultedOnCreate": True},
    "Task.WhoId": {"polymorphicForeignKey": True},
    "Task.WhatId": {"polymorphicForeignKey": True, "relationshipName": "What"},
    "Task.RecurrenceActivityId": {"permissionable": False},
    "Task.TaskSubtype": {"updateable": False, "restrictedPicklist": True},
    "Task.CallType": {"restrictedPicklist": True},
    "Task.RecurrenceType": {"restrictedPicklist": True},
    "Task.RecurrenceInstance": {"restrictedPicklist": True},
    "Task.RecurrenceMonthOfYear": {"restrictedPicklist": True},
    "Task.RecurrenceRegeneratedType": {"restrictedPicklist": True},
    "Task.RecurrenceTimeZoneSidKey": {"restrictedPicklist": True, "picklistValues": []},
    "Account.RecordTypeId": {"defaultedOnCreate": True},
    "Product2.Name": {"idLookup": True, "permissionable": False},
    "Product2.ProductClass": {"restrictedPicklist": True},
    "Pricebook2.Name": {"idLookup": True, "permissionable": False},
    "PricebookEntry.Pricebook2Id": {"updateable": False},
    "PricebookEntry.Product2Id": {"updateable": False},
    # Object Reference: a line item is made for one Opportunity and one entry and keeps them.
    "OpportunityLineItem.OpportunityId": {"updateable": False},
    "OpportunityLineItem.PricebookEntryId": {"updateable": False, "permissionable": False},
    "OpportunityLineItem.Product2Id": {"updateable": False, "permissionable": False},
    "OpportunityLineItem.Quantity": {"scale": 2},
    "OpportunityLineItem.UnitPrice": {"scale": 2},
    "OpportunityLineItem.TotalPrice": {"scale": 2},
    "OpportunityLineItem.ListPrice": {"scale": 2},
    "PricebookEntry.UnitPrice": {"scale": 2},
}

_SETUP: dict[str, Any] = {
    "createable": False, "updateable": False, "deletable": False, "triggerable": False, "layoutable": False,
    "mruEnabled": False, "searchable": False, "undeletable": False, "replicateable": False, "feedEnabled": False,
    "deepCloneable": False, "compactLayoutable": False, "searchLayoutable": False,
    "supportedScopes": [{"label": "All items", "name": "everything"}],
}  # fmt: skip

_PRODUCT: dict[str, Any] = {
    "deepCloneable": False, "mergeable": False, "supportedScopes": [{"label": "All items", "name": "everything"}],
}  # fmt: skip

OBJECT_FACTS: dict[str, dict[str, Any]] = {
    "Account": {},
    "Contact": {},
    "User": {"keyPrefix": "005"},
    "Task": {
        "name": "Task", "label": "Task", "labelPlural": "Tasks", "keyPrefix": "00T", "mergeable": False,
        "searchLayoutable": None, "compactLayoutable": True, "deepCloneable": False,
        "supportedScopes": [
            {"label": "All tasks", "name": "everything"}, {"label": "My tasks", "name": "mine"},
            {"label": "My team's tasks", "name": "team"},
        ],
    },
    "Product2": {**_PRODUCT, "name": "Product2", "label": "Product", "labelPlural": "Products", "keyPrefix": "01t"},
    "Pricebook2": {**_PRODUCT, "name": "Pricebook2", "label": "Price Book", "labelPlural": "Price Books",
                   "keyPrefix": "01s"},
    "PricebookEntry": {**_PRODUCT, "name": "PricebookEntry", "label": "Price Book Entry",
                       "labelPlural": "Price Book Entries", "keyPrefix": "01u", "undeletable": False},
    "OpportunityLineItem": {**_PRODUCT, "name": "OpportunityLineItem", "label": "Opportunity Product",
                            "labelPlural": "Opportunity Product", "keyPrefix": "00k", "undeletable": False},
    "Organization": {**_SETUP, "name": "Organization", "label": "Organization", "labelPlural": "Organization",
                     "keyPrefix": "00D", "updateable": True},
    "OpportunityStage": {**_SETUP, "name": "OpportunityStage", "label": "Opportunity Stage",
                         "labelPlural": "Opportunity Stage", "keyPrefix": "01J", "replicateable": True},
    "TaskStatus": {**_SETUP, "name": "TaskStatus", "label": "Task Status Value",
                   "labelPlural": "Task Status Value", "keyPrefix": "01J", "replicateable": True},
    "Profile": {**_SETUP, "name": "Profile", "label": "Profile", "labelPlural": "Profile", "keyPrefix": "00e"},
    "RecordType": {**_SETUP, "name": "RecordType", "label": "Record Type", "labelPlural": "Record Types",
                   "keyPrefix": "012"},
    "PermissionSet": {**_SETUP, "name": "PermissionSet", "label": "Permission Set",
                      "labelPlural": "Permission Sets", "keyPrefix": "0PS"},
    "PermissionSetAssignment": {**_SETUP, "name": "PermissionSetAssignment", "label": "Permission Set Assignment",
                                "labelPlural": "Permission Set Assignments", "keyPrefix": "0Pa",
                                "createable": True, "deletable": True},
}  # fmt: skip
