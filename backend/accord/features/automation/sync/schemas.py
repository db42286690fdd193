"""Get Sync Status and Sync Record Now on the wire."""

from marshmallow import Schema, fields

from accord.features.automation.schemas import AccordActionResult, CommonInputs, list_of, text


class AccordSyncStatusItem(CommonInputs):
    recordId = text("record_id", "Id of the record that Accord writes about, such as the Opportunity.")
    referenceId = text("reference_id", "What another action answered; it wins when both are given.")
    idempotencyKey = text(
        "idempotency_key", "At most 80 characters. Reading changes nothing, so it has no effect here."
    )


class AccordSyncStatusRequest(Schema):
    items = list_of(AccordSyncStatusItem)


class AccordSyncStatusResult(AccordActionResult):
    state = fields.String(
        required=True, metadata={"description": "One of in_sync, pending, parked, frozen and not_mapped."}
    )
    reason = fields.String(required=True, metadata={"description": "Why it is not in sync, where somebody can act."})
    pendingCount = fields.Integer(required=True, metadata={"description": "Writes that are not done, parked ones too."})
    lastSyncedAt = fields.AwareDateTime(metadata={"description": "When the last write was done; empty before that."})
    salesforceId = fields.String(
        required=True, metadata={"description": "Of a reference: the record it made or changed, as far as known."}
    )
    openUrl = fields.String(required=True, metadata={"description": "Opens that record in Salesforce."})


class AccordSyncStatusResults(Schema):
    items = fields.List(fields.Nested(AccordSyncStatusResult), required=True)


class AccordSyncNowItem(CommonInputs):
    recordId = text("record_id", "Id of the record that Accord writes about, such as the Opportunity.", required=True)
    idempotencyKey = text(
        "idempotency_key", "At most 80 characters. A repeat finds nothing left to do, with or without a key."
    )


class AccordSyncNowRequest(Schema):
    items = list_of(AccordSyncNowItem)
