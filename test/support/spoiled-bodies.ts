/** Every way in which the body of a request can be spoiled. */
import { gzipSync } from 'node:zlib';
import type { Operation } from '../../openapi/operations.ts';
import { largestBody } from './largest-body.ts';
import { inlined } from './schemas.ts';
import type { SpoiledRequest, ValidRequest } from './spoiled-requests.ts';
import { spoiledValues } from './spoiled-values.ts';

export const spoiledBodies = (operation: Operation, valid: ValidRequest): SpoiledRequest[] => [
  ...brokenSchemas(operation, valid),
  ...brokenTexts(operation, valid),
  ...notUtf8(operation, valid),
  ...wrongMedia(operation, valid),
];

function brokenSchemas(operation: Operation, valid: ValidRequest): SpoiledRequest[] {
  const spoiled = spoiledValues(inlined(operation.body?.schema ?? {}), valid.value);
  return spoiled.map(({ how, json }) => ({ ...valid, spoil: json, how: `body ${how}`, status: 400 }));
}

const TYPES = [
  '',
  'json',
  'text/plain',
  'text/json',
  'application/xml',
  'application/jsonx',
  'application/merge-patch+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  'application/json; charset="utf-16"',
  'application/json, text/plain',
];

/** Text that is no JSON, or more of it than a server should read. */
function brokenTexts(operation: Operation, valid: ValidRequest): SpoiledRequest[] {
  const text = String(valid.body);
  const most = largestBody(operation);
  const broken = ['{', '[', '{"a":}', "{'a': 1}", 'NaN', `${text}}`, text.slice(0, -1), '\0', '}{', '{"a":1,[[[[['];
  const large: [how: string, status: number, spoil: () => string][] = [
    ['deep nesting', 400, () => `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['deep nesting that does not end', 400, () => `{"a":${'['.repeat(100_000)}`],
    ['a huge text', 413, () => JSON.stringify({ name: 'x'.repeat(most) })],
    ['a huge blank', 413, () => `${text}${' '.repeat(most + 1)}`],
  ];
  return [
    ...broken.map((body) => ({ ...valid, body, how: `body ${body.slice(0, 20)}`, status: 400 })),
    ...large.map(([how, status, spoil]) => ({ ...valid, how, status, spoil })),
  ];
}

/** The wrong Content-Type or Content-Encoding, or none. */
function wrongMedia(operation: Operation, valid: ValidRequest): SpoiledRequest[] {
  const { 'content-type': _type, ...untyped } = valid.headers;
  const as = (header: object) => ({ ...valid, headers: { ...valid.headers, ...header } });
  const bomb = () => gzipSync(JSON.stringify({ name: 'x'.repeat(10 * largestBody(operation)) }));
  return [
    { ...as({ 'content-encoding': 'gzip' }), spoil: bomb, how: 'a zip bomb', status: 413 },
    { ...as({ 'content-encoding': 'gzip' }), how: 'gzip that is none', status: 400 },
    { ...as({ 'content-encoding': 'unheard-of' }), how: 'an encoding nobody knows', status: 415 },
    { ...valid, headers: untyped, how: 'no media type', status: 415 },
    ...TYPES.map((type) => ({ ...as({ 'content-type': type }), how: `media type ${type}`, status: 415 })),
  ];
}

/** A text of the body holds a byte that no UTF-8 has. */
function notUtf8({ body }: Operation, valid: ValidRequest): SpoiledRequest[] {
  const properties = Object.keys((inlined(body?.schema ?? {})['properties'] ?? {}) as object);
  const name = ['name', 'status', 'label'].find((each) => properties.includes(each));
  if (name === undefined) return [];
  const text = JSON.stringify({ ...(valid.value as object), [name]: 'before«after' });
  const [before, after] = text.split('«').map((part) => Buffer.from(part)) as [Buffer, Buffer];
  const bytes = Buffer.concat([before, Buffer.from([0xff]), after]);
  return [{ ...valid, body: bytes, how: 'bytes that are no UTF-8', status: 400 }];
}
