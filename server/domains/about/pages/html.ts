/** Building blocks of HTML: escaping, and Markdown of our own documents. */
import { Marked, type Tokens } from 'marked';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and inside quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** The anchor of a heading, as GitHub makes it: `## What it costs` is `#what-it-costs`. */
export const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/<[^>]+>|&[a-z#0-9]+;/g, '')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

export interface MarkdownOptions {
  /** Rewrites the address of a link or a picture; null makes it plain text. */
  readonly link: (href: string) => string | null;
}

/** Renders Markdown. HTML in it is shown as text, except pictures and line breaks, so that no document can run a script. */
export function renderMarkdown(text: string, { link }: MarkdownOptions): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      link({ href, tokens }: Tokens.Link) {
        const inner = this.parser.parseInline(tokens);
        const target = link(href);
        return target === null ? inner : `<a href="${escapeHtml(target)}">${inner}</a>`;
      },
      image: ({ href, text: alt }: Tokens.Image) =>
        `<img src="${escapeHtml(link(href) ?? '')}" alt="${escapeHtml(alt)}">`,
      heading({ tokens, depth }: Tokens.Heading) {
        const inner = this.parser.parseInline(tokens);
        return `<h${depth} id="${toAnchor(inner)}">${inner}</h${depth}>\n`;
      },
      // Wide tables scroll by themselves; a keyboard reaches what scrolls.
      table({ header, rows }: Tokens.Table) {
        const cell = (tag: string) => (each: Tokens.TableCell) =>
          `<${tag}>${this.parser.parseInline(each.tokens)}</${tag}>`;
        const head = header.map(cell('th')).join('');
        const body = rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('\n');
        return `<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody>\n</table></div>\n`;
      },
      code({ text: code, lang }: Tokens.Code) {
        return `<pre tabindex="0"><code${lang ? ` class="language-${escapeHtml(lang)}"` : ''}>${escapeHtml(code)}</code></pre>\n`;
      },
      html: ({ text: html }: Tokens.HTML | Tokens.Tag) => allowPictures(html, link),
    },
  });
  return marked.parse(text, { async: false });
}

/** Keeps `<img>`, `<br>` and `<picture>` with their plain attributes; the rest becomes text. */
function allowPictures(html: string, link: MarkdownOptions['link']): string {
  return html.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>|[^<]+/g, (part) => {
    const [, name] = /^<\/?(img|br|picture|source)\b/.exec(part) ?? [];
    if (name === undefined) return escapeHtml(part);
    if (part.startsWith('</')) return name === 'picture' ? '</picture>' : '';
    const attributes = [...part.matchAll(/\b(alt|src|srcset|media|width)="([^"]*)"/g)].map(
      ([, key, value = '']) =>
        ` ${key}="${escapeHtml(key === 'src' || key === 'srcset' ? (link(value) ?? '') : value)}"`,
    );
    return `<${name}${attributes.join('')}>`;
  });
}
