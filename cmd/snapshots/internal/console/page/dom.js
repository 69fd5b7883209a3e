// Functions for all parts of the page: elements, requests to the console, and drawing only what has changed.
// Texts of requests are put into the page as text only, never as HTML.

export const $ = selector => document.querySelector(selector);

// make builds an element: make('td', {class: 'bad'}, 'text', child…).
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child != null));
  return element;
}

const noAnswer = 'The sandbox does not answer.';

// reached removes the message that the sandbox does not answer.
export function reached() {
  if ($('#problem span').textContent === noAnswer) $('#problem').hidden = true;
}

// ask sends a request to the console. Other pages of the browser cannot set the header.
export async function ask(method, path, body) {
  const response = await fetch('api/' + path, {
    method, headers: {'X-Console': '1', ...(body === undefined ? {} : {'Content-Type': 'application/json'})},
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => { throw new Error(noAnswer); });
  const text = await response.text();
  if (!response.ok) throw new Error(text.trim() || response.statusText);
  return text === '' ? null : JSON.parse(text);
}

// guard makes the handler of an action of the user: its error is shown until the next action, or until the sandbox answers again.
export const guard = action => async event => {
  event?.preventDefault();
  $('#problem').hidden = true;
  try { await action(event); }
  catch (error) {
    $('#problem span').textContent = error.message;
    $('#problem').hidden = false;
  }
};

// show draws a list into an element. The element of an item that has not changed stays, and with it focus, selection and text of inputs.
export function show(parent, items, key, draw) {
  const before = new Map([...parent.children].map(child => [child.dataset.key, child]));
  const next = items.map(item => {
    const id = String(key(item)), text = JSON.stringify(item), old = before.get(id);
    if (old?.drawn === text) return old;
    const element = draw(item);
    element.dataset.key = id;
    element.drawn = text;
    return element;
  });
  const kept = new Set(next);
  const focused = document.activeElement;
  const lost = parent.contains(focused) && ![...kept].some(child => child.contains(focused)) ? focused : null;
  for (const child of before.values()) if (!kept.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const child of next) {
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
  if (lost) focusInstead(parent, lost);
}

// focusInstead moves the focus of an element that was drawn anew to the one that replaces it, or to its part of the page.
function focusInstead(parent, lost) {
  const label = lost.getAttribute('aria-label');
  const same = label && [...parent.querySelectorAll('[aria-label]')].find(element => element.getAttribute('aria-label') === label);
  (same || parent.closest('section')).focus({preventScroll: true});
}

// short returns the beginning of a long text.
export const short = (text, most = 200) => text.length > most ? text.slice(0, most) + '…' : text;

// pretty writes JSON with line breaks, and any other text as it is.
export function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

// decode reads a body of the log, which is base64.
export function decode(base64) {
  return base64 ? new TextDecoder().decode(Uint8Array.from(atob(base64), c => c.charCodeAt(0))) : '';
}
