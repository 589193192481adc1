/** Where this person's data and copies of the command lie: `$XDG_DATA_HOME/fleetbeat` (XDG Base Directory Specification). */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

export const shareFolder = (environment: Environment): string =>
  join(environment['XDG_DATA_HOME'] || join(environment['HOME'] || homedir(), '.local', 'share'), 'fleetbeat');

/** The folder of the built-in database: ./data where one is, as `make run` has it; else the person's own. */
export function findDataFolder(environment: Environment): string {
  const here = resolve('data');
  return existsSync(join(here, 'fleetbeat.db')) ? here : shareFolder(environment);
}
