"""Versions, the list of resources, limits: what says what the API has."""

from typing import Any

from localorg.calls import NEWEST_VERSION, OLDEST_VERSION, Call, Reply
from localorg.permissions import BUSINESS_OBJECTS
from localorg.rows import object_for

_SEASONS = ("Winter", "Spring", "Summer")
RESOURCES = ("composite", "limits", "query", "queryAll", "sobjects", "ui-api")

# Valid resources of the platform that are answered LOCALORG_NOT_BUILT, by the start of their path.
RESOURCES_NOT_BUILT: tuple[str, ...] = (
    "actions", "analytics", "appMenu", "async-queries", "chatter", "commerce", "compactLayouts", "composite/graph",
    "composite/tree", "connect", "consent", "domino", "event", "eventrelations", "explain", "folders", "identity",
    "jobs", "jsonxform", "knowledgeManagement", "licensing", "localizedvalue", "metadata", "nouns",
    "parameterizedSearch", "payments", "process", "quickActions", "recent", "sandbox", "scheduling", "search",
    "serviceTemplates", "smartdatadiscovery", "support", "tabs", "theme", "tooling", "wave",
)  # fmt: skip


def versions() -> list[dict[str, str]]:
    """GET /services/data, which needs no login. Salesforce: three releases a year; v50.0 was Winter '21."""
    found = []
    for number in range(OLDEST_VERSION, NEWEST_VERSION + 1):
        season, year = _SEASONS[(number - OLDEST_VERSION) % 3], 21 + (number - OLDEST_VERSION) // 3
        label = f"{season} '{year}"
        found.append({"label": label, "url": f"/services/data/v{number}.0", "version": f"{number}.0"})
    return found


def resources(call: Call) -> Reply:
    """What this version has; `identity` leads a client to who it is."""
    body = {name: f"{call.root}/{name}" for name in RESOURCES}
    body["identity"] = f"{call.base}/id/{call.org.id}/{call.tx.user_id}"
    return Reply(body=body)


def limits(call: Call) -> Reply:
    """The limits that this org counts; the real list is longer (recorded: 48 names)."""
    left = max(call.org.usage.limit - call.org.usage.told, 0)
    untouched = {
        "DailyAsyncApexExecutions": 250_000, "DailyBulkApiBatches": 15_000, "DailyBulkV2QueryJobs": 10_000,
        "DailyStreamingApiEvents": 10_000, "DataStorageMB": 5, "FileStorageMB": 20, "HourlyTimeBasedWorkflow": 50,
        "MonthlyPlatformEvents": 10_000, "SingleEmail": 15,
    }  # fmt: skip
    body: dict[str, Any] = {name: {"Max": most, "Remaining": most} for name, most in untouched.items()}
    body["DailyApiRequests"] = {"Max": call.org.usage.limit, "Remaining": left}
    hourly = call.org.events.allowance
    body["HourlyPublishedPlatformEvents"] = {"Max": hourly.limit, "Remaining": max(hourly.limit - hourly.used, 0)}
    return Reply(body=dict(sorted(body.items())))


def record_counts(call: Call) -> Reply:
    """GET /limits/recordCount?sObjects=Account: objects without records are left out (recorded)."""
    names = [one for one in call.query.get("sObjects", "").split(",") if one] or sorted(BUSINESS_OBJECTS)
    known = [object_for(call.tx, name, enforce=True) for name in names]
    counts = [{"count": call.org.records.count(one.name), "name": one.name} for one in known]
    return Reply(body={"sObjects": [one for one in counts if one["count"]]})
