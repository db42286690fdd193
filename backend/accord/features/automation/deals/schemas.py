"""Get Accord Plan and Connect Deal on the wire."""

from marshmallow import Schema, fields

from accord.features.automation.schemas import AccordActionResult, CommonInputs, list_of, text

IGNORED_KEY = "At most 80 characters. Reading changes nothing, so it has no effect here."


class AccordGetPlanItem(CommonInputs):
    recordId = text("record_id", "Id of the Opportunity.", required=True)
    idempotencyKey = text("idempotency_key", IGNORED_KEY)


class AccordGetPlanRequest(Schema):
    items = list_of(AccordGetPlanItem)


class AccordGetPlanResult(AccordActionResult):
    isFound = fields.Boolean(required=True)
    planId = fields.String(required=True)
    planUrl = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "Draft, Not Started, On Track, At Risk or Stalled."})
    stageName = fields.String(required=True, metadata={"description": "Title of the plan's current stage."})
    progress = fields.Integer(metadata={"description": "Percent of steps completed, 0 to 100; empty without a plan."})
    openSteps = fields.Integer(metadata={"description": "Steps that are not completed; empty without a plan."})
    executionScore = fields.Integer(metadata={"description": "0 to 100; empty without a plan."})
    customersInvited = fields.Integer()
    customersAccepted = fields.Integer()
    nextStepTitle = fields.String(required=True, metadata={"description": "First open step of the current stage."})
    nextStepDueDate = fields.Date()
    endDate = fields.Date()
    planValue = fields.Float(metadata={"format": "double"})
    currencyCode = fields.String(required=True)
    missingCriteria = fields.String(
        required=True, metadata={"description": "Titles of criteria required at the deal's stage and not met."}
    )
    lastCustomerActivityAt = fields.AwareDateTime()


class AccordGetPlanResults(Schema):
    items = fields.List(fields.Nested(AccordGetPlanResult), required=True)


class AccordConnectDealItem(CommonInputs):
    opportunityId = text("opportunity_id", "Id of the Opportunity.", required=True)
    planId = text("plan_id", "Id of a plan that there is: it gets this deal. This, playbookKey or planTitle.")
    playbookKey = text(
        "playbook_key", "Title or id of a playbook, or id of a plan: a new plan gets its stages and steps."
    )
    planTitle = text("title", "Title of the plan to be made, at most 255 characters.")
    stageTitle = text("stage_title", "With planTitle alone: title of its current stage, at most 255 characters.")
    pointPersonUserId = text("point_person_user_id", "Id of the Salesforce user who is to answer for the plan.")
    stepsTotal = fields.Integer(attribute="steps_total", strict=True, metadata={"description": "0 when left out."})
    stepsDone = fields.Integer(attribute="steps_done", strict=True, metadata={"description": "0 when left out."})
    idempotencyKey = text(
        "idempotency_key",
        "At most 80 characters. A repeat with the key that made the plan hears again that it was made.",
    )


class AccordConnectDealRequest(Schema):
    items = list_of(AccordConnectDealItem)


class AccordConnectDealResult(AccordActionResult):
    planId = fields.String(required=True)
    planUrl = fields.String(required=True)
    wasCreated = fields.Boolean(
        required=True, metadata={"description": "False: the deal had a plan already; planId is that one."}
    )


class AccordConnectDealResults(Schema):
    items = fields.List(fields.Nested(AccordConnectDealResult), required=True)
