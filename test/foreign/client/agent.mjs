/** Runs the example of the AI SDK with a scripted model, and answers its question. Arguments: address, an admin's key, a program. */
import { createFleetbeat } from '@fleetbeat/client';
import { MockLanguageModelV4 } from 'ai/test';
import { runAgent } from './ai-sdk.ts';

const [baseUrl, adminKey, programId] = process.argv.slice(2);
const admin = createFleetbeat({ baseUrl, key: adminKey });
const prompts = [];
const step = (content, reason) => ({
  content: [content],
  finishReason: { unified: reason, raw: reason },
  usage: { inputTokens: { total: 12_000 }, outputTokens: { total: 10 } },
  warnings: [],
});
const input = JSON.stringify({ question: 'May I delete the legacy login?' });
const steps = [
  step({ type: 'tool-call', toolCallId: 'one', toolName: 'askPerson', input }, 'tool-calls'),
  step({ type: 'text', text: 'The login stays' }, 'stop'),
];
const model = new MockLanguageModelV4({
  doGenerate: async ({ prompt }) => {
    prompts.push(JSON.stringify(prompt));
    return steps.shift();
  },
});
const answering = (async () => {
  for (;;) {
    const { questions } = await admin.questions.list({ programId });
    if (questions[0]) return admin.questions.answer(questions[0].questionId, { option: 'No' });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
})();
const text = await runAgent(model, 'Remove the legacy login');
await answering;
const [session] = (await admin.sessions.list({ programId, includeArchived: true })).sessions;
const heard = prompts[1]?.includes('"No"');
const { lastTask } = (await admin.state.read(programId)).contextSummary;
console.log(JSON.stringify({ text, heard, lastTask, state: session?.state, contextBytes: session?.contextBytes }));
