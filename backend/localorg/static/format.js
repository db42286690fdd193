// Values as the viewing user reads them: the server writes them plainly, the browser knows every locale and time zone.

// The platform has locales such as de_DE_EURO; a browser knows language and country.
const locale = (document.body.dataset.locale || 'en_US').split('_').slice(0, 2).join('-');
const timeZone = document.body.dataset.timeZone || 'UTC';

// A date has no time zone: it is formatted as the day that it names, wherever the user is.
const formats = {
  date: (text) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`)),
  datetime: (text) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(text)),
  currency: (text, currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(text)),
  number: (text) => new Intl.NumberFormat(locale).format(Number(text)),
  percent: (text) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(Number(text) / 100),
};

function formatOne(element) {
  const raw = element.getAttribute('datetime') ?? element.getAttribute('value');
  try {
    element.textContent = formats[element.dataset.as](raw, element.dataset.currency);
  } catch {
    element.textContent = raw; // an unknown currency or locale: the plain value is better than none
  }
}

export function formatValues(root) {
  root.querySelectorAll('[data-as]').forEach(formatOne);
}
