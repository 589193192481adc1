/** Files in which the runs on each kind of database record the responses. */
import { fileURLToPath } from 'node:url';

export const DATABASE_KINDS = ['sqlite', 'mysql'] as const;

const RECORDINGS_FOLDER = fileURLToPath(new URL('../../.cache/answers/', import.meta.url));

export const recordingFile = (kind: (typeof DATABASE_KINDS)[number]): string => `${RECORDINGS_FOLDER}${kind}.txt`;
