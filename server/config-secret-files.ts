/** Secrets in files, such as Docker's and Kubernetes' mounts: other processes and `docker inspect` show an environment. */
import { readFileSync } from 'node:fs';
import { InvalidSetting } from './config-parsers.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'which does not exist',
  EACCES: 'which this user may not read',
  EISDIR: 'which is a folder',
};

/** The file's text without the spaces and line breaks around it. Throws `InvalidSetting` for a file without one. */
export function readSecretFile(path: string): string {
  const text = read(path).trim();
  if (text === '') throw new InvalidSetting(`is set by the file ${path}, which is empty`);
  return text;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new InvalidSetting(`is set by the file ${path}, ${REASONS[code] ?? `which cannot be read: ${message}`}`);
  }
}
