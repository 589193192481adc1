/** The documents of the guide: the Markdown files of the repository, as they are packed beside the server. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface GuideDocument {
  /** The path below /guide, without the ending: `back-up`; empty for the first page. */
  readonly slug: string;
  /** The path in the repository: `docs/back-up.md`. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

/** Documents outside of docs/ that belong to the guide, by their slug. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  contributing: 'CONTRIBUTING.md',
  architecture: 'ARCHITECTURE.md',
  security: 'SECURITY.md',
  changelog: 'CHANGELOG.md',
  'typescript-client': 'clients/typescript/README.md',
  'claude-code-plugin': 'clients/claude-code/README.md',
};

/** The folder that holds docs/: the root of the repository or of the package; null when the documents were not packed. */
function findRoot(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'docs', 'README.md'))) return folder;
  }
  return null;
}

const root = findRoot();

/** The contents first, then in order of their paths. */
export function readDocuments(): readonly GuideDocument[] {
  if (root === null) return [];
  const names = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md'))
    .sort();
  const docs = names.map((name) => [name.replace(/(^|\/)README\.md$|\.md$/, ''), `docs/${name}`] as const);
  return [...docs, ...Object.entries(ELSEWHERE)]
    .filter(([, path]) => existsSync(join(root, path)))
    .map(([slug, path]) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { slug, path, title: /^# (.+)$/m.exec(text)?.[1] ?? slug, text };
    });
}

/** A picture of the documents; null when there is none of the name. */
export function readPicture(name: string): Buffer | null {
  const file = root === null || !/^[\w-]+\.png$/.test(name) ? null : join(root, 'docs', 'images', name);
  return file !== null && existsSync(file) ? readFileSync(file) : null;
}

/**
 * Where a link of a document leads on the server, relative to the page; null for files that only the repository has. Links that
 * leave the documents stay as they are.
 */
export function resolveLink(from: GuideDocument, href: string, documents: readonly GuideDocument[]): string | null {
  if (/^[a-z]+:/i.test(href) || href.startsWith('#')) return href;
  const up = '../'.repeat(from.slug === '' ? 0 : from.slug.split('/').length);
  const toRoot = up === '' ? './' : up;
  if (href.startsWith('/')) return `${toRoot}${href.slice(1)}`;
  const [file = '', anchor] = href.split('#');
  const path = posix.normalize(posix.join(posix.dirname(from.path), file));
  const picture = /^docs\/images\/(.+)$/.exec(path)?.[1];
  if (picture !== undefined) return `${toRoot}guide/images/${picture}`;
  const found = documents.find((each) => each.path === path || each.path === posix.join(path, 'README.md'));
  if (!found) return null;
  return `${toRoot}guide${found.slug === '' ? '' : `/${found.slug}`}${anchor === undefined ? '' : `#${anchor}`}`;
}
