/** Writes docs/cli.md from the table of commands. */
import { writeFileSync } from 'node:fs';
import { referencePage } from './src/reference.ts';

writeFileSync(new URL('../../docs/cli.md', import.meta.url), await referencePage());
