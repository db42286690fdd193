// Follows the org's journal: whenever something of this page was committed, fetches the page again and swaps in what differs.

import { formatValues } from './format.js';

const state = document.querySelector('[data-live-state]');

function tell(text) {
  state.textContent = text;
  state.hidden = text === '';
}

function textOfFields(region) {
  const items = region.matches('[data-field]') ? [region] : region.querySelectorAll('[data-field]');
  return new Map([...items].map((item) => [item.dataset.field, item.textContent]));
}

function itemsOf(region) {
  return new Set([...region.querySelectorAll('[data-item]')].map((item) => item.dataset.item));
}

function mark(element) {
  element.classList.add('changed');
  element.addEventListener('animationend', () => element.classList.remove('changed'), { once: true });
}

function swap(old, fresh) {
  formatValues(fresh);
  if (old.innerHTML === fresh.innerHTML) {
    return;
  }
  const [fields, items] = [textOfFields(old), itemsOf(old)];
  const open = new Set([...old.querySelectorAll('[data-item] details[open]')].map((one) => one.closest('[data-item]').dataset.item));
  old.replaceChildren(...fresh.childNodes);
  const shown = old.matches('[data-field]') ? [old] : old.querySelectorAll('[data-field]');
  shown.forEach((item) => fields.has(item.dataset.field) && fields.get(item.dataset.field) !== item.textContent && mark(item));
  old.querySelectorAll('[data-item]').forEach((item) => {
    if (!items.has(item.dataset.item)) mark(item);
    if (open.has(item.dataset.item)) item.querySelector('details').open = true;
  });
}

async function refresh() {
  const answer = await fetch(window.location.href, { headers: { Accept: 'text/html' } });
  if (answer.status === 404) {
    window.location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  document.title = page.title;
  document.querySelectorAll('[data-live]').forEach((region) => {
    const fresh = page.querySelector(`[data-live="${region.dataset.live}"]`);
    if (fresh) swap(region, document.adoptNode(fresh));
  });
}

// Changes that arrive while one refresh is under way are all in the next one.
let running = null;
let again = false;
async function refreshSoon() {
  if (running) {
    again = true;
    return;
  }
  running = refresh().catch(() => tell('The org does not answer. Trying again…'));
  await running;
  running = null;
  if (again) {
    again = false;
    refreshSoon();
  }
}

export function follow(url) {
  let after = document.body.dataset.after;
  let source = null;
  const open = () => {
    source = new EventSource(`${url}?after=${after}`);
    source.addEventListener('open', () => tell(''));
    source.addEventListener('changed', (event) => {
      after = event.lastEventId;
      refreshSoon();
    });
    source.addEventListener('error', () => tell('The connection to the org is lost. Trying again…'));
  };
  // a hidden tab gives its connection back: a browser has six of them for an org
  document.addEventListener('visibilitychange', () => {
    source?.close();
    if (!document.hidden) open();
  });
  if (!document.hidden) open();
}
