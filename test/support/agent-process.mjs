/**
 * An agent as a process of its own, so that a test can stop it, go on with it and kill it. It works without end: a
 * heartbeat, then a memory, and one line of JSON for each answer.
 *
 *     node agent-process.mjs <url> <key> <programId> <sessionId> [taskId]
 */
const [url, key, programId, sessionId, taskId] = process.argv.slice(2);

const send = async (method, path, body) => {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  const response = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
};
const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

if (taskId) tell({ did: 'claim', ...(await send('POST', `/v1/tasks/${taskId}/claim`, { sessionId })) });
for (let step = 1; ; step += 1) {
  const beat = await send('PATCH', `/v1/sessions/${sessionId}`, { status: `Step ${step}`, lastHeartbeat: true });
  tell({ did: 'beat', step, ...beat });
  const memory = {
    sessionId,
    contextSummary: { lastTask: `Step ${step}`, handoffNotes: `Notes of step ${step}` },
    learnedPatterns: [{ id: `step-${step}`, domain: 'work', pattern: `Learned in step ${step}`, confidence: 0.9 }],
  };
  tell({ did: 'remember', step, ...(await send('PATCH', `/v1/programs/${programId}/state`, memory)) });
}
