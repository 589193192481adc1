import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('a body may repeat the id of its path, and is refused when it names another', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Named twice' });
  expect((await client.sessions.update(sessionId, { sessionId, status: 'Fine' })).status).toBe('Fine');
  const other = client.sessions.update(sessionId, { sessionId: 'another', status: 'Not fine' });
  await expect(other).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer: '#/sessionId' }] } });
  expect((await client.state.update(programId, { programId, contextSummary: { lastTask: 'Fine' } })).version).toBe(1);
  const foreign = client.state.update(programId, { programId: 'another', contextSummary: { lastTask: 'Not fine' } });
  await expect(foreign).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer: '#/programId' }] } });
  expect((await client.state.read(programId)).version).toBe(1);
});
