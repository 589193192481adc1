/**
 * A model that answers by a script, for running real coding agents without one: the APIs of Anthropic, OpenAI and Gemini
 * on one port, with every request kept for the tests to look at.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropic } from './anthropic.ts';
import { type Answer, findPosition, type ModelRequest } from './conversation.ts';
import { gemini } from './gemini.ts';
import { isOurs, PLAYS, toAnswer } from './plays.ts';
import { responses } from './responses.ts';
import type { Wire } from './wire.ts';

const WIRES = { 'claude-code': anthropic, codex: responses, gemini } as const;
export type AgentName = keyof typeof WIRES;

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
  readonly url: string;
  /** All requests of one agent that belong to a play, the oldest first; helpers' requests without tools are not among them. */
  requests(agent: AgentName): SeenRequest[];
  close(): void;
}

export async function startModel(): Promise<ScriptedModel> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void handle(request, response, seen).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: (agent) => seen.filter((each) => each.agent === agent && each.play !== null),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, seen: SeenRequest[]): Promise<void> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const url = request.url ?? '/';
  const path = url.replace(/\?.*/, '');
  const found = (Object.entries(WIRES) as [AgentName, Wire][]).find(([, { path: pattern }]) => pattern.test(path));
  if (request.method === 'GET' || !found) return answerOther(response, path);
  const [agent, wire] = found;
  const body = JSON.parse(text || '{}') as Readonly<Record<string, unknown>>;
  const asked = wire.read(body);
  const { play, step, isCompaction } = findPosition(asked.messages);
  const {
    answer,
    delayMs = 0,
    tokens = Math.ceil(text.length / 4),
  } = isCompaction
    ? { answer: { text: '<summary>SUMMARY: it read the file and ran a command.</summary>' } }
    : plan(play, step, asked, text);
  const ourTools = asked.tools.filter(isOurs).map(({ name }) => name);
  const isOfPlay = asked.tools.length > 0 && !/count_?tokens/i.test(url);
  seen.push({ agent, at: Date.now(), text, play: isOfPlay ? play : null, step, ourTools, answer, tokens });
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (!('status' in answer)) return wire.write({ response, url, body, answer, tokens });
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end('{"type":"error","error":{"type":"invalid_request_error","message":"scripted"}}');
}

interface Plan {
  readonly delayMs?: number | undefined;
  readonly answer: SeenRequest['answer'];
  readonly tokens?: number;
}

function plan(play: string | null, at: number, { tools }: ModelRequest, text: string): Plan {
  const steps = PLAYS[play ?? ''];
  if (!steps) return { answer: { text: 'OK' } };
  const [, session = 'unknown', program = 'unknown'] =
    /Fleetbeat: this is session (\S+) of the program ([\w.:-]+)\./.exec(text) ?? [];
  const raw = JSON.stringify(steps[Math.min(at, steps.length - 1)]);
  const step = JSON.parse(
    raw.replaceAll('$PROGRAM', program).replaceAll('$SESSION', session),
  ) as (typeof steps)[number];
  const answer = step.status === undefined ? toAnswer(step, tools) : { status: step.status };
  return { answer, delayMs: step.delayMs, ...(step.tokens !== undefined && { tokens: step.tokens }) };
}

/** Whatever else an agent asks at its start. */
function answerOther(response: ServerResponse, path: string): void {
  if (!/\/models$/.test(path)) response.statusCode = 404;
  response.setHeader('content-type', 'application/json');
  response.end('{"object":"list","data":[],"models":[]}');
}
