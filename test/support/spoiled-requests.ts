/** Every way in which a request can be spoiled, and how it must be refused. */
import { gzipSync } from 'node:zlib';
import type { Operation, Parameter } from '../../openapi/operations.ts';
import { inlined, isOfType } from './schemas.ts';
import type { RawRequest } from './send.ts';
import { spoiledValues } from './spoiled-values.ts';

export interface SpoiledRequest extends RawRequest {
  readonly how: string;
  readonly status: number;
}

export interface ValidRequest extends RawRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** The body before it became text. */
  readonly value?: unknown;
}

export const spoiledRequests = (operation: Operation, valid: ValidRequest): SpoiledRequest[] => [
  ...spoiledPaths(operation, valid),
  ...spoiledQueries(operation, valid),
  ...spoiledHeaders(operation, valid),
  ...(operation.body ? [...spoiledBodies(operation, valid), ...spoiledWire(operation, valid)] : []),
];

const STEPS: Readonly<Record<string, number>> = {
  '..': 400,
  '.': 400,
  '%2e%2e%2f': 400,
  '..%2f..%2fetc%2fpasswd': 400,
  'a%2Fb': 400,
  'a%5Cb': 400,
  'a/b': 404,
  'a/../b': 404,
  '%00': 400,
  'a%00': 400,
  '%': 400,
  '%zz': 400,
  '%ED%A0%80': 400,
  '%20': 400,
  '%C3%A9': 400,
  '*': 400,
  'a%0d%0ab': 400,
  '%7B%7D': 400,
  "'%20OR%201=1": 400,
};

function spoiledPaths({ path, parameters }: Operation, valid: ValidRequest): SpoiledRequest[] {
  const steps = { ...STEPS, ['a'.repeat(1_000)]: 400 };
  return parameters
    .filter((each) => each.in === 'path')
    .flatMap(({ name }) =>
      Object.entries(steps).map(([step, status]) => {
        const at = path.split('/').indexOf(`{${name}}`);
        const spoiled = valid.path.split('/').map((each, index) => (index === at ? step : each));
        return { ...valid, path: spoiled.join('/'), how: `${name} is ${step.slice(0, 30)}`, status };
      }),
    );
}

function spoiledQueries({ parameters }: Operation, valid: ValidRequest): SpoiledRequest[] {
  const unknown = [
    'unheardOf=1',
    '__proto__=1',
    'constructor=1',
    'limit[a]=1',
    '=',
    '%00=1',
    'a.b=c',
    `${'x'.repeat(2_000)}=1`,
  ];
  const known = parameters
    .filter((each) => each.in === 'query')
    .flatMap((each) => [
      ...wrongTexts(each).map((text) => `${each.name}=${encodeURIComponent(text)}`),
      `${each.name}=%ED%A0%80`,
      `${each.name}=${rightText(each)}&${each.name}=${rightText(each)}`,
    ]);
  return [...unknown, ...known].map((query) => ({
    ...valid,
    path: `${valid.path}?${query}`,
    how: `query ${query.slice(0, 60)}`,
    status: 400,
  }));
}

function spoiledHeaders({ parameters }: Operation, valid: ValidRequest): SpoiledRequest[] {
  const headers = parameters.filter((each) => each.in === 'header');
  return headers.flatMap(({ name }) =>
    ['a', '"a"', '""', '"-1"', `"${'1'.repeat(17)}"`, '1', 'W/"1"', '"1", "2"', '\xe9'].map((value) => ({
      ...valid,
      headers: { ...valid.headers, [name]: value },
      how: `${name} is ${value}`,
      status: 400,
    })),
  );
}

function wrongTexts({ schema: raw }: Parameter): string[] {
  const schema = inlined(raw);
  if (isOfType(schema, 'integer')) {
    const [least, most] = [Number(schema['minimum']), Number(schema['maximum'])];
    return ['', 'a', '1.5', '1e400', 'NaN', '1 2', String(least - 1), String(most + 1), '9'.repeat(400)];
  }
  if (isOfType(schema, 'boolean')) return ['', 'maybe', '1', 'TRUE', 'null'];
  const long = 'a'.repeat(Number(schema['maxLength'] ?? 1_000) + 1);
  return ['', '\0', '../..', 'a b', 'ä', long];
}

const rightText = ({ schema: raw }: Parameter): string => {
  const { default: usual, enum: values = [] } = inlined(raw) as { default?: unknown; enum?: unknown[] };
  return String(usual ?? values[0] ?? 'a');
};

function spoiledBodies(operation: Operation, valid: ValidRequest): SpoiledRequest[] {
  const spoiled = spoiledValues(inlined(operation.body?.schema ?? {}), valid.value);
  return spoiled.map(({ how, json }) => ({ ...valid, body: json, how: `body ${how}`, status: 400 }));
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

/** What goes wrong before a schema is asked: media types, encodings, text that is no JSON. */
function spoiledWire(operation: Operation, valid: ValidRequest): SpoiledRequest[] {
  const text = String(valid.body);
  const broken = [
    '{',
    '[',
    '{"a":}',
    "{'a': 1}",
    'NaN',
    `${text}}`,
    text.slice(0, -1),
    `{"a":1,${'['.repeat(100_000)}`,
    '\0',
    '}{',
  ];
  const { 'content-type': _type, ...untyped } = valid.headers;
  const as = (type: string) => ({ ...valid.headers, 'content-type': type });
  const zipped = (bytes: Buffer) => ({
    ...valid,
    headers: { ...valid.headers, 'content-encoding': 'gzip' },
    body: bytes,
  });
  return [
    ...broken.map((body) => ({ ...valid, body, how: `body ${body.slice(0, 20)}`, status: 400 })),
    { ...valid, body: `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, how: 'deep nesting', status: 400 },
    ...notUtf8(operation, valid),
    { ...valid, body: JSON.stringify({ name: 'x'.repeat(300_000) }), how: 'huge body', status: 413 },
    { ...valid, body: `${text}${' '.repeat(262_145)}`, how: 'huge blank', status: 413 },
    { ...zipped(gzipSync(JSON.stringify({ name: 'x'.repeat(3_000_000) }))), how: 'zip bomb', status: 413 },
    { ...zipped(Buffer.from(text)), how: 'gzip that is none', status: 400 },
    {
      ...valid,
      headers: { ...valid.headers, 'content-encoding': 'unheard-of' },
      how: 'an encoding nobody knows',
      status: 415,
    },
    { ...valid, headers: untyped, how: 'no media type', status: 415 },
    ...TYPES.map((type) => ({ ...valid, headers: as(type), how: `media type ${type}`, status: 415 })),
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
