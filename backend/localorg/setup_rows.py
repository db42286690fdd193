"""The rows that every org has: its Organization, profiles, permission sets, record types, stages and task statuses."""

from typing import TYPE_CHECKING, Any

from localorg import notifications
from localorg.permissions import MINIMUM_ACCESS, STANDARD_PLATFORM_USER, STANDARD_USER, SYSTEM_ADMINISTRATOR
from localorg.products import STANDARD_PRICE_BOOK
from localorg.schema_sfdx import RecordTypeSource

if TYPE_CHECKING:
    from localorg.org import Org
    from localorg.transaction import Transaction

ORGANIZATION_NAME = "Halden Instruments"

# Object Reference, "OpportunityStage"; the values are those of a new org (recorded describe of Opportunity.StageName).
STAGES: tuple[tuple[str, float, str, bool, bool], ...] = (
    ("Prospecting", 10.0, "Pipeline", False, False),
    ("Qualification", 10.0, "Pipeline", False, False),
    ("Needs Analysis", 20.0, "Pipeline", False, False),
    ("Value Proposition", 50.0, "Pipeline", False, False),
    ("Id. Decision Makers", 60.0, "Pipeline", False, False),
    ("Perception Analysis", 70.0, "Pipeline", False, False),
    ("Proposal/Price Quote", 75.0, "Pipeline", False, False),
    ("Negotiation/Review", 90.0, "Pipeline", False, False),
    ("Closed Won", 100.0, "Closed", True, True),
    ("Closed Lost", 0.0, "Omitted", True, False),
)
FORECAST_CODES = {"Pipeline": "Pipeline", "Closed": "Closed", "Omitted": "Omitted", "Best Case": "BestCase"}
TASK_STATUSES = ("Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred")
# each with its licence (Salesforce Help: Standard Profiles, User Licenses, Give Integration Users API Only Access)
PROFILES = {
    SYSTEM_ADMINISTRATOR: "Salesforce",
    STANDARD_USER: "Salesforce",
    MINIMUM_ACCESS: "Salesforce Integration",
    STANDARD_PLATFORM_USER: "Salesforce Platform",
}


def ensure(org: "Org") -> None:
    """Creates what is missing; rows of an older start stay, so that ids never change."""
    with org.setup() as tx:
        if not org.records.count("Organization"):
            _organization(tx)
            _stages(tx)
        _profiles(tx)
        if not any(row["IsStandard"] for row in org.records.all("Pricebook2")):
            # Salesforce: it is there from the first day, inactive until an administrator switches it on.
            tx.insert("Pricebook2", {"Name": STANDARD_PRICE_BOOK, "IsStandard": True}, enforce=False)
        if not org.records.count("User"):
            _automated_user(tx)
        known = {row["Name"] for row in org.records.all("PermissionSet")}
        for name, one in org.permission_sets.items():
            if name not in known:
                values = {"Name": name, "Label": one.label, "IsCustom": True}
                tx.insert("PermissionSet", values, enforce=False)
        for source in org.record_type_sources:
            _record_type(tx, source)
        notifications.ensure_rows(tx)


def _organization(tx: "Transaction") -> None:
    values: dict[str, Any] = {
        "Id": tx.org.id,
        "Name": ORGANIZATION_NAME,
        "Country": "GB",
        "DefaultLocaleSidKey": "en_GB",
        "TimeZoneSidKey": "Europe/London",
        "LanguageLocaleKey": "en_US",
        "OrganizationType": "Developer Edition",
        "InstanceName": "LOCAL1",
        "IsSandbox": False,
        "FiscalYearStartMonth": 1,
    }
    tx.insert("Organization", values, enforce=False)


def _stages(tx: "Transaction") -> None:
    for order, (name, probability, category, closed, won) in enumerate(STAGES, start=1):
        values = {
            "MasterLabel": name, "ApiName": name, "IsActive": True, "SortOrder": order, "IsClosed": closed,
            "IsWon": won, "ForecastCategory": FORECAST_CODES[category], "ForecastCategoryName": category,
            "DefaultProbability": probability,
        }  # fmt: skip
        tx.insert("OpportunityStage", values, enforce=False)
    for order, name in enumerate(TASK_STATUSES, start=1):
        values = {"MasterLabel": name, "ApiName": name, "SortOrder": order, "IsDefault": name == "Not Started",
                  "IsClosed": name == "Completed"}  # fmt: skip
        tx.insert("TaskStatus", values, enforce=False)


def _profiles(tx: "Transaction") -> None:
    licences = {row["Name"]: row["Id"] for row in tx.org.records.all("UserLicense")}
    for name in dict.fromkeys(PROFILES.values()):
        if name not in licences:
            licences[name] = tx.insert("UserLicense", {"Name": name, "MasterLabel": name}, enforce=False)
    known = {row["Name"]: row for row in tx.org.records.all("Profile")}
    for name, licence in PROFILES.items():
        of = {"UserLicenseId": licences[licence]}
        if name not in known:
            tx.insert("Profile", {"Name": name, "UserType": "Standard", **of}, enforce=False)
        elif not known[name].get("UserLicenseId"):  # of an older start
            tx.update("Profile", known[name]["Id"], of, enforce=False)


def _automated_user(tx: "Transaction") -> None:
    """The platform's own user, author of what the set-up writes. Nobody signs in as it."""
    values = {
        "Id": tx.org.setup_user_id, "Username": f"autoproc@{tx.org.id.lower()}", "Email": "noreply@halden.example",
        "FirstName": "Automated", "LastName": "Process", "Alias": "autoproc", "TimeZoneSidKey": "GMT",
        "LocaleSidKey": "en_US", "LanguageLocaleKey": "en_US", "EmailEncodingKey": "UTF-8",
        "IsActive": True, "ProfileId": tx.org.profile_id(SYSTEM_ADMINISTRATOR),
        "_api_enabled": False,
    }  # fmt: skip
    tx.insert("User", values, enforce=False)


def _record_type(tx: "Transaction", source: RecordTypeSource) -> None:
    existing = [
        row
        for row in tx.org.records.all("RecordType")
        if (row["SobjectType"], row["DeveloperName"]) == (source.sobject, source.developer_name)
    ]
    values = {
        "SobjectType": source.sobject, "DeveloperName": source.developer_name, "Name": source.label,
        "IsActive": source.active, "Description": source.description,
        "_picklists": {name: [value for value, _ in pairs] for name, pairs in source.picklists.items()},
        "_picklist_defaults": {
            name: next((value for value, default in pairs if default), None)
            for name, pairs in source.picklists.items()
        },
    }  # fmt: skip
    if existing:
        tx.update("RecordType", existing[0]["Id"], values, enforce=False)
    else:
        tx.insert("RecordType", values, enforce=False)
