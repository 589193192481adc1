/** What a person sees who has just started a server. */
import type { AdminKey } from './bootstrap.ts';

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

export function welcome(host: string, port: number, { place, made }: AdminKey): string {
  const url = `http://${ANY_ADDRESS.has(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
  const key =
    place === 'FLEETBEAT_ADMIN_KEY'
      ? '$FLEETBEAT_ADMIN_KEY'
      : place
        ? `$(cat ${quoted(place)})`
        : (made ?? '<your key>');
  return [
    '',
    `  Fleetbeat runs at ${url}   (API reference: ${url}/docs)`,
    ...keyLines(place, made),
    '',
    '  Make a key for your first program:',
    '',
    `    curl -s ${url}/v1/keys -H "Authorization: Bearer ${key}" \\`,
    `      -H 'Content-Type: application/json' -d '{"programId": "builder"}'`,
    '',
    '',
  ].join('\n');
}

/** As a shell takes it. */
const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

function keyLines(place: string | null, made: string | null): string[] {
  if (made)
    return [
      `  Operator key: ${made}`,
      place ? `  It is kept in ${place} and not shown again.` : '  Keep it: it is not shown again.',
    ];
  return place
    ? [`  Operator key: see ${place}`]
    : ['  Operator key: as it was shown at the first start. FLEETBEAT_ADMIN_KEY adds another.'];
}
