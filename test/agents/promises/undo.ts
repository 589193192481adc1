import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectThat, type Row } from './row.ts';

/** The last row: it takes the connection away. */
export const UNDO: readonly Row[] = [
  {
    promise: 'undo leaves the project as it was, to the byte',
    withoutHooks: true,
    async check(lab) {
      const { code, output } = await lab.fleetbeat('connect', lab.agent, '--scope', 'project', '--undo', '--yes');
      // Claude Code keeps there which servers its user has allowed.
      const own = ['.claude/settings.local.json', '.claude'];
      const left = readdirSync(lab.project, { recursive: true, encoding: 'utf8' })
        .filter((name) => !name.startsWith('.git/') && !own.includes(name))
        .toSorted()
        .join(' ');
      const local = join(lab.project, '.claude/settings.local.json');
      const isOursLeft = existsSync(local) && readFileSync(local, 'utf8').includes('hook statusline');
      return expectThat(
        code === 0 && left === '.git notes.txt' && !isOursLeft,
        () => `exit ${code}, ${left}: ${output}`,
      );
    },
  },
];
