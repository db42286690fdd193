"""The pages on which an administrator connects an org, as text: no script, for keyboards and screen readers. Pure."""

import html
from datetime import datetime
from typing import Final

from accord.features.connections.model import Connection, NewClient
from accord.features.connections.trust.model import ShownCertificate, Step, TrustSession
from accord.features.connections.trust.rules import CONNECT_PATH

STEPS = ("Enter the code", "Sign in to Salesforce", "Check the org", "Register the certificate")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f3f3f3; color: #181818 }
main { max-width: 42rem; margin: 2rem auto; padding: 1.5rem 2rem; background: #fff; border: 1px solid #c9c9c9 }
h1 { font-size: 1.4rem }
ol { padding-left: 1.2rem }
[aria-current], dt { font-weight: 700 }
dd { margin: 0 0 .5rem; overflow-wrap: anywhere }
label { display: block; font-weight: 700; margin: 1rem 0 .3rem }
input { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; border: 1px solid #747474 }
button, a.button { display: inline-block; margin: 1rem .5rem 0 0; padding: .5rem 1rem; font: inherit; cursor: pointer;
  border: 1px solid #0b5cab; border-radius: .25rem; background: #0b5cab; color: #fff; text-decoration: none }
button.second { background: #fff; color: #0b5cab }
.error { border-left: .3rem solid #ba0517; padding: .5rem 1rem; background: #fef1ee }
.done { border-left: .3rem solid #2e844a; padding: .5rem 1rem; background: #ebf7e6 }
:focus-visible { outline: 3px solid #1b96ff; outline-offset: 2px }
"""


def policy(nonce: str) -> str:
    """No script, no frame, forms to ourselves alone."""
    return f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def code_page(*, nonce: str, alert: str = "") -> str:
    body = (
        "<p>Whoever runs Accord has given you a one-time code. With it you connect your Salesforce org, or decide about"
        " an org that is connected.</p>"
        f'<form method="post" action="{CONNECT_PATH}"><label for="code">One-time code</label>'
        '<input type="text" id="code" name="code" required maxlength="200" autocomplete="off" spellcheck="false">'
        "<button>Continue</button></form>"
    )
    return _page("Connect a Salesforce org", 0, body, nonce=nonce, alert=alert)


def leave_page(authorize_url: str, *, host: str, nonce: str) -> str:
    """The way to Salesforce is a link: the person sees where it goes."""
    body = (
        f"<p>Sign in as an administrator of the org. You go to <strong>{_e(host)}</strong> and come back here;"
        " Accord never sees your password and keeps nothing of this sign-in.</p>"
        f'<p><a class="button" href="{_e(authorize_url)}" rel="noreferrer">Sign in to Salesforce</a></p>'
        "<p>You have ten minutes, in this browser.</p>"
    )
    return _page("Connect a Salesforce org", 1, body, nonce=nonce)


def step_page(at: TrustSession, *, nonce: str, alert: str = "") -> str:
    match at.step:
        case Step.CONNECT:
            return _page("Is this the right org?", 2, _connect(at), nonce=nonce, alert=alert)
        case Step.CONFIRM:
            return _page("This connection is on hold", 2, _confirm(at), nonce=nonce, alert=alert)
    return _page("Register the org's certificate", 3, _facts(at) + _upload(at), nonce=nonce, alert=alert)


def connected_page(at: TrustSession, client: NewClient, *, nonce: str) -> str:
    body = (
        f'<p class="done" role="status">{_e(at.proof.org_name)} is connected.</p>'
        "<p>Put this login into the external credential <strong>Accord_Flow</strong>. It is shown this once:</p>"
        f"<dl><dt>Client id</dt><dd><code>{_e(client.client_id)}</code></dd>"
        f"<dt>Client secret</dt><dd><code>{_e(client.secret.reveal())}</code></dd></dl>"
        f"{_upload(at)}"
    )
    return _page("The org is connected", 3, body, nonce=nonce)


def certificate_page(at: TrustSession, shown: ShownCertificate, *, nonce: str) -> str:
    body = (
        "<p>Compare this fingerprint with the one of the file that you downloaded (SHA-256). Apex of"
        f" {_e(at.proof.org_name)} will sign with this certificate.</p>"
        f"<dl><dt>SHA-256 fingerprint</dt><dd><code>{_colons(shown.fingerprint)}</code></dd>"
        f"<dt>Ends on</dt><dd>{_day(shown.not_after)}</dd></dl>"
        f'<form method="post" action="{CONNECT_PATH}/certificate">{_token(at)}'
        f'<input type="hidden" name="pem" value="{_e(shown.pem)}">'
        f'<input type="hidden" name="fingerprint" value="{_e(shown.fingerprint)}">'
        f"{_key_id()}<button>Register this certificate</button></form>{_end(at, 'Leave it out')}"
    )
    return _page("Register the org's certificate", 3, body, nonce=nonce)


def done_page(heading: str, text: str, *, nonce: str) -> str:
    return _page(
        heading, len(STEPS), f'<p class="done" role="status">{_e(text)}</p><p>You can close this window.</p>',
        nonce=nonce,
    )  # fmt: skip


# what ending the connection here leaves behind, in words for who decides it
WHAT_STAYS: Final = (
    "Nothing is deleted: plans, settings, the audit, the copies of this org's data and what waits to be written stay"
    " with Accord, and nothing more is read or written. Whoever runs Accord deletes the copies with the command accord"
    " disconnect, and gives you its receipt."
)


def _connect(at: TrustSession) -> str:
    return (
        f"{_facts(at)}<p>This is what Salesforce answered. Once connected, Accord works with this org.</p>"
        f'<form method="post" action="{CONNECT_PATH}/decision">{_token(at)}'
        '<button name="decision" value="connect">Connect this org</button>'
        '<button class="second" name="decision" value="leave">Cancel</button></form>'
    )


def _confirm(at: TrustSession) -> str:
    assert at.connection is not None
    return (
        f"{_facts(at)}<p>{_why(at.connection, at.proof.org_id)} Nothing has been written since.</p>"
        f"<p>Disconnect ends every login that Accord has here, for good. {_e(WHAT_STAYS)}</p>"
        f'<form method="post" action="{CONNECT_PATH}/decision">{_token(at)}'
        '<button name="decision" value="go_on">Go on with this org</button>'
        '<button class="second" name="decision" value="disconnect">Disconnect</button></form>'
    )


def _why(connection: Connection, proved: str) -> str:
    if connection.found_org_id is None:
        return "The connection was put on hold by hand."
    if proved == connection.org_id:
        return (
            f"A login led to another org ({_e(connection.found_org_id)}); you are an administrator of the org that was"
            f" connected ({_e(connection.org_id)})."
        )
    return (
        f"The connection was made for the org {_e(connection.org_id)}; its login now leads to {_e(proved)}, as after a"
        " refreshed sandbox. If you go on, what waits is written there, members connect their own logins again and the"
        " certificate is registered again."
    )


def _facts(at: TrustSession) -> str:
    proof = at.proof
    kind = "Sandbox" if proof.is_sandbox else "Production (or a developer org)"
    return (
        f"<dl><dt>Org</dt><dd>{_e(proof.org_name)} ({_e(proof.org_id)})</dd><dt>Kind</dt><dd>{kind}</dd>"
        f"<dt>Address</dt><dd>{_e(proof.instance_url)}</dd><dt>You are</dt><dd>{_e(proof.user_name)}</dd></dl>"
    )


def _upload(at: TrustSession) -> str:
    return (
        "<p>So that the Lightning panel can sign in, give Accord the certificate that Apex signs with: Setup,"
        " Certificate and Key Management, Download Certificate. Only the public part leaves the org.</p>"
        f'<form method="post" action="{CONNECT_PATH}/certificate" enctype="multipart/form-data">{_token(at)}'
        '<label for="certificate">Certificate file (.crt)</label>'
        '<input type="file" id="certificate" name="certificate" accept=".crt,.cer,.pem" required>'
        f"<button>Show its fingerprint</button></form>{_end(at, 'Finish without a certificate')}"
    )


def _end(at: TrustSession, words: str) -> str:
    return (
        f'<form method="post" action="{CONNECT_PATH}/decision">{_token(at)}'
        f'<button class="second" name="decision" value="leave">{_e(words)}</button></form>'
    )


def _key_id() -> str:
    return (
        '<label for="key_id">Its unique name in the org</label>'
        '<input type="text" id="key_id" name="key_id" value="Accord_JWT" required maxlength="255">'
    )


def _token(at: TrustSession) -> str:
    return f'<input type="hidden" name="form_token" value="{_e(at.form_token)}">'


def _page(heading: str, step: int, body: str, *, nonce: str, alert: str = "") -> str:
    current = ("<li>", '<li aria-current="step">')
    steps = "".join(f"{current[number == step]}{_e(text)}</li>" for number, text in enumerate(STEPS))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>'
        f'{_e(heading)} - Accord</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style nonce="{_e(nonce)}">{_STYLE}</style></head><body><main><h1>{_e(heading)}</h1>'
        f'<nav aria-label="Steps"><ol>{steps}</ol></nav>{alert}{body}</main></body></html>\n'
    )


def alert_box(error: str, reference: str) -> str:
    """What went wrong, in front of the step that is to be done again."""
    return f'<div class="error" role="alert"><p>{_e(error)}</p><p>Reference for support: {_e(reference)}</p></div>'


def _colons(fingerprint: str) -> str:
    text = fingerprint.upper()
    return ":".join(text[place : place + 2] for place in range(0, len(text), 2))


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _e(text: str) -> str:
    return html.escape(text)
