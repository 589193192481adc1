/** What a person sees whose app sent them here wrongly: there is no safe address to send the error back to. */
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

export function renderErrorPage(ctx: KoaContextWithOIDC, { error, error_description: detail }: ErrorOut): void {
  ctx.type = 'text/html';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not connected · Fleetbeat</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs-assets/problem.css">
</head>
<body>
<p class="status">Fleetbeat · ${escapeHtml(error)}</p>
<h1>The app could not be connected</h1>
<p>${escapeHtml(detail ?? 'The request was not valid.')}</p>
<p><strong>What to do:</strong> Start again in the app. Nothing was changed.</p>
</body>
</html>
`;
}
