/** What a program does with the client, on whatever runtime this is. Arguments: the server's address, a program's key, a silent address. */
import { createFleetbeat, FleetbeatUnreachable, isProblem } from '@fleetbeat/client';

const [baseUrl, key, silentUrl] = (globalThis.Deno?.args ?? process.argv.slice(2)).slice(-3);
const fleetbeat = createFleetbeat({ baseUrl, key });
const done = [];
const check = (name, isRight) => {
  if (!isRight) throw new Error(`${name} is wrong`);
  done.push(name);
};

const { programId } = await fleetbeat.me();
const result = await fleetbeat.run('Foreign runtime', async (run) => {
  run.beat({ progress: 40, status: 'Running' });
  await run.flush();
  check('a report', run.report.progress === 40);
  const told = new Promise((resolve) => run.on('task', resolve));
  // Until its stream of events is open, there is nothing to be told.
  await new Promise((resolve) => run.on('report', resolve));
  await fleetbeat.tasks.create({ title: 'Review', target: programId });
  check('an event', (await told).title === 'Review');
  return 'done';
});
check('a result', result === 'done');
let tasks = 0;
for await (const _ of fleetbeat.tasks.all({ target: programId, limit: 1 })) tasks += 1;
check('pages', tasks >= 1);
const missing = await fleetbeat.tasks.get('nobody').catch((error) => error);
check('a problem', isProblem(missing, 'task-not-found'));
const { requestId } = await fleetbeat.me().withResponse();
check('a request id', typeof requestId === 'string');

// A server that never answers, while garbage is collected.
const collecting = setInterval(() => JSON.parse(JSON.stringify(Array(20_000).fill({ garbage: 1 }))), 20);
const silent = createFleetbeat({ baseUrl: silentUrl, key, retries: 0, timeoutMs: 1_000 });
check('a limit', (await silent.me().catch((error) => error)) instanceof FleetbeatUnreachable);
const reason = await silent.me({ signal: AbortSignal.timeout(500), timeoutMs: 60_000 }).catch((error) => error);
check('a signal', reason.name === 'TimeoutError');
clearInterval(collecting);
console.log(`${done.length} of 8: ${done.join(', ')}`);
