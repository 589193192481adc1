/** The API reference: every operation, with samples that are right. */

import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import { contract, operations, tools } from '../../../server/platform/contract.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
let page = '';
beforeAll(async () => {
  page = await (await fetch(`${server.url}/docs`)).text();
});

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => ENTITIES[name] ?? '');

/** Of each operation the sample in a language. */
function samples(language: string): ReadonlyMap<string, string> {
  const articles = page.split('<article class="operation" id="').slice(1);
  return new Map(
    articles.flatMap((article) => {
      const id = article.slice(0, article.indexOf('"'));
      const [, code] = new RegExp(`data-sample="${language}">.*?<code>(.*?)</code>`, 's').exec(article) ?? [];
      return code === undefined ? [] : [[id, decode(code)] as const];
    }),
  );
}

test('shows every operation of the contract, and leads to the dashboard, the guide and each of its own anchors', () => {
  for (const { operationId } of operations) expect(page).toContain(`<article class="operation" id="${operationId}">`);
  const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id);
  expect(anchors.length).toBeGreaterThan(operations.length);
  for (const id of anchors) expect(page, id).toContain(`id="${id}"`);
  expect(page).toContain('href="./guide"');
  expect(page).toContain('href="./"');
});

test('loads nothing from elsewhere', () => {
  expect(
    [...page.matchAll(/(?:src|srcset|action)="([^"]+)"/g)].filter(([, path = '']) => /^(https?:)?\/\//.test(path)),
  ).toEqual([]);
});

test('every operation has a curl sample, and those that read the server work', async () => {
  const found = samples('curl');
  expect([...found.keys()].sort()).toEqual(operations.map((each) => each.operationId).sort());
  for (const id of ['getLiveness', 'getReadiness', 'getDocument', 'getReference', 'getProblemKind', 'getIndex']) {
    const [, address = ''] = /"\$FLEETBEAT_URL([^"]+)"/.exec(found.get(id) ?? '') ?? [];
    expect((await fetch(`${server.url}${address}`)).status, `${id} ${address}`).toBe(200);
  }
});

test('every TypeScript sample compiles against the client', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const file = `${root}test/behaviour/docs/samples-of-the-reference.ts`;
  const text = [
    "import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';",
    'declare const fleetbeat: Fleetbeat;',
    ...[...samples('TypeScript').values()].map((code) => `{ ${code.replace('const { data, error } = ', '')} }`),
  ].join('\n');
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : read.call(host, name, ...rest);
  const program = ts.createProgram([file], options, host);
  const errors = program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(
      ({ messageText, start = 0 }) =>
        `${text.slice(start, start + 80)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  expect(errors).toEqual([]);
}, 120_000);

test('every MCP sample is a call that its tool takes', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const found = samples('MCP');
  expect(found.size).toBe(tools.length);
  for (const { tool, operationId } of tools) {
    const call = JSON.parse(found.get(operationId) ?? '{}');
    expect(call.name).toBe(tool.name);
    const validate = ajv.compile(tool.inputSchema);
    expect(validate(call.arguments), `${operationId}: ${JSON.stringify(validate.errors)}`).toBe(true);
  }
});

test('the reference shows the version of the contract', () => {
  expect(page).toContain(`Version ${(contract['info'] as { version: string }).version}`);
});
