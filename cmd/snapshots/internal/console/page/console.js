// The console of the sandbox: the requests, the state, faults on demand, and a form for each operation.
import {$, ask, guard} from './dom.js';
import * as calls from './calls.js';
import * as faults from './faults.js';
import * as requests from './requests.js';
import * as state from './state.js';

$('#address').textContent = location.origin;
$('#problem button').addEventListener('click', () => { $('#problem').hidden = true; });
state.start();
requests.start(state.changed);
guard(async () => {
  const operations = await ask('GET', 'operations');
  calls.start(operations);
  faults.start(operations);
})();
