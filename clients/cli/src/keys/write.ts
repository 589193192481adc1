import type { components } from '@fleetbeat/client';
import { formatExpiry } from '../ages.ts';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';

const KEY_ID = { name: 'keyId', summary: 'the id of the key, the part between fb_ and the next _' } as const;

/** The key alone goes to standard output, so that a script can catch it; what is to say of it goes to the other. */
function printKey(call: Pick<Call, 'print' | 'info' | 'now'>, made: components['schemas']['NewKey']): void {
  call.print(made, () => made.key);
  const whose = made.programId === null ? '' : ` for ${made.programId}`;
  call.info(
    `Key ${made.keyId}: ${made.role}${whose}, ${formatExpiry(made.expiresAt, call.now())}. It is shown this once.`,
  );
}

export const create = defineCommand({
  summary: 'Make a key; it is printed once and kept nowhere',
  arguments: [{ name: 'programId', optional: true, summary: 'the program that it speaks for; made if it is new' }],
  options: {
    role: {
      type: 'text',
      value: 'role',
      choices: ['program', 'auditor', 'admin', 'operator'],
      summary: 'what it may do; program unless told',
    },
    label: { type: 'text', value: 'text', summary: 'whose it is, where it lies' },
    days: {
      type: 'number',
      value: 'days',
      integer: true,
      min: 0,
      summary: 'ends after so many; 90 unless told, 0 is never',
    },
  },
  examples: [
    ['fleetbeat keys create builder --label "CI" --days 30', 'A key for the program builder'],
    ['export FLEETBEAT_KEY=$(fleetbeat keys create builder)', 'Only the key goes to standard output'],
    ['fleetbeat keys create --role auditor', 'A key that reads everything and writes nothing'],
  ],
  run: async (call) => {
    const { days, ...fields } = call.options;
    const { programId } = call.arguments;
    const made = await (await call.fleetbeat()).keys.create({
      ...fields,
      ...(programId !== undefined && { programId }),
      ...(days !== undefined && { ttlDays: days }),
    });
    printKey(call, made);
  },
});

export const rotate = defineCommand({
  summary: 'Replace a key by a new one; the old one lives for 30 more seconds',
  arguments: [KEY_ID],
  examples: [['fleetbeat keys rotate 0196f0c2', 'The same program, role and end; another secret']],
  run: async (call) => printKey(call, await (await call.fleetbeat()).keys.rotate(call.arguments.keyId)),
});

export const revoke = defineCommand({
  summary: 'End a key at once',
  description: 'The keys that it was rotated into end too.',
  arguments: [KEY_ID],
  options: { withDescendants: { type: 'flag', summary: 'also end the keys that it made, and all that these made' } },
  run: async (call) => {
    const { keyId } = call.arguments;
    await (await call.fleetbeat()).keys.revoke(keyId, call.options);
    call.print({ keyId, revoked: true }, () => `Key ${keyId} is revoked.`);
  },
});
