import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { components } from '@fleetbeat/client';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { readStdin } from '../input.ts';
import { oneLine } from '../text.ts';
import { askSecret } from './ask.ts';

export const command = defineCommand({
  summary: 'Keep the address of a server and a key, in a file of mode 600',
  description: 'The key is asked for, or read from standard input; the server must know it. --url names the server.',
  examples: [
    ['fleetbeat login', 'Asks for the key'],
    ['fleetbeat login < data/admin.key', 'The operator key of a server that `make run` has started in this folder'],
    ['fleetbeat login --url https://fleet.example', 'A server elsewhere'],
  ],
  run: async (call) => {
    const { url, key: configuredKey, keyFrom, file } = call.settings();
    const key = keyFrom === 'option' && configuredKey !== null ? configuredKey : (await readKey(call, url)).trim();
    if (!/^fb_[^\s]+_[^\s]+$/.test(key))
      throw new Failure('That is no key: one looks like fb_<keyId>_<secret>', EXIT.usage);
    const me = await (await call.fleetbeat({ url, key })).me();
    await writeSecretFile(file, `${JSON.stringify({ url, key }, null, 2)}\n`);
    call.print({ url, file, ...me }, () => `${formatIdentity(me)} at ${url}.\nKept in ${file}.`);
  },
});

const readKey = (call: Pick<Call, 'stdin' | 'stderr'>, url: string): Promise<string> =>
  call.stdin.isTTY ? askSecret(call, `Key for ${url}: `) : readStdin(call, 'the key');

const formatIdentity = ({ role, programId, accountName }: components['schemas']['Me']): string =>
  `You are ${programId ?? (role === 'program' ? 'a program' : `an ${role}`)} of the account ${oneLine(accountName)}`;

/** Written beside and moved into place: nobody ever reads a half, or reads it before it has its mode. */
async function writeSecretFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
  await chmod(fresh, 0o600);
  await rename(fresh, file);
}
