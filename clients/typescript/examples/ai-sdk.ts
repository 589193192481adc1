/** An agent of the AI SDK: each step is reported, and a tool asks a person. Needs the packages `ai` and `zod`, and a program's key. */
import { createFleetbeat } from '@fleetbeat/client';
import { generateText, type LanguageModel, stepCountIs, tool } from 'ai';
import { z } from 'zod';

const fleetbeat = createFleetbeat();

export const runAgent = (model: LanguageModel, task: string): Promise<string> =>
  fleetbeat.run({ name: task, contextLimitBytes: 400_000 }, async (run) => {
    const askPerson = tool({
      description: 'Asks a person before anything is deleted.',
      inputSchema: z.object({ question: z.string() }),
      execute: async ({ question }) => (await run.ask(question, { options: ['Yes', 'No'], within: '8h' })).text,
    });
    const { text } = await generateText({
      model,
      prompt: `${task}. Notes: ${run.brief?.state.contextSummary.handoffNotes ?? 'none'}`,
      tools: { askPerson },
      stopWhen: stepCountIs(20),
      abortSignal: run.signal,
      onStepFinish: ({ text: said, toolCalls, usage }) =>
        run.beat({ status: said || `Calls ${toolCalls[0]?.toolName}`, contextBytes: 4 * (usage.inputTokens ?? 0) }),
    });
    await run.remember({ contextSummary: { lastTask: text } });
    return text;
  });
