/**
 * The server's entry in the MCP registry (server.json, schema of 2025-12-11): how a client runs the stdio bridge, or reaches
 * its user's own server by HTTP.
 */
import type { Document } from './operations.ts';

const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';
/** The npm package whose `mcp` command is the bridge. */
const PACKAGE = 'fleetbeat';

interface Info {
  readonly title: string;
  readonly summary: string;
  readonly version: string;
  readonly 'x-mcp-registry-name': string;
}

const KEY = {
  description: 'A Fleetbeat key, fb_<keyId>_<secret>.',
  isRequired: true,
  isSecret: true,
  format: 'string',
};

export function buildRegistryEntry(document: Document): object {
  const info = document['info'] as Info;
  return {
    $schema: SCHEMA,
    name: info['x-mcp-registry-name'],
    title: info.title,
    description: info.summary,
    version: info.version,
    packages: [
      {
        registryType: 'npm',
        identifier: PACKAGE,
        version: info.version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
        packageArguments: [{ type: 'positional', value: 'mcp' }],
        environmentVariables: [
          {
            name: 'FLEETBEAT_URL',
            description: 'Where the server is.',
            isRequired: false,
            format: 'string',
            default: 'http://127.0.0.1:8787',
          },
          { name: 'FLEETBEAT_KEY', ...KEY },
        ],
      },
    ],
    remotes: [
      {
        type: 'streamable-http',
        url: '{server}/mcp',
        variables: {
          server: { description: 'Where the server is, for example https://fleet.example.', isRequired: true },
        },
        headers: [{ name: 'Authorization', ...KEY, value: 'Bearer {key}', variables: { key: KEY } }],
      },
    ],
  };
}
