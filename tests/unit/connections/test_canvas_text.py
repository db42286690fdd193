"""G23: whatever is posted, the parser answers with a refusal by name; only what Salesforce signed is accepted."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.core.text import is_clean
from accord.features.connections import canvas
from accord.features.connections.canvas_text import decode, is_one_base64, read_json
from accord.features.connections.model import RefusedTokenError
from support.builders import NOON
from support.signed import a_canvas_body, a_canvas_secret, a_signed_request, signed

NAMES = {check.name for check in canvas.CHECKS}
WORLD = canvas.CanvasWorld(NOON, lambda _org_id: [a_canvas_secret()], lambda _org_id, _proof: True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def outcome(text: str) -> str:
    try:
        canvas.verify(text, WORLD)
    except RefusedTokenError as refused:
        return refused.check
    return "accepted"


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda found: found.decode("latin-1")))
def test_any_text_is_refused_by_a_named_check(text):
    assert outcome(text) in NAMES


@given(st.data())
def test_a_good_request_with_any_letter_changed_is_refused(data):
    good = a_signed_request()
    at = data.draw(st.integers(0, len(good) - 1))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda found: found != good[at]))

    assert outcome(good[:at] + letter + good[at + 1 :]) in NAMES or same_signature(good, at, letter)


def same_signature(good: str, at: int, letter: str) -> bool:
    """The last letter of the signature has two bits that say nothing."""
    signature, _, _ = good.partition(".")
    return at < len(signature) and decode(signature) == decode(signature[:at] + letter + signature[at + 1 :])


@settings(max_examples=200)
@given(st.sampled_from(["userId", "issuedAt", "client", "context", "client.oauthToken", "context.user.timeZone"]), JSON)
def test_any_value_that_is_rightly_signed_is_accepted_or_refused_and_never_crashes(path, value):
    assert outcome(a_signed_request({path: value})) in NAMES | {"accepted"}


@given(st.binary(max_size=200))
def test_any_bytes_that_are_rightly_signed_never_crash(payload):
    assert outcome(signed(b'{"organizationId":"00D000000000001EAA"}' + payload)) in NAMES


@given(st.binary(min_size=1, max_size=80), st.booleans(), st.booleans())
def test_base64_of_either_alphabet_comes_back_as_it_was(payload, url_safe, padded):
    encode = base64.urlsafe_b64encode if url_safe else base64.b64encode
    text = encode(payload).decode() if padded else encode(payload).decode().rstrip("=")

    assert is_one_base64(text)
    assert decode(text) == payload


@pytest.mark.parametrize(
    "parts", [("",), ("A",), ("AA=",), ("AA===",), ("A A=",), ("AA\n",), ("a+_b",), ("++++", "____")]
)
def test_what_is_no_whole_base64_of_one_alphabet_is_seen(parts):
    assert not is_one_base64(*parts)


@pytest.mark.parametrize(
    "payload", [b"", b"\xff", b"[]", b"1", b'{"a":Infinity}', b'{"a":' * 5000, b'{"a":' + b"1" * 5000]
)
def test_unreadable_json_is_no_object(payload):
    assert not read_json(payload).readable


@given(JSON)
def test_a_text_is_clean_exactly_when_it_can_be_stored(value):
    text = json.dumps(value)
    parsed = json.loads(text)

    assert is_clean(parsed) == ("\\u0000" not in text and not has_half_a_pair(parsed))


def has_half_a_pair(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def test_a_key_said_twice_is_seen_at_any_depth():
    assert read_json(b'{"a":[{"b":1,"b":2}]}').has_duplicates
    assert not read_json(json.dumps(a_canvas_body()).encode()).has_duplicates
