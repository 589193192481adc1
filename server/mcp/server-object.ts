/** The SDK's server object. Each request has one of its own, so nothing of one caller can reach another by it. */
import { Server } from '@modelcontextprotocol/server';
import type { Caller, Surface } from './caller.ts';
import { surfaceFor } from './surface.ts';

const INSTRUCTIONS =
  'Call boot_program when you start: it opens your session and gives back what your last run left. Then call ' +
  'update_session with lastHeartbeat true at least every 10 minutes, and update_program_state after every significant task.';

/** What else a server offers beside its own surface: for the conformance suite, whose fixtures are not part of it. */
export type Extend = (surface: Surface, caller: Caller) => Surface;

/** Makes the server object of a request; `revisions` are those that it speaks where the SDK does not say. */
export type ServerFor = (caller: Caller, revisions?: readonly string[]) => Server;

export const serverObjects =
  (version: string, extend: Extend = (surface) => surface): ServerFor =>
  (caller, revisions) => {
    const { capabilities, methods } = extend(surfaceFor(caller), caller);
    const server = new Server(
      { name: 'fleetbeat', title: 'Fleetbeat', version },
      {
        capabilities,
        instructions: INSTRUCTIONS,
        ...(revisions && { supportedProtocolVersions: [...revisions] }),
      },
    );
    for (const [method, answer] of Object.entries(methods)) server.setRequestHandler(method as never, answer as never);
    return server;
  };
