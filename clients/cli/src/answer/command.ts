import { questionCandidates } from '../candidates.ts';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { findNumbered, isInboxNumber } from '../inbox/numbers.ts';
import { readStdin } from '../input.ts';
import { withShortId } from '../short-id.ts';
import { oneLine } from '../text.ts';

export const command = defineCommand({
  summary: 'Answer a question of an agent; the first answer wins',
  description:
    'A permission is given by `--option allow` alone. An answer that comes too late is told who was first, and when.',
  arguments: [
    {
      name: 'questionId',
      summary: 'the question, or the beginning or end of its id, or its number in fleetbeat inbox',
    },
    { name: 'text', summary: 'the answer in your own words; - reads it from standard input', optional: true },
  ],
  options: {
    option: { type: 'text', value: 'option', short: 'o', summary: 'one of the options of the question' },
  },
  examples: [
    ['fleetbeat answer 0196f0c2 --option allow', 'One of its options'],
    ['fleetbeat answer 2 "Yes, go on"', 'Number 2 of fleetbeat inbox'],
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
    const numbered = isInboxNumber(questionId) ? findNumbered(call, questionId) : { questionId };
    if ('programId' in numbered) {
      const sent = await fleetbeat.messages.send(toMessage(numbered.programId, words, option));
      return call.print(sent, () => `Sent to ${oneLine(sent.to)}: it asked no question, and reads this as a message`);
    }
    const question = await withShortId(numbered.questionId, questionCandidates(fleetbeat), (id) =>
      fleetbeat.questions.answer(id, answer),
    );
    call.print(question, () => `Answered: ${oneLine(question.title)}`);
  },
});

/** For an agent that is blocked, stuck or silent without a question. Throws a `Failure` for what cannot be sent. */
function toMessage(programId: string | null, words: string | undefined, option: string | undefined) {
  if (programId === null) throw new Failure('That session has no program that could read a message', EXIT.usage);
  if (words === undefined || option !== undefined)
    throw new Failure('It asked no question: it has no options', EXIT.usage, 'Give it your words');
  return { to: programId, kind: 'DIRECTIVE' as const, text: words };
}
