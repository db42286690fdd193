"""Playbooks as our HTTP API answers them, for the panel and the settings tab in a browser."""

from typing import Any


def a_playbook(ident: str, title: str, **facts: Any) -> dict[str, Any]:
    counts = {"stages": 3, "steps": 12, "resources": 2}
    saved = {"saved_at": "2026-11-20T09:00:00Z", "saved_by": "Ada Lindqvist"}
    usual = {"description": "", "is_offered": True, "rules": [], "version": 1, **counts, **saved}
    return {"id": ident, "title": title, **usual, **facts}


LABORATORY = a_playbook(
    "b1", "Evaluation in a laboratory", description="From the first samples to the order, in about five weeks."
)
FRAMEWORK = a_playbook(
    "b2",
    "Framework agreement",
    description="For customers with several sites: audit, contract, hand-over.",
    stages=4,
    steps=9,
    resources=0,
    rules=["Late deals"],
)
HIDDEN = a_playbook("b3", "Pilot of last year", is_offered=False, stages=2, steps=5, resources=1)
