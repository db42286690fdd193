from datetime import timedelta

from support.builders import NOON, AClock
from support.kept_org import another_org, usual_org


def facts_of(org):
    rows = {
        name: [dict(row) for row in org.records.all(name, with_deleted=True)] for name in org.records.schema.objects
    }
    return org.id, org.ids.next_number, org.options, org.metadata_changed_at, dict(org.permission_sets), rows


def test_the_usual_org_of_kept_rows_is_the_one_that_the_seed_made():
    clock = AClock(NOON + timedelta(days=40))
    seeded, kept = usual_org(clock), usual_org(clock)
    assert facts_of(kept) == facts_of(seeded)
    assert kept.schema.objects == seeded.schema.objects
    assert len(list(kept.records.all("Opportunity"))) > 3
    assert another_org(clock).id != kept.id


def test_what_is_done_to_one_org_is_done_to_no_later_one():
    clock = AClock(NOON + timedelta(days=41))
    seeded, kept = usual_org(clock), usual_org(clock)
    before = facts_of(kept)
    for changed in (seeded, kept):
        deal = next(changed.records.all("Opportunity"))
        with changed.setup() as tx:
            tx.insert("Account", {"Name": "New"}, enforce=False)
        deal["Description"] = "past every rule"
        changed.permission_sets.clear()
        assert facts_of(usual_org(clock)) == before
