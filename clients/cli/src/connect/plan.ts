/** Computes and shows changes before any is made. */
import { createTwoFilesPatch, diffLines } from 'diff';
import { EXIT, Failure } from '../exit.ts';
import { MalformedFileError } from './edit-json.ts';
import { failIfLinkLeadsAway, getFileMode, readTextFile } from './files.ts';
import type { Target } from './targets.ts';

export interface Change {
  readonly file: string;
  /** Null where there is no file. */
  readonly before: string | null;
  /** Null where the file goes. */
  readonly after: string | null;
  readonly mode: number | null;
}

/**
 * The files that would change. `folder` is the project that they must lie in, null for those of the person. Throws a
 * `Failure` that names a file that cannot be changed safely. Writes nothing.
 */
export function planChanges(targets: readonly Target[], folder: string | null): readonly Change[] {
  return targets
    .map(({ file, insert }) =>
      failIfMalformed(file, () => {
        failIfLinkLeadsAway(file, folder);
        const before = readTextFile(file);
        return { file, before, after: insert(before ?? ''), mode: getFileMode(file) };
      }),
    )
    .filter(({ before, after }) => before !== after);
}

/** Throws a `Failure` that names the file in place of a `MalformedFileError`. */
export function failIfMalformed<Result>(file: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof MalformedFileError)) throw error;
    const hint = 'Nothing was written. Mend the file, or move it away, and connect again';
    throw new Failure(`${file} cannot be changed: ${error.message}`, EXIT.failed, hint);
  }
}

/** A line for each file: what happens to it, and how much of it. */
export const formatSummary = (changes: readonly Change[]): string =>
  changes
    .map(({ file, before, after }) => {
      const parts = diffLines(before ?? '', after ?? '');
      const count = (kind: 'added' | 'removed') =>
        parts.reduce((sum, part) => sum + (part[kind] ? (part.count ?? 0) : 0), 0);
      const verb = before === null ? 'creates' : after === null ? 'removes' : 'changes';
      return showControls(`${verb}  ${file}  +${count('added')} -${count('removed')} lines`);
    })
    .join('\n');

/**
 * In the form of `diff -u`, with control characters and marks of direction spelt out: the file may be of a stranger's
 * repository, and a terminal that obeyed it could hide what a person is asked to agree to.
 */
export const formatDiff = (changes: readonly Change[]): string =>
  changes
    .map(({ file, before, after }) => {
      const [from, to] = [before === null ? '/dev/null' : file, after === null ? '/dev/null' : file];
      const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, { context: 2 });
      return showControls(
        patch
          .replace(/^(Index: .*\n)?=+\n/, '')
          .replaceAll('\t\n', '\n')
          .trimEnd(),
      );
    })
    .join('\n\n');

const showControls = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is spelt out
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
