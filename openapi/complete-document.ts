/**
 * Completes the bundled document with what holds for every operation alike, so that it is written once and not in every
 * response of the YAML files.
 */
import type { Document } from './operations.ts';

type Node = { [key: string]: unknown };

const MERGE_PATCH = 'application/merge-patch+json';
const MAX_INT32 = 2 ** 31 - 1;
/** An instant of RFC 3339 with nanoseconds and an offset has 35 characters. */
const MAX_INSTANT_LENGTH = 40;

/** Changes the document in place, and returns it. */
export function completeDocument(document: Document): Document {
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) {
      if (!isOperation(operation)) continue;
      allowCookie(operation);
      addHeaders(operation);
    }
    addMergePatch(item['patch']);
  }
  const { responses } = document['components'] as { responses: Record<string, Node> };
  for (const response of Object.values(responses))
    response['headers'] = { ...HEADERS, ...(response['headers'] as Node) };
  limitSchemas(document);
  return document;
}

interface Operation extends Node {
  operationId: string;
  security?: Record<string, string[]>[];
  responses: Record<string, Node>;
  parameters?: Node[];
}

const isOperation = (node: unknown): node is Operation =>
  typeof node === 'object' && node !== null && 'operationId' in node;

/** A web session's cookie may call what its key may call. */
function allowCookie({ security }: Operation): void {
  const roles = security?.[0]?.['key'];
  if (roles) security.push({ cookie: [...roles] }, { cookieOverHttp: [...roles] });
}

const reference = (name: string) => ({ $ref: `#/components/headers/${name}` });
const ALWAYS = { 'X-Request-Id': reference('RequestId'), 'Access-Control-Allow-Origin': reference('AllowedOrigin') };
const BUDGETS = { RateLimit: reference('RateLimit'), 'RateLimit-Policy': reference('RateLimitPolicy') };
const HEADERS = { ...ALWAYS, ...BUDGETS };

/** A push subscription is listed, and has no address of its own. */
const NOT_READABLE_ALONE = 'createPushSubscription';

/** Requests without a caller spend no budget. Shared responses get their headers in `components`. */
function addHeaders({ operationId, security, responses, parameters }: Operation): void {
  const takesKey = parameters?.some((each) => /\/(Idempotency|Retry)Key$/.test(String(each['$ref'])));
  for (const [status, response] of Object.entries(responses)) {
    if ('$ref' in response) continue;
    response['headers'] = {
      ...(security?.length === 0 ? ALWAYS : HEADERS),
      ...(takesKey && { 'Idempotent-Replayed': reference('Replayed') }),
      ...(status === '201' && operationId !== NOT_READABLE_ALONE && { Location: reference('Location') }),
      ...(response['headers'] as Node),
    };
  }
}

/** Every PATCH is a merge patch (RFC 7396), and takes its media type as well as plain JSON. */
function addMergePatch(patch: unknown): void {
  if (!isOperation(patch)) return;
  const { content } = patch['requestBody'] as { content: Node };
  content[MERGE_PATCH] = { schema: (content['application/json'] as Node)['schema'] };
}

/** Gives integers the format that generators choose a type by, and instants a length. Examples hold no schemas. */
function limitSchemas(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Node;
  const types = [schema['type']].flat();
  if (types.includes('integer') && schema['format'] === undefined)
    schema['format'] = (schema['maximum'] as number) > MAX_INT32 ? 'int64' : 'int32';
  if (types.includes('string') && schema['format'] === 'date-time') schema['maxLength'] ??= MAX_INSTANT_LENGTH;
  for (const [name, child] of Object.entries(schema)) {
    if (name !== 'example' && name !== 'examples') limitSchemas(child);
  }
}
