/** Bundles and lints the hand-written document. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle, type Config, formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core';
import { parse } from 'yaml';
import { completeDocument } from './complete-document.ts';
import type { Document } from './operations.ts';
import { addProblemKinds, type ProblemKind } from './problem-kinds.ts';
import { addWebhooks } from './webhook-payloads.ts';

const resolvePath = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const loadLintConfig = (): Promise<Config> => loadConfig({ configPath: resolvePath('redocly.yaml') });

/** The document as a single object. Throws when a reference does not resolve. */
export async function bundleDocument(): Promise<Document> {
  const { bundle: result, problems } = await bundle({
    ref: resolvePath('openapi.yaml'),
    config: await loadLintConfig(),
  });
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return addWebhooks(addProblemKinds(completeDocument(result.parsed as Document), readProblems()));
}

/** Prints each finding of the strict rule set with its location, and returns their number. */
export async function countLintFindings(): Promise<number> {
  const problems = await lint({ ref: resolvePath('openapi.yaml'), config: await loadLintConfig() });
  const totals = getTotals(problems);
  if (problems.length > 0) formatProblems(problems, { format: 'codeframe', totals, version: '2' });
  return totals.errors + totals.warnings;
}

/** The catalogue of problems, by the last segment of their type URI. */
export const readProblems = (): Record<string, ProblemKind> =>
  parse(readFileSync(resolvePath('problems.yaml'), 'utf8'));
