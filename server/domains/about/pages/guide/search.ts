/** Finds sections of the guide by their words. */
import { toAnchor } from '../html.ts';
import type { GuideDocument } from './documents.ts';

export interface Section {
  readonly document: GuideDocument;
  readonly heading: string;
  /** Empty for the beginning of a document. */
  readonly anchor: string;
  readonly text: string;
}

const MAX_RESULTS = 30;
const EXCERPT_LENGTH = 220;

/** Splits documents at their headings; headings within code do not count. */
export function splitSections(documents: readonly GuideDocument[]): readonly Section[] {
  return documents.flatMap((document) => {
    const sections: { heading: string; lines: string[] }[] = [{ heading: document.title, lines: [] }];
    let isCode = false;
    for (const line of document.text.split('\n')) {
      if (line.startsWith('```')) isCode = !isCode;
      const [, heading] = (!isCode && /^#{2,4} (.+)$/.exec(line)) || [];
      if (heading === undefined) sections.at(-1)?.lines.push(line);
      else sections.push({ heading, lines: [] });
    }
    return sections.map(({ heading, lines }, index) => ({
      document,
      heading: heading.replaceAll('`', ''),
      anchor: index === 0 ? '' : toAnchor(heading.replaceAll('`', '')),
      text: lines
        .join(' ')
        .replace(/```\w*|[`|*]|\]\([^)]*\)|[[\]]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    }));
  });
}

/** The sections that have every word, those with a word in their heading first. */
export function searchSections(sections: readonly Section[], query: string): readonly Section[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
  if (words.length === 0) return [];
  const score = ({ heading, document, text }: Section): number => {
    const [head, title, body] = [heading, document.title, text].map((each) => each.toLowerCase());
    if (!words.every((word) => head?.includes(word) || title?.includes(word) || body?.includes(word))) return 0;
    return (
      1 + words.filter((word) => head?.includes(word)).length * 4 + words.filter((word) => title?.includes(word)).length
    );
  };
  return sections
    .map((section) => ({ section, points: score(section) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, MAX_RESULTS)
    .map(({ section }) => section);
}

/** The text around the first of the words. */
export function excerpt({ text }: Section, query: string): string {
  const [word = ''] = query.toLowerCase().split(/\s+/).filter(Boolean);
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 60);
  return `${at > 0 ? '… ' : ''}${text.slice(at, at + EXCERPT_LENGTH)}${text.length > at + EXCERPT_LENGTH ? ' …' : ''}`;
}
