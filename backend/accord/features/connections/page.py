"""The panel's page and the plain pages around it, as text. Pure: files are read by whoever calls."""

import html
from dataclasses import dataclass
from typing import Any

import orjson

# pages of Salesforce may show our plain pages, which hold nothing; the panel itself names its exact ancestors
ANY_SALESFORCE_PAGE = (
    "https://*.lightning.force.com https://*.my.salesforce.com https://*.vf.force.com https://*.my.site.com"
)
_SCRIPT_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class PanelPage:
    """What the built page is made of: its template, and its import map as JSON text."""

    template: str
    import_map: str

    def render(self, session: dict[str, Any], *, nonce: str) -> str:
        """The page for one sign-in. Values are put in as JSON that cannot end a script element."""
        page = self.template.replace("{{nonce}}", nonce).replace("{{imports}}", _in_script(self.import_map))
        # last, so that nothing a person has typed is looked at for placeholders
        return page.replace("{{session}}", _in_script(orjson.dumps(session).decode()))


def _in_script(json_text: str) -> str:
    return json_text.translate(_SCRIPT_ESCAPES)


def panel_policy(nonce: str, frame_ancestors: str) -> str:
    """The Content Security Policy of the panel."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {frame_ancestors}",
        )
    )


def plain_policy(allowed_loopback: frozenset[str]) -> str:
    """The policy of a page without scripts, which Salesforce may show in its frame."""
    local = "".join(f" http://{entry} https://{entry}" for entry in sorted(allowed_loopback))
    ancestors = f"{ANY_SALESFORCE_PAGE}{local}"
    return f"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"


def plain_page(heading: str, text: str, *, reference: str = "") -> str:
    """A page that says one thing to a person."""
    last = f"<p>Reference for support: {html.escape(reference)}</p>" if reference else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Accord</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{html.escape(heading)}</h1><p>{html.escape(text)}</p>{last}</main></body></html>\n"
    )
