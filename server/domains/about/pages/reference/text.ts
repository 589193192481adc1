import { renderMarkdown } from '../html.ts';

/** A description of the contract. Its links are paths of this server; the reference is one level below the root. */
export const renderText = (text: string): string =>
  renderMarkdown(text, { link: (href) => (href.startsWith('/') ? `.${href}` : href) });
