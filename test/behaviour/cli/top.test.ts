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
  expect(small[3]).toMatch(/^AGENT +STATE +HEARTBEAT/);
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

test('a question is found, read in full and answered without leaving top', async () => {
  const { programId, client } = await server.createProgram('asker');
  await client.sessions.create({ name: 'Release', status: 'Preparing' });
  const command = 'rm -rf build &&\n  npm publish';
  const { questionId } = await client.questions.ask({
    kind: 'permission',
    title: 'May Bash run this command?',
    details: [{ label: 'Command', value: command }],
  });
  const { waitForScreen, press } = top(80, 24);
  // It waits for a person, so it stands first; its program is enough to tell it by.
  await waitForScreen((lines) => lines[4]?.startsWith(`${programId} `) === true);
  press('?');
  await waitForScreen((lines) => lines.some((line) => line.includes('answer its question')));
  press('Escape');
  await waitForScreen((lines) => lines[23]?.startsWith('q quit') === true);
  press('/');
  await waitForScreen((lines) => lines[23]?.startsWith('/') === true);
  press('r', 'e', 'l', 'e', 'a', 's', 'e', 'Enter');
  await waitForScreen((lines) => lines[4]?.startsWith(programId) === true && lines[5] === '');
  press('a');
  const asked = await waitForScreen((lines) => lines.some((line) => line.startsWith('1 allow')));
  expect(asked.map((line) => line.trim())).toEqual(expect.arrayContaining(['rm -rf build &&', 'npm publish']));
  press('N', 'o', 't', 'Space', 'n', 'o', 'w', 'Enter');
  await waitForScreen((lines) => lines[23]?.startsWith(`Answered ${programId}: Not now`) === true);
  expect(await client.questions.get(questionId)).toMatchObject({
    state: 'answered',
    answer: { option: null, text: 'Not now' },
  });
  press('q');
  await waitForScreen((lines) => lines.includes('ended with 0'));
});

test('paused, the picture stands still until it goes on', async () => {
  const { waitForScreen, press, screen } = top(120, 40);
  await waitForScreen((lines) => lines[39]?.startsWith('q quit') === true);
  press('p');
  await waitForScreen((lines) => lines[0]?.includes('paused') === true);
  await server.admin.sessions.update('worker-3', { status: 'Unseen', lastHeartbeat: true });
  await server.admin.sessions.update('worker-4', { status: 'Seen', lastHeartbeat: true });
  expect(screen().some((line) => line.includes('Unseen'))).toBe(false);
  press('p');
  await waitForScreen((lines) => row(lines, 'worker-4').includes('Seen'));
  press('s', 's');
  await waitForScreen((lines) => lines[39]?.includes('by heartbeat') === true);
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
