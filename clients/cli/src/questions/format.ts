/** A question as text: all that a person needs to decide, nothing cut off. */
import { type components, revealHidden } from '@fleetbeat/client';
import { formatAge, formatExpiry } from '../ages.ts';
import type { Call } from '../call.ts';
import { formatKeyValues } from '../key-values.ts';
import { oneLine } from '../text.ts';

type Question = components['schemas']['Question'];

/** Each detail under its label. Values are indented further than labels: a value cannot pass itself off as a fact. */
export function formatQuestion(question: Question, call: Pick<Call, 'now' | 'paint'>): string {
  const { paint } = call;
  const now = call.now();
  const { questionId, programId, sessionId, title, state, createdAt, expiresAt, closedAt, answeredBy } = question;
  const from = programId === null ? `session ${sessionId}` : `${programId}, session ${sessionId}`;
  const closed = closedAt === null ? '' : ` ${formatAge(closedAt, now)} ago`;
  const facts = formatKeyValues(
    [
      ['Question', questionId],
      ['From', from],
      ['Asked', `${formatAge(createdAt, now)} ago`],
      ['State', state === 'open' ? `open, ${formatExpiry(expiresAt, now)}` : `${state}${closed}`],
      ['By', answeredBy],
      ['Options', formatOptions(question)],
    ],
    paint,
  );
  const answer: [string, string | null | undefined][] = [
    ['Chosen', question.answer?.option],
    ['Answer', question.answer?.text],
  ];
  return [
    paint.strong(oneLine(title)),
    indent(facts, 2),
    ...question.details.flatMap(({ label, value }) => formatText(label, value, paint)),
    ...answer.flatMap(([label, value]) => (typeof value === 'string' ? formatText(label, value, paint) : [])),
  ].join('\n');
}

const formatOptions = ({ options, freeText }: Question): string =>
  [...options, ...(freeText ? ['text of your own'] : [])].join(' | ');

const formatText = (label: string, value: string, paint: Call['paint']): string[] => [
  `  ${paint.dim(`${oneLine(label)}:`)}`,
  indent(revealHidden(value), 6),
];

const indent = (text: string, columns: number): string => text.replace(/^(?=.)/gm, ' '.repeat(columns));
