// A form for each operation, which shows the call in other forms and sends it.
import {$, ask, decode, guard, make, pretty} from './dom.js';

let operations = [];
let as = 'go';
const typed = {}; // by operation, then by place and name

function call() {
  const operation = $('#operation').value;
  return {operation, values: Object.fromEntries(Object.entries(typed[operation]).filter(([, value]) => value !== ''))};
}

// control makes the control of a field.
function control(input, name, value) {
  const attributes = {name, title: input.description, placeholder: input.hint, autocomplete: 'off'};
  const choices = input.values.length > 0 ? input.values : input.type === 'boolean' ? ['true', 'false'] : [];
  if (choices.length > 0) {
    const options = input.required && choices.includes(value) ? choices : ['', ...choices];
    return make('select', {name, title: input.description}, ...options.map(v => make('option', {selected: v === value}, v)));
  }
  if (input.type === 'object' || input.type === 'array') return make('textarea', {...attributes, rows: 2}, value);
  return make('input', {...attributes, value});
}

function drawForm() {
  const operation = operations.find(o => o.id === $('#operation').value);
  const values = typed[operation.id] ??= Object.fromEntries(operation.inputs.map(input => [`${input.in} ${input.name}`, input.example]));
  $('#form').replaceChildren(
    make('p', {class: 'quiet'}, operation.summary + '. ', operation.docs ? make('a', {href: operation.docs, rel: 'noreferrer', target: '_blank'}, 'Documentation') : null),
    ...operation.inputs.map(input => {
      const name = `${input.in} ${input.name}`;
      return make('label', {}, make('span', {}, input.name + (input.required ? ' *' : ''), make('small', {}, `${input.in} · ${input.type}`)), control(input, name, values[name]));
    }),
    make('button', {class: 'main'}, 'Send'));
  $('#answer').hidden = true;
  drawCall();
}

let asked = 0;

// drawCall shows the call in another form. Of several questions, the answer to the last counts.
async function drawCall() {
  const mine = ++asked;
  let text;
  try { text = (await ask('POST', 'call', call()))[as] || 'There is none for this operation.'; }
  catch (error) { text = 'This cannot be sent: ' + error.message; }
  if (mine === asked) $('#as').textContent = text;
}

async function send(event) {
  const button = event.submitter ?? $('#form button');
  button.disabled = true;
  try {
    const r = await ask('POST', 'send', call());
    const place = Object.entries(r.responseHeader ?? {}).filter(([name]) => name === 'Location').map(([, values]) => '\nLocation: ' + values[0]);
    $('#answer').textContent = (r.status === 0 ? 'The connection was cut before an answer.' : `${r.status}${place}${r.connectionIsCut ? ', and then the connection was cut' : ''}`) +
      '\n' + pretty(decode(r.responseBody));
    $('#answer').hidden = false;
  } finally {
    button.disabled = false;
    button.focus();
  }
}

export function start(all) {
  operations = all;
  $('#operation').append(...operations.map(o => make('option', {value: o.id}, `${o.method} ${o.path}`)));
  $('#operation').addEventListener('change', drawForm);
  $('#form').addEventListener('input', event => {
    typed[$('#operation').value][event.target.name] = event.target.value;
    drawCall();
  });
  $('#form').addEventListener('submit', guard(send));
  for (const button of document.querySelectorAll('[data-as]')) button.addEventListener('click', () => {
    as = button.dataset.as;
    for (const other of document.querySelectorAll('[data-as]')) other.setAttribute('aria-pressed', String(other === button));
    drawCall();
  });
  $('#copy').addEventListener('click', guard(async event => {
    const button = event.currentTarget;
    await navigator.clipboard.writeText($('#as').textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  }));
  drawForm();
}
