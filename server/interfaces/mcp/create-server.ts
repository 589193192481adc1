/** Creates the SDK's server object: one per request, so that no response can reach another caller. */
import { Server } from '@modelcontextprotocol/server';
import type { Caller, MethodHandlers, ServerDefinition } from './caller.ts';
import { createServerDefinition } from './server-definition.ts';

const INSTRUCTIONS =
  'Call boot_program when you start: it opens your session and gives back what your last run left. Then call ' +
  'update_session with lastHeartbeat true at least every 10 minutes, and update_program_state after every significant task.';

/** Adds to the server definition. For the conformance suite, whose fixtures are not part of the product. */
export type ExtendDefinition = (surface: ServerDefinition, caller: Caller) => ServerDefinition;

/** That a request is plainly one call: of which method, and of which revision where the SDK does not say. */
export interface SingleCall {
  readonly method: keyof MethodHandlers;
  readonly revision: string | null;
}

/** Creates the server object of a request. */
export type CreateServer = (caller: Caller, singleCall?: SingleCall) => Server;

export const createServerFactory =
  (version: string, extend: ExtendDefinition = (surface) => surface): CreateServer =>
  (caller, singleCall) => {
    const { capabilities, methods } = extend(createServerDefinition(caller), caller);
    const revision = singleCall?.revision ?? null;
    const server = new Server(
      { name: 'fleetbeat', title: 'Fleetbeat', version },
      { capabilities, instructions: INSTRUCTIONS, ...(revision !== null && { supportedProtocolVersions: [revision] }) },
    );
    const registered = singleCall ? [singleCall.method] : (Object.keys(methods) as (keyof MethodHandlers)[]);
    for (const method of registered) server.setRequestHandler(method as never, methods[method] as never);
    return server;
  };
