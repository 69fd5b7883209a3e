// The tables of the state, and the active faults.
import {$, ask, guard, make, short, show} from './dom.js';

const cells = (...values) => values.map(v => make('td', {}, v instanceof Node ? v : short(String(v ?? ''))));
const code = text => make('code', {}, short(text));

function pushButtons(p) {
  if (['completed', 'failed'].includes(p.status)) return null;
  const set = status => guard(async () => { await ask('POST', `pushes/${encodeURIComponent(p.id)}`, {status}); await refresh(); });
  return make('span', {class: 'buttons'},
    make('button', {type: 'button', onclick: set('completed'), 'aria-label': `Finish push ${p.id}`}, 'Finish'),
    make('button', {type: 'button', onclick: set('failed'), 'aria-label': `Fail push ${p.id}`}, 'Fail'));
}

const status = p => make('div', {class: 'buttons'}, make('span', {}, short(loaded(p))), pushButtons(p));
const loaded = p => `${p.status} (${(p.completed ?? []).length} of ${(p.completed ?? []).length + (p.pending ?? []).length})`;

const tables = {
  snapshots: {
    title: 'Snapshots', head: ['Name', 'Id', 'Type', 'Agency'], key: s => s.companyId + '/' + s.id,
    row: s => make('tr', {}, ...cells(s.name, code(s.id), s.type), agency(s.companyId)),
  },
  links: {
    title: 'Share links', head: ['Link', 'Snapshot', 'Type', 'Superseded by'], key: l => l.id,
    row: l => make('tr', {class: l.supersededBy ? 'quiet' : null}, ...cells(code(l.id), l.snapshot, l.shareType, l.supersededBy ? code(l.supersededBy) : '')),
  },
  pushes: {
    title: 'Pushes', head: ['Push', 'Snapshot', 'Sub-account', 'Status'], key: p => p.id,
    row: p => make('tr', {'data-push': p.id}, ...cells(code(p.id), p.snapshot, code(p.locationId), status(p))),
  },
  locations: {
    title: 'Sub-accounts', head: ['Name', 'Id', 'Agency'], key: l => l.id,
    row: l => make('tr', {}, ...cells(l.name + (l.paused ? ' (paused)' : ''), code(l.id)), agency(l.companyId)),
  },
};

const heading = text => make('th', {class: text === 'Agency' ? 'wide' : null}, text);
const agency = id => make('td', {class: 'wide'}, short(id));

function setUpTables() {
  for (const [name, table] of Object.entries(tables)) {
    $('#tables').append(make('div', {id: 'table-' + name}, make('h3', {}, table.title), make('p', {class: 'quiet'}),
      make('div', {class: 'rows'}, make('table', {}, make('thead', {}, make('tr', {}, ...table.head.map(heading))), make('tbody')))));
  }
}

// extent describes how much of a table is shown.
function extent(shown, found, total) {
  if (total === 0) return 'none';
  if (found < total) return shown < found ? `The newest ${shown} of ${found.toLocaleString()} that fit are shown.` : `${found} of ${total.toLocaleString()} fit.`;
  return shown < total ? `The newest ${shown} are shown; find others by a text.` : '';
}

function draw(state) {
  const names = Object.fromEntries(state.choices.map(s => [s.id, s.name]));
  for (const [name, table] of Object.entries(tables)) {
    const {rows, found, total} = state[name], part = $('#table-' + name);
    const views = rows.map(r => ({...r, snapshot: names[r.snapshotId] ?? r.snapshotId, paused: state.paused.includes(r.id)}));
    show(part.querySelector('tbody'), views, table.key, table.row);
    part.querySelector('table').hidden = rows.length === 0;
    part.querySelector('h3').textContent = `${table.title} (${total.toLocaleString()})`;
    part.querySelector('p').textContent = extent(rows.length, found, total);
  }
  const form = $('#push');
  show(form.elements.snapshotId, state.choices, s => s.companyId + '/' + s.id, s => make('option', {value: s.id}, short(s.name)));
  if (!form.dataset.begun) {
    form.dataset.begun = 'yes'; // from now on only the user changes it
    form.elements.locationId.value ||= state.locations.rows.at(-1)?.id ?? 'location-1';
  }
  $('#no-faults').hidden = state.faults.length > 0;
  show($('#active'), state.faults, f => f.id, f => make('li', {'data-fault': f.id},
    make('span', {}, code(describe(f.fault)), ` met ${f.met}, ${f.left < 0 ? 'until lifted' : f.left + ' to come'}`),
    make('button', {type: 'button', 'aria-label': `Lift ${f.id}`, onclick: guard(async () => { await ask('DELETE', 'faults/' + encodeURIComponent(f.id)); await refresh(); })}, 'Lift')));
}

function describe(fault) {
  return Object.entries(fault).filter(([name]) => name !== 'times').map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ');
}

let running = null;
let again = false;

// refresh reads the state and draws it, once at a time, so that an older state never replaces a newer one.
export function refresh() {
  again = true;
  running ??= (async () => {
    try {
      while (again) {
        again = false;
        draw(await ask('GET', 'state?find=' + encodeURIComponent($('#find').value)));
      }
    } finally { running = null; }
  })();
  return running;
}

let due = 0;

// changed refreshes soon. Its errors are not shown, since the status beside the address shows whether the sandbox answers.
export function changed() {
  due ||= setTimeout(() => { due = 0; refresh().catch(() => {}); }, 150);
}

export function start() {
  setUpTables();
  $('#find').addEventListener('input', changed);
  $('#push').addEventListener('submit', guard(async event => {
    await ask('POST', 'pushes', Object.fromEntries(new FormData(event.target)));
    await refresh();
  }));
}
