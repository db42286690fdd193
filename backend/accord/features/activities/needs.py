"""What the integration owner must be allowed so that activity becomes Tasks."""

from accord.core.needs import Need, Right
from accord.features.activities.model import ActivitySettings

_WRITE = "write activity as Tasks"
_NEEDS = (
    Need("Task", "Accord_Id__c", Right.KEY, "write each Task once"),
    *(Need("Task", field, Right.EDIT, _WRITE) for field in ("Subject", "Status", "WhatId", "ActivityDate", "OwnerId")),
    Need("Task", "TaskSubtype", Right.CREATE, _WRITE),
    Need("Task", "Description", Right.EDIT, _WRITE),
    Need("Task", "WhoId", Right.EDIT, "name the contact on a Task"),
    Need("Opportunity", "Name", Right.READ, "tie Tasks to their deal"),
    Need("Contact", "Name", Right.READ, "name the contact on a Task"),
)


def needs(settings: ActivitySettings) -> tuple[Need, ...]:
    """None while activity is off."""
    return _NEEDS if settings.enabled else ()
