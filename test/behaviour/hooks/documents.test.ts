import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation } from '../../support/workstation.ts';

/** The commands in the fenced `sh` blocks of a document, in order. */
const typed = (document: string): string =>
  [...readFileSync(document, 'utf8').matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)]
    .map(([, , lines]) => lines)
    .join('\n');

test.each(['docs/connect-an-agent.md', 'clients/claude-code/README.md'])(
  'every command in %s works',
  async (document) => {
    const [server, cli] = await Promise.all([startTestServer(), buildCli()]);
    const workstation = createWorkstation(cli.bin, server.url);
    mkdirSync(join(workstation.home, 'fleetbeat/data'), { recursive: true });
    writeFileSync(join(workstation.home, 'fleetbeat/data/admin.key'), server.adminKey);
    const script = typed(document).replaceAll('http://127.0.0.1:8787', server.url);
    expect(script).toContain('fleetbeat connect claude-code');
    const ran = await workstation.runCommandLine(`set -eux\n${script}`, '', { FLEETBEAT_KEY: server.adminKey });
    expect(ran.code, ran.stderr).toBe(0);
    if (document.startsWith('docs/')) {
      expect(ran.stdout).toContain('this is session try-1 of the program auth-service');
      expect(await server.admin.sessions.get('try-1')).toMatchObject({ state: 'complete', programId: 'auth-service' });
      for (const left of ['.mcp.json', '.claude', '.cursor', '.vscode', '.gemini', '.codex'])
        expect(existsSync(join(workstation.project, left)), left).toBe(false);
    }
    await server.close();
    cli.remove();
    await workstation.remove();
  },
);
