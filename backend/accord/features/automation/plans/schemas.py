"""Update Accord Step, Invite Member and Set Execution Criterion on the wire."""

from marshmallow import Schema, fields

from accord.features.automation.schemas import AccordActionResult, CommonInputs, list_of, text

HARMLESS_KEY = "At most 80 characters. A repeat finds things as they are wanted already, so it has no effect here."


class AccordUpdateStepItem(CommonInputs):
    recordId = text("record_id", "Id of the Opportunity.", required=True)
    stepKey = text("step_key", "Key of the step in its plan.", required=True)
    operation = text("operation", "One of complete, reopen, set_due and set_owner.", required=True)
    dueDate = fields.Date(attribute="due_date", metadata={"description": "For set_due."})
    ownerUserId = text("owner_user_id", "For set_owner: id of the Salesforce user who is to own the step.")
    comment = text("comment", "Is left on the step, at most 4,000 characters.")
    idempotencyKey = text(
        "idempotency_key", "At most 80 characters. The same key twice within 24 hours changes nothing the second time."
    )


class AccordUpdateStepRequest(Schema):
    items = list_of(AccordUpdateStepItem)


class AccordUpdateStepResult(AccordActionResult):
    stepStatus = fields.String(required=True, metadata={"description": "completed, overdue or open."})
    progress = fields.Integer(metadata={"description": "Percent of steps completed; empty without a plan."})
    planStatus = fields.String(required=True)


class AccordUpdateStepResults(Schema):
    items = fields.List(fields.Nested(AccordUpdateStepResult), required=True)


class AccordInviteMemberItem(CommonInputs):
    recordId = text("record_id", "Id of the Opportunity.", required=True)
    contactId = text("contact_id", "Id of the Contact who is to take part. This, or email.")
    email = text("email", "His mail address.")
    role = text("role", "customer or partner; customer when left out.")
    sendInvitation = fields.Boolean(
        attribute="send_invitation", metadata={"description": "False: added, and not yet invited."}
    )
    idempotencyKey = text("idempotency_key", HARMLESS_KEY)


class AccordInviteMemberRequest(Schema):
    items = list_of(AccordInviteMemberItem)


class AccordInviteMemberResult(AccordActionResult):
    memberId = fields.String(required=True)
    wasAlreadyMember = fields.Boolean(required=True)


class AccordInviteMemberResults(Schema):
    items = fields.List(fields.Nested(AccordInviteMemberResult), required=True)


class AccordSetCriterionItem(CommonInputs):
    recordId = text("record_id", "Id of the Opportunity.", required=True)
    criterionKey = text("criterion_key", "Key of the execution criterion.", required=True)
    textValue = text("text_value", "The person, the link or the text. One of the three values.")
    dateValue = fields.Date(attribute="date_value", metadata={"description": "A day, for a criterion of text."})
    booleanValue = fields.Boolean(attribute="boolean_value", metadata={"description": "For a checkbox."})
    idempotencyKey = text("idempotency_key", HARMLESS_KEY)


class AccordSetCriterionRequest(Schema):
    items = list_of(AccordSetCriterionItem)


class AccordSetCriterionResult(AccordActionResult):
    isFulfilled = fields.Boolean(required=True)
    executionScore = fields.Integer(metadata={"description": "0 to 100; empty without a plan."})


class AccordSetCriterionResults(Schema):
    items = fields.List(fields.Nested(AccordSetCriterionResult), required=True)
