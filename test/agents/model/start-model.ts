/**
 * A model that answers by a script, for running real coding agents without one: the APIs of Anthropic, OpenAI and Gemini
 * on one port, with every request kept for the tests to look at.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropic } from './anthropic.ts';
import { chat } from './chat.ts';
import { type Answer, findPosition, type ModelRequest } from './conversation.ts';
import { gemini } from './gemini.ts';
import { hasTool, isOurs, PLAYS, toAnswer } from './plays.ts';
import { responses } from './responses.ts';
import type { Wire } from './wire.ts';

const WIRES = { 'claude-code': anthropic, codex: responses, gemini, opencode: chat } as const;
export type AgentName = keyof typeof WIRES;

/** How often a model waits a second for the tools of an MCP server, and how long an answer is held back at most. */
const MAX_TOOL_WAITS = 30;
const MAX_HOLD_MS = 60_000;

/** One request of an agent, and what it was answered with. */
export interface SeenRequest {
  readonly agent: AgentName;
  readonly at: number;
  /** The whole body, as text. */
  readonly text: string;
  readonly play: string | null;
  readonly step: number;
  /** Fleetbeat's tools among those offered. */
  readonly ourTools: readonly string[];
  readonly answer: Answer | { readonly status: number };
  readonly tokens: number;
}

export interface ScriptedModel {
  /** Where one agent finds it. */
  urlFor(agent: AgentName): string;
  /** Gives the answers that are held back for an agent, now and from now on. */
  release(agent: AgentName): void;
  /** How many summaries of a conversation an agent has asked for. */
  compactions(agent: AgentName): number;
  /** All requests of one agent that belong to a play, the oldest first; helpers' requests without tools are not among them. */
  requests(agent: AgentName): SeenRequest[];
  close(): void;
}

export async function startModel(): Promise<ScriptedModel> {
  const memory: Memory = { seen: [], compactions: [], released: new Set(), toolWaits: new Map() };
  const server = createServer((request, response) => {
    void handle(request, response, memory).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    urlFor: (agent) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${agent}`,
    release: (agent) => void memory.released.add(agent),
    compactions: (agent) => memory.compactions.filter((each) => each === agent).length,
    requests: (agent) => memory.seen.filter((each) => each.agent === agent && each.play !== null),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Memory {
  readonly seen: SeenRequest[];
  readonly compactions: AgentName[];
  readonly released: Set<AgentName>;
  /** How often the conversation that an agent has now waited for tools; each wait is a step of its own. */
  readonly toolWaits: Map<AgentName, number>;
}

async function handle(request: IncomingMessage, response: ServerResponse, memory: Memory): Promise<void> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const url = request.url ?? '/';
  const path = url.replace(/\?.*/, '');
  const found = (Object.entries(WIRES) as [AgentName, Wire][]).find(([name]) => path.startsWith(`/${name}/`));
  if (request.method === 'GET' || !found?.[1].path.test(path)) return answerOther(response, path);
  const [agent, wire] = found;
  const body = JSON.parse(text || '{}') as Readonly<Record<string, unknown>>;
  const asked = wire.read(body);
  const { play, step: calls, isCompaction } = findPosition(asked.messages);
  if (calls === 0) memory.toolWaits.delete(agent);
  const toolWaits = memory.toolWaits.get(agent) ?? 0;
  const step = calls - toolWaits;
  const {
    answer,
    isHeld = false,
    isToolWait = false,
    tokens = Math.ceil(text.length / 4),
  } = isCompaction
    ? { answer: { text: '<summary>SUMMARY: it read the file and ran a command.</summary>' } }
    : plan(play, step, { asked, text, mayWait: toolWaits < MAX_TOOL_WAITS });
  if (isToolWait) memory.toolWaits.set(agent, toolWaits + 1);
  if (isCompaction) memory.compactions.push(agent);
  const ourTools = asked.tools.filter(isOurs).map(({ name }) => name);
  const isOfPlay = asked.tools.length > 0 && !/count_?tokens/i.test(url);
  memory.seen.push({ agent, at: Date.now(), text, play: isOfPlay ? play : null, step, ourTools, answer, tokens });
  for (
    const until = Date.now() + MAX_HOLD_MS;
    isHeld && isOfPlay && !memory.released.has(agent) && Date.now() < until;
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
  if (!('status' in answer)) return wire.write({ response, url, body, answer, tokens });
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end('{"type":"error","error":{"type":"invalid_request_error","message":"scripted"}}');
}

interface Plan {
  readonly isHeld?: boolean | undefined;
  readonly isToolWait?: boolean;
  readonly answer: SeenRequest['answer'];
  readonly tokens?: number;
}

interface Asked {
  readonly asked: ModelRequest;
  readonly text: string;
  /** Whether it may still wait for the tools of an MCP server. */
  readonly mayWait: boolean;
}

function plan(play: string | null, at: number, { asked: { tools }, text, mayWait }: Asked): Plan {
  const steps = PLAYS[play ?? ''];
  if (!steps) return { answer: { text: 'OK' } };
  const [, session, program] = /Fleetbeat: this is session (\S+) of the program ([\w.:-]+)\./.exec(text) ?? [];
  const known: Readonly<Record<string, string | undefined>> = { $PROGRAM: program, $SESSION: session };
  const raw = JSON.stringify(steps[Math.min(at, steps.length - 1)]);
  // Without hooks neither is known, and the tools take their own.
  const step = JSON.parse(raw, (_, value) =>
    typeof value === 'string' && Object.hasOwn(known, value) ? known[value] : value,
  ) as (typeof steps)[number];
  if (step.mcp !== undefined && mayWait && !hasTool(step, tools))
    return { answer: toAnswer({ shell: 'sleep 1' }, tools), isToolWait: true };
  const answer = step.status === undefined ? toAnswer(step, tools) : { status: step.status };
  return { answer, isHeld: step.isHeld, ...(step.tokens !== undefined && { tokens: step.tokens }) };
}

/** Whatever else an agent asks at its start. */
function answerOther(response: ServerResponse, path: string): void {
  if (!/\/models$/.test(path)) response.statusCode = 404;
  response.setHeader('content-type', 'application/json');
  response.end('{"object":"list","data":[],"models":[]}');
}
