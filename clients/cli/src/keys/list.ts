import type { components } from '@fleetbeat/client';
import { formatAge, formatExpiry } from '../ages.ts';
import { defineCommand } from '../command.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { type Column, tableLines } from '../table.ts';

type Key = components['schemas']['Key'];

export const list = defineCommand({
  summary: 'List the keys of the account; the secrets are shown to nobody',
  options: {
    program: { type: 'text', value: 'program', short: 'p', summary: 'those of a program' },
    ...PAGING_OPTIONS,
  },
  run: async (call) => {
    const { program } = call.options;
    const fleetbeat = await call.fleetbeat();
    const { items: keys, nextCursor } = await collectPages('keys', call.options, (page) =>
      fleetbeat.keys.list({ ...page, ...(program !== undefined && { programId: program }) }),
    );
    const now = call.now();
    const columns: readonly Column<Key>[] = [
      { title: 'KEY', text: ({ keyId }) => keyId },
      { title: 'ROLE', text: ({ role }) => role },
      { title: 'PROGRAM', text: ({ programId }) => programId, minWidth: 10 },
      {
        title: 'ENDS',
        text: (key) =>
          key.revokedAt ? `revoked ${formatAge(key.revokedAt, now)} ago` : formatExpiry(key.expiresAt, now),
        colour: (key, paint) => (key.revokedAt || hasEnded(key, now) ? paint.bad : undefined),
      },
      { title: 'USED', text: ({ lastUsedAt }) => (lastUsedAt ? `${formatAge(lastUsedAt, now)} ago` : 'never') },
      { title: 'LABEL', text: ({ label }) => label, minWidth: 10, dropOrder: 1 },
    ];
    call.print({ keys, nextCursor }, () => tableLines(columns, keys, call.layout()).join('\n'));
    warnIfTruncated(call, keys.length, nextCursor);
  },
});

const hasEnded = ({ expiresAt }: Key, now: number): boolean => expiresAt !== null && Date.parse(expiresAt) <= now;
