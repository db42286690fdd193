"""What the page Automatically Create Accords is answered in the browser."""

from typing import Any

from support.panel_stub import DEAL


def rules_off(*rules: dict[str, Any]) -> dict[str, Any]:
    """One rule that is off, unless others are given."""
    usual = {
        "id": "r1",
        "name": "Late deals",
        "enabled": False,
        "stages": ["Negotiation/Review"],
        "types": [],
        "amount_from": "50000",
        "amount_to": None,
        "currency": None,
        "point_person": None,
        "playbook": "b1",
        "template_id": None,
        "title": "Plan for {deal}",
        "stage_title": "Kick-off",
        "since": None,
        "made": 14,
        "waiting": 1,
        "is_looking_back": False,
    }
    return {"rules": list(rules) or [usual], "changed_at": None, "changed_by": None}


CHOICES = {
    "stages": [
        {"value": one, "label": one, "is_won": one == "Closed Won", "is_lost": one == "Closed Lost"}
        for one in ("Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost")
    ],
    "types": [{"value": one, "label": one} for one in ("New Customer", "Existing Customer - Upgrade")],
    "currencies": [],
    "people": [{"value": "005gHd000000002AAA", "label": "Riley Novak"}],
    "playbooks": [{"value": "b1", "label": "Evaluation in a laboratory"}],
    "templates": [{"value": "p1", "label": "Our way"}],
}
TRIED = {
    "would_make": 12, "would_wait": 1, "had_one": 3, "other_currency": 0, "looked_at": 31, "next": None,
    "by_others": 0, "calls": 1,
    "deals": [
        {"opportunity_id": "006A", "name": "Corvane, QC line", "reason": None, "sentence": None},
        {"opportunity_id": "006B", "name": "Selwyn, XRF fleet", "reason": "owner_not_member",
         "sentence": "The owner of the deal is no member here. He becomes one when he first opens Accord."},
    ],
}  # fmt: skip


def automatic_plans(settings: str) -> dict[str, Any]:
    """By method and path; `settings` is where the paths of settings begin."""
    return {
        f"GET {settings}/auto-create": rules_off(),
        f"GET {settings}/auto-create/choices": CHOICES,
        f"POST {settings}/auto-create/dry-run": TRIED,
        f"GET {settings}/auto-create/waiting": {
            "deals": [
                {
                    "opportunity_id": DEAL,
                    "rule": "Late deals",
                    "reason": "owner_not_member",
                    "sentence": "The owner of the deal is no member here. He becomes one when he first opens Accord.",
                    "user_id": "005gHd000000001AAA",
                    "since": "2026-11-22T09:40:00Z",
                }
            ],
            "next_after": None,
        },
    }
