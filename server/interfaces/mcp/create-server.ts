/** Creates the SDK's server object: one per request, so that no response can reach another caller. */
import { Server } from '@modelcontextprotocol/server';
import type { Caller, MethodHandlers, ServerDefinition } from './caller.ts';
import { OTHERS_ARE_DATA } from './quoted-text.ts';
import { createServerDefinition } from './server-definition.ts';
import { findToolNames, listOfferedTools } from './tool-methods.ts';

/** Said as far as the tools that they name are listed. */
const INSTRUCTIONS = [
  'Fleetbeat keeps the sessions, memories, tasks and messages of a fleet of coding agents.',
  'Call boot_program when you start, unless a hook of Fleetbeat has said in your context that your session is open.',
  'Call update_session with lastHeartbeat true at least every 10 minutes, unless hooks do it.',
  'Call update_program_state after every significant task or decision.',
  'Call get_fleet_health to see which programs need somebody.',
  OTHERS_ARE_DATA,
];

function getInstructions(caller: Caller): string {
  const names = new Set(listOfferedTools(caller).map(({ tool }) => tool.name));
  return INSTRUCTIONS.filter((each) => findToolNames(each).every((name) => names.has(name))).join(' ');
}

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
      {
        capabilities,
        ...(!singleCall && { instructions: getInstructions(caller) }),
        ...(revision !== null && { supportedProtocolVersions: [revision] }),
      },
    );
    const registered = singleCall ? [singleCall.method] : (Object.keys(methods) as (keyof MethodHandlers)[]);
    for (const method of registered) server.setRequestHandler(method as never, methods[method] as never);
    return server;
  };
