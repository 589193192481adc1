/** Renders the icons of the installed application from public/icon.svg: `npx tsx clients/dashboard/icons/draw.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const folder = new URL('../public/', import.meta.url);
const logoSvg = readFileSync(new URL('icon.svg', folder), 'utf8');
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

interface Icon {
  readonly name: string;
  readonly size: number;
  /** The share of the icon that the logo takes; the rest is background, for systems that crop icons to a shape. */
  readonly logoScale: number;
}

const ICONS: readonly Icon[] = [
  { name: 'icon-192.png', size: 192, logoScale: 1 },
  { name: 'icon-512.png', size: 512, logoScale: 1 },
  { name: 'icon-180.png', size: 180, logoScale: 0.84 },
  { name: 'icon-maskable-512.png', size: 512, logoScale: 0.72 },
];

const background = /fill="(#[0-9a-f]{6})"/.exec(logoSvg)?.[1] ?? '#000000';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const { name, size, logoScale } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const colour = logoScale < 1 ? background : 'transparent';
  const style = `margin:0;display:grid;place-items:center;height:100vh;background:${colour}`;
  const side = Math.round(size * logoScale);
  await page.setContent(
    `<body style="${style}">${logoSvg.replace('<svg ', `<svg width="${side}" height="${side}" `)}</body>`,
  );
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
