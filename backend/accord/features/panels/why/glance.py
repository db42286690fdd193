"""What has to be known of a field to explain it, in one call, under the caller's own rights."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accord.core.errors import NotFoundError, RejectedError, TransientError
from accord.core.ids import RecordId
from accord.features.panels.model import DEAL, RowSpec
from accord.features.panels.paths import described, field_of
from accord.features.panels.why.model import Glance, Sight
from accord.salesforce.model import Gateway
from accord.salesforce.soql import eq, select

CHANGED = "LastModifiedDate"


def glance_at(gateway: Gateway, deal_id: RecordId, spec: RowSpec) -> Glance:
    """Whose field it is and whether this user sees it. Its value is asked for and not kept: Salesforce says so whether
    he may see it now.

    Raises NotFoundError for a deal that he cannot see, TransientError when Salesforce does not answer.
    """
    try:
        return _look(gateway, deal_id, spec)
    except RejectedError as refused:
        # a field that the kept describe still shows may be closed or gone since
        if all(problem.code != "INVALID_FIELD" for problem in refused.problems):
            raise
    except TransientError as error:
        raise TransientError(
            "Salesforce does not answer just now. Try again in a moment.",
            code="SALESFORCE_UNAVAILABLE",
            retry_after=error.retry_after,
        ) from error
    gateway.forget_describes()
    return _look(gateway, deal_id, spec)


def _look(gateway: Gateway, deal_id: RecordId, spec: RowSpec) -> Glance:
    deal = gateway.describe(DEAL)
    # without the lookup there is no way to the account
    describes = described(gateway, [spec] if spec.sobject == DEAL or "AccountId" in deal.fields else [])
    way = "" if spec.sobject == DEAL else f"{spec.sobject}."
    sees = field_of(spec, describes) is not None
    facts = [name for name in ("Id", CHANGED) if spec.sobject in describes and name in describes[spec.sobject].fields]
    paths = ["Id", *(f"{way}{name}" for name in facts), *([f"{way}{spec.field}"] if sees else [])]
    found = gateway.query(select(*dict.fromkeys(paths)).from_(DEAL).where(eq("Id", deal_id)))
    if not found:
        raise NotFoundError("deal")
    # null also where sharing hides the account
    record: Mapping[str, Any] = found[0] if spec.sobject == DEAL else found[0].get(spec.sobject) or {}
    changed = record.get(CHANGED)
    return Glance(
        spec,
        RecordId(str(record["Id"])) if record.get("Id") else None,
        Sight.SHOWN if sees and record else Sight.HIDDEN,
        datetime.fromisoformat(changed) if changed else None,
    )
