import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Cli, createCli, FLEETBEAT } from '../../support/cli.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { openTerminal, requireTmux, type Terminal } from '../../support/tmux.ts';

let server: TestServer;
let cli: Cli;
let terminal: Terminal | undefined;
beforeAll(async () => {
  await requireTmux();
  server = await startTestServer();
  cli = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: server.adminKey });
  for (let number = 1; number <= 30; number += 1) {
    const session = {
      name: `Worker ${number}`,
      sessionId: `worker-${number}`,
      programId: 'worker',
      status: 'Busy '.repeat(20),
    };
    await server.admin.sessions.create({ ...session, progress: number });
  }
});
afterEach(() => {
  terminal?.close();
  terminal = undefined;
});
afterAll(async () => {
  await server.close();
  cli.remove();
});

const top = (width: number, height: number, more: Readonly<Record<string, string>> = {}): Terminal => {
  terminal = openTerminal(`'${process.execPath}' '${FLEETBEAT}' top`, { ...cli.environment, ...more }, width, height);
  return terminal;
};
const row = (lines: readonly string[], id: string): string => lines.find((line) => line.startsWith(`${id} `)) ?? '';

test('top fits the terminal, scrolls, handles resizing, and restores the terminal on exit', async () => {
  const { waitForScreen, press, resize } = top(80, 24);
  const small = await waitForScreen((lines) => lines[23]?.startsWith('q quit') === true);
  expect(small[0]).toMatch(/^Fleetbeat {2}http.*\d\d:\d\d:\d\dZ$/);
  expect(small[1]).toContain('30 live');
  expect(small[3]).toMatch(/^SESSION +PROGRAM +STATE +BEAT/);
  expect(small[23]).toMatch(/1–19 of 30$/);
  press('End');
  await waitForScreen((lines) => lines[23]?.endsWith('12–30 of 30') === true && row(lines, 'worker-30') !== '');
  resize(120, 40);
  const large = await waitForScreen((lines) => lines[39]?.startsWith('q quit') === true);
  expect(row(large, 'worker-1')).toContain('Busy Busy');
  press('q');
  await waitForScreen((lines) => lines.includes('ended with 0') && !lines.some((line) => line.startsWith('Fleetbeat')));
});

test('the screen updates without a key press: programs that need attention move to the top, and ages tick', async () => {
  const { waitForScreen, screen, press } = top(120, 40);
  await waitForScreen((lines) => lines[39]?.startsWith('q quit') === true);
  await server.admin.sessions.update('worker-17', { status: 'Which library?', state: 'blocked', lastHeartbeat: true });
  const asking = await waitForScreen((lines) => lines[4]?.startsWith('worker-17') === true);
  expect(asking[1]).toMatch(/30 live +1 blocked/);
  expect(asking[4]).toMatch(/blocked +\d+s .*Which library\?/);
  const [clock] = screen();
  await waitForScreen((lines) => lines[0] !== clock);
  await server.admin.sessions.update('worker-17', { status: 'Thanks', state: 'working' });
  await waitForScreen((lines) => row(lines, 'worker-17').includes('Thanks') && !lines[1]?.includes('blocked'));
  await server.admin.sessions.update('worker-17', { status: 'Done', state: 'complete' });
  await waitForScreen((lines) => row(lines, 'worker-17') === '');
  press('c');
  await waitForScreen((lines) => row(lines, 'worker-17').includes('complete'));
  press('C-c');
  await waitForScreen((lines) => lines.includes('ended with 0'));
});

test('an expired key stops top with the reason, and restores the terminal', async () => {
  const { keyId, key } = await server.admin.keys.create({ role: 'auditor' });
  const { waitForScreen } = top(100, 30, { FLEETBEAT_KEY: key });
  await waitForScreen((lines) => lines[29]?.startsWith('q quit') === true);
  await server.admin.keys.revoke(keyId);
  await waitForScreen(
    (lines) => lines.some((line) => line.includes('refuses the key')) && lines.includes('ended with 4'),
  );
});
