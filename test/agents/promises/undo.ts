import { readdirSync } from 'node:fs';
import { expectThat, type Row } from './row.ts';

/** The last row: it takes the connection away. */
export const UNDO: readonly Row[] = [
  {
    promise: 'undo leaves the project as it was, to the byte',
    async check(lab) {
      const { code, output } = await lab.fleetbeat('connect', lab.agent, '--scope', 'project', '--undo', '--yes');
      // Claude Code keeps there which servers its user has allowed.
      const own = ['.claude/settings.local.json', '.claude'];
      const left = readdirSync(lab.project, { recursive: true, encoding: 'utf8' })
        .filter((name) => !name.startsWith('.git/') && !own.includes(name))
        .toSorted()
        .join(' ');
      return expectThat(code === 0 && left === '.git notes.txt', () => `exit ${code}, ${left}: ${output}`);
    },
  },
];
