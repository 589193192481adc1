/** One operation: what it does, what it takes, what it answers, how it is called, and a form to try it. */
import type { Document, Operation, Parameter } from '../../../../../openapi/operations.ts';
import { resolveRef } from '../../../../../openapi/operations.ts';
import type { BoundTool } from '../../../../../openapi/tools.ts';
import { escapeHtml } from '../html.ts';
import { buildSamples, findBodyExample, findExample, getExample } from './samples.ts';
import { describeType, renderFields } from './schema.ts';
import { renderText } from './text.ts';

export function renderOperation(document: Document, operation: Operation, tool: BoundTool | undefined): string {
  const { operationId, method, path, summary, description, roles } = operation;
  const who = roles === null ? 'no key needed' : roles.length === 0 ? 'every role' : roles.join(', ');
  return `<article class="operation" id="${operationId}">
<h3><a href="#${operationId}">${escapeHtml(summary.replace(/\.$/, ''))}</a></h3>
<p class="route"><span class="verb ${method}">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code></p>
<p class="meta">Roles: ${escapeHtml(who)}${tool ? ` · MCP tool <code>${tool.tool.name}</code>` : ''} · <code>${operationId}</code></p>
<div class="halves">
<div>
${renderText(description)}
${renderParameters(document, operation)}${renderBody(document, operation)}${renderResponses(document, operation)}
</div>
<div>
${renderSamples(document, operation, tool)}
${renderTry(document, operation)}
</div>
</div>
</article>`;
}

function renderParameters(document: Document, { parameters }: Operation): string {
  if (parameters.length === 0) return '';
  const items = parameters.map(
    (each) =>
      `<li><p class="field"><code>${escapeHtml(each.name)}</code> <span class="type">${each.in}, ${escapeHtml(describeType(document, resolveRef(document, each.schema)))}</span>${each.required ? ' <span class="required">required</span>' : ''}</p>${renderText(each.description ?? '')}</li>`,
  );
  return `<h4>Parameters</h4>\n<ul class="fields">${items.join('')}</ul>\n`;
}

const renderBody = (document: Document, { body }: Operation): string =>
  body === null ? '' : `<h4>Body</h4>\n${renderFields(document, body.schema)}\n`;

function renderResponses(document: Document, { responses }: Operation): string {
  const items = Object.entries(responses).map(([status, response]) => {
    const [media] = Object.values(response.content ?? {});
    const isError = Number(status) >= 400;
    const fields = media && !isError ? renderFields(document, media.schema) : '';
    const example = media && !isError ? findExample(document, media) : undefined;
    const shown =
      example === undefined
        ? ''
        : `<pre tabindex="0"><code>${escapeHtml(typeof example === 'string' ? example : JSON.stringify(example, null, 2))}</code></pre>`;
    const more =
      fields || shown ? `<details><summary>Fields and example of ${status}</summary>${shown}${fields}</details>` : '';
    return `<li><p class="field"><code>${status}</code> ${escapeHtml(response.description.trim())}</p>${more}</li>`;
  });
  return `<h4>Responses</h4>\n<ul class="fields">${items.join('')}</ul>`;
}

function renderSamples(document: Document, operation: Operation, tool: BoundTool | undefined): string {
  const samples = buildSamples(document, operation, tool).map(
    ({ language, code }) =>
      `<section data-sample="${language}"><h4>${language}</h4><pre tabindex="0"><code>${escapeHtml(code)}</code></pre></section>`,
  );
  return `<div class="samples">${samples.join('')}</div>`;
}

/** Filled in with the contract's examples. The script sends it with the cookie of who is signed in. */
function renderTry(document: Document, operation: Operation): string {
  const { operationId, method, path, parameters, responses } = operation;
  if (responses['200']?.content?.['text/event-stream']) return '';
  const inputs = parameters
    .filter((each) => each.in !== 'header')
    .map(
      (each: Parameter) =>
        `<label>${escapeHtml(each.name)}<input data-in="${each.in}" name="${escapeHtml(each.name)}" value="${each.required && each.in === 'path' ? escapeHtml(String(getExample(each))) : ''}" autocomplete="off"></label>`,
    );
  const body = findBodyExample(document, operation);
  const text =
    body === undefined
      ? ''
      : `<label>Body<textarea data-in="body" rows="8" spellcheck="false">${escapeHtml(JSON.stringify(body, null, 2))}</textarea></label>`;
  return `<details class="try"><summary>Try it</summary><form data-method="${method}" data-path="${escapeHtml(path)}" aria-label="Try ${operationId}">${inputs.join('')}${text}<button>Send ${method.toUpperCase()}</button><output aria-live="polite"></output></form></details>`;
}
