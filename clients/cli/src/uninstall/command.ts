import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineCommand } from '../command.ts';
import { requireConfirmation } from '../connect/confirm.ts';
import { disconnectPlace, listConnectedPlaces } from '../connect/disconnect.ts';
import { EXIT } from '../exit.ts';
import { configFolder, stateFolder } from '../hook/paths.ts';
import { keptCommand, removeKeptCopies } from '../install/kept-copy.ts';
import { shareFolder } from '../share-folder.ts';

export const command = defineCommand({
  summary: 'Remove every connection, stored key and copy of this machine',
  description: [
    'Puts the files of all connected agents back, as `connect --undo` does, then removes stored keys, queued events and the copy of this',
    "program. A server's data stays; the keys stay valid until an admin revokes them.",
  ].join('\n'),
  options: {
    yes: { type: 'flag', short: 'y', summary: 'do not ask' },
    dryRun: { type: 'flag', summary: 'show what would be removed, and remove nothing' },
  },
  examples: [['fleetbeat uninstall --dry-run', 'What would be removed?']],
  run: async (call) => {
    const { environment } = call;
    const places = listConnectedPlaces(environment);
    const share = shareFolder(environment);
    const folders = [configFolder(environment), dirname(stateFolder(environment)), join(share, 'versions')].filter(
      existsSync,
    );
    const connections = places.map(({ agent, scope, folder }) =>
      scope === 'user' ? `${agent}, all projects` : `${agent} in ${folder}`,
    );
    const database = join(share, 'fleetbeat.db');
    const data = existsSync(database) ? database : null;
    const result = { connections, folders, kept: data };
    const lines = [
      ...connections.map((each) => `Connection  ${each}`),
      ...folders.map((each) => `Folder      ${each}`),
      ...(data === null ? [] : [`Stays       ${data}, the data of a server`]),
    ];
    if (call.options.dryRun || lines.length === 0) {
      call.print(result, () => (lines.length === 0 ? 'There is nothing to remove' : lines.join('\n')));
      return EXIT.ok;
    }
    call.info(lines.join('\n'));
    await requireConfirmation(call, call.options.yes === true, 'Remove this?');
    for (const place of places) disconnectPlace(call, place, keptCommand(environment));
    removeKeptCopies(environment);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    call.print(result, () => 'Removed. An admin can revoke the keys: fleetbeat keys');
    return EXIT.ok;
  },
});
