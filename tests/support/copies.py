"""Every cell of the database as a reader with all keys would see it: what lies in the clear, and what lies sealed."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from accord.infra.db import metadata
from accord.infra.db.row_security import SCOPE, WORKSPACE
from accord.infra.db.vault import Vault
from localorg.rules import ValidationRule
from support.activities import an_item, fold_nothing, log
from support.product import Product
from support.running_org import RILEY


@dataclass
class Unsealed:
    """Knows the text under every seal that was made since."""

    texts: dict[bytes, str] = field(default_factory=dict)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        seal = Vault.seal

        def seal_and_keep(vault, workspace_id, plain, context) -> bytes:
            sealed = seal(vault, workspace_id, plain, context)
            self.texts[sealed] = plain
            return sealed

        patch.setattr(Vault, "seal", seal_and_keep)

    def read(self, cell: object) -> str:
        return self.texts.get(cell, "") if isinstance(cell, bytes) else str(cell)

    def cells(self, product: Product) -> dict[str, list[str]]:
        """Every cell of every table, opened."""
        found = {}
        with product.parts.database.engine.connect() as connection:
            if product.parts.database.dialect == "postgresql":
                connection.execute(SCOPE, {"name": WORKSPACE, "value": product.connection.workspace_id})
            for table in metadata.sorted_tables:
                rows = connection.execute(select(table)).all()
                found[table.name] = [self.read(cell) for row in rows for cell in row]
        return found

    def places_of(self, product: Product, *needles: str) -> set[str]:
        """The tables in which one of these stands."""
        return self.places_where(product, lambda text: any(needle in text for needle in needles))

    def places_where(self, product: Product, is_it: Callable[[str], bool]) -> set[str]:
        return {name for name, texts in self.cells(product).items() if any(is_it(text) for text in texts)}


def use_the_deal(product: Product) -> None:
    """Copies everywhere: a draft, a plan, Tasks that wait, are parked and are done, calls of a Flow."""
    rep, flow = product.sign_in(), product.sign_in_flow()
    deal = product.deal()
    draft = {"changes": [{"key": "Opportunity.NextStep", "value": "Call Riley", "seen": None}]}
    product.client.put(f"/api/v1/panels/{deal}/draft", json=draft, headers=rep)
    plan = {"opportunity_id": deal, "title": "Ours", "stage_title": "S", "steps_total": 1, "steps_done": 0}
    assert product.client.post("/api/v1/plans", json=plan, headers=rep).status_code == 201
    user = product.org.users.by_username(RILEY)
    assert user is not None
    log(product, flow, an_item(product, subjectText="folded", actorUserId=user.id))
    fold_nothing(product)
    log(product, flow, an_item(product, actorUserId=user.id))
    product.deliver()
    product.org.rules.add(ValidationRule("no", "Task", "Subject LIKE '%forbidden%'", "Not this one."))
    log(product, flow, an_item(product, subjectText="forbidden", actorUserId=user.id))
    product.deliver()
    log(product, flow, an_item(product, subjectText="waits", actorUserId=user.id))
