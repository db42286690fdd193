"""OpportunityHistory: every Opportunity tells when its amount, close date, stage or probability was changed.

Object Reference, OpportunityHistory (a new row with the then-current values at each such change; nobody writes it) and
Opportunity (LastAmountChangedHistoryId, LastCloseDateChangedHistoryId). No admin has to switch it on.
"""

from typing import TYPE_CHECKING, Final

from localorg.records import Row
from localorg.schema import Schema, SObject, StandardFacts
from localorg.values import moment_text

if TYPE_CHECKING:
    from localorg.transaction import Transaction

NAME: Final = "OpportunityHistory"
TRACKED: Final = ("Amount", "CloseDate", "StageName", "Probability")
COPIED: Final = (*TRACKED, "ExpectedRevenue", "ForecastCategory")
LAST: Final = {"Amount": "LastAmountChangedHistoryId", "CloseDate": "LastCloseDateChangedHistoryId"}
_SYSTEM: Final = ("Id", "IsDeleted", "CreatedDate", "CreatedById", "SystemModstamp")


def with_history(facts: StandardFacts, schema: Schema) -> Schema:
    """The schema with the object."""
    deal = schema.get("Opportunity").fields
    shared = {"createable": False, "updateable": False, "permissionable": False}
    parent = {"type": "reference", "referenceTo": ["Opportunity"], "relationshipName": "Opportunity"}
    own = [facts.field({**shared, **parent, "name": "OpportunityId", "label": "Opportunity ID"})]
    own += [facts.field({**deal[name].facts, **shared}) for name in COPIED]
    described = {
        **facts.object_usual, "name": NAME, "label": "Opportunity: Stage", "labelPlural": "Opportunity: Stage",
        "keyPrefix": "008",
        **dict.fromkeys(("createable", "updateable", "deletable", "undeletable", "layoutable", "mergeable"), False),
    }  # fmt: skip
    fields = {**{name: deal[name] for name in _SYSTEM}, **{field.name: field for field in own}}
    return schema.with_object(SObject(name=NAME, facts=described, fields=fields))


def after_opportunity(tx: "Transaction", before: Row | None, row: Row | None) -> None:
    """Writes the history, and into the Opportunity which row of it is the last one of its amount and close date."""
    if row is None:
        return
    changed = [name for name in TRACKED if before is None or before.get(name) != row.get(name)]
    if not changed:
        return
    now = moment_text(tx.now)
    history_id = tx.org.ids.make(tx.org.schema.get(NAME).key_prefix)
    made = {"Id": history_id, "OpportunityId": row["Id"], "IsDeleted": False, "CreatedById": tx.user_id}
    copied = {name: row.get(name) for name in COPIED}
    tx.put(NAME, history_id, {**made, **copied, "CreatedDate": now, "SystemModstamp": now})
    last = {LAST[name]: history_id for name in changed if name in LAST and before is not None}
    if last:
        known = tx.org.records.find("Opportunity", row["Id"]) or row
        tx.put("Opportunity", row["Id"], {**known, **last})
