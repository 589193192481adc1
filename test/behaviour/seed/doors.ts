/** Every way in to the same operations: plain REST, the typed client, and each official MCP client. */
import request from 'supertest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { type Arguments, mcpClients } from '../../support/mcp-clients.ts';

interface Call {
  readonly name: string;
  readonly arguments: Arguments;
}

export interface Door {
  /** Resolves with the answer's JSON; rejects when the call was refused. */
  call(call: Call): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

interface DoorKind {
  readonly kind: string;
  open(url: string, key: string): Promise<Door>;
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

const rest: DoorKind = {
  kind: 'REST',
  open: async (url, key) => ({
    async call({ name, arguments: given }) {
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

const typed: DoorKind = {
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
      call: async ({ name, arguments: given }) => (await calls[name]?.(given as never)) as Record<string, unknown>,
      close: async () => {},
    };
  },
};

const tools = mcpClients.map(
  ({ kind, speaks, connect }): DoorKind => ({
    kind: `${kind} (${speaks})`,
    async open(url, key) {
      const client = await connect(url, key);
      if (client.revision !== speaks) throw new Error(`It speaks ${client.revision}`);
      return {
        async call({ name, arguments: given }) {
          const result = await client.call(name, given);
          if (result.isError) throw new Error(result.content[0]?.text);
          return result.structuredContent as Record<string, unknown>;
        },
        close: client.close,
      };
    },
  }),
);

export const doors: readonly DoorKind[] = [rest, typed, ...tools];
