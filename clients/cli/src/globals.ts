/** The options that every command has. */
import type { Options } from './command-line.ts';

export const GLOBALS = {
  url: { type: 'text', value: 'address', summary: 'the server; else FLEETBEAT_URL, else what `fleetbeat login` kept' },
  key: { type: 'text', value: 'key', summary: 'the key; else FLEETBEAT_KEY, else what `fleetbeat login` kept' },
  json: { type: 'flag', summary: 'print JSON, and failures as JSON to standard error' },
  help: { type: 'flag', short: 'h', summary: 'tell about the command' },
  version: { type: 'flag', short: 'V', summary: 'tell the version' },
} as const satisfies Options;
