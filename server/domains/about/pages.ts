/** HTML pages: the API reference and the kinds of problems. Neither loads anything from other hosts. */
import type { ProblemKind } from '../../../openapi/problem-kinds.ts';
import type { Asset } from '../../platform/http/assets.ts';

/** The path of the reference's scripts and styles, relative to /docs. */
export const REFERENCE_ASSETS = '/docs-assets';

export const referencePage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Fleetbeat API reference</title>
<link rel="stylesheet" href="${REFERENCE_ASSETS}/swagger-ui.css">
<link rel="stylesheet" href="${REFERENCE_ASSETS}/page.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="swagger-ui"></div>
<script src="${REFERENCE_ASSETS}/swagger-ui-bundle.js"></script>
<script src="${REFERENCE_ASSETS}/start.js"></script>
</body>
</html>
`;

/** Starts the reference in the system's colour scheme. A separate file, because the CSP allows no inline scripts. */
const REFERENCE_START = `const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });
`;

/** Additions to the reference's style: the contract has no links and one server, and the page must fit a phone. */
const REFERENCE_STYLE = `body { margin: 0; }
.swagger-ui .response-col_links, .swagger-ui .servers-title, .swagger-ui .servers { display: none; }
.swagger-ui .info { margin: 30px 0; }
.swagger-ui .scheme-container { padding: 15px 0; }
.swagger-ui .scheme-container .schemes { justify-content: flex-end; }
@media (max-width: 640px) {
  .swagger-ui .wrapper { padding: 0 12px; }
  .swagger-ui .opblock-tag { flex-wrap: wrap; padding: 10px 4px; }
  .swagger-ui .opblock-tag small { flex-basis: 100%; order: 3; padding: 0; }
  .swagger-ui .opblock .opblock-section-header { flex-wrap: wrap; }
  .swagger-ui .opblock-body .responses-inner, .swagger-ui .opblock-description-wrapper { padding: 12px; }
  .swagger-ui table.responses-table, .swagger-ui table.parameters { table-layout: fixed; }
  .swagger-ui .responses-table .response-col_status, .swagger-ui .responses-table thead tr td:first-child { width: 48px; }
  .swagger-ui .parameters-container thead tr .col_header:first-child { width: 9rem; max-width: none; padding-right: 8px; }
  .swagger-ui .parameters-col_description input, .swagger-ui select { max-width: 100%; }
  .swagger-ui td, .swagger-ui .markdown, .swagger-ui .renderedMarkdown { overflow-wrap: anywhere; }
}
`;

/** A separate file, because the CSP allows no inline styles. */
const PROBLEM_STYLE = `:root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; }
body { max-width: 38rem; margin: 15vh auto; padding: 0 1.25rem; }
p.status { opacity: .7; margin: 0; }
h1 { margin: .25rem 0 1rem; line-height: 1.2; }
`;

export const PAGE_ASSETS: readonly Asset[] = [
  { path: '/start.js', type: 'text/javascript', text: REFERENCE_START },
  { path: '/page.css', type: 'text/css', text: REFERENCE_STYLE },
  { path: '/problem.css', type: 'text/css', text: PROBLEM_STYLE },
];

export const problemPage = ({ status, title, meaning, remedy }: ProblemKind): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Fleetbeat</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${REFERENCE_ASSETS}/problem.css">
</head>
<body>
<p class="status">Fleetbeat problem · HTTP ${status}</p>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(meaning)}</p>
<p><strong>What to do:</strong> ${escapeHtml(remedy)}</p>
<p><a href="/docs">API reference</a></p>
</body>
</html>
`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
