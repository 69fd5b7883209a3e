// The form for faults.
import {$, ask, guard, make} from './dom.js';
import {refresh} from './state.js';

function number(value) {
  if (value.trim() === '' || !Number.isFinite(Number(value))) throw new Error(`"${value}" is not a number`);
  return Number(value);
}

function header(value) {
  const at = value.indexOf(':');
  if (at < 1) throw new Error('a header is written as Name: value');
  return {[value.slice(0, at).trim()]: value.slice(at + 1).trim()};
}

// kinds turn the value of the form into fields of a fault.
const kinds = {
  status: {example: '500', read: value => ({status: number(value)})},
  '429 and Retry-After': {example: '2s', read: value => ({status: 429, retryAfter: value})},
  delay: {example: '3s', read: value => ({delay: value})},
  'cut after bytes': {example: '10', read: value => ({cut: number(value)})},
  'cut at once': {example: '', read: () => ({cut: -1})},
  body: {example: '<html>not JSON</html>', read: value => ({body: value})},
  header: {example: 'X-Name: value', read: value => ({header: header(value)})},
  'wrong types': {example: '', read: () => ({wrongTypes: true})},
  redirect: {example: 'https://example.com/', read: value => ({redirect: value})},
};

const presets = {
  '429s until lifted': {status: 429, retryAfter: '1s', times: -1},
  'Half of all fail': {status: 503, rate: 0.5, seed: 1, times: -1},
  'Slow': {delay: '2s', times: -1},
};

async function add(fault) { await ask('POST', 'faults', fault); await refresh(); }

// start makes the form. A fault can apply to one of the operations.
export function start(operations) {
  const {kind, value, operation, often} = $('#fault').elements;
  kind.append(...Object.keys(kinds).map(name => make('option', {}, name)));
  operation.append(...operations.map(o => make('option', {value: o.id}, `${o.method} ${o.path}`)));
  const example = () => { value.value = kinds[kind.value].example; value.disabled = value.value === ''; };
  kind.addEventListener('change', example);
  example();
  $('#fault').addEventListener('submit', guard(async () => {
    const times = Number(often.value);
    await add({
      ...kinds[kind.value].read(value.value), operation: operation.value,
      ...(times > 0 && times < 1 ? {rate: times, seed: 1, times: -1} : {times}),
    });
  }));
  $('#presets').append(
    ...Object.entries(presets).map(([name, fault]) => make('button', {type: 'button', onclick: guard(() => add(fault))}, name)),
    make('button', {type: 'button', onclick: guard(async () => { await ask('DELETE', 'faults'); await refresh(); })}, 'Lift all'));
}
