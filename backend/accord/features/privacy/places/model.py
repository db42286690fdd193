"""Where data of the org lie at Accord."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Place:
    """A place of copies: what lies there and for how long, and who can see it. Values and words are sealed everywhere.
    `tables` are those whose rows lie there.
    """

    name: str
    title: str
    what: str
    kept: str
    seen_by: str
    tables: tuple[str, ...] = ()


ELSEWHERE: Final = Place(
    "bookkeeping",
    "Bookkeeping",
    "Ids of records that are to be looked at, and how far that is.",
    "while it is needed",
    "Nobody.",
)
PLACES: Final = (
    Place(
        "outbox",
        "Writes to the org",
        "Values on their way to the org; of Tasks, Contacts and values that run both ways also what was written.",
        "90 days after it was written",
        "Who may see the field in Salesforce, once it is written. Admins see the fields and what Salesforce answered.",
        ("outbox", "attempt", "claim", "record_intent"),
    ),
    Place(
        "drafts",
        "Drafts of the panel",
        "What a rep typed in the panel and did not save.",
        "30 days, or until it is saved",
        "The rep who typed it.",
        ("panel_draft", "panel_try"),
    ),
    Place(
        "folded_tasks",
        "Tasks that count repeats",
        "The lines of a Task that counts repeats.",
        "30 days after the last repeat",
        "Nobody here. Who may see the Task sees it in Salesforce.",
        ("activity", "task_fold", "task_fold_lock"),
    ),
    Place(
        "flow_calls",
        "Calls of Flows",
        "What a Flow asked for.",
        "the last 500 calls",
        "Admins see which record and what became of it, not the words.",
        ("flow_call", "event_inbox"),
    ),
    Place(
        "members",
        "Members",
        "Name, address, time zone and user id of who signed in.",
        "until he is forgotten",
        "Who takes part in a plan with him, and admins.",
        ("member", "owner_zone", "field_sync_owner"),
    ),
    Place(
        "mails",
        "Mails to admins",
        "Mails to admins, by the mail server of whoever runs Accord; they hold no value of a record.",
        "that one was sent to whom, for 90 days",
        "The admins who get them, and whoever runs the mail server.",
        ("message_mail",),
    ),
    Place(
        "logins",
        "Logins",
        "Members' own logins and the sign-in of an open panel.",
        "until they are given back or end",
        "Nobody.",
        ("credential", "canvas_session", "login_attempt", "login_offer", "personal_login"),
    ),
    Place(
        "synced_values",
        "Values of synced fields",
        "The values that Accord and the org last agreed on.",
        "while the field is synced",
        "Who may see the field in Salesforce.",
        ("field_sync_copy", "two_way_value"),
    ),
    Place(
        "written_values",
        "Values before they were written",
        "What was there before Accord wrote, for undo.",
        "as long as the run can be undone",
        "Who may see the field in Salesforce.",
        ("field_sync_write",),
    ),
    Place(
        "plans",
        "Plans",
        "The id of a plan's deal, its end date and value; names and addresses of its contacts; who follows it.",
        "while the plan has its deal; contacts until they are removed or forgotten",
        "Who takes part in the plan, and admins.",
        ("plan", "plan_follower", "plan_member", "plan_stakeholder", "watched_deal"),
    ),
    Place(
        "playbooks",
        "Playbooks",
        "What admins have saved for new plans; a name or an id stands there only where somebody has typed it.",
        "until it is deleted; a name until the person is forgotten",
        "Who may start a plan, and admins.",
        ("playbook",),
    ),
    Place(
        "rules",
        "Plans made by rules",
        "Ids of deals that wait for a plan, or had one.",
        "until they are forgotten",
        "Nobody.",
        ("auto_create_deal", "auto_create_page"),
    ),
    Place(
        "audit",
        "Audit",
        "Who changed which settings; ids of users who were given access.",
        "until they are forgotten",
        "Admins.",
        ("audit_line", "trust_event"),
    ),
    Place(
        "log",
        "Log of the servers",
        "Ids of records, members and calls, codes of errors, how long it took; no value, no name and no words.",
        "as long as whoever runs Accord keeps logs; forgetting does not reach it",
        "Whoever runs Accord.",
    ),
    ELSEWHERE,
)
_PLACE_OF: Final[Mapping[str, Place]] = {table: place for place in PLACES for table in place.tables}


def place_of(table: str) -> Place:
    """Where the rows of a table lie; what no place names is bookkeeping."""
    return _PLACE_OF.get(table, ELSEWHERE)
