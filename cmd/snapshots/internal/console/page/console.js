// The console of the sandbox: what came in, what is known, what goes wrong on demand, and a form for each operation.
// Texts of requests are put into the page as text only, never as HTML.

const $ = selector => document.querySelector(selector);

// make builds an element: make('td', {class: 'bad'}, 'text', child…).
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child != null));
  return element;
}

// ask calls the console's own interface. The header keeps other pages of the browser from doing the same.
async function ask(method, path, body) {
  const response = await fetch('api/' + path, {
    method, headers: {'X-Console': '1', ...(body === undefined ? {} : {'Content-Type': 'application/json'})},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text.trim() || response.statusText);
  return text === '' ? null : JSON.parse(text);
}

// guard shows what goes wrong.
const guard = action => async event => {
  event?.preventDefault();
  try { $('#problem').hidden = true; await action(event); }
  catch (error) { $('#problem').textContent = error.message; $('#problem').hidden = false; }
};

/* ---- requests ---- */

const shown = 300; // rows of the log
let requests = [];
let chosen = 0;

const visible = {
  '': () => true,
  refused: r => r.refused !== '',
  fault: r => r.fault !== '',
  judged: r => r.verdict.length > 0,
};

function statusClass(status) { return status === 0 ? 'odd' : status < 300 ? 'good' : status < 500 ? 'bad' : 'odd'; }

function note(r) {
  if (r.verdict.length > 0) return make('span', {class: 'odd'}, 'not as the spec says');
  if (r.fault !== '') return make('span', {class: 'odd'}, 'fault: ' + r.fault);
  if (r.refused !== '') return make('span', {class: 'bad'}, r.refused);
  return make('span', {class: 'quiet'}, r.operation);
}

function row(r) {
  const select = () => choose(r.id);
  return make('tr', {'data-id': r.id, class: r.id === chosen ? 'chosen' : null, onclick: select},
    make('td', {class: 'mono'}, String(r.id)),
    make('td', {}, make('button', {type: 'button', class: 'mono', 'aria-label': `Details of request ${r.id}`}, `${r.method} ${r.path}${r.query && '?' + r.query}`)),
    make('td', {class: statusClass(r.status)}, r.connectionIsCut ? (r.status || '') + ' cut' : String(r.status)),
    make('td', {class: 'wide quiet'}, `${new Date(r.time).toLocaleTimeString()} · ${(r.duration / 1e6).toFixed(1)} ms`),
    make('td', {}, note(r)));
}

function drawRequests() {
  const rows = requests.filter(visible[$('#show').value]).slice(-shown).reverse();
  $('#no-requests').hidden = requests.length > 0;
  $('#log').hidden = requests.length === 0;
  $('#log tbody').replaceChildren(...rows.map(row));
}

function add(r) {
  requests.push(r);
  if (requests.length > 2000) requests = requests.slice(-1000);
  $('#no-requests').hidden = true;
  $('#log').hidden = false;
  if (!visible[$('#show').value](r)) return;
  const body = $('#log tbody');
  body.prepend(row(r));
  if (body.rows.length > shown) body.lastElementChild.remove();
}

function text(base64) {
  if (!base64) return '';
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  const plain = new TextDecoder().decode(bytes);
  try { return JSON.stringify(JSON.parse(plain), null, 2); } catch { return plain; }
}

function message(title, headers, body, size) {
  const lines = Object.entries(headers ?? {}).sort().flatMap(([name, values]) => values.map(value => `${name}: ${value}`));
  const kept = text(body);
  return [
    make('h3', {}, title), make('pre', {tabindex: 0}, lines.join('\n') || '(no headers)'),
    size > 0 ? make('pre', {tabindex: 0}, kept || `(${size} bytes, which the log does not keep any more)`) : null,
  ];
}

function choose(id) {
  const r = requests.find(r => r.id === id);
  if (!r) return;
  chosen = id;
  for (const tr of $('#log tbody').rows) tr.className = tr.dataset.id === String(id) ? 'chosen' : '';
  $('#details').replaceChildren(...[
    make('h3', {}, `${r.id}: ${r.method} ${r.path}`),
    make('p', {class: statusClass(r.status)}, r.status === 0 ? 'The connection was cut before an answer.' : `Status ${r.status}${r.refused && ': ' + r.refused}${r.connectionIsCut ? '; the connection was cut' : ''}`),
    r.fault ? make('p', {class: 'odd'}, 'Fault: ' + r.fault) : null,
    make('h3', {}, 'Judged by the spec'),
    r.unjudged ? make('p', {class: 'quiet'}, r.unjudged) : null,
    ...(r.verdict.length > 0 ? r.verdict.map(v => make('p', {class: 'odd'}, v.text + ' ', v.line ? make('code', {}, v.line) : null)) : r.unjudged ? [] : [make('p', {class: 'good'}, 'Request and answer are as the spec says.')]),
    ...message('Request', r.requestHeader, r.requestBody, r.requestSize),
    ...message('Answer', r.responseHeader, r.responseBody, r.responseSize),
  ].filter(Boolean));
  $('#details').hidden = false;
}

/* ---- state ---- */

function table(title, head, rows) {
  return [make('h3', {}, `${title} (${rows.length})`), rows.length === 0 ? make('p', {class: 'empty'}, 'none') :
    make('table', {}, make('thead', {}, make('tr', {}, ...head.map(h => make('th', {}, h)))), make('tbody', {}, ...rows))];
}

const cells = (...values) => values.map(v => make('td', {}, v instanceof Node ? v : String(v ?? '')));

function pushButtons(p) {
  const set = status => guard(async () => { await ask('POST', `pushes/${encodeURIComponent(p.id)}`, {status}); await drawState(); });
  if (['completed', 'failed'].includes(p.status)) return '';
  return make('span', {class: 'bar'},
    make('button', {type: 'button', onclick: set('completed'), 'aria-label': `Finish push ${p.id}`}, 'Finish'),
    make('button', {type: 'button', onclick: set('failed'), 'aria-label': `Fail push ${p.id}`}, 'Fail'));
}

async function drawState() {
  const {state, faults} = await ask('GET', 'state');
  const names = Object.fromEntries((state.snapshots ?? []).map(s => [s.id, s.name]));
  const kept = document.activeElement?.getAttribute('aria-label');
  $('#tables').replaceChildren(
    ...table('Snapshots', ['Name', 'Id', 'Type', 'Agency'], (state.snapshots ?? []).map(s => make('tr', {}, ...cells(s.name, make('code', {}, s.id), s.type, s.companyId)))),
    ...table('Share links', ['Link', 'Snapshot', 'Type', 'Superseded by'], (state.links ?? []).map(l => make('tr', {class: l.supersededBy ? 'quiet' : null}, ...cells(make('code', {}, l.id), names[l.snapshotId] ?? l.snapshotId, l.shareType, l.supersededBy ?? '')))),
    ...table('Pushes', ['Push', 'Snapshot', 'Sub-account', 'Status', ''], (state.pushes ?? []).map(p => make('tr', {'data-push': p.id}, ...cells(make('code', {}, p.id), names[p.snapshotId] ?? p.snapshotId, p.locationId, `${p.status} (${(p.completed ?? []).length} of ${(p.completed ?? []).length + (p.pending ?? []).length})`, pushButtons(p))))),
    ...table('Sub-accounts', ['Name', 'Id', 'Agency'], (state.locations ?? []).map(l => make('tr', {}, ...cells(l.name, make('code', {}, l.id), l.companyId)))),
    make('form', {id: 'push', onsubmit: guard(async event => {
      await ask('POST', 'pushes', Object.fromEntries(new FormData(event.target)));
      await drawState();
    })},
    make('h3', {}, 'Begin a push'),
    make('label', {}, make('span', {}, 'Snapshot'), make('select', {name: 'snapshotId'}, ...(state.snapshots ?? []).map(s => make('option', {value: s.id}, s.name)))),
    make('label', {}, make('span', {}, 'Sub-account'), make('input', {name: 'locationId', value: state.locations?.[0]?.id ?? 'location-1'})),
    make('button', {}, 'Begin')));
  if (kept) [...$('#tables').querySelectorAll('[aria-label]')].find(e => e.getAttribute('aria-label') === kept)?.focus();
  $('#active').replaceChildren(...(faults.length === 0 ? [make('li', {class: 'empty'}, 'Nothing goes wrong on demand.')] : faults.map(f => make('li', {'data-fault': f.id},
    make('span', {}, make('code', {}, describe(f.fault)), ` met ${f.met}, ${f.left < 0 ? 'until lifted' : f.left + ' to come'}`),
    make('button', {type: 'button', 'aria-label': `Lift ${f.id}`, onclick: guard(async () => { await ask('DELETE', 'faults/' + f.id); await drawState(); })}, 'Lift')))));
}

function describe(fault) {
  return Object.entries(fault).filter(([name]) => name !== 'times').map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ');
}

/* ---- faults ---- */

// kinds turn the value of the form into fields of a fault.
const kinds = {
  status: {example: '500', read: value => ({status: Number(value)})},
  '429 and Retry-After': {example: '2s', read: value => ({status: 429, retryAfter: value})},
  delay: {example: '3s', read: value => ({delay: value})},
  'cut after bytes': {example: '10', read: value => ({cut: Number(value)})},
  'cut at once': {example: '', read: () => ({cut: -1})},
  body: {example: '<html>not JSON</html>', read: value => ({body: value})},
  header: {example: 'X-Name: value', read: value => { const at = value.indexOf(':'); return {header: {[value.slice(0, at).trim()]: value.slice(at + 1).trim()}}; }},
  'wrong types': {example: '', read: () => ({wrongTypes: true})},
  redirect: {example: 'https://example.com/', read: value => ({redirect: value})},
};

const presets = {
  '429s until lifted': {status: 429, retryAfter: '1s', times: -1},
  'Half of all fail': {status: 503, rate: 0.5, seed: 1, times: -1},
  'Slow': {delay: '2s', times: -1},
};

async function addFault(fault) { await ask('POST', 'faults', fault); await drawState(); }

function setUpFaults() {
  const form = $('#fault');
  form.elements.kind.append(...Object.keys(kinds).map(kind => make('option', {}, kind)));
  const example = () => { form.elements.value.value = kinds[form.elements.kind.value].example; form.elements.value.disabled = form.elements.value.value === ''; };
  form.elements.kind.addEventListener('change', example);
  example();
  form.addEventListener('submit', guard(async () => {
    const often = Number(form.elements.often.value);
    await addFault({
      ...kinds[form.elements.kind.value].read(form.elements.value.value), operation: form.elements.operation.value,
      ...(often > 0 && often < 1 ? {rate: often, seed: 1, times: -1} : {times: often}),
    });
  }));
  $('#presets').append(
    ...Object.entries(presets).map(([name, fault]) => make('button', {type: 'button', onclick: guard(() => addFault(fault))}, name)),
    make('button', {type: 'button', onclick: guard(async () => { await ask('DELETE', 'faults'); await drawState(); })}, 'Lift all'));
}

/* ---- calls ---- */

let operations = [];
let as = 'go';

function values() {
  const out = {};
  for (const input of $('#form').querySelectorAll('[name]')) if (input.value !== '') out[input.name] = input.value;
  return out;
}

function drawForm() {
  const operation = operations.find(o => o.id === $('#operation').value);
  $('#form').replaceChildren(
    make('p', {class: 'quiet'}, operation.summary + ' ', operation.docs ? make('a', {href: operation.docs, rel: 'noreferrer', target: '_blank'}, 'documentation') : null),
    ...operation.inputs.map(input => make('label', {}, make('span', {}, input.name + (input.required ? ' *' : ''), make('small', {}, `${input.in} · ${input.type}`)),
      input.values?.length ? make('select', {name: `${input.in} ${input.name}`, title: input.description}, ...(input.required ? [] : [make('option', {value: ''}, '')]), ...input.values.map(v => make('option', {selected: v === input.example}, v)))
        : make('input', {name: `${input.in} ${input.name}`, value: input.example, title: input.description, autocomplete: 'off'}))),
    make('button', {class: 'main'}, 'Send'));
  $('#answer').hidden = true;
  drawCall();
}

const drawCall = guard(async () => {
  const call = await ask('POST', 'call', {operation: $('#operation').value, values: values()});
  $('#as').textContent = call[as] || 'There is none for this operation.';
});

async function send() {
  const call = await ask('POST', 'call', {operation: $('#operation').value, values: values()});
  const response = await fetch(call.path, {method: call.method, headers: call.headers, body: call.body || undefined, redirect: 'manual'});
  const answer = await response.text();
  let pretty = answer;
  try { pretty = JSON.stringify(JSON.parse(answer), null, 2); } catch { /* it is shown as it is */ }
  $('#answer').textContent = `${response.status || 'redirected'}\n${pretty}`;
  $('#answer').hidden = false;
}

async function setUpCalls() {
  operations = await ask('GET', 'operations');
  for (const select of [$('#operation'), $('#fault').elements.operation]) select.append(...operations.map(o => make('option', {value: o.id}, `${o.method} ${o.path}`)));
  $('#operation').addEventListener('change', drawForm);
  $('#form').addEventListener('input', drawCall);
  $('#form').addEventListener('submit', guard(send));
  for (const button of document.querySelectorAll('[data-as]')) button.addEventListener('click', () => {
    as = button.dataset.as;
    for (const other of document.querySelectorAll('[data-as]')) other.setAttribute('aria-pressed', String(other === button));
    drawCall();
  });
  $('#copy').addEventListener('click', guard(() => navigator.clipboard.writeText($('#as').textContent)));
  drawForm();
}

/* ---- begin ---- */

function listen() {
  const events = new EventSource('api/events');
  let due = 0;
  events.onopen = guard(async () => {
    $('#live').textContent = 'live';
    requests = []; // what comes meanwhile is added to it
    const kept = await ask('GET', 'requests');
    const last = kept.at(-1)?.id ?? 0;
    requests = [...kept, ...requests.filter(r => r.id > last)];
    drawRequests();
    await drawState();
  });
  events.onmessage = event => {
    const r = JSON.parse(event.data);
    if (requests.length > 0 && r.id <= requests.at(-1).id) return;
    add(r);
    clearTimeout(due);
    due = setTimeout(guard(drawState), 100);
  };
  events.onerror = () => { $('#live').textContent = 'the sandbox does not answer; trying again'; };
}

$('#address').textContent = location.origin;
$('#show').addEventListener('change', drawRequests);
$('#forget').addEventListener('click', guard(async () => { await ask('DELETE', 'requests'); requests = []; $('#details').hidden = true; drawRequests(); }));
setUpFaults();
guard(setUpCalls)();
listen();
