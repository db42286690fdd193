"""What a save says when something goes wrong on the way (D9, D11, W12), and that no input is an accident."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from accord.core.errors import RejectedError
from accord.features.panels.model import Change, Layout, SaveOutcome, SaveResult
from accord.salesforce.errors import SalesforceUnavailableError
from accord.salesforce.model import Subanswer, Subrequest
from localorg.org_options import Currency, OrgOptions
from support.database import ONE_ENGINE
from support.product import Product

pytestmark = ONE_ENGINE

AMOUNT = "Opportunity.Amount"
SEEN = "125000.50"


def patch(product: Product, rep: dict, body: str):
    path = f"/api/v1/panels/{product.deal()}"
    return product.client.patch(path, data=body, content_type="application/json", headers=rep)


def a_change(value: Any, key: str = AMOUNT, seen: Any = SEEN) -> str:
    return json.dumps({"changes": [{"key": key, "value": value, "seen": seen}]})


class Bent:
    """The rep's own gateway, except for what a test bends in the call that writes."""

    def __init__(self, gateway: Any) -> None:
        self._gateway = gateway
        self.has_written = False
        self.ask: Callable[[Sequence[Subrequest]], Sequence[Subrequest]] = lambda parts: parts
        self.answer: Callable[[Sequence[Subanswer]], Sequence[Subanswer]] = lambda answers: answers
        self.picklists_fail_afterwards = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gateway, name)

    def composite(self, parts: Sequence[Subrequest], *, all_or_none: bool) -> Sequence[Subanswer]:
        if all(part.method == "GET" for part in parts):
            return self._gateway.composite(parts, all_or_none=all_or_none)
        self.has_written = True
        return self.answer(self._gateway.composite(self.ask(parts), all_or_none=all_or_none))

    def picklist_values(self, *names: Any) -> Any:
        if self.has_written and self.picklists_fail_afterwards:
            raise SalesforceUnavailableError("Salesforce did not answer.", in_doubt=False)
        return self._gateway.picklist_values(*names)


def save_amount(product: Product, bend: Callable[[Bent], None]) -> SaveResult:
    caller = product.parts.connections.authenticate(product.sign_in()["Authorization"].split()[1], writes=True)
    gateway = Bent(product.parts.connections.gateway_for_caller(caller))
    bend(gateway)
    panels = replace(product.parts.panels, gateway_for=lambda _: gateway, layout_for=lambda _: Layout())
    return panels.save(caller, product.deal(), [Change(AMOUNT, "131000", SEEN)])


def test_an_amount_is_not_saved_in_a_currency_that_the_rep_has_not_seen(product):
    """W14: somebody changes the currency while he types; his draft knows in which one he typed."""
    product.org.switch_on(OrgOptions(currencies=(Currency("USD"), Currency("EUR", rate=0.9))))
    rep, deal = product.sign_in(), product.deal()
    typed = {"key": AMOUNT, "value": "130000", "seen": SEEN, "seen_currency": "USD"}
    product.client.put(f"/api/v1/panels/{deal}/draft", json={"changes": [typed]}, headers=rep)
    product.change_in_salesforce("Opportunity", deal, CurrencyIsoCode="EUR")

    kept = product.client.get(f"/api/v1/panels/{deal}/draft", headers=rep).json["draft"]["changes"]
    refused = patch(product, rep, json.dumps({"changes": kept}))
    chosen = patch(product, rep, json.dumps({"changes": [{**kept[0], "seen_currency": "EUR"}]}))

    assert kept == [typed]
    assert (refused.status_code, refused.json["code"]) == (409, "STALE_EDIT")
    assert [(item["theirs"], item["theirs_currency"]) for item in refused.json["items"]] == [(SEEN, "EUR")]
    assert (chosen.status_code, chosen.json["saved"]) == (200, [AMOUNT])


def test_a_save_that_surely_did_not_happen_says_so(product):
    rep = product.sign_in()
    product.client.get(f"/api/v1/panels/{product.deal()}", headers=rep)
    product.arm(kind="unavailable", match={"path": "/services/data/.*/composite"}, skip=1)  # the read passes

    answer = patch(product, rep, a_change("131000"))

    assert (answer.status_code, answer.json["code"]) == (503, "SALESFORCE_UNAVAILABLE")
    assert "Nothing was saved" in answer.json["message"]
    assert "may or may not" not in answer.json["message"]
    assert product.journal() == []


def the_deal_is_out_of_sight(gateway: Bent) -> None:
    """The rep's own edit may end his access to the deal: then the reads find nothing."""
    gateway.answer = lambda answers: [
        replace(one, body={"records": []}) if one.reference in {"deal", "access"} else one for one in answers
    ]


def the_reads_fail(gateway: Bent) -> None:
    gateway.answer = lambda answers: [
        replace(one, status=500, body="?") if one.reference in {"deal", "access"} else one for one in answers
    ]


def the_reads_are_odd(gateway: Bent) -> None:
    gateway.answer = lambda answers: [
        replace(one, body=None) if one.reference in {"deal", "access"} else one for one in answers
    ]


