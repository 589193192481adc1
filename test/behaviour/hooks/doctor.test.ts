import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let workstation: Workstation;
beforeAll(async () => {
  [server, cli] = await Promise.all([startTestServer(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await server.close();
});
beforeEach(() => {
  workstation = createWorkstation(cli.bin, server.url);
});
afterEach(() => workstation.remove());

interface Finding {
  readonly check: string;
  readonly result: string;
  readonly says: string;
  readonly mend?: string;
}

const asAdmin = (line: string) => workstation.runCommandLine(line, '', { FLEETBEAT_KEY: server.adminKey });

async function diagnose(check: string): Promise<Finding[]> {
  const { stdout } = await asAdmin('fleetbeat doctor --json');
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return findings.filter((finding) => finding.check === check);
}

test("checks the programs' own keys: valid, expiring soon, revoked, and of another program", async () => {
  expect((await asAdmin('fleetbeat connect claude-code --make-key --yes --program kept')).code).toBe(0);
  const [works] = await diagnose('kept');
  expect(works).toMatchObject({ result: 'good', says: expect.stringContaining('ends in') });

  const file = join(workstation.home, '.config/fleetbeat/programs/kept.json');
  const saveKey = (key: string) => writeFileSync(file, JSON.stringify({ url: server.url, key }), { mode: 0o600 });
  const soon = await server.admin.keys.create({ programId: 'kept', ttlDays: 3 });
  saveKey(soon.key);
  expect((await diagnose('kept'))[0]).toMatchObject({ result: 'warning', mend: expect.stringContaining('--make-key') });

  const renewable = await server.admin.keys.create({ programId: 'kept', ttlDays: 3, renewable: true });
  saveKey(renewable.key);
  expect((await diagnose('kept'))[0]).toMatchObject({
    result: 'warning',
    mend: expect.stringMatching(/hooks of an agent renew it(.|\n)*--make-key/),
  });
  saveKey(soon.key);

  await server.admin.keys.revoke(soon.keyId);
  expect((await diagnose('kept'))[0]).toMatchObject({
    result: 'wrong',
    says: expect.stringContaining('refuses its key'),
  });
  // The suggested command fixes it.
  expect((await asAdmin('fleetbeat connect claude-code --make-key --yes --program kept')).code).toBe(0);
  expect((await diagnose('kept'))[0]).toMatchObject({ result: 'good' });

  saveKey((await server.admin.keys.create({ programId: 'another' })).key);
  expect((await diagnose('kept'))[0]).toMatchObject({ result: 'wrong', says: expect.stringContaining('another') });
});

test('checks that Codex trusts the project and its hooks', async () => {
  const connected = await asAdmin('fleetbeat connect codex --scope project --make-key --yes --program trusted');
  expect(connected.stdout).toContain('Codex skips hooks that you have not trusted');
  const problems = async () =>
    (await diagnose('codex')).filter(({ result }) => result === 'warning').map(({ says }) => says);
  expect(await problems()).toEqual([
    expect.stringContaining('does not trust this project'),
    expect.stringContaining('until you trust them'),
  ]);
  const config = join(workstation.home, '.codex/config.toml');
  mkdirSync(join(workstation.home, '.codex'));
  writeFileSync(config, `[projects.${JSON.stringify(workstation.project)}]\ntrust_level = "trusted"\n`);
  expect(await problems()).toEqual([expect.stringContaining('until you trust them')]);
  const hook = `${join(workstation.project, '.codex/hooks.json')}:stop:0:0`;
  appendFileSync(config, `[hooks.state.${JSON.stringify(hook)}]\ntrusted_hash = "sha256:0"\n`);
  expect(await problems()).toEqual([]);
});
