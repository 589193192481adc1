/** A small tmpfs that a test can fill. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Uses all free space. */
  fillUp(): void;
  /** Frees that space. */
  freeUp(): void;
  remove(): void;
}

const BLOCK = Buffer.alloc(4096);

/** Throws without the privilege to mount: a test that can't run must not pass. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'fleetbeat-test', folder], { stdio: 'pipe' });
  } catch (cause) {
    rmdirSync(folder);
    throw new Error('This test cannot run: it needs a user who may mount a tmpfs (root, or CAP_SYS_ADMIN)', { cause });
  }
  const unmount = () => execFileSync('umount', ['--lazy', folder]);
  process.once('exit', unmount);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fillUp() {
      const file = openSync(ballast, 'a');
      try {
        for (;;) writeSync(file, BLOCK);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    freeUp: () => rmSync(ballast),
    remove() {
      process.off('exit', unmount);
      unmount();
      rmdirSync(folder);
    },
  };
}
