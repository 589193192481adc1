/** The SDK's server object. Each request has one of its own, so nothing of one caller can reach another by it. */
import { Server } from '@modelcontextprotocol/server';
import type { Caller, Methods, Surface } from './caller.ts';
import { surfaceFor } from './surface.ts';

const INSTRUCTIONS =
  'Call boot_program when you start: it opens your session and gives back what your last run left. Then call ' +
  'update_session with lastHeartbeat true at least every 10 minutes, and update_program_state after every significant task.';

/** What else a server offers beside its own surface: for the conformance suite, whose fixtures are not part of it. */
export type Extend = (surface: Surface, caller: Caller) => Surface;

/** That a request is plainly one call: of which method, and of which revision where the SDK does not say. */
export interface Plain {
  readonly method: keyof Methods;
  readonly revision: string | null;
}

/** Makes the server object of a request. */
export type ServerFor = (caller: Caller, plain?: Plain) => Server;

export const serverObjects =
  (version: string, extend: Extend = (surface) => surface): ServerFor =>
  (caller, plain) => {
    const { capabilities, methods } = extend(surfaceFor(caller), caller);
    const revision = plain?.revision ?? null;
    const server = new Server(
      { name: 'fleetbeat', title: 'Fleetbeat', version },
      { capabilities, instructions: INSTRUCTIONS, ...(revision !== null && { supportedProtocolVersions: [revision] }) },
    );
    const called = plain ? [plain.method] : (Object.keys(methods) as (keyof Methods)[]);
    for (const method of called) server.setRequestHandler(method as never, methods[method] as never);
    return server;
  };
