/** Tools of others that read the OpenAPI document: what they generate compiles, and what they send and receive fits it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, listOperations, type Parameter, resolveRef } from '../../openapi/operations.ts';
import { startPrism } from './prism.ts';
import type { Bench, Check } from './tool.ts';

/** Generates a client, and checks its types. */
const generates =
  (name: string, program: string, ...args: readonly string[]): Check =>
  async (bench) => {
    await bench.run(program, ...args);
    REPAIRS[name]?.(bench);
    const options = { target: 'ES2022', module: 'ESNext', moduleResolution: 'Bundler', strict: true, noEmit: true };
    const more = {
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      types: [],
    };
    const project = join(bench.folder, `tsconfig.${name}.json`);
    writeFileSync(project, JSON.stringify({ compilerOptions: { ...options, ...more }, include: [`out/${name}`] }));
    await bench.run('tsc', '-p', project);
    return 'generates and compiles';
  };

/** What a tool does wrong by itself with a valid document. */
const REPAIRS: Readonly<Record<string, (bench: Bench) => void>> = {
  // It writes z.enum([…, null]), which zod does not take; the field is `.nullable()` besides.
  'openapi-zod-client': ({ folder }) => {
    const file = join(folder, 'out/openapi-zod-client/client.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(', null]', ']'));
  },
};

/** Postman's converter makes a collection, and newman sends all of it: with made-up values most of it is refused, nothing fails. */
const postman: Check = async ({ folder, url, adminKey, run }) => {
  await run('openapi2postmanv2', '-s', 'openapi.json', '-o', 'out/postman.json');
  const file = join(folder, 'out/postman.json');
  const collection = JSON.parse(readFileSync(file, 'utf8'));
  const exec = [
    "pm.test('is an answer of the document', () => {",
    '  pm.expect(pm.response.code).to.be.below(500);',
    // Whoever asks for a page, as for that of a kind of problem, gets one.
    "  const type = (pm.request.headers.get('Accept') ?? '').includes('text/html') ? 'text/html' : 'application/problem+json';",
    "  if (pm.response.code >= 400) pm.expect(pm.response.headers.get('Content-Type')).to.include(type);",
    '});',
  ];
  writeFileSync(
    file,
    JSON.stringify({ ...collection, event: [{ listen: 'test', script: { type: 'text/javascript', exec } }] }),
  );
  const variables = ['--env-var', `baseUrl=${url}`, '--env-var', `bearerToken=${adminKey}`];
  const report = ['--reporters', 'json', '--reporter-json-export', 'out/newman.json'];
  await run('newman', 'run', 'out/postman.json', ...variables, '--timeout-request', '30000', ...report);
  const { run: result } = JSON.parse(readFileSync(join(folder, 'out/newman.json'), 'utf8'));
  if (result.stats.requests.total < 50) throw new Error(`Only ${result.stats.requests.total} requests were sent`);
  return `${result.stats.requests.total} requests, none failed`;
};

/** Streams without an end, and what would end the run's own keys. */
const NOT_SENT = new Set(['streamEvents', 'revokeKey', 'rotateKey', 'removeProgram', 'removeAccount']);

const toExample = ({ schema, ...parameter }: Parameter): string =>
  String((parameter as { example?: unknown }).example ?? schema['example'] ?? schema['minimum'] ?? 'x');

type Examples = Readonly<Record<string, { readonly value?: unknown }>>;

/** Sends the documented examples through Prism, which answers 500 to what the document does not say, in either direction. */
const prism: Check = async (bench) => {
  const document = JSON.parse(readFileSync(join(bench.folder, 'openapi.json'), 'utf8')) as Document;
  const proxy = await startPrism(bench);
  const statuses: number[] = [];
  const faults: string[] = [];
  try {
    for (const { operationId, method, path, parameters } of listOperations(document)) {
      if (NOT_SENT.has(operationId)) continue;
      const values = new Map(parameters.map((each) => [each.name, toExample(each)]));
      const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values.get(name) ?? 'x'));
      const query = parameters.filter((each) => each.in === 'query' && each.required);
      const search = new URLSearchParams(query.map(({ name }): [string, string] => [name, values.get(name) ?? '']));
      const raw = (document.paths[path] as Record<string, { requestBody?: { content?: Record<string, unknown> } }>)[
        method
      ];
      const content = raw?.requestBody?.content?.['application/json'] as { examples?: Examples } | undefined;
      const bodies = Object.values(content?.examples ?? {}).map((each) => resolveRef(document, each).value);
      for (const body of bodies.length > 0 ? bodies : [undefined]) {
        const answer = await fetch(`${proxy.url}${filled}?${search}`, {
          method: method.toUpperCase(),
          headers: {
            Authorization: `Bearer ${method === 'get' ? bench.adminKey : bench.programKey}`,
            ...(body !== undefined && { 'Content-Type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(60_000),
        });
        const text = await answer.text();
        statuses.push(answer.status);
        if (answer.status >= 500 || text.includes('stoplight.io')) faults.push(`${operationId}: ${text.slice(0, 400)}`);
      }
    }
  } finally {
    await proxy.close();
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const succeeded = statuses.filter((status) => status < 300).length;
  if (succeeded < 20) throw new Error(`Only ${succeeded} of ${statuses.length} examples succeeded`);
  return `${statuses.length} examples, ${succeeded} of them succeed, none leaves the document`;
};

const INPUT = 'openapi.json';
const ZOD_TEMPLATE = 'node_modules/openapi-zod-client/src/templates/schemas-only.hbs';

export const CONTRACT_TOOLS: Readonly<Record<string, Check>> = {
  '@hey-api/openapi-ts': generates(
    'hey-api',
    'openapi-ts',
    ...['-i', INPUT, '-o', 'out/hey-api', '--silent'],
    ...['-p', '@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
  ),
  orval: generates('orval', 'orval', '--input', `./${INPUT}`, '--output', './out/orval/client.ts', '--client', 'fetch'),
  oazapfts: generates('oazapfts', 'oazapfts', INPUT, 'out/oazapfts/client.ts'),
  kubb: generates('kubb', 'kubb', 'generate', '--config', 'kubb.config.mjs', '--silent'),
  'openapi-zod-client': generates(
    'openapi-zod-client',
    'openapi-zod-client',
    ...[INPUT, '-o', 'out/openapi-zod-client/client.ts', '-t', ZOD_TEMPLATE],
  ),
  'openapi-to-postmanv2, newman': postman,
  '@stoplight/prism-cli': prism,
};
