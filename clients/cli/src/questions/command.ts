import { defineCommand } from '../command.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { formatQuestion } from './format.ts';

export const command = defineCommand({
  summary: 'Show what agents ask, the newest first; open questions, unless told',
  options: {
    state: {
      type: 'text',
      value: 'state',
      choices: ['open', 'answered', 'withdrawn', 'expired', 'all'],
      summary: 'those in this state',
    },
    program: { type: 'text', value: 'program', short: 'p', summary: 'those of a program' },
    ...PAGING_OPTIONS,
  },
  examples: [
    ['fleetbeat questions', 'What waits for an answer?'],
    ['fleetbeat questions --program builder --state all', 'What has a program asked?'],
  ],
  run: async (call) => {
    const { state, program } = call.options;
    const filter = { ...(state !== undefined && { state }), ...(program !== undefined && { programId: program }) };
    const fleetbeat = await call.fleetbeat();
    const { items: questions, nextCursor } = await collectPages('questions', call.options, (page) =>
      fleetbeat.questions.list({ ...filter, ...page }),
    );
    call.print({ questions, nextCursor }, () =>
      questions.length === 0 ? 'No questions.' : questions.map((each) => formatQuestion(each, call)).join('\n\n'),
    );
    warnIfTruncated(call, questions.length, nextCursor);
  },
});
