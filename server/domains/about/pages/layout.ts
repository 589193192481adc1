/** The frame of the pages that the server renders for people: guide, reference, problems. They load nothing from other hosts. */
import { escapeHtml } from './html.ts';

/** Where the scripts and styles of these pages are served. */
const PAGE_ASSETS_PATH = '/docs-assets';

export interface PageContent {
  readonly title: string;
  /** Trusted HTML. */
  readonly main: string;
  /** Trusted HTML of the navigation beside the content. */
  readonly side?: string;
  /** What the page belongs to in the navigation on top. */
  readonly section?: 'guide' | 'reference';
  /** The way from this page to the root of the server, `./` or `../`: pages also work below a path of a proxy. */
  readonly root: string;
  /** Names of scripts among the assets. */
  readonly scripts?: readonly string[];
}

const MARK =
  '<svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect class="mark-ground" width="32" height="32" rx="8"/><path class="mark-beat" d="M5 17h5l3-8 5 14 3.2-9 1.8 3h4"/></svg>';

export function renderPage({ title, main, side, section, root, scripts = [] }: PageContent): string {
  const navigate = (href: string, name: string, isCurrent: boolean) =>
    `<a href="${root}${href}"${isCurrent ? ' aria-current="page"' : ''}>${name}</a>`;
  const assets = `${root}${PAGE_ASSETS_PATH.slice(1)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Fleetbeat</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}/page.css">
<script src="${assets}/theme.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="wordmark" href="${root}">${MARK}<span>Fleetbeat</span></a>
<nav aria-label="Site">
${navigate('', 'Dashboard', false)}
${navigate('guide', 'Guide', section === 'guide')}
${navigate('docs', 'API reference', section === 'reference')}
</nav>
</header>
<div class="columns${side === undefined ? ' alone' : ''}">
${side === undefined ? '' : `<nav class="side" aria-label="Contents">\n${side}\n</nav>\n`}<main id="main">
${main}
</main>
</div>
${scripts.map((name) => `<script src="${assets}/${name}"></script>\n`).join('')}</body>
</html>
`;
}
