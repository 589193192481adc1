import { defineCommand } from '../command.ts';
import { VERSION } from '../version.ts';

export const command = defineCommand({
  summary: 'Print the versions of this program and of the server',
  description: 'It needs no key. `fleetbeat --version` prints the program alone, and asks no server.',
  run: async (call) => {
    const { url } = call.settings();
    const server = await readServerVersion(url);
    const text = () =>
      [`fleetbeat  ${VERSION} (Node.js ${process.version})`, `server     ${server ?? 'no answer'} (${url})`].join('\n');
    call.print({ version: VERSION, node: process.version, server: { url, version: server } }, text);
  },
});

/** Null when the server does not answer. */
async function readServerVersion(url: string): Promise<string | null> {
  const { createFleetbeat } = await import('@fleetbeat/client');
  const live = createFleetbeat({ baseUrl: url, retries: 0 }).server.live();
  return live.then(
    ({ version }) => version,
    () => null,
  );
}
