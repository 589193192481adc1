/** Every way in which a request can be spoiled, and how it must be refused. */
import type { Operation, Parameter } from '../../openapi/operations.ts';
import { withQuery } from './example-requests.ts';
import { inlined, isOfType } from './schemas.ts';
import type { RawRequest } from './send.ts';
import { spoiledBodies } from './spoiled-bodies.ts';

export interface SpoiledRequest extends RawRequest {
  readonly how: string;
  readonly status: number;
  /** Another body than that of the valid request; made only when it is sent, for some are large. */
  spoil?(): string | Buffer;
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
  ...(operation.body ? spoiledBodies(operation, valid) : []),
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
    path: withQuery(without(valid.path, query.slice(0, query.indexOf('='))), query),
    how: `query ${query.slice(0, 60)}`,
    status: 400,
  }));
}

const HEADERS = [
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

function spoiledHeaders({ parameters }: Operation, valid: ValidRequest): SpoiledRequest[] {
  const headers = parameters.filter((each) => each.in === 'header');
  return headers.flatMap(({ name, schema }) => {
    const right = new RegExp(String(inlined(schema)['pattern']));
    return HEADERS.filter((value) => !right.test(value)).map((value) => ({
      ...valid,
      headers: { ...valid.headers, [name]: value },
      how: `${name} is ${value.slice(0, 30)}`,
      status: 400,
    }));
  });
}

/** The path with the parameter taken out of its query. */
function without(path: string, name: string): string {
  const [at = '', query = ''] = path.split('?');
  const others = query.split('&').filter((each) => each !== '' && !each.startsWith(`${name}=`));
  return withQuery(at, others.join('&'));
}

function wrongTexts({ schema: raw }: Parameter): string[] {
  const schema = inlined(raw);
  if (isOfType(schema, 'integer', 'number')) {
    const [least, most] = [Number(schema['minimum']), Number(schema['maximum'])];
    const broken = isOfType(schema, 'integer') ? ['1.5'] : [];
    return [...broken, '', 'a', '1e400', 'NaN', '1 2', String(least - 1), String(most + 1), '9'.repeat(400)];
  }
  if (isOfType(schema, 'boolean')) return ['', 'maybe', '1', 'TRUE', 'null'];
  const long = 'a'.repeat(Number(schema['maxLength'] ?? 1_000) + 1);
  const isFreeText = !['pattern', 'enum', 'format'].some((keyword) => keyword in schema);
  return isFreeText ? ['', '\0', long] : ['', '\0', '../..', 'a b', 'ä', long];
}

const rightText = ({ schema: raw }: Parameter): string => {
  const { default: usual, enum: values = [] } = inlined(raw) as { default?: unknown; enum?: unknown[] };
  return String(usual ?? values[0] ?? 'a');
};
