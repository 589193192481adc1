/** The pages for people: the API reference and the kinds of problems. Neither loads anything from elsewhere. */
import type { ProblemKind } from '../../openapi/bundle.ts';

/** Where the reference's scripts and styles are served, relative to /docs. */
export const REFERENCE_ASSETS = '/docs-assets';

export const referencePage = (): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fleetbeat API reference</title>
<link rel="stylesheet" href="${REFERENCE_ASSETS}/swagger-ui.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="swagger-ui"></div>
<script src="${REFERENCE_ASSETS}/swagger-ui-bundle.js"></script>
<script src="${REFERENCE_ASSETS}/start.js"></script>
</body>
</html>
`;

/** Starts the reference; a file of its own, because the page's policy allows no inline script. */
export const REFERENCE_START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;

export const problemPage = ({ status, title, meaning, remedy }: ProblemKind): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Fleetbeat</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; }
body { max-width: 38rem; margin: 15vh auto; padding: 0 1.25rem; }
p.status { opacity: .7; margin: 0; }
h1 { margin: .25rem 0 1rem; line-height: 1.2; }
</style>
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
