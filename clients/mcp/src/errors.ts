/** What went wrong between the bridge and the server, in a sentence: never an issue list, a page of HTML or a stack. */
import { SdkError, SdkHttpError } from '@modelcontextprotocol/client';

export interface JsonRpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export const INTERNAL_ERROR = -32603;

/** The error of a request that the server rejected or did not answer. */
export function toJsonRpcError(endpoint: URL, error: unknown): JsonRpcError {
  if (!(error instanceof SdkHttpError)) return { code: INTERNAL_ERROR, message: explain(endpoint, error) };
  const body = parseBody(error.data?.['text']);
  const own = body?.['jsonrpc'] === '2.0' ? (body['error'] as JsonRpcError | undefined) : undefined;
  if (typeof own?.message === 'string') return own;
  // A problem document (RFC 9457).
  if (typeof body?.['detail'] === 'string')
    return { code: INTERNAL_ERROR, message: body['detail'], data: { problem: body } };
  const status = `${error.data?.['status']} ${error.data?.['statusText'] ?? ''}`.trim();
  return {
    code: INTERNAL_ERROR,
    message: `${endpoint.origin} answered HTTP ${status} and did not say why. Is there a Fleetbeat server at this address?`,
  };
}

/** The same as one line of text. */
export const describeError = (endpoint: URL, error: unknown): string =>
  toJsonRpcError(endpoint, error).message.replace(/\s+/g, ' ');

function explain({ origin }: URL, error: unknown): string {
  const isNoMessage = error instanceof SyntaxError || error instanceof SdkError || 'issues' in (error as object);
  if (isNoMessage)
    return `${origin} answered something that is no MCP message. Is there a Fleetbeat server at this address?`;
  const { message, cause } = error as Error;
  const why = (cause as { code?: string } | undefined)?.code ?? message.split('\n', 1)[0];
  return `Fleetbeat at ${origin} gives no answer (${why}). Is the server up? The next call tries again.`;
}

function parseBody(text: unknown): Readonly<Record<string, unknown>> | null {
  try {
    const body: unknown = typeof text === 'string' ? JSON.parse(text) : null;
    return typeof body === 'object' ? (body as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
