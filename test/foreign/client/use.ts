// Compiled by every supported TypeScript, under every resolution of modules.
import { createFleetbeat, isProblem, type SessionReport, type TaskId } from '@fleetbeat/client';
import { logTo, withHooks } from '@fleetbeat/client/hooks';
import { fakeFleetbeat } from '@fleetbeat/client/testing';
import { verifyWebhook } from '@fleetbeat/client/webhooks';

const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b', fetch: withHooks(logTo(console)) });
export async function use(taskId: TaskId): Promise<SessionReport> {
  const session = await fleetbeat.session({ name: 'Typed' });
  session.beat({ progress: 40 });
  await session.tasks.claim(taskId).catch((error: unknown) => {
    if (isProblem(error, 'session-superseded')) console.log(error.problem.successor);
  });
  // @ts-expect-error a session's id is no task's
  await session.tasks.claim(session.sessionId);
  for await (const event of fleetbeat.events({ types: ['task.created'] })) console.log(event.data.title);
  return session.complete();
}
export const test = () => fakeFleetbeat().client.run('x', async ({ brief }) => brief?.state.version);
export const receive = (request: Request) => verifyWebhook(request, 'whsec_');
