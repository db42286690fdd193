// The embedded app: a fresh signed request is asked of the org and posted into the frame, as the platform does it.

const RETRY_MS = 2000;
const HEIGHTS = [300, 4000]; // pixels: an app gets no less and no more, whatever it asks for
let appOrigin; // of the app in the frame
let current; // where a signed request is asked for

const body = document.querySelector('[data-panel]');
const message = body.querySelector('[data-panel-message]');
const frame = body.querySelector('[data-panel-frame]');
const reload = document.querySelector('[data-panel-reload]');

const opening = message.textContent;

function tell(text) {
  message.textContent = text;
  message.classList.toggle('working', text === opening);
  message.hidden = text === '';
  frame.hidden = text !== '';
  reload.hidden = text !== '';
}

// Until the app's page is there, the card says what it waits for; an app that stands there already stays while it is opened anew.
frame.addEventListener('load', () => tell(''));

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
  if (answer.url) appOrigin = new URL(answer.url, window.location).origin;
  if (answer.state === 'ready') {
    if (frame.hidden) tell(opening);
    post(answer.url, answer.signed_request);
  } else if (answer.state === 'approval') {
    if (frame.hidden) tell(opening);
    frame.src = answer.url;
  } else {
    tell(answer.message);
    window.setTimeout(() => openCanvas(address), RETRY_MS);
  }
}

async function refresh(asked, event) {
  const fresh = await (await fetch(current, { method: 'POST' })).json();
  if (fresh.state !== 'ready' || new URL(fresh.url).origin !== event.origin) return;
  const answer = { type: 'callback', seq: asked.seq, status: 200, payload: { response: fresh.signed_request } };
  event.source.postMessage(JSON.stringify({ ...answer, targetModule: 'Canvas' }), event.origin);
}

function resize(asked) {
  const height = Number.parseInt(asked.body.size?.height, 10);
  if (Number.isFinite(height)) frame.style.minHeight = `${Math.min(Math.max(height, HEIGHTS[0]), HEIGHTS[1])}px`;
}

// Salesforce: an app may ask for a new signed request, or for another height (Canvas SDK, refreshSignedRequest and resize).
// Only the app in the frame is heard.
window.addEventListener('message', (event) => {
  if (event.source !== frame.contentWindow || event.origin !== appOrigin) return;
  if (typeof event.data !== 'string' || !event.data.startsWith('{')) return;
  const asked = JSON.parse(event.data);
  if (asked.targetModule !== 'Canvas') return;
  if (asked.body?.type === 'refresh') refresh(asked, event);
  if (asked.body?.type === 'resize') resize(asked);
});
