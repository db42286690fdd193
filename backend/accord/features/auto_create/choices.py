"""What rules may name, as the org describes it to the integration owner."""

from collections.abc import Mapping
from typing import Any

from accord.core.errors import RejectedError
from accord.features.auto_create.model import AMOUNT, CURRENCY, DEAL, STAGE, TYPE, Choices, Stage
from accord.salesforce.model import Gateway
from accord.salesforce.soql import eq, select


def load_choices(gateway: Gateway) -> Choices:
    """Stages in the org's order, types and currencies. From warm describes it costs one call, for what stages mean."""
    fields = gateway.describe(DEAL).fields
    meanings = _meanings(gateway)
    stages = []
    for one in gateway.picklist_values(DEAL, None, STAGE) if STAGE in fields else ():
        meaning = meanings.get(one.value, {})
        is_won = meaning.get("IsWon") is True
        is_lost = meaning.get("IsClosed") is True and not is_won
        stages.append(Stage(one.value, one.label, is_won=is_won, is_lost=is_lost))
    currencies = gateway.picklist_values(DEAL, None, CURRENCY) if CURRENCY in fields else ()
    return Choices(
        stages=tuple(stages),
        types=tuple(gateway.picklist_values(DEAL, None, TYPE)) if TYPE in fields else None,
        currencies=tuple(one.value for one in currencies),
        sees_amount=AMOUNT in fields,
    )


def _meanings(gateway: Gateway) -> Mapping[str, Mapping[str, Any]]:
    """Which stages are won or lost: a describe does not tell. Without the right to know, none is."""
    query = select("ApiName", "IsWon", "IsClosed").from_("OpportunityStage").where(eq("IsActive", True))
    try:
        return {str(row["ApiName"]): row for row in gateway.query(query)}
    except RejectedError:
        return {}
