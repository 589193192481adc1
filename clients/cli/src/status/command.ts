import { defineCommand } from '../command.ts';

export const command = defineCommand({
  summary: 'Tell who the key is',
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const me = await fleetbeat.me();
    call.print(me, () => `${me.role} of ${me.accountName}`);
    return undefined;
  },
});
