import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseJson } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let workstation: Workstation;
let programId: string;
let key: string;
beforeAll(async () => {
  [server, cli] = await Promise.all([startTestServer(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await server.close();
});
beforeEach(async () => {
  workstation = createWorkstation(cli.bin, server.url);
  ({ programId, key } = await server.createProgram());
});
afterEach(() => workstation.remove());

const connect = (words: string, more = {}) =>
  workstation.runCommandLine(`fleetbeat connect ${words}`, '', { FLEETBEAT_KEY: key, ...more });

interface Case {
  readonly agent: string;
  readonly scope: 'project' | 'user';
  /** Relative to the project or home directory, with the existing content. */
  readonly files: Readonly<Record<string, string>>;
}

const JSON_WITH_COMMENTS = `{
	// Mine, with tabs.
	"mcpServers": {
		"other": { "command": "other", "env": { "TOKEN": "of another" } }, // stays
	},
	"permissions": { "allow": ["Bash(ls:*)"] }
}
`;
const HOOKS = `{
    "hooks": {
        "SessionStart": [{ "hooks": [{ "type": "command", "command": "echo mine" }] }],
        "PostToolUse": []
    }
}`;
const TOML = `# Mine.
model = "o9"   # the best

[mcp_servers.other]
command = "other"
args = [ "a",
  "b" ] # two lines

[profiles.fast]
model = "o9-mini"
`;

const CASES: readonly Case[] = [
  {
    agent: 'claude-code',
    scope: 'project',
    files: { '.mcp.json': JSON_WITH_COMMENTS, '.claude/settings.json': HOOKS },
  },
  { agent: 'claude-code', scope: 'user', files: { '.claude.json': '{"numStartups":3}', '.claude/settings.json': '' } },
  {
    agent: 'cursor',
    scope: 'project',
    files: { '.cursor/mcp.json': '{}', '.cursor/hooks.json': '{"version":1,"hooks":{}}\r\n' },
  },
  { agent: 'cursor', scope: 'user', files: {} },
  { agent: 'vscode', scope: 'project', files: { '.vscode/mcp.json': '{\n  // none yet\n  "inputs": [],\n}\n' } },
  { agent: 'vscode', scope: 'user', files: {} },
  { agent: 'gemini', scope: 'project', files: { '.gemini/settings.json': JSON_WITH_COMMENTS } },
  { agent: 'gemini', scope: 'user', files: {} },
  { agent: 'codex', scope: 'project', files: {} },
  { agent: 'codex', scope: 'user', files: { '.codex/config.toml': TOML, '.codex/hooks.json': HOOKS } },
  { agent: 'opencode', scope: 'project', files: { 'opencode.jsonc': '{\n  // mine\n  "mcp": {},\n}\n' } },
  { agent: 'opencode', scope: 'user', files: {} },
  { agent: 'qwen', scope: 'project', files: { '.qwen/settings.json': JSON_WITH_COMMENTS } },
  { agent: 'qwen', scope: 'user', files: {} },
];

const FILES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'claude-code project': ['.mcp.json', '.claude/settings.json', '.claude/settings.local.json'],
  'claude-code user': ['.claude.json', '.claude/settings.json'],
  'cursor project': ['.cursor/mcp.json', '.cursor/hooks.json'],
  'cursor user': ['.cursor/mcp.json', '.cursor/hooks.json'],
  'vscode project': ['.vscode/mcp.json'],
  'vscode user': [
    process.platform === 'darwin' ? 'Library/Application Support/Code/User/mcp.json' : '.config/Code/User/mcp.json',
  ],
  'gemini project': ['.gemini/settings.json'],
  'gemini user': ['.gemini/settings.json'],
  'codex project': ['.codex/config.toml', '.codex/hooks.json'],
  'codex user': ['.codex/config.toml', '.codex/hooks.json'],
  'opencode project': ['opencode.jsonc'],
  'opencode user': ['.config/opencode/opencode.json'],
  'qwen project': ['.qwen/settings.json'],
  'qwen user': ['.qwen/settings.json'],
};

const read = (file: string): Record<string, unknown> => {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.toml') ? parseToml(text) : parseJson(text, [], { allowTrailingComma: true });
};

describe.each(CASES)('connecting $agent, $scope', ({ agent, scope, files }) => {
  const base = () => (scope === 'project' ? workstation.project : workstation.home);
  const all = () => (FILES[`${agent} ${scope}`] ?? []).map((file) => join(base(), file));
  const put = () => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(base(), file)), { recursive: true });
      writeFileSync(join(base(), file), text, { mode: 0o640 });
    }
  };
  const snapshot = () => all().map((file) => (existsSync(file) ? readFileSync(file).toString('base64') : null));

  test('shows a diff first, keeps existing settings, is idempotent, and is undone byte for byte', async () => {
    put();
    const before = snapshot();
    const shown = await connect(`${agent} --scope ${scope} --dry-run`);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('fleetbeat') });
    for (const file of all()) expect(shown.stdout).toContain(`+++ ${file}`);
    const asked = await connect(`${agent} --scope ${scope}`);
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    // A line for each file; every line of them on demand.
    for (const file of all())
      expect(asked.stderr).toMatch(new RegExp(`(creates|changes) {2}${file} {2}\\+\\d+ -\\d+ lines`));
    expect(asked.stderr).not.toContain('+++ ');
    const inFull = await connect(`${agent} --scope ${scope} --diff`);
    for (const file of all()) expect(inFull.stderr).toContain(`+++ ${file}`);
    expect(snapshot()).toEqual(before);

    expect(await connect(`${agent} --scope ${scope} --yes`)).toMatchObject({ code: 0 });
    const connected = snapshot();
    const [mcp = '', hooks = mcp] = all();
    const own = read(mcp);
    const servers = (own['mcpServers'] ?? own['servers'] ?? own['mcp_servers'] ?? own['mcp']) as Record<string, object>;
    const env = { FLEETBEAT_PROGRAM: programId };
    expect(servers['fleetbeat']).toMatchObject(
      agent === 'opencode'
        ? { type: 'local', command: ['fleetbeat', 'mcp'], environment: env, enabled: true }
        : { command: 'fleetbeat', args: ['mcp'], env },
    );
    if (!['vscode', 'opencode', 'qwen'].includes(agent))
      expect(JSON.stringify(read(hooks)['hooks'])).toContain(`--client ${agent}`);
    for (const [file, text] of Object.entries(files)) {
      const now = readFileSync(join(base(), file), 'utf8');
      for (const line of text.split(/\r?\n/).filter((each) => /\/\/|#/.test(each))) expect(now).toContain(line);
      expect(statSync(join(base(), file)).mode & 0o777).toBe(0o640);
      expect(now).not.toContain(key);
      if (text.includes('"other"') || text.includes('.other]'))
        expect(servers['other']).toMatchObject({ command: 'other' });
      if (text.includes('echo mine')) expect(now).toContain('echo mine');
    }

    const again = await connect(`${agent} --scope ${scope}`);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to do') });
    expect(snapshot()).toEqual(connected);

    expect(await connect(`${agent} --scope ${scope} --undo --yes`)).toMatchObject({ code: 0 });
    expect(snapshot()).toEqual(before);
    for (const file of Object.keys(files)) expect(statSync(join(base(), file)).mode & 0o777).toBe(0o640);
    if (Object.keys(files).length === 0)
      expect(all().filter((file) => existsSync(dirname(file)) && dirname(file) !== base())).toEqual([]);
    expect(existsSync(join(workstation.home, '.config/fleetbeat/programs', `${programId}.json`))).toBe(false);
  });
});

