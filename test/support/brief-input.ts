/** What a boot is made of: a program's memory, and one in which every part is longer than there is room for. */
import type { BriefInput } from '../../server/domains/boot/brief.ts';
import { contract } from '../../server/platform/contract.ts';

export const NOW = Date.parse('2026-02-24T11:00:00.000Z');
const example = (name: string): unknown => {
  const { components } = contract as unknown as { components: { examples: Record<string, { value: unknown }> } };
  return components.examples[name]?.value;
};
export const state = example('state') as BriefInput['state'];
export const session = example('report') as BriefInput['session'];
export const pattern = (id: string, confidence: number, more: object = {}) => ({
  ...(state.learnedPatterns[0] as BriefInput['state']['learnedPatterns'][number]),
  id,
  confidence,
  lastReinforcedAt: new Date(NOW).toISOString(),
  ...more,
});
export const briefInput = (change: Partial<BriefInput['state']>): BriefInput => ({
  session,
  previousSession: null,
  state: { ...state, ...change },
  tasks: [],
  messages: [],
});

export const task = (taskId: string, claimedSession: string | null): BriefInput['tasks'][number] => ({
  taskId,
  title: `Task ${taskId}`,
  target: 'builder',
  priority: 3,
  state: claimedSession === null ? 'created' : 'claimed',
  outcome: null,
  expired: false,
  claimedBy: claimedSession === null ? null : 'builder',
  claimedSession,
  createdBy: null,
  createdAt: new Date(NOW).toISOString(),
  claimedAt: null,
  completedAt: null,
  expiresAt: null,
});
export const message = (messageId: string, text: string): BriefInput['messages'][number] => ({
  messageId,
  sender: 'reviewer',
  senderKeyId: 'key',
  to: 'builder',
  kind: 'DIRECTIVE',
  text,
  replyTo: null,
  createdAt: new Date(NOW).toISOString(),
  expiresAt: null,
  recipient: 'builder',
  deliveredAt: null,
  acknowledgedAt: null,
  answeredAt: null,
});
export const LONG = 'A long story. '.repeat(1_400);
export const previousSession = {
  sessionId: 'builder-session-1',
  name: 'Auth refactor',
  status: 'Runs the tests',
  state: 'complete',
  progress: 75,
  ended: 'killed',
  handoffRequired: false,
  lastHeartbeat: new Date(NOW).toISOString(),
  handover: { lastPrompt: 'Fix auth', lastAnswer: LONG.slice(0, 4_000), lastCommands: [{ command: 'npm test' }] },
} satisfies BriefInput['previousSession'];

/** Whatever is long, the parts that the next run cannot do without are there. */
export const flooded = (
  long: Partial<BriefInput['state']['contextSummary']>,
  more: Partial<BriefInput> = {},
): BriefInput => ({
  ...briefInput({
    contextSummary: {
      lastTask: 'Fix the type error',
      handoffNotes: LONG,
      openQuestions: ['Which formats?', 'By when?'],
      activeWorkItems: ['validation-pr'],
      ...long,
    },
    learnedPatterns: Array.from({ length: 300 }, (_, index) => pattern(`p-${index}`, 0.5)),
  }),
  session,
  previousSession,
  tasks: [task('claimed', session.sessionId), ...Array.from({ length: 49 }, (_, n) => task(`waits-${n}`, null))],
  messages: [message('first', 'Stop: the plan has changed.'), message('second', LONG)],
  ...more,
});
