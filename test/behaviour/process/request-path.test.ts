/** How much a newcomer reads to follow a heartbeat from the socket to the row: ARCHITECTURE.md walks this way. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MAX_FILES = 36;

test(`a warm heartbeat enters at most ${MAX_FILES} of our own files`, async () => {
  const { stdout } = await promisify(execFile)('npx', ['tsx', 'bench/request-path.ts', '--json']);
  const paths = (JSON.parse(stdout) as { path: string }[]).map(({ path }) => path);
  expect(paths).toContain('server/domains/sessions/update-batch.ts');
  expect(paths.length, paths.join('\n')).toBeLessThanOrEqual(MAX_FILES);
});
