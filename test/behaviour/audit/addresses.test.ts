import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const lines: string[] = [];
const server = useTestServer({
  environment: { FLEETBEAT_LOG_LEVEL: 'info', FLEETBEAT_TRUST_PROXY: 'loopback' },
  logDestination: { write: (line: string) => void lines.push(line) },
});

const FORWARDED = { 'x-forwarded-for': '192.0.2.7' };

test('audit rows of acts, reads and refusals have the address of the caller, through REST and MCP', async () => {
  const { client: admin, key } = await server.createAccount('unlimited');
  const program = await admin.keys.create({ programId: 'builder' });
  const call = (method: string, path: string, of: string, body?: object) =>
    sendRaw(server.url, {
      method,
      path,
      headers: { ...bearer(of), ...FORWARDED, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  await call('PATCH', '/v1/programs/builder', key, { paused: true });
  await call('GET', '/v1/programs/builder/state', key);
  await call('GET', '/v1/fleet/health', program.key);
  const mcp = new Client({ name: 'auditor', version: '1' });
  const headers = { Authorization: `Bearer ${program.key}`, ...FORWARDED };
  await mcp.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit: { headers } }));
  await mcp.callTool({ name: 'get_program_state', arguments: { programId: 'somebody-else' } });
  await mcp.close();
  const { audit } = await admin.audit.list({ limit: 50 });
  const rows = audit.map(({ action, outcome, address, keyId }) => [action, outcome, address, keyId]);
  const { keyId } = await admin.me();
  expect(rows.slice(0, 4)).toEqual([
    ['getProgramState', 'denied', '192.0.2.7', program.keyId],
    ['getFleetHealth', 'denied', '192.0.2.7', program.keyId],
    ['getProgramState', 'done', '192.0.2.7', keyId],
    ['updateProgram', 'done', '192.0.2.7', keyId],
  ]);
});

test('the log line of a refused request has address, account and key id, and no secret', async () => {
  const { accountId, client: admin } = await server.createAccount('unlimited');
  const { key, keyId } = await admin.keys.create({ programId: 'builder' });
  const path = `/v1/fleet/health`;
  const { headers } = await sendRaw(server.url, { method: 'GET', path, headers: { ...bearer(key), ...FORWARDED } });
  const id = String(headers['x-request-id']);
  const line = lines.find((each) => each.includes(id)) ?? '{}';
  expect(JSON.parse(line).req).toEqual({ id, method: 'GET', path, address: '192.0.2.7', accountId, keyId });
  expect(lines.join('')).not.toContain(key.slice(`fb_${keyId}_`.length));
});
