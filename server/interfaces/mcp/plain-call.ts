/**
 * Which requests are plainly one tool call: those that the SDK's handler would let through to the tool, whatever else it
 * looks at. Pure. Everything else, and all that is to be refused, is the handler's to answer.
 */
import type { IncomingHttpHeaders } from 'node:http';
import {
  isJSONRPCRequest,
  isJsonContentType,
  type JSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import type { Caller } from './caller.ts';
import { isTool } from './tool-methods.ts';

export interface PlainCall {
  readonly message: JSONRPCRequest;
  readonly era: Caller['era'];
}

/** The revision whose requests carry all that they need themselves. */
export const REVISION = '2026-07-28';

export function plainCallOf(headers: IncomingHttpHeaders, body: unknown): PlainCall | null {
  if (!isJsonContentType(headers['content-type']) || !isJSONRPCRequest(body)) return null;
  const { method, params } = body;
  if (method !== 'tools/call' || !isTool(params?.['name'])) return null;
  const claimed = params?._meta?.[PROTOCOL_VERSION_META_KEY];
  const era = claimed === undefined ? 'legacy' : 'modern';
  const isPlain =
    era === 'legacy' ? isPlainBefore(headers) : claimed === REVISION && isPlainNow(headers, params?.['name']);
  return isPlain ? { message: body, era } : null;
}

/**
 * 2026-07-28, Streamable HTTP, Protocol Version Header and Standard Request Headers: they are there, and say what the body
 * says. A tool's name needs no encoding.
 */
const isPlainNow = (headers: IncomingHttpHeaders, name: unknown): boolean =>
  headers['mcp-protocol-version'] === REVISION &&
  headers['mcp-method'] === 'tools/call' &&
  headers['mcp-name'] === name;

/**
 * 2025-11-25, Streamable HTTP, Sending Messages to the Server: both media types are accepted; Protocol Version Header: a
 * revision that is spoken here, or none.
 */
function isPlainBefore({ accept = '', 'mcp-protocol-version': revision }: IncomingHttpHeaders): boolean {
  const isSpoken = revision === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(revision as string);
  return isSpoken && accept.includes('application/json') && accept.includes('text/event-stream');
}
