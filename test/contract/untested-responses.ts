/**
 * Compares the responses that the tests received with those that the contract documents, for each kind of database. Exits with 1
 * and lists every `operationId status` that is documented and was never received, or the other way round.
 */
import { readFileSync } from 'node:fs';
import { operations } from '../../server/platform/contract.ts';
import { DATABASE_KINDS, recordingFile } from '../support/recordings.ts';

const documented = new Set(
  operations.flatMap(({ operationId, responses }) =>
    Object.keys(responses).map((status) => `${operationId} ${status}`),
  ),
);

function readRecorded(kind: (typeof DATABASE_KINDS)[number]): Set<string> {
  try {
    return new Set(readFileSync(recordingFile(kind), 'utf8').split('\n').filter(Boolean));
  } catch {
    return new Set();
  }
}

for (const kind of DATABASE_KINDS) {
  const seen = readRecorded(kind);
  const unseen = [...documented].filter((line) => !seen.has(line));
  const undocumented = [...seen].filter((line) => !documented.has(line));
  console.log(`${kind}: ${documented.size - unseen.length} of ${documented.size} documented answers were seen.`);
  for (const line of unseen) console.log(`  never seen: ${line}`);
  for (const line of undocumented) console.log(`  not documented: ${line}`);
  if (unseen.length > 0 || undocumented.length > 0) process.exitCode = 1;
}
