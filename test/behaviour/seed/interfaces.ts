/** Every way in to the same operations: plain REST, the typed client, and each official MCP client. */
import request from 'supertest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { MCP_CLIENTS, type ToolArguments } from '../../support/mcp-clients.ts';

interface ToolCall {
  readonly name: string;
  readonly arguments: ToolArguments;
}

export interface InterfaceClient {
  /** Resolves with the answer's JSON; rejects when the call was refused. */
  callTool(call: ToolCall): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

interface InterfaceKind {
  readonly kind: string;
  open(url: string, key: string): Promise<InterfaceClient>;
}

type Route = readonly [method: 'get' | 'post' | 'patch', path: string];

/** What a REST user makes of a call: its path takes the id, the rest is the query or the body. */
const ROUTES: Readonly<Record<string, Route>> = {
  create_session: ['post', '/v1/sessions'],
  update_session: ['patch', '/v1/sessions/:sessionId'],
  list_sessions: ['get', '/v1/sessions'],
  get_fleet_health: ['get', '/v1/fleet/health'],
  get_program_state: ['get', '/v1/programs/:programId/state'],
  update_program_state: ['patch', '/v1/programs/:programId/state'],
};

const rest: InterfaceKind = {
  kind: 'REST',
  open: async (url, key) => ({
    async callTool({ name, arguments: given }) {
      const [method, template] = ROUTES[name] ?? ['get', '/'];
      const rest = new Map(Object.entries(given));
      const path = template.replace(/:(\w+)/, (_whole, id: string) => {
        const value = String(rest.get(id));
        // A body may carry the example's arguments unchanged; a query has no place for what is in the path.
        if (method === 'get') rest.delete(id);
        return value;
      });
      const sent = request(url)[method](path).set('Authorization', `Bearer ${key}`);
      const fields = Object.fromEntries(rest);
      const answer = await (method === 'get' ? sent.query(fields) : sent.send(fields));
      if (!answer.ok) throw new Error(answer.text);
      return answer.body;
    },
    close: async () => {},
  }),
};

const typed: InterfaceKind = {
  kind: 'the typed client',
  open: async (baseUrl, key) => {
    const client = createFleetbeat({ baseUrl, key });
    const calls: Record<string, (given: never) => Promise<unknown>> = {
      create_session: (given) => client.sessions.create(given),
      update_session: ({ sessionId, ...update }: { sessionId: string; status: string }) =>
        client.sessions.update(sessionId, update),
      list_sessions: (given) => client.sessions.list(given),
      get_fleet_health: () => client.fleet.health(),
      get_program_state: ({ programId }: { programId: string }) => client.state.read(programId),
      update_program_state: ({ programId, ...update }: { programId: string }) => client.state.update(programId, update),
    };
    return {
      callTool: async ({ name, arguments: given }) => (await calls[name]?.(given as never)) as Record<string, unknown>,
      close: async () => {},
    };
  },
};

const tools = MCP_CLIENTS.map(
  ({ kind, protocolRevision, connect }): InterfaceKind => ({
    kind: `${kind} (${protocolRevision})`,
    async open(url, key) {
      const client = await connect(url, key);
      if (client.revision !== protocolRevision) throw new Error(`It speaks ${client.revision}`);
      return {
        async callTool({ name, arguments: given }) {
          const result = await client.callTool(name, given);
          if (result.isError) throw new Error(result.content[0]?.text);
          return result.structuredContent as Record<string, unknown>;
        },
        close: client.close,
      };
    },
  }),
);

export const INTERFACES: readonly InterfaceKind[] = [rest, typed, ...tools];
