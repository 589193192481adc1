import { defineCommand } from '../command.ts';
import { readStdin } from '../input.ts';
import { SESSION_OPTION, toSessionField } from '../session-option.ts';
import { pluralize } from '../text.ts';

export const command = defineCommand({
  summary: 'Send a message to a program, or to all',
  arguments: [
    { name: 'to', summary: "the program, or '*' for every other one" },
    { name: 'text', summary: 'what to say; - reads it from standard input' },
  ],
  options: {
    kind: {
      type: 'text',
      value: 'kind',
      short: 'k',
      choices: ['PING', 'PONG', 'HANDSHAKE', 'DIRECTIVE', 'STATUS', 'ACK', 'QUERY', 'RESULT'],
      summary: 'what it is; DIRECTIVE unless told',
    },
    replyTo: { type: 'text', value: 'messageId', summary: 'the message that it answers' },
    ttl: { type: 'duration', value: 'time', summary: 'for how long it may wait unread, such as 2h' },
    ...SESSION_OPTION,
  },
  examples: [
    ['fleetbeat send builder "Leave the migrations alone"', 'To one program'],
    ['fleetbeat send \'*\' --kind STATUS "PR 45 is merged"', 'To all'],
    ['git diff | fleetbeat send reviewer --kind QUERY -', 'From standard input'],
  ],
  run: async (call) => {
    const { ttl, session, kind = 'DIRECTIVE', ...fields } = call.options;
    const { to, text } = call.arguments;
    const sent = await (await call.fleetbeat()).messages.send({
      to,
      kind,
      text: text === '-' ? (await readStdin(call, 'the text of the message')).trimEnd() : text,
      ...fields,
      ...toSessionField(session),
      ...(ttl !== undefined && { ttlSeconds: ttl }),
    });
    call.print(sent, () => `Sent ${sent.messageId} to ${pluralize(sent.recipients, 'inbox', 'inboxes')}.`);
  },
});
