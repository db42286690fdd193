"""Which version a caller has changed, as If-Match says it."""

import pytest
from flask import Flask

from accord.core.errors import OutdatedError, VersionNeededError
from accord.infra.etags import if_match, tagged


def version_of(header: str) -> int:
    with Flask("edge").test_request_context(headers={"If-Match": header}):
        return if_match()


@pytest.mark.parametrize("header", ['"7"', 'W/"7"'])
def test_the_tag_of_an_answer_names_its_version_also_when_a_proxy_has_made_it_weak(header):
    assert tagged({}, 7)[2] == {"ETag": '"7"'}
    assert version_of(header) == 7


@pytest.mark.parametrize("header", ['"seven"', '"-1"', '"1234567890"', '"7.0"'])
def test_what_is_no_version_was_changed_meanwhile(header):
    with pytest.raises(OutdatedError, match="no version of these settings"):
        version_of(header)


@pytest.mark.parametrize("header", ["", "*", '"1", "2"'])
def test_who_names_no_version_or_several_is_asked_for_one(header):
    with pytest.raises(VersionNeededError):
        version_of(header)
