// Flow buttons: the org makes the callout; its answer, or the fault that a flow would see, is shown on the page.

const result = document.querySelector('[data-flow-result]');

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function shown(title, value) {
  const box = element('details');
  box.append(element('summary', title), element('pre', typeof value === 'string' ? value : JSON.stringify(value, null, 2)));
  return box;
}

function show(label, ended) {
  const failed = ended.end !== 'finished';
  const head = element('header', undefined, 'card-head');
  const close = element('button', 'Close', 'quiet');
  close.type = 'button';
  close.addEventListener('click', () => {
    result.hidden = true;
    document.querySelector(`[data-flow="${CSS.escape(ended.flow)}"]`)?.focus();
  });
  head.append(element('h2', failed ? `${label}: fault` : label), close);
  const text = element('p', ended.message, failed ? 'outcome bad' : 'outcome good');
  const parts = [head, text];
  if (ended.answer !== null && ended.answer !== undefined) {
    const answer = shown(ended.status ? `Answer (${ended.status})` : 'Answer', ended.answer);
    answer.open = true;
    parts.push(answer);
  }
  if (ended.sent !== null && ended.sent !== undefined) parts.push(shown('What was sent', ended.sent));
  result.classList.toggle('failed', failed);
  result.replaceChildren(...parts);
  result.hidden = false;
}

async function run(button, address) {
  const flow = button.dataset.flow;
  const label = button.textContent;
  button.disabled = true;
  button.textContent = `${label}…`;
  try {
    const answer = await fetch(`${address}/${encodeURIComponent(flow)}`, { method: 'POST' });
    show(label, { ...(await answer.json()), flow });
  } catch {
    show(label, { end: 'fault', message: 'The org does not answer.', flow });
  } finally {
    button.disabled = false;
    button.textContent = label;
    button.focus();
  }
}

/** The buttons come disabled, so that nobody presses one before it can answer. */
export function offerFlows(address) {
  document.querySelectorAll('[data-flow]').forEach((button) => {
    button.addEventListener('click', () => run(button, address));
    button.disabled = false;
  });
}
