/** Where the runs on each kind of database note what the server has answered. */
import { fileURLToPath } from 'node:url';

export const KINDS = ['sqlite', 'mysql'] as const;

const FOLDER = fileURLToPath(new URL('../../.cache/answers/', import.meta.url));

export const notesOf = (kind: (typeof KINDS)[number]): string => `${FOLDER}${kind}.txt`;
