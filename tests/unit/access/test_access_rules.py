"""Who may what, and who would get a permission set."""

from accord.features.access.model import Kind, OrgUser, OurSet
from accord.features.access.rules import decide_preview, person_of


def a_user(name: str, *sets: OurSet, kind: Kind = Kind.USER, has_api: bool = True) -> OrgUser:
    return OrgUser(f"005{name}", name, f"{name}@halden.example", kind, frozenset(sets), has_api)


def test_either_set_opens_the_panel_and_the_actions_and_one_of_them_the_settings():
    nobody, rep, admin = a_user("n"), a_user("r", OurSet.REP), a_user("a", OurSet.ADMIN)
    may = [(person.rep, person.admin, person.flow) for person in map(person_of, (nobody, rep, admin))]

    assert may == [(False, False, False), (True, False, True), (True, True, True)]


def test_what_is_missing_is_told_by_its_name_in_setup():
    def missing(user: OrgUser) -> list[tuple[str, str]]:
        return [(each.what, each.name) for each in person_of(user).missing]

    assert missing(a_user("n", has_api=False)) == [("permission_set", "Accord Rep")]
    assert missing(a_user("r", OurSet.REP, has_api=False)) == [("user_permission", "API Enabled")]
    assert missing(a_user("r", OurSet.REP)) == []
    robot = a_user("p", kind=Kind.AUTOMATED_PROCESS, has_api=False)
    assert missing(robot) == [("permission_set", "Accord Rep")]
    assert missing(a_user("p", OurSet.REP, kind=Kind.AUTOMATED_PROCESS, has_api=False)) == []


def test_the_preview_names_who_gets_it_and_why_others_do_not():
    users = {
        one.user_id: one for one in (a_user("n"), a_user("r", OurSet.REP), a_user("p", kind=Kind.AUTOMATED_PROCESS))
    }
    found = decide_preview(users, ["005n", "005r", "005x", "005n"], OurSet.REP)

    assert [one.user_id for one in found.gives] == ["005n"]
    assert [(one.user_id, one.why) for one in found.skips] == [
        ("005r", "has it already"), ("005x", "is no active user of this org")
    ]  # fmt: skip
    assert decide_preview(users, ["005p"], OurSet.ADMIN).gives == []


def test_a_ticket_stands_for_who_gets_what():
    users = {one.user_id: one for one in (a_user("n"), a_user("m"))}
    tickets = {
        decide_preview(users, wanted, given).ticket
        for wanted in (["005n"], ["005m"], ["005n", "005m"])
        for given in OurSet
    }

    assert len(tickets) == 6
    same = decide_preview(users, ["005m", "005n"], OurSet.REP).ticket
    assert same == decide_preview(users, ["005n", "005m"], OurSet.REP).ticket
