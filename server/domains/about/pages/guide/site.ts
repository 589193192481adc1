/** The guide at /guide: the documents rendered, searchable, and readable as Markdown; and /llms.txt, their table of contents for models. */
import type { SitePage } from '../../../../platform/http/site-pages.ts';
import { escapeHtml, renderMarkdown } from '../html.ts';
import { renderPage } from '../layout.ts';
import { type GuideDocument, readDocuments, readPicture, resolveLink } from './documents.ts';
import { excerpt, type Section, searchSections, splitSections } from './search.ts';

interface Guide {
  readonly documents: readonly GuideDocument[];
  readonly sections: readonly Section[];
}

let guide: Guide | undefined;
const rendered = new Map<string, string>();

/** Read once: the documents belong to the build. */
function getGuide(): Guide {
  if (guide === undefined) {
    const documents = readDocuments();
    guide = { documents, sections: splitSections(documents) };
  }
  return guide;
}

/** The page at a path of the server; null when the guide has none there. */
export function findGuidePage(path: string, query: URLSearchParams): SitePage | null {
  if (path === '/llms.txt') return formatContentsForModels();
  const [, rest] = /^\/guide(?:\/(.+))?$/.exec(path) ?? [];
  if (rest === undefined && path !== '/guide') return null;
  const slug = rest ?? '';
  if (slug.startsWith('images/')) {
    const picture = readPicture(slug.slice('images/'.length));
    return picture && { type: 'image/png', body: picture };
  }
  const { documents } = getGuide();
  const search = query.get('q')?.slice(0, 200) ?? '';
  if (slug === '' && search !== '') return { type: 'text/html', body: renderResults(search) };
  const isMarkdown = slug.endsWith('.md');
  const name = isMarkdown ? slug.slice(0, -3) : slug;
  const found = documents.find((each) => each.slug === (isMarkdown && name === 'README' ? '' : name));
  if (!found) return null;
  if (isMarkdown) return { type: 'text/markdown', body: found.text };
  const body = rendered.get(slug) ?? renderDocument(found);
  rendered.set(slug, body);
  return { type: 'text/html', body };
}

const rootFrom = (slug: string): string => '../'.repeat(slug === '' ? 0 : slug.split('/').length) || './';

function renderDocument(document: GuideDocument): string {
  const { documents } = getGuide();
  return renderPage({
    title: document.title,
    section: 'guide',
    root: rootFrom(document.slug),
    side: renderSide(document.slug),
    main: renderMarkdown(document.text, { link: (href) => resolveLink(document, href, documents) }),
  });
}

/** The contents are those of docs/README.md: its headings, and the links below each. */
function readContents(): readonly { readonly heading: string; readonly documents: readonly GuideDocument[] }[] {
  const { documents } = getGuide();
  const [contents] = documents.filter((each) => each.slug === '');
  if (!contents) return [];
  return contents.text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = ''] = part.split('\n', 1);
      const hrefs = [...part.matchAll(/^- \[[^\]]+\]\(([^)#]+)\)/gm)].map(([, href = '']) =>
        resolveLink(contents, href, documents),
      );
      const listed = hrefs.flatMap((href) => documents.filter((each) => href === `./guide/${each.slug}`));
      return { heading, documents: listed };
    })
    .filter((group) => group.documents.length > 0);
}

function renderSide(current: string, query = ''): string {
  const root = rootFrom(current);
  const groups = readContents().map(
    ({ heading, documents }) =>
      `<p class="group">${escapeHtml(heading)}</p><ul>${documents
        .map(
          ({ slug, title }) =>
            `<li><a href="${root}guide/${slug}"${slug === current ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a></li>`,
        )
        .join('')}</ul>`,
  );
  const search = `<form role="search" action="${root}guide"><label class="search">Search the guide<input type="search" name="q" value="${escapeHtml(query)}"></label></form>`;
  return `${search}\n<ul><li><a href="${root}guide"${current === '' && query === '' ? ' aria-current="page"' : ''}>Contents</a></li></ul>\n${groups.join('\n')}`;
}

function renderResults(query: string): string {
  const found = searchSections(getGuide().sections, query);
  const items = found.map((section) => {
    const { document, heading, anchor } = section;
    const href = `./guide${document.slug === '' ? '' : `/${document.slug}`}${anchor === '' ? '' : `#${anchor}`}`;
    const where = heading === document.title ? '' : ` <span class="meta">in ${escapeHtml(document.title)}</span>`;
    return `<li><a href="${href}">${escapeHtml(heading)}</a>${where}<br>${escapeHtml(excerpt(section, query))}</li>`;
  });
  const count = found.length === 0 ? 'Nothing has all of these words. Try fewer.' : `${found.length} sections`;
  return renderPage({
    title: `Search: ${query}`,
    section: 'guide',
    root: './',
    side: renderSide('', query),
    main: `<h1>Search: ${escapeHtml(query)}</h1>\n<p class="note" role="status">${count}</p>\n<ul class="results">${items.join('')}</ul>`,
  });
}

/** https://llmstxt.org */
function formatContentsForModels(): SitePage {
  const groups = readContents().map(
    ({ heading, documents }) =>
      `## ${heading}\n\n${documents.map(({ slug, title }) => `- [${title}](/guide/${slug}.md)`).join('\n')}\n`,
  );
  const body = [
    '# Fleetbeat\n',
    '> Live status, memory, tasks and messages for fleets of AI coding agents: REST, MCP and a typed client from one OpenAPI document.\n',
    'The contract is at [/openapi.json](/openapi.json), the MCP endpoint at `/mcp`.\n',
    ...groups,
  ].join('\n');
  return { type: 'text/plain', body };
}
