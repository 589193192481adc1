import { pathToFileURL } from 'node:url';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { findServer } from './find-server.ts';
import { ENV_BY_OPTION, SERVE_OPTIONS } from './options.ts';

export const command = defineCommand({
  summary: 'Start the server, in the foreground',
  description:
    'Each option stands for a setting of the environment and wins over it. Ctrl-C or SIGTERM ends it gracefully.',
  options: SERVE_OPTIONS,
  examples: [
    ['fleetbeat serve', 'On this machine alone, with its data in ./data'],
    ['fleetbeat serve --port 9000 --database sqlite:/var/lib/fleetbeat/fleetbeat.db', 'Elsewhere'],
    ['FLEETBEAT_ADMIN_KEY=fb_ops_… fleetbeat serve --host 0.0.0.0', 'For a team; secrets come from the environment'],
  ],
  run: async (call) => {
    const server = findServer(import.meta.url);
    if (server === null) {
      throw new Failure(
        'There is no built server beside this program',
        EXIT.failed,
        'In a clone of the repository, make build builds it\nElsewhere, install the package @fleetbeat/server next to fleetbeat',
      );
    }
    for (const [name, value] of Object.entries(call.options)) {
      process.env[ENV_BY_OPTION[name as keyof typeof ENV_BY_OPTION]] = String(value);
    }
    // The server is told of its outputs' ends itself: a log reader that goes away must not stop it.
    call.stdout.removeAllListeners('error');
    process.setSourceMapsEnabled(true);
    // In this process and not in a child of it: signals, the process id and the exit code are the server's own.
    await import(pathToFileURL(server).href);
  },
});
