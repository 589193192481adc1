/** What a command is given: what was typed, where it writes, and the server. */
import type { Fleetbeat } from '@fleetbeat/client';
import { EXIT, Failure } from './exit.ts';
import { type Paint, paintFor } from './paint.ts';
import { type Kept, readSettings, type Settings } from './settings.ts';

type Words = Readonly<Record<string, string | undefined>>;

export interface Call<A = Words, O = Readonly<Record<string, unknown>>> {
  readonly arguments: A;
  readonly options: O;
  /** Whether `--json` was given. */
  readonly json: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Colours for standard output; without colours where they are not wanted. */
  readonly paint: Paint;
  /** The server's address and the key: from the options, the environment, or the file of `fleetbeat login`. */
  settings(): Settings;
  /** The typed client. Throws a `Failure` that tells how to give a key when there is none. */
  fleetbeat(): Promise<Fleetbeat>;
  /** Prints the value as JSON under `--json`, else the text made of it. */
  print(value: unknown, text: () => string): void;
  /** Writes a line to standard error, for people only. */
  tell(line: string): void;
}

/** `onUrl` learns which server is spoken to, for the telling of what goes wrong. */
export function callOf(
  words: Words,
  options: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  onUrl: (url: string) => void,
): Call {
  const { stdin, stdout, stderr } = process;
  const json = options['json'] === true;
  const settings = () => {
    const read = readSettings(options as Kept, environment);
    onUrl(read.url);
    return read;
  };
  return {
    arguments: words,
    options,
    json,
    environment,
    stdin,
    stdout,
    stderr,
    paint: paintFor(stdout, environment),
    settings,
    async fleetbeat() {
      const { url, key } = settings();
      if (key === null) throw new Failure('There is no key', EXIT.refused, HOW_TO_GIVE_A_KEY);
      const { createFleetbeat } = await import('@fleetbeat/client');
      return createFleetbeat({ baseUrl: url, key });
    },
    print: (value, text) => void stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`),
    tell: (line) => void stderr.write(`${line}\n`),
  };
}

const HOW_TO_GIVE_A_KEY = [
  'fleetbeat login keeps one; FLEETBEAT_KEY or --key give one for this call',
  'A server on this machine keeps its operator key in data/admin.key: fleetbeat login < data/admin.key',
].join('\n');
