/** The page of a kind of problem, and the page that a browser gets in place of a problem document. */
import type { ProblemKind } from '../../../../openapi/problem-kinds.ts';
import { contract, operations } from '../../../platform/contract.ts';
import { escapeHtml } from './html.ts';
import { renderPage } from './layout.ts';

/** An example of the problem document, and the operations whose description names the problem. */
export function problemPage(name: string, kind: ProblemKind): string {
  const { status, title, meaning, remedy } = kind;
  const example = {
    type: `/problems/${name}`,
    title,
    status,
    detail: meaning,
    instance: '0196f0c2-7d5e-7a31-9d0b-3f1c2b4a5d6e',
  };
  const raising = operations.filter((each) => mentions(each.path, each.method, name));
  const links = raising.map(
    ({ operationId, summary }) =>
      `<li><a href="../docs#${operationId}">${escapeHtml(summary.replace(/\.$/, ''))}</a> (<code>${operationId}</code>)</li>`,
  );
  return renderPage({
    title,
    root: '../',
    main: `<p class="meta">Fleetbeat problem · HTTP ${status} · <code>${escapeHtml(name)}</code></p>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(meaning)}</p>
<h2>What to do</h2>
<p>${escapeHtml(remedy)}</p>
<h2>Example</h2>
<pre tabindex="0"><code>${escapeHtml(JSON.stringify(example, null, 2))}</code></pre>
<p class="note">The real <code>detail</code> says what went wrong this time. <code>instance</code> is the id of the request in the server's log.</p>
${links.length > 0 ? `<h2>Operations that can return this</h2>\n<ul>${links.join('')}</ul>` : ''}
<p><a href="../docs">API reference</a> · <a href="../guide/errors">All problems</a> · <a href="../">Dashboard</a></p>`,
  });
}

/** Whether the operation's own text names the problem. */
function mentions(path: string, method: string, name: string): boolean {
  return JSON.stringify(contract.paths[path]?.[method] ?? {}).includes(name);
}

export interface ShownProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
}

/** What a browser gets in place of a problem document: what happened, what to do, and the way back. `path` is that of the request. */
export function errorPage(
  { type, title, status, detail, instance }: ShownProblem,
  remedy: string,
  path: string,
): string {
  const root = '../'.repeat(Math.max(0, path.split('/').length - 2)) || './';
  return renderPage({
    title,
    root,
    main: `<p class="meta">HTTP ${status}</p>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(detail)}</p>
<p><strong>What to do:</strong> ${escapeHtml(remedy)}</p>
<p><a href="${root}">Back to the dashboard</a> · <a href="${root}guide">Guide</a> · <a href="${root}${escapeHtml(type.slice(1))}">About this problem</a></p>
<p class="note">Request <code>${escapeHtml(instance)}</code></p>`,
  });
}
