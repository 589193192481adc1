/** The fake server of `@fleetbeat/client/testing` answers as the real one does. */
import { expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { fakeFleetbeat } from '../../../clients/typescript/src/testing.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

/** The names of an answer's fields with the types of their values; lists by their first item. */
const describeShape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(describeShape);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).map(([name, each]) => [name, describeShape(each)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Answers and refusals of one life: boot, update, task, question, handover. */
async function exercise(client: Fleetbeat, programId: string): Promise<Record<string, unknown>> {
  const getKind = (call: Promise<unknown>) => call.then(() => 'done').catch((error: { kind: string }) => error.kind);
  const boot = await client.programs.boot(programId, { name: 'First', contextLimitBytes: 1_000 });
  const { sessionId } = boot.session;
  const created = await client.tasks.create({ title: 'Review', target: programId });
  const claimed = await client.tasks.claim(created.taskId, sessionId);
  const listed = await client.tasks.list({ claimedBy: programId });
  const other = await client.sessions.create({ name: 'Other' });
  const taken = await getKind(client.tasks.claim(created.taskId, other.sessionId));
  const question = await client.questions.ask({ sessionId, title: 'May I?', options: ['Yes', 'No'] });
  const asking = await client.sessions.get(sessionId);
  const withdrawn = await client.questions.withdraw(question.questionId);
  const written = await client.state.update(programId, { sessionId, contextSummary: { handoffNotes: 'Half done' } });
  const updated = await client.sessions.update(sessionId, {
    ...{ status: 'Full', contextBytes: 700, handoffRequired: true, lastHeartbeat: true },
  });
  const next = await client.programs.boot(programId, { name: 'Second' });
  const fenced = await getKind(client.sessions.update(sessionId, { status: 'Late', lastHeartbeat: true }));
  const inherited = (await client.tasks.get(created.taskId)).claimedSession === next.session.sessionId;
  const completed = await client.tasks.complete(created.taskId, { outcome: 'succeeded', result: 'Fine' });
  const missing = await getKind(client.tasks.get('none'));
  const me = await client.me();
  return {
    ...{ boot: boot.session, previous: next.previousSession, notes: next.state.contextSummary, created, claimed },
    ...{ listed: Object.keys(listed), taken, question, asking: asking.state, withdrawn, written: written.version },
    ...{ advised: updated.handoffAdvised, updated, fenced, inherited, completed, missing, me },
  };
}

test('field by field, and refusal by refusal', async () => {
  const { programId, client } = await server.createProgram();
  const [real, fake] = await Promise.all([
    exercise(client, programId),
    exercise(fakeFleetbeat({ programId }).client, programId),
  ]);
  expect(describeShape(fake)).toEqual(describeShape(real));
  for (const name of ['taken', 'asking', 'written', 'advised', 'fenced', 'inherited', 'missing'])
    expect(fake[name], name).toEqual(real[name]);
});
