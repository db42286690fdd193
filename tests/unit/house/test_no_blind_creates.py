"""S14: nothing is made in Salesforce without an external id or a declared natural key: no repeat makes a double.

The gateway's upsert is the one way to make records. What else could make one is a POST to an sObject or to the tree, or
the create and insert calls of client libraries; each place that has to do so is declared here with its natural key.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import accord

PACKAGE = Path(accord.__file__).parent
# (module, function): the natural key by which the platform refuses a double, or why there can be none
DECLARED: dict[tuple[str, str], str] = {
    ("features/access/probe.py", "assign_set"): "user and permission set: the platform refuses the second assignment",
    ("salesforce/gateway.py", "publish"): "platform events have no key: at least once, and the payload says so (S7)",
    ("salesforce/gateway.py", "on_the_bus"): "its inner half",
}
SPEAKS_TO_SALESFORCE = ("salesforce", "delivery")


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _is_create(call: ast.Call, *, of_client: bool) -> bool:
    texts = list(_texts(call))
    posts = "POST" in texts and any("sobjects" in text for text in texts)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return posts or (of_client and name in {"create", "insert"} and not _is_session(call.func))


def _is_session(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "session"
    )


def creates(source: str, *, of_client: bool) -> list[str]:
    """The functions of the source that could make a record without a key."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        tree = any("composite/tree" in text for text in _texts(function))
        if tree or any(_is_create(call, of_client=of_client) for call in calls):
            found.append(getattr(function, "name", "lambda"))
    return found


def test_no_record_is_made_without_a_key() -> None:
    found = [
        (path.relative_to(PACKAGE).as_posix(), function)
        for path in sorted(PACKAGE.rglob("*.py"))
        for function in creates(
            path.read_text(encoding="utf-8"),
            of_client=path.relative_to(PACKAGE).parts[0] in SPEAKS_TO_SALESFORCE,
        )
    ]

    assert [place for place in found if place not in DECLARED] == []
    assert [place for place in DECLARED if place not in found] == []


@pytest.mark.parametrize(
    "blind",
    [
        'client.call("POST", "sobjects/Task", body)',
        'client.call("POST", f"sobjects/{name(sobject)}", body)',
        'client.call(method="POST", path="composite/sobjects", body=body)',
        'Subrequest(reference="a", method="POST", path=f"sobjects/{sobject}", body=body)',
        'client.call("POST", "composite/tree/Task", body)',
        'client.call(method, "composite/tree/Task", body)',
        "salesforce.Task.create(body)",
        "salesforce.bulk2.Task.insert(records=body)",
    ],
)
def test_a_planted_create_is_noticed(blind: str) -> None:
    assert creates(f"def planted():\n    {blind}\n", of_client=True) == ["planted"]


@pytest.mark.parametrize(
    "fine",
    [
        'client.call("PATCH", f"composite/sobjects/{sobject}/{field}", body)',
        'client.call("POST", "composite", body)',
        'client.call("GET", f"sobjects/{sobject}/describe")',
        "session.insert(outbox, rows)",
    ],
)
def test_an_upsert_a_read_and_our_own_database_are_fine(fine: str) -> None:
    assert creates(f"def fine():\n    {fine}\n", of_client=True) == []
