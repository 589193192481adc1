import { rm } from 'node:fs/promises';
import { defineCommand } from '../command.ts';
import { settingsFile } from '../settings.ts';

export const command = defineCommand({
  summary: 'Remove stored credentials (does not revoke the key)',
  run: async (call) => {
    const file = settingsFile(call.environment);
    await rm(file, { force: true });
    call.print({ file, kept: false }, () => `${file} is gone. fleetbeat keys revoke <keyId> ends a key.`);
  },
});
