import type { components } from '@fleetbeat/client';
import { defineCommand, defineGroup } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { type Column, tableLines } from '../table.ts';
import { oneLine } from '../text.ts';

type Account = components['schemas']['Account'];

const TIERS = ['free', 'pro', 'team', 'unlimited'] as const;

const list = defineCommand({
  summary: 'List the accounts of the server',
  options: PAGING_OPTIONS,
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const { items: accounts, nextCursor } = await collectPages('accounts', call.options, (page) =>
      fleetbeat.accounts.list(page),
    );
    const columns: readonly Column<Account>[] = [
      { title: 'ACCOUNT', text: ({ accountId }) => accountId },
      { title: 'NAME', text: ({ name }) => name, minWidth: 10 },
      { title: 'TIER', text: ({ tier }) => tier },
      { title: 'SINCE', text: ({ createdAt }) => createdAt.slice(0, 10) },
    ];
    call.print({ accounts, nextCursor }, () => tableLines(columns, accounts, call.layout()).join('\n'));
    warnIfTruncated(call, accounts.length, nextCursor);
  },
});

const create = defineCommand({
  summary: 'Make an account; its first admin key is printed once',
  arguments: [{ name: 'name', summary: 'its name for people' }],
  options: { tier: { type: 'text', value: 'tier', choices: TIERS, summary: 'how much it may do; free unless told' } },
  run: async (call) => {
    const made = await (await call.fleetbeat()).accounts.create({ name: call.arguments.name, ...call.options });
    call.print(made, () => made.key);
    call.info(`Account ${made.accountId} (${made.tier}). The key is its admin's, and is shown this once.`);
  },
});

const update = defineCommand({
  summary: 'Change the name or the tier of an account',
  arguments: [{ name: 'accountId', summary: 'the account' }],
  options: {
    name: { type: 'text', value: 'name', summary: 'its new name' },
    tier: { type: 'text', value: 'tier', choices: TIERS, summary: 'its new tier' },
  },
  run: async (call) => {
    if (Object.keys(call.options).length === 0)
      throw new Failure('What should change? Give --name or --tier', EXIT.usage);
    const account = await (await call.fleetbeat()).accounts.update(call.arguments.accountId, call.options);
    call.print(account, () => `Account ${account.accountId}: ${oneLine(account.name)}, ${account.tier}.`);
  },
});

export const command = defineGroup({
  summary: 'See and make accounts; for operators',
  defaultCommand: 'list',
  commands: { list, create, update },
});
