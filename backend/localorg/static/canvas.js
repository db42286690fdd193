// The embedded app: a fresh signed request is asked of the org and posted into the frame, as the platform does it.

const RETRY_MS = 2000;

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
