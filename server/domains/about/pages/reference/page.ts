/** The API reference: every operation of the contract on one page, rendered once. */
import type { Document, Operation } from '../../../../../openapi/operations.ts';
import { contract, operations, tools } from '../../../../platform/contract.ts';
import { escapeHtml } from '../html.ts';
import { renderPage } from '../layout.ts';
import { renderOperation } from './operation.ts';
import { renderText } from './text.ts';

let rendered: string | undefined;

export function referencePage(): string {
  rendered ??= render(contract, operations);
  return rendered;
}

interface Tag {
  readonly name: string;
  readonly description: string;
}

function render(document: Document, all: readonly Operation[]): string {
  const { version, description } = document['info'] as { version: string; description: string };
  const toolByOperation = new Map(tools.map((each) => [each.operationId, each]));
  const groups = (document['tags'] as readonly Tag[]).map((tag) => ({
    ...tag,
    id: tag.name.toLowerCase().replaceAll(' ', '-'),
    operations: all.filter((each) => each.tag === tag.name),
  }));
  const side = groups
    .map(
      ({ name, operations: each }) =>
        `<p class="group">${escapeHtml(name)}</p><ul>${each
          .map(({ operationId, method, summary }) => {
            const words = escapeHtml(summary.replace(/\.$/, ''));
            return `<li><a href="#${operationId}"><span class="verb ${method}">${method === 'delete' ? 'DEL' : method.toUpperCase()}</span><span>${words}</span></a></li>`;
          })
          .join('')}</ul>`,
    )
    .join('\n');
  const sections = groups.map(
    ({ id, name, description: words, operations: each }) =>
      `<section class="tag"><h2 id="${id}">${escapeHtml(name)}</h2>${renderText(words)}\n${each
        .map((operation) => renderOperation(document, operation, toolByOperation.get(operation.operationId)))
        .join('\n')}</section>`,
  );
  return renderPage({
    title: 'API reference',
    section: 'reference',
    root: './',
    side: `<label class="search">Search operations<input type="search" id="search" autocomplete="off" placeholder="createSession, heartbeat …"></label>\n<p id="found" class="note" aria-live="polite"></p>\n${side}`,
    main: `<h1>Fleetbeat API reference</h1>
<p class="meta">Version ${escapeHtml(version)} · <a href="./openapi.json">OpenAPI document</a> · <a href="./guide">Guide</a> · <a href="./">Dashboard</a></p>
<p id="identity" class="note" role="status">The forms below send requests to this server.</p>
${renderText(description)}
${sections.join('\n')}`,
    scripts: ['start.js'],
  });
}
