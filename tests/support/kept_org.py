"""The seeded org that a product begins with: made from the package and its seed once, and from its rows from then on,
as a restart makes it from its data file.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from localorg.ids import widen
from localorg.org import Org
from localorg.permissions import PermissionSet, read_permission_sets
from localorg.records import Row
from localorg.schema import StandardFacts
from localorg.schema_sfdx import Source, read_source
from localorg.seed import DEMO_SEED, load_seed
from support.running_org import FORCE_APP

USUAL_INSTANCE, USUAL_ORG_ID = "gHd", widen("00DgHd000000001")


@cache
def _source(folders: tuple[Path, ...]) -> Source:
    return read_source(StandardFacts(), folders)


@cache
def _permission_sets(folders: tuple[Path, ...]) -> Mapping[str, PermissionSet]:
    return read_permission_sets(folders)


@contextmanager
def _package_read_once() -> Iterator[None]:
    """What orgs read of the package in this block is the same for every test; a test may change its own org's sets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("localorg.org.read_source", lambda _facts, folders: _source(tuple(folders)))
        patch.setattr("localorg.org.read_permission_sets", lambda folders: dict(_permission_sets(tuple(folders))))
        yield


@dataclass(frozen=True, slots=True)
class _Kept:
    facts: Mapping[str, Any]
    rows: Mapping[str, Mapping[str, Row]]


_kept: dict[datetime, _Kept] = {}  # of this process, by the moment of seeding: days of a seed are counted from it


def usual_org(clock: Callable[[], datetime]) -> Org:
    """The org whose ids every test meets again."""
    kept = _kept.get(clock())
    if kept is None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("localorg.org.new_instance_key", lambda: USUAL_INSTANCE)
            patch.setattr("localorg.org.new_org_id", lambda _: USUAL_ORG_ID)
            org = another_org(clock)
        _kept[clock()] = _what_is_kept(org)
        return org
    with _package_read_once():
        org = Org(facts=kept.facts, clock=clock, data=None, source=[FORCE_APP])
    for sobject, rows in kept.rows.items():
        org.records.load(sobject, {key: dict(row) for key, row in rows.items()})
    org.records.use(org._full_schema)
    org.refresh_schema()
    return org


def another_org(clock: Callable[[], datetime]) -> Org:
    """A seeded org with ids of its own."""
    with _package_read_once():
        org = Org.create(metadata_dirs=[FORCE_APP], data_file=None, clock=clock)
    load_seed(org, DEMO_SEED)
    return org


def _what_is_kept(org: Org) -> _Kept:
    facts = {
        "instance": org.ids.instance,
        "org_id": org.id,
        "next_number": org.ids.next_number,
        "options": org.options.as_json(),
        "metadata_changed": org._metadata_changed,
    }
    names = org.records.schema.objects
    return _Kept(facts, {name: {row["Id"]: dict(row) for row in org.records.all(name)} for name in names})
