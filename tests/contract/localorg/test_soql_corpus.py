"""The recorded corpus: queries on which the platform's own published grammar and the community agree."""

import json
import os
from pathlib import Path

import pytest

from localorg.soql import SoqlError, parse

pytestmark = pytest.mark.recorded

FILE = "soql_corpus.json"


def the_corpus() -> list[dict[str, object]]:
    folder = os.environ.get("ACCORD_RECORDED_DATA")
    if not folder:
        pytest.fail(
            "ACCORD_RECORDED_DATA is not set: it names the folder of the recorded data (holds soql_corpus.json)"
        )
    file = Path(folder) / FILE
    if not file.is_file():
        pytest.fail(f"{file} does not exist: ACCORD_RECORDED_DATA must name the folder that holds {FILE}")
    loaded: list[dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def is_well_formed(query: str) -> bool:
    try:
        parse(query, multi_currency=True)
    except SoqlError as error:
        return error.code != "MALFORMED_QUERY"
    return True


@pytest.mark.parametrize("valid", [True, False], ids=["accepted", "refused"])
def test_every_recorded_query_is_judged_as_the_platform_judges_it(valid):
    queries = [str(one["query"]) for one in the_corpus() if one["valid"] is valid]

    assert queries
    assert [query for query in queries if is_well_formed(query) is not valid] == []