const BROKEN: readonly (readonly [agent: string, file: string, text: string])[] = [
  ['claude-code', '.mcp.json', '{"mcpServers": {'],
  ['claude-code', '.mcp.json', '{"mcpServers": []}'],
  ['claude-code', '.claude/settings.json', '{"hooks": {"Stop": {}}}'],
  ['cursor', '.cursor/hooks.json', '[]'],
  ['vscode', '.vscode/mcp.json', '{"servers": 7}'],
  ['gemini', '.gemini/settings.json', '{"hooks": "none"}'],
  ['codex --scope project', '.codex/config.toml', '[mcp_servers\n'],
  ['codex --scope project', '.codex/config.toml', 'mcp_servers = { fleetbeat = { command = "mine" } }\n'],
  ['codex --scope project', '.codex/config.toml', 'mcp_servers = 7\n'],
];

test('names a file that cannot be edited safely, and writes nothing', async () => {
  for (const [agent, file, text] of BROKEN) {
    const whole = join(workstation.project, file);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    const refused = await connect(`${agent} --yes`);
    expect([file, text, refused.code]).toEqual([file, text, 1]);
    expect(refused.stderr).toContain(`${whole} cannot be changed`);
    expect(readFileSync(whole, 'utf8')).toBe(text);
    writeFileSync(whole, '');
  }
  expect(existsSync(join(workstation.home, '.config'))).toBe(false);
});

