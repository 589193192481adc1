/** Bars as an SVG picture that reads in light and in dark; pure. */
import { formatFigure, type Plot } from './findings.ts';

const WIDTH = 720;
const LABEL = 260;
const VALUE = 70;
const ROW = 24;
const HEAD = 40;

const STYLE = `text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600 } .bar { fill: #2f6fde }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bar { fill: #6ea8fe } }`;

/** Every bar starts at zero, and its length is to the longest as its value is to the largest. */
export function renderBars({ title, unit, bars }: Plot): string {
  const largest = Math.max(0, ...bars.map(({ value }) => value).filter(Number.isFinite)) || 1;
  const room = WIDTH - LABEL - VALUE;
  const rows = bars.map(({ label, value }, index) => {
    const top = HEAD + index * ROW;
    const length = Number.isFinite(value) ? Math.max(1, (Math.max(0, value) / largest) * room) : 0;
    const valueText = `${formatFigure(value)} ${unit}`;
    return `<text x="${LABEL - 8}" y="${top + 15}" text-anchor="end">${escapeXml(label)}</text>
<rect class="bar" x="${LABEL}" y="${top + 3}" width="${length.toFixed(1)}" height="${ROW - 8}" rx="2"/>
<text x="${(LABEL + length + 6).toFixed(1)}" y="${top + 15}">${escapeXml(valueText)}</text>`;
  });
  const height = HEAD + bars.length * ROW + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeXml(title)}">
<style>${STYLE}</style>
<text class="title" x="8" y="22">${escapeXml(title)}</text>
${rows.join('\n')}
</svg>
`;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
