import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { openWebPage } from '../../support/web-page.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let workstation: Workstation;
beforeAll(async () => {
  [server, cli] = await Promise.all([startTestServer(), buildCli()]);
  workstation = createWorkstation(cli.bin, server.url);
});
afterAll(async () => {
  await workstation.remove();
  cli.remove();
  await server.close();
});

const run = (line: string, key = server.adminKey) => workstation.runCommandLine(line, '', { FLEETBEAT_KEY: key });
const signIn = async (link: string) => {
  const invitation = new URL(link).hash.replace('#link=', '');
  const answer = await openWebPage(server.url).signIn({ invitation });
  expect(answer.status, answer.text).toBe(200);
  return JSON.parse(answer.text).signedIn.me;
};

test('open prints a link that signs a browser in, with the role of the key or a lesser one', async () => {
  const own = JSON.parse((await run('fleetbeat open --print --json')).stdout);
  expect(own.link).toBe(`${server.url}/#link=${own.code}`);
  expect((await signIn(own.link)).role).toBe('operator');
  const lesser = JSON.parse((await run('fleetbeat open --print --role auditor --json')).stdout);
  expect((await signIn(lesser.link)).role).toBe('auditor');
});

test('pair shows a QR code of a link for the address that it is given', async () => {
  const { code, stdout } = await run('fleetbeat pair --address https://fleet.example/');
  expect(code).toBe(0);
  expect(stdout).toMatch(/█▀|▀█|▄█/);
  const [link = ''] = /https:\/\/fleet\.example\/#link=[0-9a-z]{26}/.exec(stdout) ?? [];
  expect((await signIn(link)).role).toBe('operator');
});

test('pair makes no code that no phone can use: this server listens on loopback', async () => {
  const before = (await server.admin.invitations.list()).invitations.length;
  const { code, stderr } = await run('fleetbeat pair');
  expect(code).toBe(1);
  expect(stderr).toMatch(/HOST=0\.0\.0\.0/);
  expect((await server.admin.invitations.list()).invitations).toHaveLength(before);
});

test('only an admin invites', async () => {
  const { key } = await server.createProgram();
  expect((await run('fleetbeat open --print', key)).code).toBe(4);
});
