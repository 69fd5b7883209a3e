// The list of requests, as they are answered, and the details of one.
import {$, ask, decode, guard, make, pretty, reached, short} from './dom.js';

const mostShown = 300; // rows
const mostKept = 10000; // lines to filter and find in
let lines = [];
let chosen = 0;
let last = ''; // id of the last event

const kinds = {
  '': () => true,
  refused: r => r.refused !== '',
  fault: r => r.fault !== '',
  judged: r => r.violations > 0,
};

const target = r => r.path + (r.query && '?' + r.query);

function visible(r) {
  const text = $('#find-request').value.trim().toLowerCase();
  return kinds[$('#show').value](r) && (text === '' || `${r.method} ${target(r)} ${r.status} ${r.operation} ${r.refused}`.toLowerCase().includes(text));
}

export const statusClass = status => status === 0 ? 'odd' : status < 300 ? 'good' : status < 500 ? 'bad' : 'odd';

function note(r) {
  if (r.violations > 0) return make('span', {class: 'odd'}, 'not as the spec says');
  if (r.fault !== '') return make('span', {class: 'odd'}, 'fault: ' + short(r.fault));
  if (r.refused !== '') return make('span', {class: 'bad'}, short(r.refused));
  return make('span', {class: 'quiet'}, r.operation);
}

function row(r) {
  return make('tr', {'data-id': r.id, 'aria-current': r.id === chosen ? 'true' : null, onclick: guard(() => choose(r.id))},
    make('td', {class: 'mono quiet'}, String(r.id)),
    make('td', {}, make('button', {type: 'button', class: 'mono', tabindex: -1, 'aria-label': `Details of request ${r.id}`}, make('b', {}, r.method), ' ' + short(target(r)))),
    make('td', {class: statusClass(r.status)}, r.connectionIsCut ? (r.status || '') + ' cut' : String(r.status)),
    make('td', {class: 'wide quiet'}, `${new Date(r.time).toLocaleTimeString()} · ${(r.duration / 1e6).toFixed(1)} ms`),
    make('td', {}, note(r)));
}

const body = () => $('#log tbody');

// draw draws all rows, or adds those of new lines at the top.
function draw(added) {
  const list = lines.filter(visible);
  const rows = (added ? added.filter(visible) : list).slice(-mostShown).reverse().map(row);
  if (added) body().prepend(...rows);
  else body().replaceChildren(...rows);
  while (body().rows.length > mostShown) body().lastElementChild.remove();
  $('#no-requests').hidden = lines.length > 0;
  $('#log').hidden = list.length === 0;
  $('#log-note').hidden = list.length === lines.length && list.length <= mostShown;
  $('#log-note').textContent = `The last ${Math.min(list.length, mostShown).toLocaleString()} of ${lines.length.toLocaleString()} requests are shown` +
    (list.length === lines.length ? '.' : `; ${list.length.toLocaleString()} fit.`);
  keepOneReachable();
}

// keepOneReachable makes one button of the list reachable with the tabulator key; arrow keys move to the others.
function keepOneReachable(to) {
  const buttons = [...body().querySelectorAll('button')];
  const one = to ?? buttons.find(button => button === document.activeElement) ?? body().querySelector('[aria-current] button') ?? buttons[0];
  for (const button of buttons) button.tabIndex = button === one ? 0 : -1;
}

function move(event) {
  const buttons = [...body().querySelectorAll('button')], at = buttons.indexOf(document.activeElement);
  const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1}[event.key];
  if (to === undefined || !buttons[to]) return;
  event.preventDefault();
  keepOneReachable(buttons[to]);
  buttons[to].focus();
}

function message(title, headers, base64, size) {
  const list = Object.entries(headers ?? {}).sort().flatMap(([name, values]) => values.map(value => `${name}: ${value}`));
  const kept = pretty(decode(base64));
  return [
    make('h3', {}, title), make('pre', {tabindex: 0, 'aria-label': title + ' headers'}, list.join('\n') || '(no headers)'),
    size > 0 ? make('pre', {tabindex: 0, 'aria-label': title + ' body'}, kept || `(${size} bytes, which are no longer in the log)`) : null,
    kept && size > 65536 ? make('p', {class: 'quiet'}, `The log has the first 64 KiB of ${size.toLocaleString()} bytes.`) : null,
  ];
}

// position shows the line of the spec that is violated, and opens the text around it.
function position(violation) {
  const line = make('code', {}, violation.line);
  return violation.spec ? make('details', {}, make('summary', {}, line), make('pre', {tabindex: 0, 'aria-label': 'The spec at ' + violation.line}, violation.spec)) : line;
}

async function choose(id) {
  chosen = id;
  for (const tr of body().rows) tr.toggleAttribute('aria-current', tr.dataset.id === String(id));
  body().querySelector('[aria-current]')?.setAttribute('aria-current', 'true');
  const r = await ask('GET', 'requests/' + id);
  if (chosen !== id) return;
  $('#details').replaceChildren(...[
    make('h3', {}, `${r.id}: ${r.method} ${target(r)}`),
    make('p', {class: statusClass(r.status)}, r.status === 0 ? 'The connection was cut before an answer.' : `Status ${r.status}${r.refused && ': ' + r.refused}${r.connectionIsCut ? '; the connection was cut' : ''}`),
    r.fault ? make('p', {class: 'odd'}, 'Fault: ' + r.fault) : null,
    make('h3', {}, 'Judged by the spec'),
    ...r.verdict.map(v => make('div', {}, make('p', {class: 'odd'}, v.text), position(v))),
    r.unjudged ? make('p', {class: 'quiet'}, r.unjudged) : null,
    r.verdict.length === 0 && !r.unjudged ? make('p', {class: 'good'}, 'Request and answer are as the spec says.') : null,
    ...message('Request', r.requestHeader, r.requestBody, r.requestSize),
    ...message('Answer', r.responseHeader, r.responseBody, r.responseSize),
  ].filter(Boolean));
  $('#details').hidden = false;
}

function forget() {
  [lines, chosen] = [[], 0];
  $('#details').hidden = true;
}

// listen receives the requests as they are answered. A stream that is broken off goes on where it was; a page that is hidden has none, since a
// browser opens few at once.
function listen(changed) {
  const events = new EventSource('api/events?after=' + encodeURIComponent(last));
  events.onopen = () => { $('#live').textContent = 'live'; reached(); changed(); };
  events.onmessage = event => {
    last = event.lastEventId;
    const {begins, lines: added} = JSON.parse(event.data);
    if (begins) forget(); // the numbers begin anew as well
    lines = lines.concat(added).slice(-mostKept);
    draw(begins ? null : added);
    changed();
  };
  events.onerror = () => { $('#live').textContent = 'the sandbox does not answer; trying again'; };
  return events;
}

// start shows the requests, and calls changed after new ones.
export function start(changed) {
  $('#show').addEventListener('change', () => draw());
  $('#find-request').addEventListener('input', () => draw());
  $('#log').addEventListener('keydown', move);
  $('#forget').addEventListener('click', guard(async () => {
    await ask('DELETE', 'requests');
    forget();
    draw();
  }));
  let events = listen(changed);
  document.addEventListener('visibilitychange', () => {
    events.close();
    if (!document.hidden) events = listen(changed);
  });
}
