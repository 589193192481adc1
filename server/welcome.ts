/** The text that is printed after a start. */
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import type { AdminKey } from './bootstrap.ts';

export function formatWelcome(
  { host, port, version }: { readonly host: string; readonly port: number; readonly version: string },
  adminKey: AdminKey,
  invitation: string | null,
): string {
  const url = `http://${toReachableHost(host)}:${port}`;
  return [
    '',
    `  Fleetbeat runs at ${url}`,
    ...(invitation
      ? [`  Sign in           ${url}/#link=${invitation}`, '                    It works once, for ten minutes.']
      : []),
    ...formatOtherAddresses(host, port),
    `  Guide             ${url}/guide`,
    `  API reference     ${url}/docs`,
    `  MCP endpoint      ${url}/mcp`,
    ...formatKeyLines(adminKey),
    '',
    '  Connect a coding agent: in the folder of its project, run',
    '',
    `    FLEETBEAT_URL=${url} FLEETBEAT_KEY="${shellKey(adminKey)}" \\`,
    `      npx -y ${url}/install/fleetbeat-${version}.tgz connect claude-code --make-key`,
    '',
    '  Also: cursor, vscode, gemini, codex. It appears on the dashboard with its first heartbeat.',
    '',
  ].join('\n');
}

/** The addresses by which other machines reach a server that listens on all of this one's. */
function formatOtherAddresses(host: string, port: number): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [];
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => `http://${address}:${port}`);
  return others.map((address, index) => `  ${index === 0 ? 'From elsewhere' : ''}`.padEnd(20) + address);
}

/** The host by which processes on this machine reach a server that listens on `host`. */
function toReachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** The key as a shell expression for use between double quotes, independent of the working directory. */
function shellKey({ location, generated }: AdminKey): string {
  if (location === 'FLEETBEAT_ADMIN_KEY') return '$FLEETBEAT_ADMIN_KEY';
  if (location) return `$(cat '${resolve(location).replaceAll("'", "'\\''")}')`;
  return generated ?? '<your key>';
}

function formatKeyLines({ location, generated }: AdminKey): string[] {
  const where = location === 'FLEETBEAT_ADMIN_KEY' ? 'the one in FLEETBEAT_ADMIN_KEY' : location && resolve(location);
  if (generated) return [`  Operator key      ${generated}`, `                    ${formatStorageHint(where)}`];
  return [`  Operator key      ${where ?? 'as it was shown at the first start; FLEETBEAT_ADMIN_KEY adds another'}`];
}

const formatStorageHint = (where: string | null): string =>
  where ? `It is kept in ${where} and not shown again.` : 'Keep it: it is not shown again.';
