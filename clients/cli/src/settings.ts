/** Where the server is and with which key: options before environment before the file of `fleetbeat login`. */
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EXIT, Failure } from './exit.ts';
import { withoutByteOrderMark } from './hook/byte-order-mark.ts';
import { connectionFile, resolveProgramId } from './hook/paths.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type SettingSource = 'option' | 'environment' | 'file' | 'default';

export const DEFAULT_URL = 'http://127.0.0.1:8787';

/** What is used, and where it comes from. */
export interface Settings {
  readonly url: string;
  readonly urlFrom: SettingSource;
  /** Null when there is none. */
  readonly key: string | null;
  readonly keyFrom: SettingSource | null;
  /** The server of a kept key that is not used because it is another one's. */
  readonly keyIsFor: string | null;
  /** The file of `fleetbeat login`, whether it is there or not. */
  readonly file: string;
}

export interface StoredCredentials {
  readonly url?: string;
  readonly key?: string;
}

/**
 * `$XDG_CONFIG_HOME/fleetbeat/config.json`, by default under `~/.config` (XDG Base Directory Specification); with
 * FLEETBEAT_PROGRAM the file that `fleetbeat connect` keeps for that program, or with `.` for that of the folder. What that
 * one says comes before FLEETBEAT_URL and FLEETBEAT_KEY: an agent is the program that it was connected as.
 */
export function settingsFile(environment: Environment): string {
  const folder = join(environment['XDG_CONFIG_HOME'] || join(environment['HOME'] || homedir(), '.config'), 'fleetbeat');
  if (!environment['FLEETBEAT_PROGRAM']) return join(folder, 'config.json');
  return connectionFile(environment, resolveProgramId(environment, undefined, process.cwd()) ?? '.');
}

/** A kept key goes to the server that it was kept for and to no other. Throws a `Failure` for an address that is none. */
export function readSettings(given: StoredCredentials, environment: Environment): Settings {
  const file = settingsFile(environment);
  const stored = readCredentials(file);
  const ofProgram: StoredCredentials = environment['FLEETBEAT_PROGRAM'] ? stored : {};
  const [urlText, urlFrom] = firstGiven(
    [given.url, 'option'],
    [ofProgram.url, 'file'],
    [environment['FLEETBEAT_URL'], 'environment'],
    [stored.url, 'file'],
  );
  const url = parseServerUrl(urlText ?? DEFAULT_URL, urlFrom);
  const storedUrl = parseServerUrl(stored.url ?? DEFAULT_URL, 'file');
  const isForThis = storedUrl === url;
  const [key, keyFrom] = firstGiven(
    [given.key, 'option'],
    [isForThis ? ofProgram.key : undefined, 'file'],
    [environment['FLEETBEAT_KEY'], 'environment'],
    [isForThis ? stored.key : undefined, 'file'],
  );
  return {
    url,
    urlFrom: urlFrom ?? 'default',
    key: key ?? null,
    keyFrom: keyFrom ?? null,
    keyIsFor: stored.key && !isForThis ? storedUrl : null,
    file,
  };
}

/** What the file has; nothing when there is none. Throws a `Failure` when it cannot be used. */
export function readCredentials(file: string): StoredCredentials {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Failure(`${file} cannot be read: ${(error as Error).message}`, EXIT.usage);
  }
  try {
    const parsed: unknown = JSON.parse(withoutByteOrderMark(text));
    if (isStoredCredentials(parsed)) return parsed;
  } catch {
    // Told below, as every other text that is not what it should be.
  }
  throw new Failure(`${file} is not {"url": "…", "key": "…"}`, EXIT.usage, 'fleetbeat logout removes it');
}

/** Whether others than its owner may read or write the file. */
export const isOpenToOthers = (file: string): boolean => {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && (stats.mode & 0o077) !== 0;
};

const isStoredCredentials = (value: unknown): value is StoredCredentials =>
  typeof value === 'object' &&
  value !== null &&
  ['url', 'key'].every((name) => ['string', 'undefined'].includes(typeof (value as Record<string, unknown>)[name]));

/** An empty text counts as not given. */
const firstGiven = (...given: [string | undefined, SettingSource][]): [string | undefined, SettingSource | undefined] =>
  given.map(([text, place]): [string | undefined, SettingSource] => [text?.trim(), place]).find(([text]) => text) ?? [
    undefined,
    undefined,
  ];

function parseServerUrl(text: string, from: SettingSource | undefined): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash) return url.href.replace(/\/+$/, '');
  const name = { option: '--url', environment: 'FLEETBEAT_URL', file: 'The url kept by fleetbeat login', default: '' };
  throw new Failure(
    `${name[from ?? 'default']} is no address of a server: ${text}`,
    EXIT.usage,
    `For example ${DEFAULT_URL}`,
  );
}