def the_picklists_fail(gateway: Bent) -> None:
    gateway.picklists_fail_afterwards = True


@pytest.mark.parametrize(
    "bend",
    [the_deal_is_out_of_sight, the_reads_fail, the_reads_are_odd, the_picklists_fail],
    ids=lambda bend: bend.__name__,
)
def test_what_was_saved_is_never_told_as_failed_because_it_could_not_be_read_back(product, bend):
    result = save_amount(product, bend)

    row = result.panel.row(AMOUNT)
    assert result.outcomes == {AMOUNT: SaveOutcome.SAVED}
    assert str(row.value) == "131000.00"
    assert [dict(entry.after) for entry in product.journal()] == [{"Amount": 131000}]


def test_a_save_is_all_or_nothing_with_all_that_is_asked_with_it(product):
    """Whatever part of the one call fails, the rep is told that nothing was saved, and nothing was."""

    def bend(gateway: Bent) -> None:
        gateway.ask = lambda parts: [
            replace(part, path="query?q=SELECT+Nonsense+FROM+Nothing") if part.reference == "access" else part
            for part in parts
        ]

    with pytest.raises(RejectedError, match="Nothing was saved") as refused:
        save_amount(product, bend)

    assert refused.value.problems
    assert product.journal() == []


BAD = {
    AMOUNT: ("1e9999999", "1_000", "\uff11\uff12\uff13", "NaN", "1\0", "\ud800"),
    "Opportunity.CloseDate": ("20261231", "2026-W01-1", "0001-01-01", "9999-12-31", "\ud800"),
    "Opportunity.NextStep": ("a\0b", "\ud83d"),
    "Opportunity.StageName": ("\udfff",),
}


def test_a_value_that_cannot_be_kept_is_refused_by_its_field(product):
    rep = product.sign_in()

    for key, value in [(key, value) for key, values in BAD.items() for value in values]:
        answer = patch(product, rep, a_change(value, key))
        assert (answer.status_code, answer.json["code"]) == (422, "INVALID_VALUE"), ascii(value)
        assert [(item["key"], item["field"]) for item in answer.json["items"]] == [(key, key.split(".")[1])]

    assert product.journal() == []


def test_whatever_was_seen_is_no_accident(product):
    rep = product.sign_in()

    for seen in ("1e9999999", "\0", "\ud800", "\uff11\uff12\uff13"):
        answer = patch(product, rep, a_change("131000", seen=seen))
        assert (answer.status_code, answer.json["code"]) == (409, "STALE_EDIT"), ascii(seen)


DEEP = "[" * 100_000
STRANGE = (
    ('{"changes": ' + DEEP, 400),
    (DEEP + "]" * 100_000, 400),
    ('{"changes": ' + "9" * 5000 + "}", 400),
    ('{"changes": NaN}', 422),
    ("\xff", 400),
    ("{", 400),
    ('{"\\ud800": 1}', 422),
    ('{"\\u0000": 1}', 422),
    ('{"changes": [null]}', 422),
    ('{"changes": [{"key": "\\ud800", "value": "1", "seen": null}]}', 422),
    ('{"changes": [{"key": "a\\u0000", "value": "1", "seen": null}]}', 422),
    ('{"changes": [{"key": "k", "value": ' + "[" * 500 + "]" * 500 + ', "seen": null}]}', 422),
)


def test_a_strange_body_is_refused_in_the_one_shape(product):
    rep = product.sign_in()
    addresses = (("PATCH", f"/api/v1/panels/{product.deal()}"), ("POST", "/api/v1/plans"))

    for method, path in addresses:
        for body, status in STRANGE:
            data = body.encode("latin-1")
            answer = product.client.open(path, method=method, data=data, content_type="application/json", headers=rep)
            assert answer.status_code == status, body[:100]
            assert set(answer.json) == {"code", "message", "field", "items", "reference"}
            assert status == 400 or answer.json["items"]


def test_a_plan_with_text_that_cannot_be_kept_is_refused_by_its_field(product):
    rep = product.sign_in()
    plan = {"opportunity_id": product.deal(), "title": "T", "stage_title": "S", "steps_total": 1, "steps_done": 0}

    fields = ("title", "stage_title", "opportunity_id")
    for field, text in [(field, text) for field in fields for text in ("\0", "\ud800")]:
        body = json.dumps({**plan, field: text})
        answer = product.client.post("/api/v1/plans", data=body, content_type="application/json", headers=rep)
        assert (answer.status_code, answer.json["code"], answer.json["field"]) == (422, "INVALID_VALUE", field)


def test_what_is_no_id_of_a_deal_is_not_found(product):
    rep = product.sign_in()

    for record_id in ("%00", "006%00", "%ED%A0%80", "006" + "0" * 5000):
        for end in ("", "/configuration"):
            answer = product.client.get(f"/api/v1/panels/{record_id}{end}", headers=rep)
            assert (answer.status_code, answer.json["code"]) == (404, "NOT_FOUND")
