/** What a command is given: what was typed, where it writes, and the server. */
import type { Fleetbeat } from '@fleetbeat/client';
import { EXIT, Failure } from './exit.ts';
import { type Paint, paintFor } from './paint.ts';
import type { ParsedCommandLine } from './parse.ts';
import { readSettings, type Settings } from './settings.ts';
import type { Layout } from './table.ts';

type ArgumentValues = Readonly<Record<string, string | undefined>>;

export interface Call<A = ArgumentValues, O = Readonly<Record<string, unknown>>> {
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
  /** How wide standard output is: Infinity when it is no terminal. */
  layout(): Layout;
  /** The server's address and the key: from the options, the environment, or the file of `fleetbeat login`. */
  settings(): Settings;
  /** The address and the key. Throws a `Failure` that tells how to give a key when there is none. */
  credentials(): { readonly url: string; readonly key: string };
  /**
   * The typed client, of the settings or of another server and key; null is a client without a key. Throws a `Failure`
   * that tells how to give a key when the settings have none.
   */
  fleetbeat(other?: { readonly url: string; readonly key: string | null }): Promise<Fleetbeat>;
  /** Milliseconds since 1970 by the server's clock, once it has answered: ages are told by that one. */
  now(): number;
  /** Prints the value as JSON under `--json`, else the text made of it. */
  print(value: unknown, text: () => string): void;
  /** Writes a line to standard error, for people only. */
  info(line: string): void;
}

/** `onUrl` learns which server is spoken to, for the telling of what goes wrong. */
export function createCall(
  { arguments: words, options, globals }: ParsedCommandLine,
  environment: Readonly<Record<string, string | undefined>>,
  onUrl: (url: string) => void,
): Call {
  const { stdin, stdout, stderr } = process;
  const json = globals.json === true;
  const paint = paintFor(stdout, environment);
  let clockOffsetMs = 0;
  const settings = () => {
    const resolved = readSettings(globals, environment);
    onUrl(resolved.url);
    return resolved;
  };
  const credentials = () => requireKey(settings());
  return {
    arguments: words,
    options,
    json,
    environment,
    stdin,
    stdout,
    stderr,
    paint,
    layout: () => ({ paint, width: stdout.isTTY ? (stdout.columns ?? 80) : Number.POSITIVE_INFINITY }),
    settings,
    credentials,
    async fleetbeat(other) {
      const { url, key } = other ?? credentials();
      onUrl(url);
      const [{ createFleetbeat }, { fetchWithClockOffset }] = await Promise.all([
        import('@fleetbeat/client'),
        import('./clock-offset.ts'),
      ]);
      const fetch = fetchWithClockOffset((ms) => {
        clockOffsetMs = ms;
      });
      // A person, or the script, sees at once what is wrong and decides.
      return createFleetbeat({ baseUrl: url, ...(key !== null && { key }), fetch, retries: 0 });
    },
    now: () => Date.now() + clockOffsetMs,
    print: (value, text) => void stdout.write(`${json ? toPlainJson(value) : text()}\n`),
    info: (line) => void (json || stderr.write(`${line}\n`)),
  };
}

/**
 * The same value, with everything that a terminal would obey as an escape: JSON itself escapes only the controls below
 * U+0020, and what is printed here was written by agents.
 */
export const toPlainJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Throws a `Failure` that tells how to give a key when there is none. */
function requireKey({ url, key, keyIsFor }: Settings): { readonly url: string; readonly key: string } {
  if (key !== null) return { url, key };
  const why = keyIsFor === null ? '' : `: the kept one is for ${keyIsFor}, and is sent to no other server`;
  throw new Failure(`There is no key for ${url}${why}`, EXIT.refused, KEY_HINT);
}

const KEY_HINT = [
  'fleetbeat login keeps one; FLEETBEAT_KEY or --key give one for this call',
  'A server on this machine keeps its operator key beside its data: fleetbeat login < ~/.local/share/fleetbeat/admin.key',
].join('\n');
