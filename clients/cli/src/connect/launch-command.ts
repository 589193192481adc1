/** Finds the command that starts `fleetbeat` on this machine. */
import { realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../hook/paths.ts';
import { isTemporary, keptCommand } from '../install/kept-copy.ts';
import type { LaunchCommand } from './build-hooks.ts';

/**
 * The copy that is kept for connections, where this program runs from a temporary place; the name, where the PATH leads it to this
 * program; else the paths of Node and of the program.
 */
export function resolveLaunchCommand(environment: Environment, program: string): LaunchCommand {
  if (isTemporary(program)) return keptCommand(environment);
  const here = realpathOrNull(program) ?? program;
  const [, kept = ''] = keptCommand(environment);
  if (here === realpathOrNull(kept)) return keptCommand(environment);
  const found = (environment['PATH'] ?? '').split(delimiter).map((folder) => realpathOrNull(join(folder, 'fleetbeat')));
  const first = found.find((file) => file !== null);
  return first === here ? ['fleetbeat'] : [process.execPath, here];
}

function realpathOrNull(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}
