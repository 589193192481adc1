import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Cli, FLEETBEAT, newCli } from '../../support/cli.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { openTerminal, requireTmux, type Terminal } from '../../support/tmux.ts';

let house: TestHouse;
let cli: Cli;
let terminal: Terminal | undefined;
beforeAll(async () => {
  await requireTmux();
  house = await openTestHouse();
  cli = newCli({ FLEETBEAT_URL: house.url, FLEETBEAT_KEY: house.adminKey });
  for (let number = 1; number <= 30; number += 1) {
    const session = {
      name: `Worker ${number}`,
      sessionId: `worker-${number}`,
      programId: 'worker',
      status: 'Busy '.repeat(20),
    };
    await house.admin.sessions.create({ ...session, progress: number });
  }
});
afterEach(() => {
  terminal?.close();
  terminal = undefined;
});
afterAll(async () => {
  await house.close();
  cli.remove();
});

const top = (width: number, height: number, more: Readonly<Record<string, string>> = {}): Terminal => {
  terminal = openTerminal(`'${process.execPath}' '${FLEETBEAT}' top`, { ...cli.environment, ...more }, width, height);
  return terminal;
};
const row = (lines: readonly string[], id: string): string => lines.find((line) => line.startsWith(`${id} `)) ?? '';

test('top fits the terminal, scrolls, follows its size, and gives it back at the end', async () => {
  const { shows, press, resize } = top(80, 24);
  const small = await shows((lines) => lines[23]?.startsWith('q quit') === true);
  expect(small[0]).toMatch(/^Fleetbeat {2}http.*\d\d:\d\d:\d\dZ$/);
  expect(small[1]).toContain('30 live');
  expect(small[3]).toMatch(/^SESSION +PROGRAM +STATE +BEAT/);
  expect(small[23]).toMatch(/1–19 of 30$/);
  press('End');
  await shows((lines) => lines[23]?.endsWith('12–30 of 30') === true && row(lines, 'worker-30') !== '');
  resize(120, 40);
  const large = await shows((lines) => lines[39]?.startsWith('q quit') === true);
  expect(row(large, 'worker-1')).toContain('Busy Busy');
  press('q');
  await shows((lines) => lines.includes('ended with 0') && !lines.some((line) => line.startsWith('Fleetbeat')));
});

test('what happens is on the screen without a key: what needs somebody comes to the top, and ages tick', async () => {
  const { shows, screen, press } = top(120, 40);
  await shows((lines) => lines[39]?.startsWith('q quit') === true);
  await house.admin.sessions.update('worker-17', { status: 'Which library?', state: 'blocked', lastHeartbeat: true });
  const asking = await shows((lines) => lines[4]?.startsWith('worker-17') === true);
  expect(asking[1]).toMatch(/30 live +1 blocked/);
  expect(asking[4]).toMatch(/blocked +\d+s .*Which library\?/);
  const [clock] = screen();
  await shows((lines) => lines[0] !== clock);
  await house.admin.sessions.update('worker-17', { status: 'Thanks', state: 'working' });
  await shows((lines) => row(lines, 'worker-17').includes('Thanks') && !lines[1]?.includes('blocked'));
  await house.admin.sessions.update('worker-17', { status: 'Done', state: 'complete' });
  await shows((lines) => row(lines, 'worker-17') === '');
  press('c');
  await shows((lines) => row(lines, 'worker-17').includes('complete'));
  press('C-c');
  await shows((lines) => lines.includes('ended with 0'));
});

test('a key that ends ends top, with its reason and the terminal as it was', async () => {
  const { keyId, key } = await house.admin.keys.create({ role: 'auditor' });
  const { shows } = top(100, 30, { FLEETBEAT_KEY: key });
  await shows((lines) => lines[29]?.startsWith('q quit') === true);
  await house.admin.keys.revoke(keyId);
  await shows((lines) => lines.some((line) => line.includes('refuses the key')) && lines.includes('ended with 4'));
});
