/**
 * Writes every generated file. With `--check` it writes nothing, and exits with 1 when a file is out of date or the linter has
 * findings.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { bundleDocument, countLintFindings, readProblems } from './bundle.ts';
import { buildRegistryEntry } from './mcp-registry.ts';
import type { Document } from './operations.ts';
import { describeProperties, nameSchemas } from './readable-types.ts';
import { buildTools } from './tools.ts';

const NOTE = 'Generated from openapi/*.yaml by `make generate`. Do not edit.';
const root = fileURLToPath(new URL('..', import.meta.url));
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

async function generateFiles(): Promise<Record<string, string>> {
  const document = await bundleDocument();
  const paths = nameSchemas(
    astToString(await openapiTS(json(describeProperties(document)), { defaultNonNullable: false })),
  );
  const types = `// ${NOTE}\n${paths}${renderProblemKinds()}`;
  return {
    'openapi/generated/openapi.json': json(document),
    'openapi/generated/types.ts': types,
    'openapi/generated/problems.ts': renderProblemTable(),
    'clients/mcp/tools.json': json(buildToolManifest(document)),
    'clients/mcp/server.json': json(buildRegistryEntry(document)),
  };
}

/** The last part of each problem's `type`, so that a client compares with kinds that exist. */
function renderProblemKinds(): string {
  const kinds = Object.keys(readProblems()).map((kind) => `    | ${JSON.stringify(kind)}`);
  return `/** The kinds of problems: the last part of a problem's type. */\nexport type ProblemKind =\n${kinds.join('\n')};\n`;
}

function renderProblemTable(): string {
  return `// ${NOTE}\nexport const PROBLEMS = ${JSON.stringify(readProblems(), null, 2)} as const;\n`;
}

function buildToolManifest(document: Document): unknown {
  return {
    note: NOTE,
    tools: buildTools(document).map(({ tool, http, operationId, toolset, byDefault, roles }) => ({
      ...tool,
      operationId,
      toolset,
      byDefault,
      roles,
      http: {
        method: http.method,
        path: http.path,
        arguments: http.arguments.map(({ argument, in: place, name }) => ({ argument, in: place, name })),
      },
    })),
  };
}

const readIfExists = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const stale: string[] = [];
  for (const [name, text] of Object.entries(await generateFiles())) {
    const path = `${root}${name}`;
    if (readIfExists(path) === text) continue;
    stale.push(relative(root, path));
    if (check) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const name of stale) console.log(`${check ? 'stale' : 'wrote'} ${name}`);
  const count = check ? await countLintFindings() : 0;
  if (check && count > 0) console.log(`The linter found ${count} problems in the contract.`);
  if (check && (stale.length > 0 || count > 0)) {
    if (stale.length > 0) console.log('Run `make generate` and commit what it writes.');
    process.exit(1);
  }
}

await main();