test('disconnecting keeps later edits by a person', async () => {
  expect((await connect('claude-code --yes')).code).toBe(0);
  const file = join(workstation.project, '.claude/settings.json');
  const settings = read(file) as { hooks: Record<string, unknown[]>; model?: string };
  settings.model = 'opus';
  settings.hooks['Stop']?.push({ hooks: [{ type: 'command', command: 'echo later' }] });
  writeFileSync(file, JSON.stringify(settings, null, 2));
  expect((await connect('claude-code --undo --yes')).code).toBe(0);
  expect(read(file)).toEqual({
    model: 'opus',
    hooks: { Stop: [{ hooks: [{ type: 'command', command: 'echo later' }] }] },
  });
  expect(await connect('claude-code --undo --yes')).toMatchObject({ code: 3 });
});

test('upgrades an older connection in place', async () => {
  expect((await connect('claude-code --yes --program first', { FLEETBEAT_KEY: server.adminKey })).code).toBe(4);
  const admin = { FLEETBEAT_KEY: server.adminKey };
  expect((await connect('claude-code --yes --program first --make-key', admin)).code).toBe(0);
  expect((await connect('claude-code --yes --program second --make-key', admin)).code).toBe(0);
  const settings = readFileSync(join(workstation.project, '.claude/settings.json'), 'utf8');
  expect(settings).not.toContain('first');
  expect(settings.match(/hook SessionStart/g)).toHaveLength(1);
  expect((await connect('claude-code --undo --yes')).code).toBe(0);
  expect(existsSync(join(workstation.project, '.claude'))).toBe(false);
});

test('names the program after the folder, and creates a key that is stored for its owner only, outside the project', async () => {
  const admin = { FLEETBEAT_KEY: server.adminKey };
  expect(await connect('claude-code --yes', admin)).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('--make-key'),
  });
  expect((await connect('claude-code --yes --make-key', admin)).code).toBe(0);
  const file = join(workstation.home, '.config/fleetbeat/programs/auth-service.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const made = (read(file) as { key: string }).key;
  expect(await server.client(made).me()).toMatchObject({ role: 'program', programId: 'auth-service' });
  // Another agent in the same folder uses the same program and key, and needs no admin.
  expect((await connect('cursor --yes', { FLEETBEAT_KEY: '' })).code).toBe(0);
  expect((read(file) as { key: string }).key).toBe(made);
  expect((await connect('claude-code --undo --yes')).code).toBe(0);
  expect(existsSync(file)).toBe(true);
  expect((await connect('cursor --undo --yes')).code).toBe(0);
  expect(existsSync(file)).toBe(false);
  expect(existsSync(join(workstation.home, '.config/fleetbeat/folders.json'))).toBe(false);
});

test("a symlink among the user's settings stays a symlink", async () => {
  const real = join(workstation.home, 'dotfiles.json');
  writeFileSync(real, '{}\n');
  chmodSync(real, 0o600);
  symlinkSync(real, join(workstation.home, '.claude.json'));
  expect((await connect('claude-code --yes --scope user')).code).toBe(0);
  expect(lstatSync(join(workstation.home, '.claude.json')).isSymbolicLink()).toBe(true);
  expect(readFileSync(real, 'utf8')).toContain('fleetbeat');
  expect((await connect('claude-code --undo --yes --scope user')).code).toBe(0);
  expect(readFileSync(real, 'utf8')).toBe('{}\n');
});

