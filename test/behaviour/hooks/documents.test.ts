import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestHouse } from '../../support/house.ts';
import { buildCli, newPerson } from '../../support/person.ts';

/** The fenced `sh` blocks of a document, one after the other, as a person would type them. */
const typed = (document: string): string =>
  [...readFileSync(document, 'utf8').matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)]
    .map(([, , lines]) => lines)
    .join('\n');

test.each(['docs/connect-an-agent.md', 'clients/claude-code/README.md'])(
  'every command in %s works',
  async (document) => {
    const [house, cli] = await Promise.all([openTestHouse(), buildCli()]);
    const person = newPerson(cli.bin, house.url);
    mkdirSync(join(person.home, 'fleetbeat/data'), { recursive: true });
    writeFileSync(join(person.home, 'fleetbeat/data/admin.key'), house.adminKey);
    const script = typed(document).replaceAll('http://127.0.0.1:8787', house.url);
    expect(script).toContain('fleetbeat connect claude-code');
    const ran = await person.types(`set -eux\n${script}`, '', { FLEETBEAT_KEY: house.adminKey });
    expect(ran.code, ran.stderr).toBe(0);
    if (document.startsWith('docs/')) {
      expect(ran.stdout).toContain('this is session try-1 of the program auth-service');
      expect(await house.admin.sessions.get('try-1')).toMatchObject({ state: 'complete', programId: 'auth-service' });
      for (const left of ['.mcp.json', '.claude', '.cursor', '.vscode', '.gemini', '.codex'])
        expect(existsSync(join(person.project, left)), left).toBe(false);
    }
    await house.close();
    cli.remove();
    await person.leave();
  },
);
