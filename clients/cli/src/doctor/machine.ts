/** Checks that need no server: Node, stored settings, the data of a server on this machine. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../call.ts';
import { isOpenToOthers, type Settings } from '../settings.ts';
import { findDataFolder } from '../share-folder.ts';
import { type Finding, good, unknown, warning, wrong } from './finding.ts';

const MIN_NODE = [20, 19] as const;
const MIN_FREE_BYTES = 200 * 1024 * 1024;

export function checkMachine(call: Pick<Call, 'settings' | 'environment'>): Finding[] {
  const settings = call.settings();
  return [
    checkNode(process.versions.node),
    checkSettings(settings),
    ...checkAddress(settings),
    ...checkData(findDataFolder(call.environment)),
  ];
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  const says = `Node ${version}`;
  return isNew ? good('node', says) : wrong('node', says, `Install Node ${MIN_NODE.join('.')} or newer`);
}

function checkSettings({ file }: Settings): Finding {
  if (!existsSync(file)) return unknown('settings', `Nothing is kept in ${file}`);
  if (isOpenToOthers(file))
    return wrong('settings', `Others can read ${file}, which holds a key`, `chmod 600 '${file}'`);
  return good('settings', file);
}

/** A key that crosses a network unencrypted can be read on the way. */
function checkAddress({ url, urlFrom }: Settings): Finding[] {
  const { protocol, hostname } = new URL(url);
  const isHere = /^(localhost|127\..*|\[::1\])$/.test(hostname);
  const from = { option: '--url', environment: 'FLEETBEAT_URL', file: 'fleetbeat login', default: 'the default' }[
    urlFrom
  ];
  const says = `${url} (from ${from})`;
  if (protocol === 'https:' || isHere) return [good('address', says)];
  return [
    warning('address', `${says}: the key goes there unencrypted`, 'Put TLS in front of the server and use https://'),
  ];
}

/** Only where the embedded database of a server lies. */
function checkData(at: string): Finding[] {
  if (!existsSync(join(at, 'fleetbeat.db'))) return [];
  const key = join(at, 'admin.key');
  const free = statfsSync(at);
  return [
    canWrite(join(at, 'fleetbeat.db')) && canWrite(at)
      ? good('data', join(at, 'fleetbeat.db'))
      : wrong('data', `This user may not write to ${at}`, `sudo chown -R "$(id -un)" '${at}'`),
    ...(existsSync(key) && isOpenToOthers(key)
      ? [wrong('operator key', `Others can read ${key}`, `chmod 600 '${key}'`)]
      : []),
    ...(free.bavail * free.bsize < MIN_FREE_BYTES
      ? [warning('disk', `Less than 200 MB are free for ${at}`, 'Make room on that disk')]
      : []),
  ];
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
