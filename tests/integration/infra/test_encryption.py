"""Secrets at rest open only where they belong (G27)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.infra.db import SealBrokenError, SealContext, Vault
from accord.settings import Secret
from support.builders import MASTER_KEYS, a_workspace

HERE = SealContext(table="credential", connection_id="c1", user_id="u1", purpose="personal_login")


@pytest.fixture
def vault(database):
    return database.vault


def test_what_was_sealed_opens_again_and_shows_nothing_meanwhile(database, vault):
    ours = a_workspace(database)

    sealed = vault.seal(ours, "token-4711", HERE)

    assert b"4711" not in sealed
    assert vault.open(ours, sealed, HERE) == "token-4711"
    assert vault.seal(ours, "token-4711", HERE) != sealed


@pytest.mark.parametrize(
    "elsewhere",
    [
        SealContext("session", "c1", "u1", "personal_login"),
        SealContext("credential", "c2", "u1", "personal_login"),
        SealContext("credential", "c1", "u2", "personal_login"),
        SealContext("credential", "c1", "u1", "canvas_secret"),
        SealContext("credential", "c1u", "1", "personal_login"),
    ],
)
def test_a_ciphertext_that_was_moved_to_another_row_does_not_open(database, vault, elsewhere):
    ours = a_workspace(database)
    sealed = vault.seal(ours, "token", HERE)

    with pytest.raises(SealBrokenError):
        vault.open(ours, sealed, elsewhere)


def test_a_ciphertext_of_another_workspace_does_not_open(database, vault):
    ours, theirs = a_workspace(database), a_workspace(database)

    with pytest.raises(SealBrokenError):
        vault.open(theirs, vault.seal(ours, "token", HERE), HERE)


def test_every_single_flipped_bit_is_noticed(database, vault):
    ours = a_workspace(database)
    sealed = vault.seal(ours, "t", HERE)

    for place in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(SealBrokenError):
            vault.open(ours, bytes(flipped), HERE)


def test_without_its_master_key_nothing_opens(database, vault):
    ours = a_workspace(database)
    sealed = vault.seal(ours, "token", HERE)

    with pytest.raises(SealBrokenError, match="no key 'k1'"):
        Vault(database.system_reading, (("k2", Secret(bytes(range(32)))),)).open(ours, sealed, HERE)
    with pytest.raises(SealBrokenError, match="not the one"):
        Vault(database.system_reading, (("k1", Secret(bytes(range(32)))),)).open(ours, sealed, HERE)


def test_a_new_master_key_takes_over_and_the_old_one_can_go(database, vault):
    """Rotation (G27): what was sealed before stays readable without the old key; nothing is sealed anew."""
    ours, theirs = a_workspace(database), a_workspace(database)
    sealed = {workspace: vault.seal(workspace, f"token of {workspace}", HERE) for workspace in (ours, theirs)}
    newer = ("k2", Secret(bytes(range(32))))
    both = Vault(database.system_reading, (newer, *MASTER_KEYS))

    with database.system() as session:
        assert both.rewrap_keys(session) == 2
    with database.system() as session:
        assert both.rewrap_keys(session) == 0

    alone = Vault(database.system_reading, (newer,))
    for workspace, text in sealed.items():
        assert alone.open(workspace, text, HERE) == f"token of {workspace}"
    with pytest.raises(SealBrokenError, match="no key 'k2'"):
        Vault(database.system_reading, MASTER_KEYS).open(ours, sealed[ours], HERE)


def test_without_the_old_key_nothing_is_rotated(database, vault):
    ours = a_workspace(database)
    sealed = vault.seal(ours, "token", HERE)
    alone = Vault(database.system_reading, (("k2", Secret(bytes(range(32)))),))

    with pytest.raises(SealBrokenError, match="no key 'k1'"), database.system() as session:
        alone.rewrap_keys(session)

    assert vault.open(ours, sealed, HERE) == "token"


@given(st.lists(st.text(max_size=8), min_size=4, max_size=4), st.lists(st.text(max_size=8), min_size=4, max_size=4))
def test_no_two_contexts_read_the_same(one, other):
    first, second = SealContext(*one), SealContext(*other)

    assert (first.associated_data("w", "k") == second.associated_data("w", "k")) == (one == other)
