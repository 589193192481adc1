/** Where the runs on each kind of database note what the server has answered. */
import { fileURLToPath } from 'node:url';

export const DATABASE_KINDS = ['sqlite', 'mysql'] as const;

const RECORDINGS_FOLDER = fileURLToPath(new URL('../../.cache/answers/', import.meta.url));

export const recordingFile = (kind: (typeof DATABASE_KINDS)[number]): string => `${RECORDINGS_FOLDER}${kind}.txt`;