describe('in an untrusted repository', () => {
  const own = () => join(workstation.home, '.claude/settings.json');
  beforeEach(() => {
    mkdirSync(dirname(own()), { recursive: true });
    writeFileSync(own(), '{}\n');
  });
  const expectRefused = async (words: string, reason: string) => {
    const refused = await connect(`${words} --yes`);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(reason)]);
    expect(readFileSync(own(), 'utf8')).toBe('{}\n');
    expect(existsSync(join(workstation.home, '.config'))).toBe(false);
  };

  test('no symlink redirects a change out of the project', async () => {
    mkdirSync(join(workstation.project, '.claude'));
    symlinkSync(own(), join(workstation.project, '.claude/settings.json'));
    await expectRefused('claude-code', 'leads out of the project');
    symlinkSync(dirname(own()), join(workstation.project, '.gemini'));
    await expectRefused('gemini', 'leads out of the project');
    symlinkSync('../nowhere', join(workstation.project, '.cursor'));
    await expectRefused('cursor', 'leads nowhere');
    symlinkSync('nothing.json', join(workstation.project, '.mcp.json'));
    await expectRefused('claude-code', 'leads nowhere');
    expect(lstatSync(join(workstation.project, '.mcp.json')).isSymbolicLink()).toBe(true);
  });

  test('a symlink within the project is followed', async () => {
    writeFileSync(join(workstation.project, 'servers.json'), '{}\n');
    symlinkSync('servers.json', join(workstation.project, '.mcp.json'));
    expect((await connect('claude-code --yes')).code).toBe(0);
    expect(readFileSync(join(workstation.project, 'servers.json'), 'utf8')).toContain('fleetbeat');
  });

  test('of a duplicate JSON name the effective one is changed, and restored byte for byte', async () => {
    const file = join(workstation.project, '.mcp.json');
    for (const text of [
      '{"mcpServers": {"a": {}}, "mcpServers": {"b": {}}}',
      '{"mcpServers": {"fleetbeat": {}, "x": {}, "fleetbeat": {}}}',
    ]) {
      writeFileSync(file, text);
      expect((await connect('claude-code --yes')).code).toBe(0);
      const { mcpServers } = JSON.parse(readFileSync(file, 'utf8')) as { mcpServers: Record<string, object> };
      expect(mcpServers['fleetbeat']).toMatchObject({ command: 'fleetbeat' });
      expect(Object.keys(mcpServers)).toHaveLength(2);
      expect((await connect('claude-code --yes')).stdout).toContain('Nothing to do');
      expect((await connect('claude-code --yes --undo')).code).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
    // Edited since, so it cannot be removed safely.
    writeFileSync(file, '{"mcpServers": {"a": {}}, "mcpServers": {"b": {}}}');
    expect((await connect('claude-code --yes')).code).toBe(0);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    expect(await connect('claude-code --yes --undo')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('mcpServers stands there twice'),
    });
  });

  test('its files cannot control the terminal that shows the diff', async () => {
    const hidden = '\u001b[8m \u009b8m \u202e';
    writeFileSync(join(workstation.project, '.mcp.json'), `{\n  // ${hidden}\n  "mcpServers": {}\n}\n`);
    const { code, stdout, stderr } = await connect('claude-code --yes --diff');
    expect(code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the test makes sure that there are none
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(stderr).toContain('// \\u001b[8m \\u009b8m \\u202e');
  });

  test('the key from the environment is sent only to the server from the environment', async () => {
    const elsewhere = await connect('claude-code --yes --url http://127.0.0.1:2');
    expect([elsewhere.code, elsewhere.stderr]).toEqual([
      2,
      expect.stringContaining('is not sent to http://127.0.0.1:2'),
    ]);
    expect((await connect(`claude-code --yes --url ${server.url}`)).code).toBe(0);
  });
});

describe('with an invitation', () => {
  const invite = (more = {}) => server.admin.invitations.create({ programId, ...more });
  const connectBy = (invitation: string, words = '') =>
    workstation.runCommandLine(`fleetbeat connect claude-code --yes --invite '${invitation}' ${words}`);

  test.each(['the code', 'the link'])(
    'an empty folder is connected by %s, and no file of the project has a key',
    async (form) => {
      const { code } = await invite();
      // With the link nothing else says where the server is.
      const done =
        form === 'the code'
          ? await connectBy(code)
          : await workstation.runCommandLine(
              `fleetbeat connect claude-code --yes --invite '${server.url}/#link=${code}'`,
              '',
              { FLEETBEAT_URL: '' },
            );
      expect(done.code, done.stderr).toBe(0);
      const file = join(workstation.home, '.config/fleetbeat/programs', `${programId}.json`);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const stored = JSON.parse(readFileSync(file, 'utf8'));
      expect(stored.url).toBe(server.url);
      expect((await server.client(stored.key).me()).programId).toBe(programId);
      for (const written of ['.mcp.json', '.claude/settings.local.json'])
        if (existsSync(join(workstation.project, written)))
          expect(readFileSync(join(workstation.project, written), 'utf8')).not.toMatch(/fb_|invite/);
      const again = await connectBy(code);
      expect(again.code).not.toBe(0);
      expect(again.stderr).toMatch(/was used already/);
    },
  );

  test('the first hook after it reaches the server', async () => {
    const { code } = await invite();
    expect((await connectBy(code)).code).toBe(0);
    await workstation.runHook('SessionStart', { source: 'startup' });
    await workstation.waitUntilSent(programId);
    expect((await server.admin.sessions.list({ programId })).sessions).toHaveLength(1);
  });

  test('one for somebody else, for another server or beside other names uses nothing up', async () => {
    const browser = await server.admin.invitations.create({ grants: 'web-session', role: 'auditor' });
    const auditor = await server.admin.invitations.create({ role: 'auditor' });
    const own = await invite();
    for (const [invitation, words] of [
      [browser.code, ''],
      [auditor.code, ''],
      [own.code, '--program other'],
      [own.code, '--make-key'],
      [own.code, '--dry-run'],
      [`http://127.0.0.1:1/#link=${own.code}`, `--url ${server.url}`],
      [`${server.url}/#nothing`, ''],
    ] as const)
      expect((await connectBy(invitation, words)).code, `${invitation} ${words}`).not.toBe(0);
    for (const { invitationId } of [browser, auditor, own])
      expect((await server.admin.invitations.get(invitationId)).state).toBe('open');
  });
});
