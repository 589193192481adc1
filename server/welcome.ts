/** What a person sees who has just started a server. */
import { resolve } from 'node:path';
import type { AdminKey } from './bootstrap.ts';

export function welcome(host: string, port: number, adminKey: AdminKey, link: string | null): string {
  const url = `http://${reachable(host)}:${port}`;
  return [
    '',
    `  Fleetbeat runs at ${url}`,
    ...(link
      ? [`  Sign in           ${url}/#link=${link}`, '                    It is good once, for ten minutes.']
      : []),
    `  API reference     ${url}/docs`,
    `  MCP endpoint      ${url}/mcp`,
    ...keyLines(adminKey),
    '',
    '  Make a key for your first program:',
    '',
    `    curl -s ${url}/v1/keys -H "Authorization: Bearer ${shellKey(adminKey)}" \\`,
    `      -H 'Content-Type: application/json' -d '{"programId": "builder"}'`,
    '',
  ].join('\n');
}

/** How a process on this machine reaches a server that listens on this address. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** The key as a shell finds it between double quotes, from whatever folder. */
function shellKey({ place, made }: AdminKey): string {
  if (place === 'FLEETBEAT_ADMIN_KEY') return '$FLEETBEAT_ADMIN_KEY';
  if (place) return `$(cat '${resolve(place).replaceAll("'", "'\\''")}')`;
  return made ?? '<your key>';
}

function keyLines({ place, made }: AdminKey): string[] {
  const where = place === 'FLEETBEAT_ADMIN_KEY' ? 'the one in FLEETBEAT_ADMIN_KEY' : place && resolve(place);
  if (made) return [`  Operator key      ${made}`, `                    ${kept(where)}`];
  return [`  Operator key      ${where ?? 'as it was shown at the first start; FLEETBEAT_ADMIN_KEY adds another'}`];
}

const kept = (where: string | null): string =>
  where ? `It is kept in ${where} and not shown again.` : 'Keep it: it is not shown again.';
