"""OpportunityHistory: when amount, close date, stage and probability of an Opportunity were changed."""

from support.local_org import an_org


def history_of(lo, deal):
    query = f"SELECT Id, Amount, CloseDate FROM OpportunityHistory WHERE OpportunityId = '{deal}' ORDER BY Id"
    return [(one["Id"], one["Amount"]) for one in lo.salesforce().query(query)["records"]]


def test_each_change_of_a_tracked_field_is_a_row_with_the_values_of_then():
    lo = an_org()
    deal = lo.with_opportunity(Amount=5)
    for values in ({"Amount": 7}, {"NextStep": "Call"}, {"CloseDate": "2027-03-01"}):
        assert lo.call("PATCH", f"sobjects/Opportunity/{deal}", values).status_code == 204

    (_, first), (amount_row, second), (date_row, third) = history_of(lo, deal)

    assert (first, second, third) == (5, 7, 7)
    record = lo.record("Opportunity", deal)
    assert record["LastAmountChangedHistoryId"] == amount_row
    assert record["LastCloseDateChangedHistoryId"] == date_row


def test_a_new_opportunity_names_no_change_and_nobody_writes_the_history():
    lo = an_org()
    deal = lo.with_opportunity(Amount=5)
    ((made, _),) = history_of(lo, deal)

    assert lo.record("Opportunity", deal)["LastAmountChangedHistoryId"] is None
    assert lo.call("PATCH", f"sobjects/OpportunityHistory/{made}", {"Amount": 9}).status_code == 400
