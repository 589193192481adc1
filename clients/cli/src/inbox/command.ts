import type { components } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import { defineCommand, defineGroup } from '../command.ts';
import type { Options } from '../command-line.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { SESSION_OPTION, toSessionField } from '../session-option.ts';
import { type Column, tableLines } from '../table.ts';
import { printNeeds } from './needs.ts';

type Message = components['schemas']['Message'];
type SentMessage = components['schemas']['SentMessage'];

const INBOX = {
  program: { type: 'text', value: 'program', short: 'p', summary: 'whose inbox; else that of the key' },
} as const satisfies Options;

/** How far it has come: whether an agent has got its text, has answered it, and has dealt with it. */
function formatStatus({ deliveredAt, acknowledgedAt, answeredAt }: Message): string {
  const steps = [answeredAt !== null && 'answered', acknowledgedAt !== null && 'acknowledged'].filter(Boolean);
  if (steps.length > 0) return steps.join(', ');
  return deliveredAt === null ? 'waits' : 'delivered';
}

const list = defineCommand({
  summary: 'Show what needs you, numbered; with a program, the messages of its inbox',
  description: [
    'With a key that has no program, and without --program: what needs a person, the most urgent first; fleetbeat answer takes the number.',
    'Else the messages of an inbox, the oldest first. Reading them does not consume them.',
  ].join('\n'),
  options: {
    ...INBOX,
    read: { type: 'flag', summary: 'those too that were acknowledged' },
    sender: { type: 'text', value: 'program', summary: 'those from a program' },
    ...PAGING_OPTIONS,
  },
  run: async (call) => {
    const { program, read, sender } = call.options;
    const filter = {
      ...(program !== undefined && { programId: program }),
      ...(sender !== undefined && { sender }),
      ...(read && { includeRead: true }),
    };
    const fleetbeat = await call.fleetbeat();
    const isPerson = program === undefined && (await fleetbeat.me()).programId === null;
    if (isPerson) return printNeeds(call, fleetbeat);
    const { items: messages, nextCursor } = await collectPages('messages', call.options, (page) =>
      fleetbeat.messages.list({ ...filter, ...page }),
    );
    const columns: readonly Column<Message>[] = [
      { title: 'MESSAGE', text: ({ messageId }) => messageId },
      { title: 'FROM', text: ({ sender: from }) => from ?? 'a person', minWidth: 8 },
      { title: 'KIND', text: ({ kind }) => kind },
      { title: 'AGE', text: ({ createdAt }) => formatAge(createdAt, call.now()), align: 'right' },
      { title: 'STATUS', text: formatStatus },
      { title: 'TEXT', text: ({ text }) => text, minWidth: 20 },
    ];
    call.print({ messages, nextCursor }, () =>
      messages.length === 0 ? 'No messages.' : tableLines(columns, messages, call.layout()).join('\n'),
    );
    warnIfTruncated(call, messages.length, nextCursor);
  },
});

const sent = defineCommand({
  summary: 'List what the program of the key has sent, the newest first',
  options: PAGING_OPTIONS,
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const { items: messages, nextCursor } = await collectPages('messages', call.options, (page) =>
      fleetbeat.messages.sent(page),
    );
    const columns: readonly Column<SentMessage>[] = [
      { title: 'MESSAGE', text: ({ messageId }) => messageId },
      { title: 'TO', text: ({ to }) => to, minWidth: 8 },
      { title: 'KIND', text: ({ kind }) => kind },
      { title: 'AGE', text: ({ createdAt }) => formatAge(createdAt, call.now()), align: 'right' },
      { title: 'DELIVERED', text: ({ delivered, recipients }) => `${delivered}/${recipients}`, align: 'right' },
      {
        title: 'ACKNOWLEDGED',
        text: ({ acknowledged, recipients }) => `${acknowledged}/${recipients}`,
        align: 'right',
      },
      { title: 'ANSWERED', text: ({ answered, recipients }) => `${answered}/${recipients}`, align: 'right' },
      { title: 'TEXT', text: ({ text }) => text, minWidth: 20 },
    ];
    call.print({ messages, nextCursor }, () =>
      messages.length === 0 ? 'Nothing was sent.' : tableLines(columns, messages, call.layout()).join('\n'),
    );
    warnIfTruncated(call, messages.length, nextCursor);
  },
});

const ack = defineCommand({
  summary: 'Mark a message as dealt with',
  arguments: [{ name: 'messageId', summary: 'the message' }],
  options: { ...INBOX, ...SESSION_OPTION },
  run: async (call) => {
    const { program, session } = call.options;
    const message = await (await call.fleetbeat()).messages.acknowledge(call.arguments.messageId, {
      ...(program !== undefined && { programId: program }),
      ...toSessionField(session),
    });
    call.print(message, () => `Message ${message.messageId} is acknowledged.`);
  },
});

export const command = defineGroup({
  summary: 'See what needs you; read and acknowledge messages',
  defaultCommand: 'list',
  commands: { list, sent, ack },
});
