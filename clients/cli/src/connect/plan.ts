/** What would change, before anything does. */
import { createTwoFilesPatch } from 'diff';
import { EXIT, Failure } from '../exit.ts';
import { MalformedFileError } from './edit-json.ts';
import { getFileMode, readTextFile } from './files.ts';
import type { Target } from './targets.ts';

export interface Change {
  readonly file: string;
  /** Null where there is no file. */
  readonly before: string | null;
  /** Null where the file goes. */
  readonly after: string | null;
  readonly mode: number | null;
}

/** Those files that would change. Throws a `Failure` that names the file that cannot be. Reads and writes nothing else. */
export function planChanges(targets: readonly Target[]): readonly Change[] {
  return targets
    .map(({ file, insert }) =>
      failIfMalformed(file, () => {
        const before = readTextFile(file);
        return { file, before, after: insert(before ?? ''), mode: getFileMode(file) };
      }),
    )
    .filter(({ before, after }) => before !== after);
}

/** Throws a `Failure` in place of `Malformed`. */
export function failIfMalformed<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof MalformedFileError)) throw error;
    const hint = 'Nothing was written. Mend the file, or move it away, and connect again';
    throw new Failure(`${file} cannot be changed: ${error.message}`, EXIT.failed, hint);
  }
}

/** In the form of `diff -u`. */
export const formatDiff = (changes: readonly Change[]): string =>
  changes
    .map(({ file, before, after }) => {
      const [from, to] = [before === null ? '/dev/null' : file, after === null ? '/dev/null' : file];
      const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, { context: 2 });
      return patch.replace(/^=+\n/, '').replaceAll('\t\n', '\n').trimEnd();
    })
    .join('\n\n');
