// The embedded app: a fresh signed request is asked of the org and posted into the frame, as the platform does it.

const RETRY_MS = 2000;
let current; // where a signed request is asked for

const body = document.querySelector('[data-panel]');
const message = body.querySelector('[data-panel-message]');
const frame = body.querySelector('[data-panel-frame]');
const reload = document.querySelector('[data-panel-reload]');

function tell(text) {
  message.textContent = text;
  message.hidden = text === '';
  frame.hidden = text !== '';
  reload.hidden = text !== '';
}

function post(url, signedRequest) {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  form.target = frame.name;
  form.hidden = true;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'signed_request';
  field.value = signedRequest;
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}

export async function openCanvas(address) {
  current = address;
  reload.onclick = () => openCanvas(address);
  let answer;
  try {
    answer = await (await fetch(address, { method: 'POST' })).json();
  } catch {
    answer = { state: 'waiting', message: 'The org does not answer. Trying again…' };
  }
  if (answer.state === 'ready') {
    tell('');
    post(answer.url, answer.signed_request);
  } else if (answer.state === 'approval') {
    tell('');
    frame.src = answer.url;
  } else {
    tell(answer.message);
    window.setTimeout(() => openCanvas(address), RETRY_MS);
  }
}

// Salesforce: an app may ask for a new signed request (Canvas SDK, refreshSignedRequest). Only the app in the frame is answered.
window.addEventListener('message', async (event) => {
  if (event.source !== frame.contentWindow || typeof event.data !== 'string' || !event.data.startsWith('{')) return;
  const asked = JSON.parse(event.data);
  if (asked.targetModule !== 'Canvas' || asked.body?.type !== 'refresh') return;
  const fresh = await (await fetch(current, { method: 'POST' })).json();
  if (fresh.state !== 'ready' || new URL(fresh.url).origin !== event.origin) return;
  const answer = { type: 'callback', seq: asked.seq, status: 200, payload: { response: fresh.signed_request } };
  event.source.postMessage(JSON.stringify({ ...answer, targetModule: 'Canvas' }), event.origin);
});
