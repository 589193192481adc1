/** Reads JSON-RPC messages, one in each line, and says of each line that is none what is wrong with it. */
import type { Readable } from 'node:stream';
import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResponse,
  type JSONRPCMessage,
} from '@modelcontextprotocol/client';

export type Id = string | number;

/** A line, or a part of a batch, that is no message. A client may wait for an answer to it. */
export interface Refusal {
  /** The id of the request that it was meant to be; null where none can be read. */
  readonly id: Id | null;
  readonly code: number;
  readonly reason: string;
}

export type ReadResult = { readonly message: JSONRPCMessage } | { readonly refusal: Refusal };

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const MEMBERS = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);

/** Far more than the server takes; without a limit a client that sends no newline would fill the memory. */
const MAX_LINE_LENGTH = 16 * 1024 * 1024;

/** Calls `onMessage` for each message and each refusal, in order. Resolves at the end of the input. */
export async function readMessages(input: Readable, onMessage: (result: ReadResult) => void): Promise<void> {
  for await (const line of readLines(input)) for (const result of readLine(line)) onMessage(result);
}

/** Not `node:readline`, which ends lines at U+2028 too; in JSON that is a character like any other. */
async function* readLines(input: Readable): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  const append = (part: string): void => {
    if (length < MAX_LINE_LENGTH) parts.push(part);
    length += part.length;
  };
  const takeLine = (): string => {
    const line = parts.join('');
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of input.setEncoding('utf8') as AsyncIterable<string>) {
    const [first = '', ...others] = chunk.split('\n');
    append(first);
    for (const other of others) {
      yield takeLine();
      append(other);
    }
  }
  yield takeLine();
}

/** What a line holds: nothing, a message, or the messages of a batch (JSON-RPC 2.0), each by itself. */
export function readLine(line: string): ReadResult[] {
  const text = line.replace(/^\uFEFF/, '').trim();
  if (text === '') return [];
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return [toResult(parsed)];
    return parsed.length > 0 ? parsed.map(toResult) : [refuse(null, 'An empty batch asks for nothing.')];
  } catch {
    const reason = 'This line is not valid JSON. A message is one JSON object in one line.';
    return [{ refusal: { id: findId(text), code: PARSE_ERROR, reason } }];
  }
}

function toResult(parsed: unknown): ReadResult {
  if (isJSONRPCRequest(parsed) || isJSONRPCNotification(parsed) || isJSONRPCResponse(parsed))
    return { message: parsed };
  const id = (parsed as { id?: unknown } | null)?.id;
  return refuse(isId(id) ? id : null, findFault(parsed));
}

const refuse = (id: Id | null, reason: string): ReadResult => ({ refusal: { id, code: INVALID_REQUEST, reason } });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is Id => typeof value === 'string' || Number.isInteger(value);

/** What is wrong with a JSON value that is no message. */
function findFault(value: unknown): string {
  if (!isObject(value)) return 'A message is a JSON object.';
  const { jsonrpc, id, method, params } = value;
  if (jsonrpc !== '2.0') return 'jsonrpc must be "2.0".';
  if (id !== undefined && !isId(id)) return 'id must be a text or a whole number.';
  if (method !== undefined && typeof method !== 'string') return 'method must be a text.';
  if (params !== undefined && !isObject(params)) return 'params must be an object, or be left out.';
  const unknown = Object.keys(value).find((name) => !MEMBERS.has(name));
  if (unknown !== undefined) return `A message has no member ${JSON.stringify(unknown)}.`;
  return 'This is neither a request nor a notification nor a response of JSON-RPC 2.0.';
}

const ID = String.raw`"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*`;
/** Where clients write it. Elsewhere it may be that of something else. */
const ID_PLACES = [
  new RegExp(String.raw`^\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?${ID}[,}]`),
  new RegExp(String.raw`,\s*${ID}\}?$`),
];

/** The id of a message that is not valid JSON. */
function findId(text: string): Id | null {
  const found = ID_PLACES.map((place) => place.exec(text)?.[1]).find((each) => each !== undefined);
  try {
    return found === undefined ? null : (JSON.parse(found) as Id);
  } catch {
    return null;
  }
}
