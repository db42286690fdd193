"""Conditional requests on rows: by time on every object, by entity tag on accounts."""

import pytest

from support.local_org import an_org

STAMP = "Fri, 20 Nov 2026 09:30:00 GMT"
OLDER = "Fri, 20 Nov 2026 09:29:59 GMT"


def test_an_unchanged_row_is_answered_304_without_content():
    lo = an_org()
    deal = lo.with_opportunity()

    first = lo.call("GET", f"sobjects/Opportunity/{deal}")
    again = lo.call("GET", f"sobjects/Opportunity/{deal}", If_Modified_Since=first.headers["Last-Modified"])
    older = lo.call("GET", f"sobjects/Opportunity/{deal}", If_Modified_Since=OLDER)

    assert first.headers["Last-Modified"] == STAMP
    assert (again.status_code, again.content, older.status_code) == (304, b"", 200)


def test_a_write_after_somebody_elses_is_refused_to_the_second():
    lo = an_org()
    deal = lo.with_opportunity()
    lo.clock.forward(seconds=1)
    lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "theirs"})

    stale = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "mine"}, If_Unmodified_Since=STAMP)
    fresh = lo.call(
        "PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "mine"},
        If_Unmodified_Since="Fri, 20 Nov 2026 09:30:01 GMT",
    )  # fmt: skip

    assert (stale.status_code, fresh.status_code) == (412, 204)


def test_two_writes_within_one_second_do_not_see_each_other():
    lo = an_org()
    deal = lo.with_opportunity()
    lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "theirs"})

    answer = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "mine"}, If_Unmodified_Since=STAMP)

    assert answer.status_code == 204


def test_an_account_has_an_entity_tag_that_changes_with_it():
    lo = an_org()
    account = lo.with_account()
    tag = lo.call("GET", f"sobjects/Account/{account}").headers["ETag"]

    same = lo.call("GET", f"sobjects/Account/{account}", If_None_Match=f'"other", {tag}')
    written = lo.call("PATCH", f"sobjects/Account/{account}", {"Phone": "1"}, If_Match=tag)
    stale = lo.call("PATCH", f"sobjects/Account/{account}", {"Phone": "2"}, If_Match=tag)
    only_new = lo.call("PATCH", f"sobjects/Account/{account}", {"Phone": "2"}, If_None_Match="*")

    assert (same.status_code, written.status_code, stale.status_code) == (304, 204, 412)
    assert only_new.status_code == 412


def test_other_objects_have_no_entity_tag_and_pay_no_heed_to_one():
    lo = an_org()
    deal = lo.with_opportunity()

    read = lo.call("GET", f"sobjects/Opportunity/{deal}")
    written = lo.call("PATCH", f"sobjects/Opportunity/{deal}", {"NextStep": "x"}, If_Match='"other"')

    assert "ETag" not in read.headers
    assert written.status_code == 204


@pytest.mark.parametrize("header", [{"If_Unmodified_Since": "yesterday"}, {"If_Match": "no tag"}])
def test_a_condition_that_cannot_be_read_is_a_bad_request(header):
    lo = an_org()
    account = lo.with_account()

    assert lo.call("PATCH", f"sobjects/Account/{account}", {"Phone": "1"}, **header).status_code == 400


def test_deleting_takes_no_condition():
    lo = an_org()
    deal = lo.with_opportunity()

    assert lo.call("DELETE", f"sobjects/Opportunity/{deal}", If_Unmodified_Since=OLDER).status_code == 204
