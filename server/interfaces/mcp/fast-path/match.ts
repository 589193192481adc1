/**
 * Recognises requests that are a single valid tool call, for the fast path in transport.ts. Anything else, and any invalid
 * request, is handled by the SDK. Pure.
 */
import type { IncomingHttpHeaders } from 'node:http';
import {
  isJSONRPCRequest,
  isJsonContentType,
  type JSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import type { Caller } from '../caller.ts';
import { isTool } from '../tool-methods.ts';

export interface FastPathCall {
  readonly message: JSONRPCRequest;
  readonly era: Caller['era'];
}

/** The revision with self-contained requests. */
export const MODERN_REVISION = '2026-07-28';

export function matchFastPath(headers: IncomingHttpHeaders, body: unknown): FastPathCall | null {
  if (!isJsonContentType(headers['content-type']) || !isJSONRPCRequest(body)) return null;
  const { method, params } = body;
  if (method !== 'tools/call' || !isTool(params?.['name'])) return null;
  const claimedRevision = params?._meta?.[PROTOCOL_VERSION_META_KEY];
  const era = claimedRevision === undefined ? 'legacy' : 'modern';
  const isMatch =
    era === 'legacy'
      ? matchesLegacy(headers)
      : claimedRevision === MODERN_REVISION && matchesModern(headers, params?.['name']);
  return isMatch ? { message: body, era } : null;
}

/**
 * 2026-07-28, Streamable HTTP, Protocol Version Header and Standard Request Headers: present and equal to the body's
 * values. Tool names need no encoding.
 */
const matchesModern = (headers: IncomingHttpHeaders, name: unknown): boolean =>
  headers['mcp-protocol-version'] === MODERN_REVISION &&
  headers['mcp-method'] === 'tools/call' &&
  headers['mcp-name'] === name;

/**
 * 2025-11-25, Streamable HTTP, Sending Messages to the Server: both media types are accepted; Protocol Version Header: a
 * supported revision, or absent.
 */
function matchesLegacy({ accept = '', 'mcp-protocol-version': revision }: IncomingHttpHeaders): boolean {
  const isSupported = revision === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(revision as string);
  return isSupported && accept.includes('application/json') && accept.includes('text/event-stream');
}
