"""Why a field was not written: a closed list, each with its sentence; and what dry runs and undoing cannot promise."""

from enum import StrEnum
from typing import Final


class FieldSkip(StrEnum):
    SYNC_OFF = "sync_off"
    NOT_CONNECTED = "not_connected"
    NOT_PUBLISHED = "not_published"
    UNCHANGED = "unchanged"
    ROW_BAD = "row_bad"
    ROW_PAUSED = "row_paused"
    CRITERION_GONE = "criterion_gone"
    DOES_NOT_FIT = "does_not_fit"
    NO_RECORD = "no_record"
    NEWER_PLAN = "newer_plan"
    REFUSED = "refused"
    CHANGED_SINCE = "changed_since"
    TAKEN_BACK = "taken_back"
    NEVER_LOOKED = "never_looked"


SENTENCES: Final = {
    FieldSkip.SYNC_OFF: "Syncing data to Salesforce fields is off. An admin turns it on.",
    FieldSkip.NOT_CONNECTED: "The plan is not connected to a deal.",
    FieldSkip.NOT_PUBLISHED: "The plan is a draft; its status is written once it is published.",
    FieldSkip.UNCHANGED: "Salesforce has this value already.",
    FieldSkip.ROW_BAD: (
        "The field is not there any more, cannot be edited, or does not take this datum. An admin mends the row."
    ),
    FieldSkip.ROW_PAUSED: "The row is paused. An admin lets it go on when the cause is mended.",
    FieldSkip.CRITERION_GONE: (
        "The execution criterion of this row was deleted. An admin removes the row, or chooses another criterion."
    ),
    FieldSkip.DOES_NOT_FIT: (
        "The value does not fit into the field: it is too long or too large. An admin chooses a larger field."
    ),
    FieldSkip.NO_RECORD: "The deal has no such record, or the integration owner may not see it.",
    FieldSkip.NEWER_PLAN: "Several plans lead to this record, and a newer one writes it.",
    FieldSkip.REFUSED: (
        "Salesforce refused this value. It is tried again when it changes, or when somebody views the plan later on."
    ),
    FieldSkip.CHANGED_SINCE: "Somebody has changed the field since, so it was not taken back.",
    FieldSkip.TAKEN_BACK: (
        "An admin has undone the run that wrote this value. It is written again when it changes, or by a new back-fill."
    ),
    FieldSkip.NEVER_LOOKED: "Nothing has set off a look at this plan since the row was added. A back-fill does it.",
}

# what set a write off, by the kind of its trigger
CAUSES: Final = {
    "viewed": "the plan was opened",
    "created": "the plan was created",
    "duplicated": "the plan was made as a copy",
    "archived": "the plan was archived or brought back",
    "published": "the plan was published",
    "plan_updated": "the plan was changed",
    "deal_connected": "the plan was connected to the deal",
    "deal_disconnected": "the plan was taken from its deal",
    "stage_created": "a stage was added",
    "stage_updated": "a stage was changed",
    "stage_deleted": "a stage was deleted",
    "stage_completed": "a stage was completed",
    "final_stage_completed": "the last stage was completed",
    "step_created": "a step was added",
    "step_updated": "a step was changed",
    "step_deleted": "a step was deleted",
    "step_completed": "a step was completed",
    "stakeholder_added": "a stakeholder was added",
    "stakeholder_removed": "a stakeholder was removed",
    "member_invited": "somebody was invited",
    "customer_accepted": "a customer accepted the invitation",
    "comment_added": "a comment was written",
    "resource_added": "a resource was added",
    "criterion_created": "an execution criterion was added",
    "criterion_updated": "an admin changed an execution criterion",
    "criterion_changed": "an execution criterion was changed",
    "criterion_deleted": "an execution criterion was deleted",
    "status_changed": "the plan's status changed",
    "back_fill": "a back-fill was started",
    "undo": "a back-fill was taken back",
    "asked": "a Flow asked for it",
    "deal_moved": "the deal came to another account",
    "deal_back": "the deal was there again",
    "in_doubt": "an earlier write had got no clear answer",
}
ANY_CAUSE: Final = "something about the plan changed"


def cause_sentence(kind: str, by: str | None) -> str:
    """Why Accord wrote, as somebody reads it."""
    after = f"Accord wrote it after {CAUSES.get(kind, ANY_CAUSE)}"
    return f"{after} by {by}." if by else f"{after}."


# W22: what can be said beforehand, and what cannot
DRY_RUN_LIMITS: Final = (
    "Nothing was written. Salesforce's own validation rules, flows, approvals and locks can still refuse a value that"
    " is shown here as a change, and values can change between now and the run."
)
UNDO_LIMITS: Final = (
    "Undoing writes again: the old values go back as new changes, and the org's flows and other automation run on them"
    " once more. E-mails, approvals, tasks and events that the first run set off are not taken back. A value that"
    " somebody has changed since stays as it is and is listed. Salesforce can refuse an old value. Syncing goes"
    " on: only the values of this run are not written again, each until it changes in its plan or a back-fill is begun."
)
