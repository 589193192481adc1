import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import seed from './examples.json' with { type: 'json' };
import { INTERFACES, type InterfaceClient } from './interfaces.ts';

describe.each(INTERFACES)('through $kind', ({ open }) => {
  let server: TestServer;
  let builder: InterfaceClient;
  beforeAll(async () => {
    server = await startTestServer();
    const { key } = await server.admin.keys.create({ programId: 'builder' });
    builder = await open(server.url, key);
  });
  afterAll(async () => {
    await builder?.close();
    await server?.close();
  });

  test('create_session registers the session of the example, and again updates the same one', async () => {
    const made = await builder.callTool(seed.create);
    expect(made).toMatchObject(seed.create.arguments);
    expect(await builder.callTool(seed.create)).toMatchObject({
      ...seed.create.arguments,
      createdAt: made['createdAt'],
    });
  });

  test('update_session changes status and progress and moves the heartbeat', async () => {
    const made = await builder.callTool(seed.create);
    server.clock.advance(1_000);
    const { lastHeartbeat, ...sent } = seed.update.arguments;
    expect(lastHeartbeat).toBe(true);
    const updated = await builder.callTool(seed.update);
    expect(updated).toMatchObject({ ...sent, name: 'Auth refactor', state: 'working' });
    expect(String(updated['lastHeartbeat']) > String(made['lastHeartbeat'])).toBe(true);
  });

  test('update_session as a heartbeat keeps state, progress and name', async () => {
    await builder.callTool(seed.create);
    const before = await builder.callTool(seed.update);
    server.clock.advance(1_000);
    const after = await builder.callTool(seed.heartbeat);
    expect(after).toMatchObject({
      status: 'Idle. Waiting for tasks.',
      state: 'working',
      progress: 75,
      name: 'Auth refactor',
    });
    expect(String(after['lastHeartbeat']) > String(before['lastHeartbeat'])).toBe(true);
  });

  test('list_sessions lists what works', async () => {
    await builder.callTool(seed.create);
    const page = await builder.callTool(seed.list);
    expect(page).toMatchObject({ sessions: [{ sessionId: 'builder-session-1', state: 'working' }], nextCursor: null });
  });

  test('update_program_state stores what a later session reads', async () => {
    const { programId, sessionId, contextSummary } = seed.write.arguments;
    expect(await builder.callTool(seed.write)).toMatchObject({ programId, sessionId, contextSummary });
    expect(await builder.callTool(seed.read)).toMatchObject({
      programId,
      sessionId,
      contextSummary,
      learnedPatterns: [],
    });
  });
});
