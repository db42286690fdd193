"""Who is whom by e-mail, and what a Contact is called (B1)."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import quote_plus

from hypothesis import given
from hypothesis import strategies as st

from accord.core.identity import Role
from accord.core.ids import ConnectionId, MemberId, PlanId, RecordId, widen
from accord.features.contacts import rules
from accord.features.contacts.model import DealContact, Found, LeftOut, Wish
from accord.features.contacts.reading import LONGEST_LIST, _in_parts, read_accounts
from accord.features.contacts.rules import CannotMake, Make
from accord.salesforce.model import Gateway
from accord.salesforce.soql import Query
from accord.workspace.plans.model import MemberState, PlanMember
from accord.workspace.plans.people.rules import MOST_PEOPLE, find_same

ORG, PLAN = ConnectionId("c"), PlanId("p")
DEAL, OTHER_DEAL = RecordId("006D"), RecordId("006E")
HERE, THERE = RecordId("001H"), RecordId("001T")
DANA = "dana@brightwater.example"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

addresses = st.sampled_from([DANA, "DANA@Brightwater.Example", f" {DANA}", "bo@x.example", "BO@x.example", "", "no"])
contacts = st.builds(
    DealContact,
    st.integers(0, 9).map(lambda number: RecordId(f"003{number}")),
    st.just("Dana Voss"),
    addresses,
    st.booleans(),
)
members = st.lists(
    st.builds(
        lambda number, email, role, contact: PlanMember(
            f"m{number}",
            PLAN,
            role,
            "",
            email,
            contact_id=contact,
            member_id=MemberId("u") if role is Role.USER else None,
        ),
        st.integers(0, 9),
        st.sampled_from([DANA, "bo@x.example", "cy@x.example"]),
        st.sampled_from([Role.CUSTOMER, Role.PARTNER, Role.USER]),
        st.none() | st.integers(0, 9).map(lambda number: RecordId(f"003{number}")),
    ),
    max_size=4,
    unique_by=(lambda one: one.id, lambda one: one.email),
)
found = st.lists(
    st.builds(
        Found,
        st.integers(0, 30).map(lambda number: RecordId(f"003{number:02}")),
        st.sampled_from([DANA, DANA.upper(), "bo@x.example", ""]),
        st.sampled_from([HERE, THERE, None]),
        st.sampled_from(["2026-01-01T00:00:00", "2026-01-02T00:00:00"]),
        st.sampled_from([None, rules.key_of(ORG, DANA), "another"]),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


def a_member(email: str = DANA, **facts) -> PlanMember:
    return PlanMember("m1", PLAN, facts.pop("role", Role.CUSTOMER), "", email, **facts)


def a_wish(number: int = 1, deal: RecordId = DEAL) -> Wish:
    return Wish(f"w{number}", PlanId(f"p{number}"), f"m{number}", deal, rules.key_of(ORG, DANA))


@given(st.lists(contacts, max_size=8), members)
def test_every_contact_is_a_member_or_left_out_and_no_address_is_there_twice(given_contacts, known):
    pull = rules.decide_pull(given_contacts, known)

    told = [*(one.id for one in pull.new), *pull.known.values(), *pull.left_out]
    assert sorted(told) == sorted({one.id for one in given_contacts}), "each once"
    new = [rules.address_of(one.email) for one in pull.new]
    assert len(new) == len(set(new))
    assert not set(new) & {rules.address_of(one.email) for one in known}
    own = {one.id for one in known if not one.is_customer}
    assert not own & set(pull.known)


@given(st.lists(contacts, max_size=6), members)
def test_a_second_reading_changes_nothing(given_contacts, known):
    first = rules.decide_pull(given_contacts, known)
    linked = [_with(one, first.known.get(one.id, one.contact_id)) for one in known]
    joined = [
        PlanMember(f"n{one.id}", PLAN, Role.CUSTOMER, "", one.email.strip(), contact_id=one.id) for one in first.new
    ]
    second = rules.decide_pull(given_contacts, [*linked, *joined])

    assert second.new == []
    assert set(second.known.items()) >= {(f"n{one.id}", one.id) for one in first.new}


def _with(member: PlanMember, contact: RecordId | None) -> PlanMember:
    return PlanMember(member.id, PLAN, member.role, "", member.email, member_id=member.member_id, contact_id=contact)


def test_a_contact_is_left_out_with_its_own_reason():
    full = [a_member(f"m{number}@x.example") for number in range(MOST_PEOPLE)]
    cases = [
        (DealContact(RecordId("1"), "D", DANA, is_seen=False), [], LeftOut.NOT_VISIBLE),
        (DealContact(RecordId("1"), "D", "  "), [], LeftOut.NO_EMAIL),
        (DealContact(RecordId("1"), "D", "not an address"), [], LeftOut.EMAIL_UNUSABLE),
        (DealContact(RecordId("1"), "D", DANA.upper()), [a_member(role=Role.USER)], LeftOut.OWN_PERSON),
        (DealContact(RecordId("1"), "D", DANA), full, LeftOut.PLAN_FULL),
    ]
    for contact, known, reason in cases:
        assert rules.decide_pull([contact], known).left_out == {contact.id: reason}
    assert set(rules.SENTENCES) == set(LeftOut)


def test_who_is_in_the_plan_by_his_contact_stays_whatever_his_address_is_now():
    contact = DealContact(RecordId("3"), "Dana", "married@x.example")
    assert rules.decide_pull([contact], [a_member(contact_id=RecordId("3"))]).known == {"m1": RecordId("3")}


@given(found, st.permutations(range(6)))
def test_the_choice_does_not_hang_on_the_order_in_which_salesforce_answers(given_found, order):
    shuffled = [given_found[place] for place in order if place < len(given_found)]
    chosen = rules.choose(given_found, HERE)

    assert rules.choose(shuffled, HERE) == chosen
    if any(one.account_id == HERE for one in given_found):
        assert chosen is not None
        assert chosen.account_id == HERE
    assert (chosen is None) == (not given_found)


def test_of_several_the_deals_account_goes_first_then_the_oldest_then_the_lowest_id():
    def one(contact: str, account: RecordId | None, day: int) -> Found:
        return Found(RecordId(contact), DANA, account, f"2026-01-{day:02}")

    assert rules.choose([one("a", THERE, 1), one("b", HERE, 2)], HERE) == one("b", HERE, 2)
    assert rules.choose([one("a", HERE, 2), one("b", HERE, 1)], HERE) == one("b", HERE, 1)
    assert rules.choose([one("b", HERE, 1), one("a", HERE, 1)], HERE) == one("a", HERE, 1)
    assert rules.choose([one("a", THERE, 2), one("b", None, 1)], None) == one("b", None, 1), "no account is no match"


@given(found)
def test_a_contact_is_made_only_where_nobody_has_the_address(given_found):
    decided = rules.decide_contact([a_wish(2, OTHER_DEAL), a_wish(1)], f" {DANA.upper()}", given_found, {DEAL: HERE})
    same = [one for one in given_found if one.email.casefold() == DANA or one.key == rules.key_of(ORG, DANA)]

    assert isinstance(decided, Make) == (not same)
    if isinstance(decided, dict):
        assert set(decided) == {"w1", "w2"}
        assert set(decided.values()) <= {one.id for one in same}


def test_the_oldest_wish_says_where_a_contact_is_made_and_each_deal_has_its_own_account_first():
    accounts = {DEAL: HERE, OTHER_DEAL: THERE}
    wishes = [a_wish(2, OTHER_DEAL), a_wish(1, DEAL)]
    assert rules.decide_contact(wishes, DANA, [], accounts) == Make(HERE)
    both = [Found(RecordId("h"), DANA, HERE, "1"), Found(RecordId("t"), DANA, THERE, "2")]
    assert rules.decide_contact(wishes, DANA, both, accounts) == {"w1": "h", "w2": "t"}


def test_what_keeps_a_contact_from_being_made_has_a_name_and_a_remedy():
    assert rules.decide_contact([a_wish()], DANA, [], {}) is CannotMake.DEAL_NOT_THERE
    assert rules.decide_contact([a_wish()], DANA, [], {DEAL: None}) is CannotMake.NO_ACCOUNT
    assert rules.decide_contact([a_wish()], f"{'d' * 71}@x.example", [], {DEAL: HERE}) is CannotMake.EMAIL_TOO_LONG
    assert set(rules.ADVICE) == set(CannotMake)


def test_a_last_name_is_always_there():
    cases = {
        "Dana Voss": ("Dana", "Voss"),
        "  Dana   Maria  Voss ": ("Dana Maria", "Voss"),
        "Voss, Dana Maria": ("Dana Maria", "Voss"),
        "van der Meer, Jo": ("Jo", "van der Meer"),
        "Cher": (None, "Cher"),
        "Voss,": (None, "Voss"),
        "": (None, "dana"),
        " , ": (None, "dana"),
    }
    assert {name: rules.split_name(name, DANA) for name in cases} == cases


@given(st.text("aß ,é-\u200d\0", max_size=300))
def test_names_fit_their_fields(name):
    first, last = rules.split_name(name, DANA)
    assert 0 < len(last) <= 80
    assert first is None or 0 < len(first) <= 40
    assert len(rules.member_name(name)) <= 255


@given(st.sampled_from([DANA, "straße@x.example", "İ@x.example"]))
def test_capitals_and_space_make_no_other_person(email):
    assert rules.key_of(ORG, f" {email.upper()} ") == rules.key_of(ORG, email.upper())
    assert rules.key_of(ORG, DANA) != rules.key_of(ConnectionId("d"), DANA)
    assert find_same([a_member(DANA)], a_member(f"{DANA.upper()} ")) is not None


@given(st.lists(st.text("aé'@ ", min_size=1, max_size=250), max_size=60))
def test_lists_of_addresses_fit_the_address_of_a_request(texts):
    emails = {f"{number:036}": text for number, text in enumerate(texts)}
    parts = list(_in_parts(emails))

    assert {key: email for part in parts for key, email in part.items()} == emails
    assert all(len(part) == 1 or sum(map(len, part.values())) < LONGEST_LIST for part in parts)


def test_a_member_is_not_yet_invited_invited_or_has_accepted():
    assert a_member().state is MemberState.NOT_YET_INVITED
    assert a_member(invited_at=NOON).state is MemberState.INVITED
    assert a_member(invited_at=NOON, accepted_at=NOON).state is MemberState.ACCEPTED


def test_of_two_made_at_once_the_one_that_another_hand_made_first_is_used():
    """Our own stays as it is: a record is never deleted, and one that came later is somebody else's second."""
    ours = Found(RecordId("o"), DANA, HERE, "2026-01-05", key=a_wish().key)
    before, same_second, after = (
        Found(RecordId(name), DANA.upper(), account, at)
        for name, account, at in (("b", None, "2026-01-04"), ("s", HERE, "2026-01-05"), ("a", HERE, "2026-01-06"))
    )

    def used(*found: Found) -> dict[str, RecordId]:
        return rules.decide_overtaken([a_wish()], DANA, found, {DEAL: HERE})

    assert used(ours) == used(ours, after) == used(before) == {}
    assert used(ours, before) == {a_wish().id: before.id}
    assert used(ours, before, same_second) == {a_wish().id: same_second.id}, "one of the deal's account goes first"


