"""What the settings tab may ask through Apex is held to the routes that there are (A34, A38)."""

import re
from pathlib import Path

from accord.core.identity import Role
from accord.infra.http import rule_of

ROOT = Path(__file__).parents[2]
APEX = ROOT / "force-app/main/settings/classes/AccordSettingsController.cls"
COMPONENTS = ROOT / "lwc_components/main/default/lwc/accordSettingsApi"


# what reps may ask too: of deals and plans each is told his own; playbooks are for everybody to begin with
FOR_EVERYBODY = {
    "/api/v1/deals",
    "/api/v1/plans",
    "/api/v1/playbooks",
    "/api/v1/settings/score",
    "/api/v1/field-sync/plans/{id}",
}


def allowed() -> set[tuple[str, str]]:
    """Method and address of every route that Apex passes on."""
    return set(re.findall(r"'(GET|POST|PUT|PATCH|DELETE) (/[\w/{}.-]+)'", APEX.read_text()))


def test_apex_passes_on_to_routes_of_admins_alone(one_product):
    there = one_product.app.url_map.bind("localhost")

    for method, path in sorted(allowed()):
        endpoint, _ = there.match(path.replace("{id}", "01a2"), method=method)
        others = {Role.USER, Role.SERVICE} if path in FOR_EVERYBODY and method == "GET" else set()
        assert rule_of(one_product.app, endpoint, method) - others == {Role.ADMIN}, path


def test_apex_passes_on_all_that_the_components_ask_and_nothing_else():
    source = "".join(path.read_text() for path in COMPONENTS.glob("*.js"))
    asked = set(re.findall(r"[`'](/api/v1/[\w/.-]+(?:\$\{\w+\}[\w/-]*)?)", source))

    assert {re.sub(r"\$\{\w+\}", "{id}", path) for path in asked} == {path for _, path in allowed()}
