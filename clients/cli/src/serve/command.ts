import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { findDataFolder } from '../share-folder.ts';
import { findServer } from './find-server.ts';
import { ENV_BY_OPTION, SERVE_OPTIONS } from './options.ts';

const DATA_SUMMARY = 'the folder of the built-in database and of the first key';

export const command = defineCommand({
  summary: 'Start the server, in the foreground',
  description: [
    'Each option stands for a setting of the environment and wins over it. Ctrl-C or SIGTERM ends it gracefully. Its data is in',
    '--data, by default ~/.local/share/fleetbeat (or ./data, where a database is there already), unless --database or',
    'DATABASE_URL names a database.',
  ].join('\n'),
  options: { data: { type: 'text', value: 'folder', summary: DATA_SUMMARY }, ...SERVE_OPTIONS },
  examples: [
    ['fleetbeat serve', 'On this machine alone'],
    ['fleetbeat serve --data /srv/fleetbeat', 'With its data elsewhere'],
    ['fleetbeat serve --port 9000 --database sqlite:/var/lib/fleetbeat/fleetbeat.db', 'Elsewhere'],
    ['FLEETBEAT_ADMIN_KEY=fb_ops_… fleetbeat serve --host 0.0.0.0', 'For a team; secrets come from the environment'],
  ],
  run: async (call) => {
    const server = findServer(import.meta.url);
    if (server === null) {
      throw new Failure(
        'There is no built server beside this program',
        EXIT.failed,
        'In a clone of the repository, make build builds it\nThis package only connects agents: the one that make package writes has the server too',
      );
    }
    const { data, ...settings } = call.options;
    if (data !== undefined && settings.database !== undefined)
      throw new Failure('--data and --database name two databases', EXIT.usage, 'Give one of them');
    for (const [name, value] of Object.entries(settings)) {
      process.env[ENV_BY_OPTION[name as keyof typeof ENV_BY_OPTION]] = String(value);
    }
    if (data !== undefined || !process.env['DATABASE_URL'])
      process.env['DATABASE_URL'] = `sqlite:${join(resolve(data ?? findDataFolder(call.environment)), 'fleetbeat.db')}`;
    // The server is told of its outputs' ends itself: a log reader that goes away must not stop it.
    call.stdout.removeAllListeners('error');
    process.setSourceMapsEnabled(true);
    // In this process and not in a child of it: signals, the process id and the exit code are the server's own.
    await import(pathToFileURL(server).href);
  },
});