def test_a_later_plan_takes_the_one_that_was_there_before_ours_on_whatever_account():
    """Ours is on the account of the deal and waits to be merged: nobody links it once more meanwhile."""
    ours = Found(RecordId("o"), DANA, HERE, "2026-01-05", key=a_wish().key)
    before, after = (Found(RecordId(name), DANA, THERE, f"2026-01-0{day}") for name, day in (("b", 4), ("a", 6)))

    def used(*found: Found) -> rules.Decision:
        return rules.decide_contact([a_wish()], DANA, found, {DEAL: HERE})

    assert used(ours) == used(ours, after) == {a_wish().id: ours.id}
    assert used(ours, before) == used(before, ours, after) == {a_wish().id: before.id}


@dataclass
class Asked:
    """An org that answers every query with the ids that stand in it."""

    texts: list[str] = field(default_factory=list)

    def query(self, query: Query) -> list[dict[str, Any]]:
        self.texts.append(str(query))
        return [{"Id": one, "AccountId": None} for one in re.findall(r"006\w{15}", str(query))]


def test_a_person_who_is_in_hundreds_of_plans_fits_the_address_of_a_request():
    """A partner takes part in seven hundred plans: their deals are read in pages."""
    org, deals = Asked(), [widen(f"006{number:012}") for number in range(700)]

    assert read_accounts(cast("Gateway", org), deals) == dict.fromkeys(deals)
    assert max(len(quote_plus(text)) for text in org.texts) < LONGEST_LIST
