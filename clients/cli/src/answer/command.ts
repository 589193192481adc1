import { questionCandidates } from '../candidates.ts';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { readStdin } from '../input.ts';
import { withShortId } from '../short-id.ts';
import { oneLine } from '../text.ts';

export const command = defineCommand({
  summary: 'Answer a question of an agent; the first answer wins',
  description:
    'A permission is given by `--option allow` alone. An answer that comes too late is told who was first, and when.',
  arguments: [
    { name: 'questionId', summary: 'the question; the beginning or end of its id will do' },
    { name: 'text', summary: 'the answer in your own words; - reads it from standard input', optional: true },
  ],
  options: {
    option: { type: 'text', value: 'option', short: 'o', summary: 'one of the options of the question' },
  },
  examples: [
    ['fleetbeat answer 0196f0c2 --option allow', 'One of its options'],
    ['fleetbeat answer 0196f0c2 --option deny "Not from this branch"', 'One of its options, and why'],
    ['fleetbeat answer 0196f0c2 "Take the second one"', 'In your own words'],
  ],
  run: async (call) => {
    const { questionId, text } = call.arguments;
    const { option } = call.options;
    if (text === undefined && option === undefined)
      throw new Failure(
        'An answer is missing: give a text or --option',
        EXIT.usage,
        'fleetbeat questions shows the options',
      );
    const words = text === '-' ? (await readStdin(call, 'the answer')).trimEnd() : text;
    const fleetbeat = await call.fleetbeat();
    const answer = { ...(option !== undefined && { option }), ...(words !== undefined && { text: words }) };
    const question = await withShortId(questionId, questionCandidates(fleetbeat), (id) =>
      fleetbeat.questions.answer(id, answer),
    );
    call.print(question, () => `Answered: ${oneLine(question.title)}`);
  },
});
