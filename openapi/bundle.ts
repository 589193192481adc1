/** The hand-written document as one file, and what the linter says of it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle, type Config, formatProblems, getTotals, lint, loadConfig } from '@redocly/openapi-core';
import { parse } from 'yaml';
import type { Document } from './operations.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const config = (): Promise<Config> => loadConfig({ configPath: here('redocly.yaml') });

/** The whole document in one object. Throws when a reference leads nowhere. */
export async function bundled(): Promise<Document> {
  const { bundle: result, problems } = await bundle({ ref: here('openapi.yaml'), config: await config() });
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return withCookies(result.parsed as Document);
}

/** Whatever a key may call, a cookie that stands for such a key may call too: said here once for all operations. */
function withCookies(document: Document): Document {
  const either = (operation: unknown) => {
    const security = (operation as { security?: { key?: string[] }[] } | null)?.security;
    const roles = security?.[0]?.key;
    if (roles) security.push({ cookie: [...roles] } as never);
  };
  for (const item of Object.values(document.paths)) for (const operation of Object.values(item)) either(operation);
  return document;
}

/** How many findings the strict rule set has; each is printed with its place. */
export async function findings(): Promise<number> {
  const problems = await lint({ ref: here('openapi.yaml'), config: await config() });
  const totals = getTotals(problems);
  if (problems.length > 0) formatProblems(problems, { format: 'codeframe', totals, version: '2' });
  return totals.errors + totals.warnings;
}

export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}

/** The catalogue of problems, by the last part of their type. */
export const problems = (): Record<string, ProblemKind> => parse(readFileSync(here('problems.yaml'), 'utf8'));
