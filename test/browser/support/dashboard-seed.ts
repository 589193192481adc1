/** A server on which every page has something to show. */
import type { TestServer } from '../../support/test-server.ts';

/** The path of each page by its name. */
export async function seedDashboard(server: TestServer): Promise<Record<string, string>> {
  const { programId, client } = await server.createProgram('builder');
  const other = await server.createProgram('reviewer');
  const window = { contextLimitBytes: 800_000 };
  const { sessionId } = await client.sessions.create({ name: 'Auth refactor', status: 'Reading', ...window });
  for (const step of [1, 2, 3, 4]) {
    const use = { progress: step * 20, contextBytes: step * 140_000 };
    await client.sessions.update(sessionId, { status: `Step ${step}`, lastHeartbeat: true, ...use });
  }
  await client.sessions.update(sessionId, { status: 'Which database?', state: 'blocked', handoffRequired: true });
  await other.client.sessions.create({ name: 'Review', status: 'Reviewing', progress: 40 });
  const command = { label: 'Command', value: 'rm -rf build &&\n  npm publish' };
  await other.client.questions.ask({ kind: 'permission', title: 'May Bash run this command?', details: [command] });
  for (const state of ['pinned', 'complete'] as const) {
    await server.admin.sessions.create({ programId: `agent-${state}`, name: 'Another', status: 'At work', state });
  }
  const createPattern = (id: string) => ({
    id,
    domain: 'auth',
    pattern: `Check the role ${id}`,
    confidence: 0.8,
    evidence: 'Seen in three reviews',
  });
  await client.state.update(programId, {
    contextSummary: { lastTask: 'Fix the type error', openQuestions: ['Which database?'] },
    learnedPatterns: ['first', 'last', 'never'].map(createPattern),
  });
  await client.patterns.setStatus(programId, 'never', { status: 'refuted' });
  await client.state.update(programId, { contextSummary: { lastTask: 'Write the tests' } });
  const { taskId } = await server.admin.tasks.create({ title: 'Review PR 45', target: programId, priority: 4 });
  await client.tasks.claim(taskId, sessionId);
  await server.admin.tasks.create({ title: 'Anybody', target: '*' });
  await client.messages.send({ to: other.programId, kind: 'STATUS', text: 'PR 45 is ready' });
  await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'Take the second one' });
  const { webhookId } = await server.admin.webhooks.create({
    url: 'https://example.com/hook',
    types: ['session.stale'],
  });
  const program = `/programs/${programId}`;
  return {
    home: '/',
    session: `/sessions/${sessionId}`,
    program,
    patterns: `${program}?view=patterns&status=all`,
    history: `${program}?view=history`,
    programSettings: `${program}?view=settings`,
    tasks: '/tasks',
    task: `/tasks/${taskId}`,
    messages: '/messages?view=sent',
    keys: '/keys',
    webhooks: '/webhooks',
    webhook: `/webhooks/${webhookId}`,
    audit: '/audit',
    connect: '/connect',
    settings: '/settings',
    nothing: '/settings/nothing/there',
  };
}
