/** Every kind of invalid request body. */
import { gzipSync } from 'node:zlib';
import type { Operation } from '../../openapi/operations.ts';
import type { InvalidRequest, ValidRequest } from './invalid-requests.ts';
import { invalidValues } from './invalid-values.ts';
import { maxBodyBytes } from './max-body-bytes.ts';
import { inlineRefs } from './schemas.ts';

export const invalidBodies = (operation: Operation, valid: ValidRequest): InvalidRequest[] => [
  ...schemaViolations(operation, valid),
  ...malformedTexts(operation, valid),
  ...invalidUtf8(operation, valid),
  ...wrongContentHeaders(operation, valid),
];

function schemaViolations(operation: Operation, valid: ValidRequest): InvalidRequest[] {
  const violations = invalidValues(inlineRefs(operation.body?.schema ?? {}), valid.value);
  return violations.map(({ description, json }) => ({
    ...valid,
    spoil: json,
    description: `body ${description}`,
    status: 400,
  }));
}

const UNSUPPORTED_MEDIA_TYPES = [
  '',
  'json',
  'text/plain',
  'text/json',
  'application/xml',
  'application/jsonx',
  'application/json-patch+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  'application/json; charset="utf-16"',
  'application/json, text/plain',
];

/** Malformed JSON, and JSON over the size limit. */
function malformedTexts(operation: Operation, valid: ValidRequest): InvalidRequest[] {
  const text = String(valid.body);
  const maxBytes = maxBodyBytes(operation);
  const broken = ['{', '[', '{"a":}', "{'a': 1}", 'NaN', `${text}}`, text.slice(0, -1), '\0', '}{', '{"a":1,[[[[['];
  const large: [description: string, status: number, spoil: () => string][] = [
    ['deep nesting', maxBytes < 100_000 ? 413 : 400, () => `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['deep nesting that does not end', maxBytes < 100_000 ? 413 : 400, () => `{"a":${'['.repeat(100_000)}`],
    ['a huge text', 413, () => JSON.stringify({ name: 'x'.repeat(maxBytes) })],
    ['a huge blank', 413, () => `${text}${' '.repeat(maxBytes + 1)}`],
  ];
  return [
    ...broken.map((body) => ({ ...valid, body, description: `body ${body.slice(0, 20)}`, status: 400 })),
    ...large.map(([description, status, spoil]) => ({ ...valid, description, status, spoil })),
  ];
}

/** The wrong Content-Type or Content-Encoding, or none. */
function wrongContentHeaders(operation: Operation, valid: ValidRequest): InvalidRequest[] {
  const { 'content-type': _type, ...untyped } = valid.headers;
  const withHeader = (header: object) => ({ ...valid, headers: { ...valid.headers, ...header } });
  const createZipBomb = () => gzipSync(JSON.stringify({ name: 'x'.repeat(10 * maxBodyBytes(operation)) }));
  return [
    { ...withHeader({ 'content-encoding': 'gzip' }), spoil: createZipBomb, description: 'a zip bomb', status: 415 },
    { ...withHeader({ 'content-encoding': 'gzip' }), description: 'gzip that is none', status: 415 },
    { ...withHeader({ 'content-encoding': 'br' }), description: 'brotli', status: 415 },
    { ...withHeader({ 'content-encoding': 'unheard-of' }), description: 'an encoding nobody knows', status: 415 },
    { ...valid, headers: untyped, description: 'no media type', status: 415 },
    ...UNSUPPORTED_MEDIA_TYPES.map((type) => ({
      ...withHeader({ 'content-type': type }),
      description: `media type ${type}`,
      status: 415,
    })),
  ];
}

/** A string with an invalid UTF-8 byte. */
function invalidUtf8({ body }: Operation, valid: ValidRequest): InvalidRequest[] {
  const properties = Object.keys((inlineRefs(body?.schema ?? {})['properties'] ?? {}) as object);
  const name = ['name', 'status', 'label'].find((each) => properties.includes(each));
  if (name === undefined) return [];
  const text = JSON.stringify({ ...(valid.value as object), [name]: 'before«after' });
  const [before, after] = text.split('«').map((part) => Buffer.from(part)) as [Buffer, Buffer];
  const bytes = Buffer.concat([before, Buffer.from([0xff]), after]);
  return [{ ...valid, body: bytes, description: 'bytes that are no UTF-8', status: 400 }];
}
