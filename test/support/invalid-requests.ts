/** Every kind of invalid request, and its expected problem. */
import type { Operation, Parameter } from '../../openapi/operations.ts';
import { withQuery } from './contract-fixtures.ts';
import { invalidBodies } from './invalid-bodies.ts';
import type { RawRequest } from './raw-request.ts';
import { hasType, inlineRefs } from './schemas.ts';

export interface InvalidRequest extends RawRequest {
  readonly description: string;
  readonly status: number;
  /** Replaces the body of the valid request; created when it is sent, because some are large. */
  spoil?(): string | Buffer;
}

export interface ValidRequest extends RawRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** The body before serialisation. */
  readonly value?: unknown;
}

export const invalidRequests = (operation: Operation, valid: ValidRequest): InvalidRequest[] => [
  ...invalidPaths(operation, valid),
  ...invalidQueries(operation, valid),
  ...invalidHeaders(operation, valid),
  ...(operation.body ? invalidBodies(operation, valid) : []),
];

const INVALID_SEGMENTS: Readonly<Record<string, number>> = {
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

function invalidPaths({ path, parameters }: Operation, valid: ValidRequest): InvalidRequest[] {
  const segments = { ...INVALID_SEGMENTS, ['a'.repeat(1_000)]: 400 };
  return parameters
    .filter((each) => each.in === 'path')
    .flatMap(({ name }) =>
      Object.entries(segments).map(([segment, status]) => {
        const at = path.split('/').indexOf(`{${name}}`);
        const spoiled = valid.path.split('/').map((each, index) => (index === at ? segment : each));
        return { ...valid, path: spoiled.join('/'), description: `${name} is ${segment.slice(0, 30)}`, status };
      }),
    );
}

/** Outside the API, unknown parameters are ignored: links and probes get some from others. */
function invalidQueries({ parameters, path }: Operation, valid: ValidRequest): InvalidRequest[] {
  const malformed = ['%00=1'];
  const unknown = ['unheardOf=1', '__proto__=1', 'constructor=1', 'limit[a]=1', '=', 'a.b=c', `${'x'.repeat(2_000)}=1`];
  const invalid = parameters
    .filter((each) => each.in === 'query')
    .flatMap((each) => [
      ...invalidTexts(each).map((text) => `${each.name}=${encodeURIComponent(text)}`),
      `${each.name}=%ED%A0%80`,
      `${each.name}=${validText(each)}&${each.name}=${validText(each)}`,
    ]);
  return [...malformed, ...(path.startsWith('/v1/') ? unknown : []), ...invalid].map((query) => ({
    ...valid,
    path: withQuery(withoutParameter(valid.path, query.slice(0, query.indexOf('='))), query),
    description: `query ${query.slice(0, 60)}`,
    status: 400,
  }));
}

const INVALID_HEADER_VALUES = [
  '',
  'a',
  '"a"',
  '""',
  '"-1"',
  `"${'1'.repeat(17)}"`,
  '1',
  'W/"1"',
  '"1", "2"',
  '\xe9',
  'x'.repeat(201),
];

function invalidHeaders({ parameters }: Operation, valid: ValidRequest): InvalidRequest[] {
  const headers = parameters.filter((each) => each.in === 'header');
  return headers.flatMap(({ name, schema }) => {
    const right = new RegExp(String(inlineRefs(schema)['pattern']));
    return INVALID_HEADER_VALUES.filter((value) => !right.test(value)).map((value) => ({
      ...valid,
      headers: { ...valid.headers, [name]: value },
      description: `${name} is ${value.slice(0, 30)}`,
      status: 400,
    }));
  });
}

/** The path without this query parameter. */
function withoutParameter(path: string, name: string): string {
  const [at = '', query = ''] = path.split('?');
  const others = query.split('&').filter((each) => each !== '' && !each.startsWith(`${name}=`));
  return withQuery(at, others.join('&'));
}

function invalidTexts({ schema: raw }: Parameter): string[] {
  const schema = inlineRefs(raw);
  if (hasType(schema, 'integer', 'number')) {
    const [min, max] = [Number(schema['minimum']), Number(schema['maximum'])];
    const broken = hasType(schema, 'integer') ? ['1.5'] : [];
    return [...broken, '', 'a', '1e400', 'NaN', '1 2', String(min - 1), String(max + 1), '9'.repeat(400)];
  }
  if (hasType(schema, 'boolean')) return ['', 'maybe', '1', 'TRUE', 'null'];
  const long = 'a'.repeat(Number(schema['maxLength'] ?? 1_000) + 1);
  const isFreeText = !['pattern', 'enum', 'format'].some((keyword) => keyword in schema);
  return isFreeText ? ['', '\0', long] : ['', '\0', '../..', 'a b', 'ä', long];
}

const validText = ({ schema: raw }: Parameter): string => {
  const { default: usual, enum: values = [] } = inlineRefs(raw) as { default?: unknown; enum?: unknown[] };
  return String(usual ?? values[0] ?? 'a');
};
