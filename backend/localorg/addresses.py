"""State and country picklists, when the org has them: code fields beside the texts, and what makes an address invalid.

Salesforce help, "State and Country/Territory Picklists": the texts and the codes of an address are two views of one
choice; either may be written, and only what the org lists is taken.
"""

from collections.abc import Mapping
from typing import Any

from localorg.dependencies import with_control
from localorg.errors import Code, Problem, RefusedError
from localorg.records import Row
from localorg.schema import Field, SObject, StandardFacts

# a few of those that a new org lists: ISO code -> (name, states by ISO code)
COUNTRIES: dict[str, tuple[str, dict[str, str]]] = {
    "AU": ("Australia", {"NSW": "New South Wales", "QLD": "Queensland", "VIC": "Victoria"}),
    "CA": ("Canada", {"BC": "British Columbia", "ON": "Ontario", "QC": "Quebec"}),
    "CH": ("Switzerland", {}),
    "DE": ("Germany", {}),
    "GB": ("United Kingdom", {}),
    "NO": ("Norway", {}),
    "US": ("United States", {"CA": "California", "NY": "New York", "OH": "Ohio", "PA": "Pennsylvania"}),
}


def with_codes(facts: StandardFacts, sobject: SObject) -> SObject:
    """The object with a StateCode and a CountryCode beside the texts of each of its addresses."""
    by_state: dict[str, list[str]] = {}
    for country, (_, listed) in COUNTRIES.items():
        for state in listed:
            by_state.setdefault(state, []).append(country)
    names = {state: name for _, listed in COUNTRIES.values() for state, name in listed.items()}
    added: list[Field] = []
    for prefix in prefixes_of(sobject):
        countries = _code_field(facts, sobject, prefix + "Country", _names(COUNTRIES))
        states = _code_field(facts, sobject, prefix + "State", names)
        added += [countries, with_control(states, countries, by_state)]
    return sobject.with_fields(added)


def _names(countries: Mapping[str, tuple[str, Mapping[str, str]]]) -> dict[str, str]:
    return {code: name for code, (name, _) in countries.items()}


def prefixes_of(sobject: SObject) -> list[str]:
    return [one.name.removesuffix("Address") for one in sobject.compounds]


def _code_field(facts: StandardFacts, sobject: SObject, text: str, names: Mapping[str, str]) -> Field:
    beside = sobject.fields[text].facts
    return facts.field(
        {
            "name": f"{text}Code",
            "label": f"{beside['label']} Code",
            "type": "picklist",
            "length": 10,
            "byteLength": 30,
            "restrictedPicklist": True,
            "compoundFieldName": beside["compoundFieldName"],
            "picklist": list(names.items()),
        }
    )


def settle(sobject: SObject, row: Row, given: Mapping[str, Any]) -> None:
    """Brings texts and codes of `row` together after `given` was written. Raises RefusedError for what no list has."""
    for prefix in prefixes_of(sobject):
        country, state = f"{prefix}Country", f"{prefix}State"
        if f"{country}Code" not in sobject.fields:
            continue
        moved = _touches(given, country)
        if moved:
            row.update(_settled(country, given, _names(COUNTRIES), problem=_not_listed(country)))
        chosen = row.get(f"{country}Code")
        listed = COUNTRIES[chosen][1] if chosen else {}
        if _touches(given, state):
            row.update(
                _settled(state, given, listed, problem=_wrong_state(sobject, state, given, has_country=bool(chosen)))
            )
        elif moved and row.get(f"{state}Code"):
            kept = {f"{state}Code": row[f"{state}Code"]}
            row.update(_settled(state, kept, listed, problem=_wrong_state(sobject, state, kept, has_country=True)))


def _touches(given: Mapping[str, Any], text: str) -> bool:
    return text in given or f"{text}Code" in given


def _settled(
    text: str, given: Mapping[str, Any], names: Mapping[str, str], *, problem: RefusedError
) -> dict[str, str | None]:
    """Text and code of what was written; a code wins over a text that is written with it."""
    wanted = given[f"{text}Code"] if f"{text}Code" in given else given[text]
    code = next((code for code, name in names.items() if wanted in {code, name}), None)
    if wanted and code is None:
        raise problem
    return {text: names[code] if code else None, f"{text}Code": code}


def _not_listed(text: str) -> RefusedError:
    what, many = ("state", "states") if text.endswith("State") else ("country", "countries")
    said = f"There's a problem with this {what}, even though it may appear correct."
    said += f" Please select a {what} from the list of valid {many}."  # noqa: S608 - a sentence
    return _refused(text, said)


def _wrong_state(sobject: SObject, text: str, given: Mapping[str, Any], *, has_country: bool) -> RefusedError:
    name = f"{text}Code" if f"{text}Code" in given else text
    label = sobject.fields[name].label
    if not has_country:
        return _refused(
            name, f"A country/territory must be specified before specifying a state value for field: {label}"
        )
    if name == text:
        return _not_listed(text)
    said = f"The existing country/territory doesn't recognize the state value for field: {label}"
    return _refused(name, said)


def _refused(name: str, text: str) -> RefusedError:
    return RefusedError(Problem(Code.FIELD_INTEGRITY_EXCEPTION, text, (name,)))
