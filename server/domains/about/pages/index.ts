/** The pages for people, and the scripts and styles that they load. */
import type { Asset } from '../../../platform/http/assets.ts';
import { REFERENCE_SCRIPT } from './reference/script.ts';
import { PAGE_STYLE, THEME_SCRIPT } from './style.ts';

export { findGuidePage } from './guide/site.ts';
export { errorPage, problemPage } from './problem-page.ts';
export { referencePage } from './reference/page.ts';

export const PAGE_ASSETS: readonly Asset[] = [
  { path: '/page.css', type: 'text/css', text: PAGE_STYLE },
  { path: '/theme.js', type: 'text/javascript', text: THEME_SCRIPT },
  { path: '/start.js', type: 'text/javascript', text: REFERENCE_SCRIPT },
];
